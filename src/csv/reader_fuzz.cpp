// A file of any bytes, in pieces of two sizes, gives the same rows; none is larger than it may be;
// and what is written of them reads back.
#include "csv/reader.h"

#include <cstdint>
#include <cstdlib>

#include "csv/encoding.h"
#include "csv/writer.h"

namespace {

using flash::csv::Row;

std::vector<Row> rows_of(std::string_view bytes, std::size_t piece) {
  std::vector<Row> rows;
  flash::csv::Decoder decoder(flash::csv::encoding_of(bytes));
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += piece) decoder.feed(bytes.substr(i, piece), text);
  decoder.finish(text);
  flash::csv::Reader reader(flash::csv::separator_of(text),
                            [&](Row row) { rows.push_back(std::move(row)); });
  for (std::size_t i = 0; i < text.size(); i += piece)
    reader.feed(std::string_view(text).substr(i, piece));
  reader.finish();
  return rows;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto rows = rows_of(bytes, 1 + size);
  const auto again = rows_of(bytes, 3);
  check(rows.size() == again.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    check(rows[i].cells == again[i].cells && rows[i].line == again[i].line);
    check(rows[i].cells.size() <= flash::csv::cells_max);
    std::string written;
    flash::csv::Writer writer(written);
    for (const auto& cell : rows[i].cells) writer.cell(cell);
    writer.end_row();
    std::vector<std::string> back;
    flash::csv::Reader reader(',', [&](const Row& row) { back = row.cells; });
    reader.feed(written);
    reader.finish();
    if (rows[i].too_large || written.size() > flash::csv::row_bytes_max) continue;
    check(back.size() == rows[i].cells.size() || (rows[i].cells.size() == 1 && back.empty()));
  }
  return 0;
}
