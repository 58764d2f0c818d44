// CSV text to rows, piece by piece: RFC 4180 and what programs really write.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace flash::csv {

inline constexpr std::size_t cells_max = 200;  // of a row
inline constexpr std::size_t row_bytes_max = 64 * 1024;

struct Row {
  std::uint64_t line = 1;  // of the file, where it begins; from 1
  std::vector<std::string> cells;
  bool too_large = false;   // more cells or bytes than may be: the rest of the row is left out
  bool open_quote = false;  // the file ended inside of a quoted cell
};

// The one of , ; tab | that divides the first lines most evenly; a comma when none does.
char separator_of(std::string_view begin);

class Reader {
 public:
  using Take = std::function<void(Row)>;
  Reader(char separator, Take take) : separator_(separator), take_(std::move(take)) {}

  void feed(std::string_view text);  // UTF-8
  void finish();

 private:
  enum class At : std::uint8_t { cell_begin, plain, quoted, after_quote };
  void add(char c);
  void end_cell();
  void end_row();
  void step(char c);

  char separator_;
  Take take_;
  Row row_;
  std::string cell_;
  std::size_t bytes_ = 0;
  std::uint64_t line_ = 1;
  At at_ = At::cell_begin;
  bool after_return_ = false;  // a line feed that follows belongs to it
};

}  // namespace flash::csv
