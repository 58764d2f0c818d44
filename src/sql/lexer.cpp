#include "sql/lexer.h"

#include "base/text.h"

namespace flash::sql {
namespace {

bool starts_word(char c) {
  return text::is_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool in_word(char c) { return starts_word(c) || text::is_digit(c) || c == '$'; }

// Length of a piece closed by `quote`, where a doubled quote stands for itself and, in an E''
// string, a backslash takes the next byte with it. npos: never closed.
std::size_t quoted_size(std::string_view text, char quote, bool escapes) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (escapes && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 == text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

// $tag$ ... $tag$; 0: not a dollar quote.
std::size_t dollar_size(std::string_view text) {
  std::size_t tag = 1;
  while (tag < text.size() && in_word(text[tag]) && text[tag] != '$') ++tag;
  if (tag >= text.size() || text[tag] != '$' || text::is_digit(text[1])) return 0;
  const std::string_view mark = text.substr(0, tag + 1);
  const auto end = text.find(mark, mark.size());
  return end == std::string_view::npos ? end : end + mark.size();
}

std::size_t block_comment_size(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '/' && text[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (text[i] == '*' && text[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return std::string_view::npos;
}

template <class Test>
std::size_t run_size(std::string_view text, Test test) {
  std::size_t size = 1;
  while (size < text.size() && test(text[size])) ++size;
  return size;
}

struct Piece {
  TokenKind kind;
  std::size_t size;  // npos: runs to the end without closing
};

Piece next(std::string_view text) {
  const char c = text[0];
  const char second = text.size() > 1 ? text[1] : '\0';
  if (c == '"') return {TokenKind::quoted_name, quoted_size(text, '"', false)};
  if (c == '\'') return {TokenKind::string, quoted_size(text, '\'', false)};
  if ((c == 'e' || c == 'E') && second == '\'') {
    const auto size = quoted_size(text.substr(1), '\'', true);
    return {TokenKind::string, size == std::string_view::npos ? size : size + 1};
  }
  if (c == '-' && second == '-')
    return {TokenKind::comment, run_size(text, [](char x) { return x != '\n'; })};
  if (c == '/' && second == '*') return {TokenKind::comment, block_comment_size(text)};
  if (c == '$' && text::is_digit(second))
    return {TokenKind::parameter, run_size(text, text::is_digit)};
  if (c == '$') {
    if (const auto size = dollar_size(text); size != 0) return {TokenKind::string, size};
  }
  if (text::is_digit(c))
    return {TokenKind::number,
            run_size(text, [](char x) { return text::is_digit(x) || x == '.'; })};
  if (starts_word(c)) return {TokenKind::word, run_size(text, in_word)};
  return {TokenKind::symbol, 1};
}

}  // namespace

std::vector<Token> tokens(std::string_view text) {
  std::vector<Token> out;
  while (!text.empty()) {
    if (text::is_space(text.front())) {
      text.remove_prefix(1);
      continue;
    }
    const Piece piece = next(text);
    if (piece.size == std::string_view::npos) {
      out.push_back({TokenKind::broken, text});
      return out;
    }
    out.push_back({piece.kind, text.substr(0, piece.size)});
    text.remove_prefix(piece.size);
  }
  return out;
}

}  // namespace flash::sql
