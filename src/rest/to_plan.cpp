#include "rest/to_plan.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "json/read.h"
#include "plan/build.h"
#include "plan/errors.h"
#include "plan/limits.h"
#include "rest/errors.h"

namespace flash::rest {
namespace {

using catalog::Catalog;
using catalog::Table;
using http::Method;
using plan::Form;
using plan::Plan;

Result<plan::Read> read_of(const Catalog& catalog, const Table& table, Request& request,
                           const Dialect& dialect) {
  return plan::build_read(
      catalog, table, std::move(request.query.read), dialect.rows_max,
      dialect.aggregates ? plan::Aggregates::allowed : plan::Aggregates::refused);
}

// What a result can be told as. A scalar is one value; the rest are rows with columns.
struct Shape {
  bool scalar = false;
  const catalog::Type* type = nullptr;  // of the scalar
};

// A function that returns a domain with the name of a media type answers in it.
bool is_named(const Shape& shape, std::string_view name) {
  return shape.type != nullptr && shape.type->kind == 'd' && shape.type->name == name;
}

bool names_media(const Shape& shape) {
  return shape.type != nullptr && shape.type->kind == 'd' &&
         shape.type->name.find('/') != std::string::npos;
}

bool can_produce(const Accepted& wanted, const Shape& shape, const Dialect& dialect) {
  if (wanted.explain && !dialect.plans) return false;
  if (wanted.any) return true;
  switch (wanted.media) {
    case Media::rows:
    case Media::object:
    case Media::csv: return true;
    case Media::text:
    case Media::xml:
    case Media::octets: return shape.scalar;
    case Media::openapi: return false;
    case Media::other: break;
  }
  return is_named(shape, wanted.name);
}

Result<void> choose_media(Request& request, const Shape& shape, const Dialect& dialect) {
  if (request.accept.empty()) {
    if (!request.json_only && names_media(shape) && shape.type->name != "*/*")
      request.chosen = Accepted{.media = Media::other, .name = shape.type->name};
    return {};
  }
  for (Accepted& each : request.accept) {
    if (!can_produce(each, shape, dialect)) continue;
    if (each.any && names_media(shape)) {
      each.media = Media::other;
      each.name = shape.type->name;
    }
    request.chosen = std::move(each);
    return {};
  }
  return fail(errors::no_media_type(request.accept_text));
}

bool is_bytea(const catalog::Type* type) { return type != nullptr && type->base->name == "bytea"; }

Form form_of(Media media, const catalog::Type* scalar) {
  switch (media) {
    case Media::object: return scalar == nullptr ? Form::object : Form::rows;
    case Media::csv: return Form::csv;
    case Media::text:
    case Media::xml:
    case Media::octets:
    case Media::other: return is_bytea(scalar) ? Form::bytes : Form::text;
    case Media::rows:
    case Media::openapi: break;
  }
  return Form::rows;
}

void shape_answer(const Request& request, const catalog::Type* scalar, bool shown, Plan& out) {
  out.form = shown ? form_of(request.media(), scalar) : Form::nothing;
  if (!request.chosen) return;
  out.strip_nulls = request.chosen->strip_nulls;
  out.explain = request.chosen->explain;
}

// `read`: null for a function, whose rows come from who knows where.
void shape_count(const Request& request, const Dialect& dialect, const plan::Read* read,
                 Plan& out) {
  out.count = request.prefer.count;
  out.estimate_above = dialect.rows_max;
  // The rows of a function are made before they are counted, and what it wrote is committed.
  out.count_max = read == nullptr ? 0 : dialect.count_rows_max;
  out.count_seen = (out.count == plan::Count::planned || out.count == plan::Count::estimated) &&
                   !dialect.planner_counts && (read == nullptr || plan::hides_rows(*read));
}

Result<Plan> plan_read(const Catalog& catalog, const Table& table, Request& request,
                       const Dialect& dialect) {
  Plan out;
  TRY_DONE(choose_media(request, {}, dialect));
  TRY(out.what, read_of(catalog, table, request, dialect));
  shape_answer(request, nullptr, request.method != Method::head, out);
  shape_count(request, dialect, &std::get<plan::Read>(out.what), out);
  return out;
}

// The columns that a body sets.
Result<std::vector<const catalog::Column*>> body_columns(const Table& table, const Request& request,
                                                         const Body& body) {
  if (request.query.columns) return plan::build_columns(table, *request.query.columns);
  if (body.mixed) return fail(errors::invalid_body("All object keys must match"));
  return plan::build_columns(table, body.keys);
}

// Rows that do not all give the same columns, or give none: what is not given keeps its default.
Result<std::vector<plan::RowGroup>> row_groups(const Table& table, const Request& request) {
  TRY(const auto groups,
      group_body(request.body, request.query.columns.value_or(std::vector<std::string>{})));
  if (groups.size() > plan::insert_groups_max)
    return fail(
        plan::errors::too_large("changes of columns between rows", plan::insert_groups_max));
  std::vector<plan::RowGroup> out;
  for (const Group& each : groups) {
    plan::RowGroup made{.columns = {}, .rows = each.objects};
    TRY(made.columns, plan::build_columns(table, each.keys));
    out.push_back(std::move(made));
  }
  return out;
}

plan::Payload payload(std::vector<const catalog::Column*> columns, const Body& body,
                      Request& request) {
  return {
      .columns = std::move(columns), .json = std::move(request.body), .is_array = body.is_array};
}

std::vector<std::string> present(const std::vector<std::string>& wanted, const Body& body) {
  std::vector<std::string> out;
  for (const std::string& name : wanted)
    if (std::ranges::find(body.keys, name) != body.keys.end()) out.push_back(name);
  return out;
}

Result<plan::Insert> plan_insert(const Table& table, Request& request) {
  plan::Insert out;
  TRY(const Body body, inspect_body(request.body));
  TRY(auto columns, body_columns(table, request, body));
  const bool defaults = request.query.columns && request.prefer.defaults();
  const bool bare = columns.empty() && body.is_array && body.objects > 0;
  if ((defaults && body.mixed) || bare) {
    TRY(out.groups, row_groups(table, request));
  } else if (defaults) {
    TRY(columns, plan::build_columns(table, present(*request.query.columns, body)));
    if (columns.empty() && body.is_array) {
      TRY(out.groups, row_groups(table, request));
    }
  }
  out.rows = payload(std::move(columns), body, request);
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
  TRY(auto columns, body_columns(table, request, body));
  if (request.query.columns && request.prefer.defaults()) {
    for (const catalog::Column* each : columns)
      if (std::ranges::find(body.keys, each->name) == body.keys.end()) out.defaults.push_back(each);
    std::erase_if(columns, [&](const catalog::Column* each) {
      return std::ranges::find(out.defaults, each) != out.defaults.end();
    });
  }
  out.values = payload(std::move(columns), body, request);
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
                        const Dialect& dialect) {
  TRY_DONE(choose_media(request, {}, dialect));
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
  TRY(write.returning, read_of(catalog, table, request, dialect));
  write.returning.limit.reset();  // what was written is shown whole
  write.returning.offset.reset();
  Plan out;
  shape_answer(request, nullptr, request.prefer.give == Return::representation, out);
  out.count = request.prefer.count;
  write.wants_location =
      request.method == Method::post && request.prefer.give == Return::headers_only;
  write.rows_max = request.prefer.max_affected;
  if (out.form == Form::object && !out.explain)
    write.rows_max = std::min<std::uint64_t>(write.rows_max.value_or(1), 1);
  out.what = std::move(write);
  return out;
}

plan::WholeBodyType whole_of(BodyType type) {
  switch (type) {
    case BodyType::text: return plan::WholeBodyType::text;
    case BodyType::xml: return plan::WholeBodyType::xml;
    case BodyType::octets: return plan::WholeBodyType::bytes;
    default: return plan::WholeBodyType::json;
  }
}

Result<plan::AskedCall> asked_call(Request& request) {
  plan::AskedCall out;
  if (request.is_read()) {
    out.texts = std::move(request.query.arguments);
    return out;
  }
  if (request.body_type == BodyType::octets) request.body = "\\x" + bytes::to_hex(request.body);
  out.whole = whole_of(request.body_type);
  if (out.whole != plan::WholeBodyType::json) {
    out.body = std::move(request.body);
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

Result<Plan> plan_call(const Catalog& catalog, Request& request, const Dialect& dialect) {
  static const Table no_columns;
  TRY(plan::AskedCall asked, asked_call(request));
  TRY(plan::Call call,
      plan::build_call(catalog, request.schema, request.resource, std::move(asked)));
  const catalog::Function& function = *call.function;
  TRY_DONE(choose_media(request, {function.scalar != nullptr, function.scalar}, dialect));
  if (request.prefer.max_affected && !function.returns_set)
    return fail(errors::max_affected_call());
  if (function.row != nullptr) {
    TRY(call.returning, read_of(catalog, *function.row, request, dialect));
  } else {
    TRY_DONE(plan::build_where(no_columns, std::move(request.query.read.where)));
    if (function.returns_set)
      call.returning.limit =
          std::min(request.query.read.limit.value_or(dialect.rows_max), dialect.rows_max);
    call.returning.offset = request.query.read.offset;
  }
  Plan out;
  shape_answer(request, function.scalar, request.method != Method::head, out);
  call.rows_max = request.prefer.max_affected;
  // What may have written has to be undone when it gives more than the one object.
  const bool may_write =
      function.volatility == catalog::Volatility::volatile_ && !request.is_read();
  if (out.form == Form::object && may_write && !out.explain)
    call.rows_max = std::min<std::uint64_t>(call.rows_max.value_or(1), 1);
  shape_count(request, dialect, nullptr, out);
  out.what = std::move(call);
  return out;
}

}  // namespace

Result<Plan> to_plan(const Catalog& catalog, Request& request, const Dialect& dialect) {
  if (request.is_call) return plan_call(catalog, request, dialect);
  TRY(const Table* table, plan::find_table(catalog, request.schema, request.resource));
  if (!request.is_read()) return plan_write(catalog, *table, request, dialect);
  TRY(Plan out, plan_read(catalog, *table, request, dialect));
  out.may_set_response = dialect.pre_request || !std::get<plan::Read>(out.what).is_plain();
  return out;
}

bool is_read_only(const Request& request, const Plan& plan) {
  if (request.is_read()) return true;
  const auto* call = std::get_if<plan::Call>(&plan.what);
  return call != nullptr && call->function->volatility != catalog::Volatility::volatile_;
}

Result<std::string> allowed_methods(const Catalog& catalog, const Request& request) {
  if (request.is_root) return std::string("OPTIONS,GET,HEAD");
  if (request.is_call) {
    const auto overloads = catalog.functions(request.schema, request.resource);
    if (overloads.empty())
      return fail(plan::errors::no_function(catalog, request.schema, request.resource, {},
                                            plan::WholeBodyType::none));
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
