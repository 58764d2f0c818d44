#include "csv/reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace flash::csv {

char separator_of(std::string_view begin) {
  constexpr std::string_view candidates = ",;\t|";
  constexpr std::size_t lines_max = 20;
  std::array<std::vector<std::size_t>, 4> counts;
  std::array<std::size_t, 4> now{};
  bool quoted = false;
  std::size_t lines = 0;
  const auto end_line = [&] {
    if (std::ranges::all_of(now, [](std::size_t n) { return n == 0; }) && lines > 0) return;
    for (std::size_t i = 0; i < now.size(); ++i) counts[i].push_back(std::exchange(now[i], 0));
    ++lines;
  };
  for (const char c : begin) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' && ++lines > 0 && lines <= lines_max) {
      --lines;
      end_line();
    }
    if (lines >= lines_max) break;
    if (const auto place = candidates.find(c); place != std::string_view::npos) ++now[place];
  }
  if (lines < lines_max) end_line();
  char best = ',';
  std::size_t best_score = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].empty() || counts[i].front() == 0) continue;
    const auto same = static_cast<std::size_t>(std::ranges::count(counts[i], counts[i].front()));
    const std::size_t score = same * 1000 + std::min<std::size_t>(counts[i].front(), 999);
    if (score > best_score) {
      best_score = score;
      best = candidates[i];
    }
  }
  return best;
}

void Reader::add(char c) {
  if (++bytes_ > row_bytes_max || row_.cells.size() >= cells_max) {
    row_.too_large = true;
    return;
  }
  cell_ += c;
}

void Reader::end_cell() {
  if (row_.cells.size() < cells_max) {
    row_.cells.push_back(std::move(cell_));
  } else {
    row_.too_large = true;
  }
  cell_.clear();
  at_ = At::cell_begin;
}

void Reader::end_row() {
  end_cell();
  const bool blank = row_.cells.size() == 1 && row_.cells.front().empty() && !row_.open_quote;
  Row done = std::exchange(row_, {});
  row_.line = line_;
  bytes_ = 0;
  if (!blank) take_(std::move(done));
}

void Reader::step(char c) {
  if (at_ == At::quoted) {
    if (c == '"') {
      at_ = At::after_quote;
    } else {
      add(c);
    }
    return;
  }
  if (at_ == At::after_quote && c == '"') {
    add('"');
    at_ = At::quoted;
    return;
  }
  if (c == '"' && at_ == At::cell_begin) {
    at_ = At::quoted;
  } else if (c == separator_) {
    end_cell();
  } else if (c == '\n' || c == '\r') {
    end_row();
  } else {
    // What follows a closing quote belongs to the cell: "a"b is ab, as spreadsheets read it.
    add(c);
    at_ = At::plain;
  }
}

void Reader::feed(std::string_view text) {
  for (const char c : text) {
    const bool paired = std::exchange(after_return_, c == '\r') && c == '\n';
    if (c == '\r' || (c == '\n' && !paired)) ++line_;
    if (paired && at_ != At::quoted) {
      row_.line = line_;
      continue;
    }
    step(c);
  }
}

void Reader::finish() {
  row_.open_quote = at_ == At::quoted;
  if (at_ != At::cell_begin || !row_.cells.empty() || !cell_.empty()) end_row();
}

}  // namespace flash::csv
