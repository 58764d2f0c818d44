#include "plan/errors.h"
#include "plan/limits.h"
#include "rest/cursor.h"
#include "rest/query.h"

namespace flash::rest {
namespace {

using plan::AskedOrder;
using plan::Nulls;

bool at_term_end(const Cursor& cursor) { return cursor.done() || cursor.peek() == ','; }

// .asc | .desc, then .nullsfirst | .nullslast, each once at most
Result<void> parse_direction(Cursor& cursor, AskedOrder& order) {
  if (cursor.take(".desc")) {
    order.descending = true;
  } else {
    cursor.take(".asc");
  }
  if (cursor.take(".nullsfirst")) order.nulls = Nulls::first;
  if (order.nulls == Nulls::standard && cursor.take(".nullslast")) order.nulls = Nulls::last;
  cursor.skip_spaces();
  if (!at_term_end(cursor))
    return cursor.fault("\"asc\", \"desc\", \"nullsfirst\" or \"nullslast\"");
  return {};
}

Result<AskedOrder> parse_term(Cursor& cursor) {
  AskedOrder order;
  TRY(order.field, cursor.field());
  if (order.field.path.empty() && cursor.take("(")) {
    order.embed = std::move(order.field.name);
    TRY(order.field, cursor.field());
    if (!cursor.take(")")) return cursor.fault("\")\"");
  }
  TRY_DONE(parse_direction(cursor, order));
  return order;
}

}  // namespace

Result<std::vector<plan::AskedOrder>> parse_order(std::string_view text) {
  Cursor cursor(text, "order");
  std::vector<AskedOrder> out;
  do {
    if (out.size() == plan::orders_max)
      return fail(plan::errors::too_large("order terms", plan::orders_max));
    TRY(AskedOrder order, parse_term(cursor));
    out.push_back(std::move(order));
  } while (cursor.take(","));
  if (!cursor.done()) return cursor.fault("\",\" or end of input");
  return out;
}

Result<std::vector<std::string>> parse_names(std::string_view text, std::string_view parameter) {
  Cursor cursor(text, parameter);
  std::vector<std::string> out;
  do {
    if (out.size() == plan::write_columns_max)
      return fail(plan::errors::too_large("columns", plan::write_columns_max));
    cursor.skip_spaces();
    TRY(std::string name, cursor.name());
    out.push_back(std::move(name));
    cursor.skip_spaces();
  } while (cursor.take(","));
  if (!cursor.done()) return cursor.fault("\",\" or end of input");
  return out;
}

}  // namespace flash::rest
