#include "catalog/view_rule.h"

#include "base/text.h"

namespace flash::catalog {
namespace {

constexpr std::size_t columns_max = 1664;

// The text form of PostgreSQL's node trees (nodes/outfuncs.c): ( lists ), { NODE :field value },
// words with \\ before a character that would end them, and fields with exactly one value each.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // "(", ")", "{", "}" or a word; empty at the end.
  std::string_view next() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size()) return {};
    const std::size_t start = at_;
    if (is_border(text_[at_])) return text_.substr(at_++, 1);
    while (at_ < text_.size() && !is_blank(text_[at_]) && !is_border(text_[at_]))
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2 : 1;
    return text_.substr(start, at_ - start);
  }

  // Past one value: a word, or a list or node with all that is in it. A datum is followed by its
  // bytes in brackets, which are words, too; so is the name of a node's field.
  void skip_value() { skip_from(next()); }
  void skip_from(std::string_view token) {
    std::size_t depth = 0;
    for (;; token = next()) {
      if (token == "(" || token == "{") ++depth;
      if (token == ")" || token == "}") {
        if (depth == 0) return;
        --depth;
      }
      if (depth == 0 || token.empty()) return;
    }
  }

  std::int64_t number() { return text::parse_int<std::int64_t>(next()).value_or(0); }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }
  static bool is_border(char c) { return c == '(' || c == ')' || c == '{' || c == '}'; }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Behind "{TARGETENTRY": up to its "}".
void read_entry(Reader& in, std::vector<Origin>& out) {
  Origin origin;
  std::int64_t number = 0;
  bool junk = false;
  for (std::string_view field = in.next(); !field.empty() && field != "}"; field = in.next()) {
    if (field == ":resno") {
      number = in.number();
    } else if (field == ":resorigtbl") {
      origin.table = in.number();
    } else if (field == ":resorigcol") {
      origin.column = in.number();
    } else if (field == ":resjunk") {
      junk = in.next() == "true";
    } else {
      in.skip_value();
    }
  }
  if (junk || number < 1 || static_cast<std::size_t>(number) > columns_max) return;
  if (out.size() < static_cast<std::size_t>(number)) out.resize(static_cast<std::size_t>(number));
  out[static_cast<std::size_t>(number) - 1] = origin;
}

void read_entries(Reader& in, std::vector<Origin>& out) {
  if (in.next() != "(") return;
  while (in.next() == "{") {
    static_cast<void>(in.next());  // TARGETENTRY
    read_entry(in, out);
  }
}

}  // namespace

std::vector<Origin> origins_of(std::string_view rule) {
  std::vector<Origin> out;
  Reader in(rule);
  if (in.next() != "(" || in.next() != "{" || in.next() != "QUERY") return out;
  for (std::string_view field = in.next(); !field.empty() && field != "}"; field = in.next()) {
    if (field == ":targetList") {
      read_entries(in, out);
      return out;
    }
    in.skip_value();
  }
  return out;
}

}  // namespace flash::catalog
