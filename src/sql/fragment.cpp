#include "sql/fragment.h"

namespace flash::sql {
namespace {

void append_quoted(std::string& out, std::string_view name) {
  out += '"';
  for (char c : name) {
    if (c == '"') out += '"';
    if (c != '\0') out += c;
  }
  out += '"';
}

}  // namespace

Fragment Fragment::ident(std::string_view name) {
  Fragment out;
  append_quoted(out.text_, name);
  return out;
}

Fragment Fragment::ident(std::string_view schema, std::string_view name) {
  Fragment out;
  append_quoted(out.text_, schema);
  out.text_ += '.';
  append_quoted(out.text_, name);
  return out;
}

Fragment Fragment::param(Param value) {
  Fragment out;
  out.gaps_.push_back({0, std::move(value)});
  return out;
}

Fragment Fragment::number(std::uint64_t value) {
  Fragment out;
  out.text_ = std::to_string(value);
  return out;
}

Fragment& Fragment::operator<<(Literal literal) {
  text_ += literal.text();
  return *this;
}

Fragment& Fragment::operator<<(const Fragment& other) { return *this << Fragment(other); }

Fragment& Fragment::operator<<(Fragment&& other) {
  for (Gap& gap : other.gaps_) gaps_.push_back({text_.size() + gap.at, std::move(gap.value)});
  text_ += other.text_;
  return *this;
}

Statement Fragment::finish() && {
  Statement out;
  std::string text;
  text.reserve(text_.size() + gaps_.size() * 3);
  out.params.reserve(gaps_.size());
  std::size_t from = 0;
  for (Gap& gap : gaps_) {
    text.append(text_, from, gap.at - from);
    from = gap.at;
    out.params.push_back(std::move(gap.value));
    text += '$';
    text += std::to_string(out.params.size());
  }
  text.append(text_, from);
  out.text = Text(std::move(text));
  return out;
}

Fragment operator+(Fragment left, const Fragment& right) {
  left << right;
  return left;
}

Fragment operator+(Fragment left, Literal right) {
  left << right;
  return left;
}

Fragment join(const std::vector<Fragment>& parts, Literal separator) {
  Fragment out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out << separator;
    out << parts[i];
  }
  return out;
}

}  // namespace flash::sql
