#include "csv/writer.h"

namespace flash::csv {

bool is_formula(std::string_view cell) {
  const auto first = cell.find_first_not_of(' ');
  return first != std::string_view::npos &&
         std::string_view("=+-@\t\r").find(cell[first]) != std::string_view::npos;
}

std::string_view unguarded(std::string_view cell) {
  return cell.starts_with('\'') && is_formula(cell.substr(1)) ? cell.substr(1) : cell;
}

void Writer::cell(std::optional<std::string_view> value) {
  if (!first_) out_ += ',';
  first_ = false;
  if (!value) return;
  const bool guard = is_formula(*value);
  // A space at an end is lost by programs that trim cells without quotes.
  const bool quotes = value->find_first_of("\",;\r\n\t") != std::string_view::npos ||
                      value->starts_with(' ') || value->ends_with(' ');
  if (quotes) out_ += '"';
  if (guard) out_ += '\'';
  for (const char c : *value) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  if (quotes) out_ += '"';
}

void Writer::end_row() {
  out_ += "\r\n";
  first_ = true;
}

}  // namespace flash::csv
