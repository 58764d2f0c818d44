#include "render/select.h"
#include "sql/array.h"

namespace flash::render {
namespace {

using plan::Compare;
using plan::IsValue;
using plan::Operator;
using plan::Quantifier;
using plan::Test;
using sql::Fragment;
using sql::Literal;

constexpr Literal symbol(Operator op) {
  switch (op) {
    case Operator::eq: return " = ";
    case Operator::neq: return " <> ";
    case Operator::gt: return " > ";
    case Operator::gte: return " >= ";
    case Operator::lt: return " < ";
    case Operator::lte: return " <= ";
    case Operator::like: return " like ";
    case Operator::ilike: return " ilike ";
    case Operator::match: return " ~ ";
    case Operator::imatch: return " ~* ";
    case Operator::isdistinct: return " is distinct from ";
    case Operator::cs: return " @> ";
    case Operator::cd: return " <@ ";
    case Operator::ov: return " && ";
    case Operator::sl: return " << ";
    case Operator::sr: return " >> ";
    case Operator::nxr: return " &< ";
    case Operator::nxl: return " &> ";
    case Operator::adj: return " -|- ";
    default: return " = ";  // in, is and full text have their own form
  }
}

bool is_pattern(Operator op) {
  return op == Operator::like || op == Operator::ilike || op == Operator::match ||
         op == Operator::imatch;
}

bool gives_text(const plan::Field& field) {
  return !field.path.empty() && field.path.back().as_text;
}

// The value in the type of the left side, so that an index can serve and nothing is compared as
// text.
Fragment value_like(const plan::Field& field, std::string value) {
  if (gives_text(field)) return Fragment::param(std::move(value)) + "::text";
  if (!field.path.empty())
    return Fragment::param(std::move(value)) +
           (field.type().name == "json" ? Literal("::json") : Literal("::jsonb"));
  return typed(std::move(value), field.type());
}

// A list in the array type over the left side's; bare where there is none (an array of arrays).
Fragment list_like(const plan::Field& field, std::string array) {
  Fragment out = Fragment::param(std::move(array));
  if (gives_text(field)) return std::move(out) + "::text[]";
  if (!field.path.empty()) return std::move(out) + "::jsonb[]";
  const catalog::Type& type = field.type();
  if (type.array.empty()) return out;
  return std::move(out) + Literal("::") + Fragment::ident(type.schema, type.array);
}

Literal is_text(IsValue value) {
  switch (value) {
    case IsValue::null: return " is null";
    case IsValue::not_null: return " is not null";
    case IsValue::true_: return " is true";
    case IsValue::false_: return " is false";
    case IsValue::unknown: return " is unknown";
  }
  return " is null";
}

Literal query_function(Operator op) {
  switch (op) {
    case Operator::plfts: return "plainto_tsquery(";
    case Operator::phfts: return "phraseto_tsquery(";
    case Operator::wfts: return "websearch_to_tsquery(";
    default: return "to_tsquery(";
  }
}

Fragment configuration(const Test& test) {
  if (test.language.empty()) return {};
  return Fragment::param(test.language) + "::regconfig, ";
}

Fragment full_text(const Compare& compare, Fragment left) {
  const Test& test = compare.test;
  const bool is_vector = compare.field.path.empty() && compare.field.type().name == "tsvector";
  Fragment out;
  if (is_vector) {
    out << std::move(left);
  } else {
    out << "to_tsvector(" << configuration(test) << std::move(left) << ")";
  }
  out << " @@ " << query_function(test.op) << configuration(test) << Fragment::param(test.value)
      << "::text)";
  return out;
}

// A column of arrays has no array type over it, so its list is spelled out.
Fragment in_spelled_out(const Compare& compare, const Fragment& left) {
  Fragment out("(false");
  for (const std::string& item : compare.test.list)
    out << " or " << left << " = " << value_like(compare.field, item);
  out << ")";
  return out;
}

Fragment in_list(const Compare& compare, Fragment left) {
  if (compare.field.path.empty() && compare.field.type().array.empty())
    return in_spelled_out(compare, left);
  left << " = any (" << list_like(compare.field, sql::array_literal(compare.test.list)) << ")";
  return left;
}

Fragment quantified(const Compare& compare, Fragment left) {
  const Test& test = compare.test;
  left << symbol(test.op)
       << (test.quantifier == Quantifier::any ? Literal("any (") : Literal("all ("));
  left << (is_pattern(test.op) ? Fragment::param(test.value) : list_like(compare.field, test.value))
       << ")";
  return left;
}

}  // namespace

Fragment type_name(const catalog::Type& type) { return Fragment::ident(type.schema, type.name); }

Fragment typed(std::string value, const catalog::Type& type) {
  Fragment out = Fragment::param(std::move(value));
  out << "::" << type_name(type);
  return out;
}

Fragment whole_row(std::string_view alias) {
  if (alias.starts_with(made_alias)) return Fragment::ident(alias, made_row);
  return Fragment::ident(alias) + ".*";
}

Fragment call_with_row(std::string_view schema, std::string_view function, std::string_view alias) {
  return Fragment::ident(schema, function) + "(" + whole_row(alias) + ")";
}

Fragment field(const plan::Field& field, std::string_view alias) {
  Fragment out = field.column != nullptr
                     ? Fragment::ident(alias, field.column->name)
                     : call_with_row(field.computed->schema, field.computed->name, alias);
  if (field.path.empty()) return out;
  if (!field.type().is_json()) out = Fragment("to_jsonb(") + out + ")";
  for (const plan::JsonStep& step : field.path) {
    out << (step.as_text ? Literal(" ->> ") : Literal(" -> ")) << Fragment::param(step.key)
        << (step.is_index ? Literal("::int") : Literal("::text"));
  }
  return Fragment("(") + out + ")";
}

Fragment compare(const Compare& compare, std::string_view alias) {
  const Test& test = compare.test;
  Fragment left = field(compare.field, alias);
  switch (test.op) {
    case Operator::is: return left << is_text(test.is);
    case Operator::in: return in_list(compare, std::move(left));
    case Operator::fts:
    case Operator::plfts:
    case Operator::phfts:
    case Operator::wfts: return full_text(compare, std::move(left));
    default: break;
  }
  if (test.quantifier != Quantifier::none) return quantified(compare, std::move(left));
  left << symbol(test.op);
  // A pattern has no cast: it takes the left side's own kind of text (citext, name).
  return left << (is_pattern(test.op) ? Fragment::param(test.value)
                                      : value_like(compare.field, test.value));
}

}  // namespace flash::render
