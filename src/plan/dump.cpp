#include <algorithm>
#include <array>

#include "base/text.h"
#include "json/write.h"
#include "plan/plan.h"

namespace flash::plan {
namespace {

using text::cat;

constexpr std::array<std::string_view, 25> operator_names{
    "eq",     "neq", "gt", "gte",        "lt",  "lte",   "like",  "ilike", "match",
    "imatch", "in",  "is", "isdistinct", "fts", "plfts", "phfts", "wfts",  "cs",
    "cd",     "ov",  "sl", "sr",         "nxr", "nxl",   "adj"};
constexpr std::array<std::string_view, 5> is_names{"null", "not null", "true", "false", "unknown"};

std::string quoted(std::string_view text) {
  std::string out;
  json::append_quoted(out, text);
  return out;
}

std::string to_text(const Field& field) {
  std::string out = cat(field.name(), field.computed == nullptr ? "" : "()");
  for (const JsonStep& step : field.path)
    out += cat(step.as_text ? "->>" : "->", step.is_index ? step.key : quoted(step.key));
  return out;
}

std::string to_text(const Test& test) {
  std::string out(operator_names[static_cast<std::size_t>(test.op)]);
  if (test.quantifier == Quantifier::any) out += "(any)";
  if (test.quantifier == Quantifier::all) out += "(all)";
  if (!test.language.empty()) out += cat("[", quoted(test.language), "]");
  if (test.op == Operator::is) return cat(out, " ", is_names[static_cast<std::size_t>(test.is)]);
  if (test.op != Operator::in) return cat(out, " ", quoted(test.value));
  for (const std::string& item : test.list) out += cat(" ", quoted(item));
  return out;
}

std::string to_text(const Predicate& predicate) {
  const std::string_view no = predicate.negated ? "not " : "";
  if (const auto* leaf = std::get_if<Compare>(&predicate.what))
    return cat(no, to_text(leaf->field), " ", to_text(leaf->test));
  if (const auto* empty = std::get_if<EmbedEmpty>(&predicate.what))
    return cat(no, "empty(embed ", std::to_string(empty->embed), ")");
  const auto& group = std::get<Group>(predicate.what);
  std::string out = cat(no, group.any ? "any(" : "all(");
  for (std::size_t i = 0; i < group.parts.size(); ++i)
    out += cat(i == 0 ? "" : ", ", to_text(group.parts[i]));
  return out + ")";
}

std::string to_text(const Order& order) {
  constexpr std::array<std::string_view, 3> nulls{"", " nulls first", " nulls last"};
  return cat(order.embed ? cat("embed ", std::to_string(*order.embed), ".") : "",
             to_text(order.field), order.descending ? " desc" : "",
             nulls[static_cast<std::size_t>(order.nulls)]);
}

class Lines {
 public:
  void add(std::size_t depth, std::string_view text) {
    out_.append(depth * 2, ' ');
    out_ += text;
    out_ += '\n';
  }
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  std::string out_;
};

std::string_view name_of(catalog::RelationKind kind) {
  constexpr std::array<std::string_view, 4> names{"many-to-one", "one-to-many", "one-to-one",
                                                  "many-to-many"};
  return names[static_cast<std::size_t>(kind)];
}

void add_where(Lines& lines, std::size_t depth, const std::vector<Predicate>& where) {
  for (const Predicate& each : where) lines.add(depth, cat("where ", to_text(each)));
}

void add_read(Lines& lines, std::size_t depth, const Read& read) {
  for (const Output& each : read.outputs) {
    if (each.star) {
      lines.add(depth, "output *");
    } else {
      const std::string value = cat(each.field.empty() ? "rows" : to_text(each.field),
                                    each.cast == nullptr ? "" : cat(" as ", each.cast->name));
      const bool plain = each.aggregate == Aggregate::none;
      lines.add(depth,
                cat("output ", each.name, " = ",
                    plain ? value : cat(name_of(each.aggregate), "(", value, ")"),
                    each.aggregate_cast == nullptr ? "" : cat(" as ", each.aggregate_cast->name)));
    }
  }
  add_where(lines, depth, read.where);
  for (const Order& each : read.order) lines.add(depth, cat("order ", to_text(each)));
  if (read.limit) lines.add(depth, cat("limit ", std::to_string(*read.limit)));
  if (read.offset) lines.add(depth, cat("offset ", std::to_string(*read.offset)));
  for (const Embed& each : read.embeds) {
    const catalog::Relation* relation = each.relation;
    const std::string way =
        relation == nullptr
            ? cat(each.to_one() ? "one" : "many", " by function ", each.computed->name)
            : cat(name_of(relation->kind), relation->constraint.empty() ? "" : " by ",
                  relation->constraint);
    lines.add(depth, cat("embed ", each.name, " = ", each.target().name, " ", way,
                         each.inner ? " inner" : "", each.spread ? " spread" : "",
                         each.shown() ? "" : " hidden"));
    add_read(lines, depth + 1, each.read);
  }
}

std::string names(const std::vector<const catalog::Column*>& columns) {
  std::string out;
  for (const catalog::Column* each : columns) out += cat(" ", each->name);
  return out;
}

void add_change(Lines& lines, const Write& write) {
  if (const auto* insert = std::get_if<Insert>(&write.change)) {
    lines.add(0, cat("insert ", write.table->name));
    lines.add(1, cat(insert->rows.is_array ? "rows" : "row", names(insert->rows.columns)));
    if (insert->conflict != Conflict::fail)
      lines.add(1, cat("conflict ", insert->conflict == Conflict::merge ? "merge" : "ignore",
                       names(insert->conflict_key)));
  } else if (const auto* update = std::get_if<Update>(&write.change)) {
    lines.add(0, cat("update ", write.table->name));
    lines.add(1, cat("set", names(update->values.columns)));
    add_where(lines, 1, update->where);
  } else {
    lines.add(0, cat("delete ", write.table->name));
    add_where(lines, 1, std::get<Delete>(write.change).where);
  }
  if (write.rows_max) lines.add(1, cat("at most ", std::to_string(*write.rows_max)));
}

void add_call(Lines& lines, const Call& call) {
  lines.add(0, cat("call ", call.function->name));
  if (const auto* direct = std::get_if<DirectArguments>(&call.arguments)) {
    for (const Argument& each : direct->items)
      for (const std::string& value : each.values)
        lines.add(1, cat(each.parameter->variadic ? "variadic " : "", each.parameter->name, " = ",
                         quoted(value)));
  } else if (const auto* json = std::get_if<JsonArguments>(&call.arguments)) {
    for (const catalog::Parameter* each : json->parameters)
      lines.add(1, cat(each->name, " from json"));
  } else {
    lines.add(1, "whole body");
  }
  if (call.rows_max) lines.add(1, cat("at most ", std::to_string(*call.rows_max)));
}

}  // namespace

bool hides_rows(const Read& read) {
  if (read.table != nullptr && read.table->hides_rows) return true;
  return std::ranges::any_of(read.embeds,
                             [](const Embed& embed) { return hides_rows(embed.read); });
}

std::string dump(const Plan& plan) {
  constexpr std::array<std::string_view, 6> forms{"rows", "object", "csv",
                                                  "text", "bytes",  "nothing"};
  constexpr std::array<std::string_view, 4> counts{"", ", count exact", ", count planned",
                                                   ", count estimated"};
  Lines lines;
  if (const auto* read = std::get_if<Read>(&plan.what)) {
    lines.add(0, cat("read ", read->table->name));
    add_read(lines, 1, *read);
  } else if (const auto* write = std::get_if<Write>(&plan.what)) {
    add_change(lines, *write);
    lines.add(0, "returning");
    add_read(lines, 1, write->returning);
  } else {
    const auto& call = std::get<Call>(plan.what);
    add_call(lines, call);
    if (call.function->row != nullptr) {
      lines.add(0, "returning");
      add_read(lines, 1, call.returning);
    }
  }
  lines.add(
      0, cat("as ", forms[static_cast<std::size_t>(plan.form)],
             plan.strip_nulls ? " without nulls" : "", counts[static_cast<std::size_t>(plan.count)],
             plan.explain ? ", explained" : ""));
  return std::move(lines).take();
}

}  // namespace flash::plan
