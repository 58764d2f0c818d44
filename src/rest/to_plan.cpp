#include "rest/to_plan.h"

#include <algorithm>

#include "base/text.h"
#include "json/read.h"
#include "plan/build.h"
#include "plan/errors.h"
#include "rest/errors.h"

namespace flash::rest {
namespace {

using catalog::Catalog;
using catalog::Table;
using http::Method;
using plan::Form;
using plan::Plan;

Form read_form(const Request& request) {
  if (request.method == Method::head) return Form::nothing;
  return request.media == Media::object ? Form::object : Form::rows;
}

Form write_form(const Request& request) {
  if (request.prefer.give != Return::representation) return Form::nothing;
  return request.media == Media::object ? Form::object : Form::rows;
}

Result<Plan> plan_read(const Catalog& catalog, const Table& table, Request& request,
                       std::uint64_t rows_max) {
  Plan out;
  TRY(out.what, plan::build_read(catalog, table, std::move(request.query.read), rows_max));
  out.form = read_form(request);
  out.count = request.prefer.count;
  out.estimate_above = rows_max;
  return out;
}

// The columns that a body sets. With missing=default a column that no object has keeps its default.
Result<std::vector<const catalog::Column*>> body_columns(const Table& table, const Request& request,
                                                         const Body& body) {
  const auto& asked = request.query.columns;
  if (!asked) {
    if (body.mixed) return fail(errors::invalid_body("All object keys must match"));
    return plan::build_columns(table, body.keys);
  }
  if (!request.prefer.missing_default) return plan::build_columns(table, *asked);
  if (body.mixed)
    return fail(errors::not_implemented("missing=default needs objects with the same keys"));
  std::vector<std::string> present;
  for (const std::string& name : *asked)
    if (table.column(name) == nullptr || std::ranges::find(body.keys, name) != body.keys.end())
      present.push_back(name);
  return plan::build_columns(table, present);
}

Result<plan::Payload> payload(const Table& table, Request& request, const Body& body) {
  plan::Payload out;
  TRY(out.columns, body_columns(table, request, body));
  out.is_array = body.is_array;
  if (out.columns.empty() && body.is_array && body.objects > 0) {
    if (body.objects > 1) return fail(errors::not_implemented("several objects without a key"));
    out.is_array = false;
  }
  out.json = std::move(request.body);
  return out;
}

Result<plan::Insert> plan_insert(const Table& table, Request& request) {
  plan::Insert out;
  TRY(const Body body, inspect_body(request.body));
  TRY(out.rows, payload(table, request, body));
  if (request.prefer.resolution == Resolution::unsaid) return out;
  if (request.query.on_conflict) {
    TRY(out.conflict_key, plan::build_columns(table, *request.query.on_conflict));
  } else {
    out.conflict_key = table.primary_key;
  }
  const bool merge = request.prefer.resolution == Resolution::merge;
  if (!merge) {
    out.conflict = plan::Conflict::ignore;
  } else if (!out.conflict_key.empty()) {
    out.conflict = plan::Conflict::merge;  // with no key at all there is nothing to conflict with
  }
  return out;
}

Result<plan::Update> plan_update(const Table& table, Request& request) {
  plan::Update out;
  TRY(const Body body, inspect_body(request.body));
  if (body.objects > 1) return fail(errors::invalid_body("PATCH takes one object"));
  TRY(out.values, payload(table, request, body));
  TRY(out.where, plan::build_where(table, std::move(request.query.read.where)));
  return out;
}

// key=eq.value for each column of the primary key and nothing else; the body must say the same.
Result<void> check_put(const Table& table, const Request& request) {
  const auto& read = request.query.read;
  if (read.limit || read.offset) return fail(errors::put_limit());
  const auto body = json::parse(request.body);
  const json::Value* first = body ? &*body : nullptr;
  if (first != nullptr && first->is_array())
    first = first->get_array().size() == 1 ? &first->get_array()[0] : nullptr;
  if (first == nullptr || !first->is_object())
    return fail(errors::invalid_body("Empty or invalid json"));
  if (table.primary_key.empty() || read.where.size() != table.primary_key.size())
    return fail(errors::put_filters());
  for (const catalog::Column* key : table.primary_key) {
    const auto is_key = [&](const plan::AskedPredicate& each) {
      const auto* leaf = std::get_if<plan::AskedCompare>(&each.what);
      return leaf != nullptr && !each.negated && leaf->field.name == key->name &&
             leaf->field.path.empty() && leaf->test.op == plan::Operator::eq &&
             leaf->test.quantifier == plan::Quantifier::none;
    };
    const auto found = std::ranges::find_if(read.where, is_key);
    if (found == read.where.end()) return fail(errors::put_filters());
    const json::Value* given = json::find(first->get_object(), key->name);
    if (given == nullptr) return fail(errors::put_key());
    const std::string text =
        given->is_string() ? std::string(given->get_string()) : json::serialize(*given);
    if (text != std::get<plan::AskedCompare>(found->what).test.value)
      return fail(errors::put_key());
  }
  return {};
}

Result<plan::Insert> plan_put(const Table& table, Request& request) {
  TRY_DONE(check_put(table, request));
  request.query.read.where.clear();
  request.prefer.resolution = Resolution::merge;
  request.query.on_conflict.reset();
  return plan_insert(table, request);
}

Result<Plan> plan_write(const Catalog& catalog, const Table& table, Request& request,
                        std::uint64_t rows_max) {
  plan::Write write;
  write.table = &table;
  switch (request.method) {
    case Method::post: {
      TRY(write.change, plan_insert(table, request));
      break;
    }
    case Method::put: {
      TRY(write.change, plan_put(table, request));
      break;
    }
    case Method::patch: {
      TRY(write.change, plan_update(table, request));
      break;
    }
    default: {
      plan::Delete chosen;
      TRY(chosen.where, plan::build_where(table, std::move(request.query.read.where)));
      write.change = std::move(chosen);
    }
  }
  request.query.read.where.clear();  // of the write now; an insert has none
  TRY(write.returning, plan::build_read(catalog, table, std::move(request.query.read), rows_max));
  write.returning.limit.reset();  // what was written is shown whole
  write.returning.offset.reset();
  Plan out;
  out.form = write_form(request);
  out.count = request.prefer.count;
  write.wants_location =
      request.method == Method::post && request.prefer.give == Return::headers_only;
  write.rows_max = request.prefer.max_affected;
  if (out.form == Form::object)
    write.rows_max = std::min<std::uint64_t>(write.rows_max.value_or(1), 1);
  out.what = std::move(write);
  return out;
}

Result<plan::AskedCall> asked_call(Request& request) {
  plan::AskedCall out;
  if (request.is_read()) {
    out.texts = std::move(request.query.arguments);
    return out;
  }
  if (request.body.empty()) request.body = "{}";
  const auto body = inspect_body(request.body);
  // An array, or no object at all, can only be the whole of an unnamed argument; bad JSON is no
  // argument.
  if (!body && !json::parse(request.body)) return fail(body.error());
  if (body && !body->is_array) out.body_keys = request.query.columns.value_or(body->keys);
  out.body = std::move(request.body);
  return out;
}

Result<Plan> plan_call(const Catalog& catalog, Request& request, std::uint64_t rows_max) {
  static const Table no_columns;
  TRY(plan::AskedCall asked, asked_call(request));
  TRY(plan::Call call,
      plan::build_call(catalog, request.schema, request.resource, std::move(asked)));
  const catalog::Function& function = *call.function;
  if (request.prefer.max_affected && !function.returns_set)
    return fail(errors::max_affected_call());
  if (function.row != nullptr) {
    TRY(call.returning,
        plan::build_read(catalog, *function.row, std::move(request.query.read), rows_max));
  } else {
    TRY_DONE(plan::build_where(no_columns, std::move(request.query.read.where)));
    if (function.returns_set)
      call.returning.limit = std::min(request.query.read.limit.value_or(rows_max), rows_max);
    call.returning.offset = request.query.read.offset;
  }
  Plan out;
  out.form = read_form(request);
  out.count = request.prefer.count;
  out.estimate_above = rows_max;
  out.what = std::move(call);
  return out;
}

}  // namespace

Result<Plan> to_plan(const Catalog& catalog, Request& request, std::uint64_t rows_max) {
  if (request.is_call) return plan_call(catalog, request, rows_max);
  TRY(const Table* table, plan::find_table(catalog, request.schema, request.resource));
  if (request.is_read()) return plan_read(catalog, *table, request, rows_max);
  return plan_write(catalog, *table, request, rows_max);
}

bool is_read_only(const Request& request, const Plan& plan) {
  if (request.is_read()) return true;
  const auto* call = std::get_if<plan::Call>(&plan.what);
  return call != nullptr && call->function->volatility != catalog::Volatility::volatile_;
}

Result<std::string> allowed_methods(const Catalog& catalog, const Request& request) {
  if (request.is_call) {
    const auto overloads = catalog.functions(request.schema, request.resource);
    if (overloads.empty())
      return fail(plan::errors::no_function(catalog, request.schema, request.resource, {}, false));
    const bool readable = std::ranges::any_of(overloads, [](const catalog::Function* each) {
      return each->volatility != catalog::Volatility::volatile_;
    });
    return std::string(readable ? "OPTIONS,GET,HEAD,POST" : "OPTIONS,POST");
  }
  TRY(const Table* table, plan::find_table(catalog, request.schema, request.resource));
  std::string out = "OPTIONS,GET,HEAD";
  if (table->insertable) out += ",POST";
  if (table->insertable && table->updatable && !table->primary_key.empty()) out += ",PUT";
  if (table->updatable) out += ",PATCH";
  if (table->deletable) out += ",DELETE";
  return out;
}

}  // namespace flash::rest
