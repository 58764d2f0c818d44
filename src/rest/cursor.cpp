#include "rest/cursor.h"

#include "base/text.h"
#include "rest/errors.h"

namespace flash::rest {
namespace {

bool in_name(char c) {
  return text::is_alpha(c) || text::is_digit(c) || c == '_' || c == '$' || c == ' ' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Digits with a sign, when they are all of the operand; else 0.
std::size_t index_size(std::string_view text) {
  std::size_t size = text.starts_with('-') ? 1 : 0;
  const std::size_t digits_from = size;
  while (size < text.size() && text::is_digit(text[size])) ++size;
  constexpr std::size_t digits_max = 9;  // fits an int4
  if (size == digits_from || size - digits_from > digits_max) return 0;
  const std::string_view after = text.substr(size);
  const bool ends = after.empty() || after.starts_with("->") || after.starts_with("::") ||
                    after.front() == '.' || after.front() == ',' || after.front() == ')';
  return ends ? size : 0;
}

}  // namespace

bool Cursor::take(std::string_view token) {
  if (!sees(token)) return false;
  at_ += token.size();
  return true;
}

void Cursor::skip_spaces() {
  while (peek() == ' ' || peek() == '\t') ++at_;
}

std::unexpected<Error> Cursor::fault(std::string_view expecting) const {
  const std::string seen =
      done() ? "end of input" : text::cat("\"", text::clip_utf8(rest(), 4), "\"");
  return fail(errors::parse_failed(what_, text_, at_,
                                   text::cat("unexpected ", seen, " expecting ", expecting)));
}

Result<std::string> Cursor::quoted() {
  std::string out;
  if (!take("\"")) return fault("\"");
  while (!done() && peek() != '"') {
    if (peek() == '\\') ++at_;
    if (done()) break;
    out += text_[at_++];
  }
  if (!take("\"")) return fault("\"");
  return out;
}

Result<std::string> Cursor::name() {
  if (peek() == '"') return quoted();
  const std::size_t from = at_;
  while (!done()) {
    const bool joins = peek() == '-' && at_ > from && !sees("->") && at_ + 1 < text_.size() &&
                       in_name(text_[at_ + 1]);
    if (!in_name(peek()) && !joins) break;
    ++at_;
  }
  const std::string_view found = text::trim(text_.substr(from, at_ - from));
  if (found.empty()) return fault("field name (* or [a..z0..9_$])");
  return std::string(found);
}

Result<std::vector<plan::JsonStep>> Cursor::json_path() {
  std::vector<plan::JsonStep> out;
  while (sees("->")) {
    plan::JsonStep step;
    step.as_text = take("->>");
    if (!step.as_text) skip(2);
    if (const std::size_t size = index_size(rest()); size != 0) {
      step.is_index = true;
      step.key = rest().substr(0, size);
      skip(size);
    } else {
      TRY(step.key, name());
    }
    out.push_back(std::move(step));
  }
  return out;
}

Result<plan::AskedField> Cursor::field() {
  plan::AskedField out;
  skip_spaces();
  TRY(out.name, name());
  TRY(out.path, json_path());
  skip_spaces();
  return out;
}

}  // namespace flash::rest
