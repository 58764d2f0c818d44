#include "render/select.h"
#include "render/write.h"
#include "sql/array.h"

namespace flash::render {
namespace {

using catalog::Parameter;
using plan::Argument;
using plan::Call;
using plan::DirectArguments;
using plan::JsonArguments;
using sql::Fragment;
using sql::Literal;

constexpr std::string_view given = "given", result = "result";

Fragment direct_arguments(const DirectArguments& arguments) {
  std::vector<Fragment> parts;
  for (const Argument& each : arguments.items) {
    const Parameter& parameter = *each.parameter;
    Fragment part(parameter.variadic ? Literal("variadic ") : Literal(""));
    part << Fragment::ident(parameter.name) << " => "
         << typed(parameter.variadic ? sql::array_literal(each.values) : each.values.back(),
                  *parameter.type);
    parts.push_back(std::move(part));
  }
  return sql::join(parts, ", ");
}

Fragment json_arguments(const JsonArguments& arguments) {
  std::vector<Fragment> parts;
  for (const Parameter* each : arguments.parameters) {
    Fragment part(each->variadic ? Literal("variadic ") : Literal(""));
    part << Fragment::ident(each->name) << " => " << Fragment::ident(given, each->name);
    parts.push_back(std::move(part));
  }
  return sql::join(parts, ", ");
}

// "json_to_record($1::json) as given(...), lateral ", or nothing when no argument is given.
Fragment arguments_source(const JsonArguments& arguments) {
  if (arguments.parameters.empty()) return {};
  std::vector<Fragment> columns;
  for (const Parameter* each : arguments.parameters)
    columns.push_back(Fragment::ident(each->name) + " " + type_name(*each->type));
  return Fragment("json_to_record(") + Fragment::param(arguments.json) + "::json) as " +
         Fragment::ident(given) + "(" + sql::join(columns, ", ") + "), lateral ";
}

}  // namespace

Fragment invocation(const Call& call) {
  Fragment source, arguments;
  if (const auto* direct = std::get_if<DirectArguments>(&call.arguments)) {
    arguments = direct_arguments(*direct);
  } else if (const auto* json = std::get_if<JsonArguments>(&call.arguments)) {
    source = arguments_source(*json);
    arguments = json_arguments(*json);
  } else {
    const auto& whole = std::get<plan::WholeBody>(call.arguments);
    arguments = typed(whole.text, *whole.parameter->type);
  }
  Fragment out("select ");
  const bool has_columns = call.function->row != nullptr;
  if (has_columns) {
    out << Fragment::ident(result) << ".*";
    if (call.returning.needs_row())
      out << ", " << Fragment::ident(result) << " as " << Fragment::ident(made_row);
  } else {
    out << Fragment::ident(result) << " as \"value\"";
  }
  out << " from " << std::move(source)
      << Fragment::ident(call.function->schema, call.function->name) << "(" << std::move(arguments)
      << ") as " << Fragment::ident(result);
  return out;
}

}  // namespace flash::render
