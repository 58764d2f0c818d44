// Any bytes as what a server sends: messages, reports and rows stay inside what came, and pieces
// give what the whole gives.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "db/protocol.h"
#include "db/rows.h"

namespace {

namespace protocol = flash::db::protocol;

std::string read_all(std::string_view bytes, std::size_t piece) {
  protocol::Reader reader;
  std::string out;
  while (!bytes.empty() && !reader.is_broken()) {
    const auto space = reader.space();
    const std::size_t size = std::min({space.size(), bytes.size(), piece});
    std::memcpy(space.data(), bytes.data(), size);
    reader.filled(size);
    bytes.remove_prefix(size);
    while (const auto message = reader.next()) {
      out += message->type;
      out += message->body;
    }
    // What a large length asks for is not worth the fuzzer's time.
    if (reader.space().size() > 4 * protocol::Reader::usual_bytes) break;
  }
  return out;
}

void check_rows(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t cut = std::min<std::size_t>(static_cast<std::uint8_t>(bytes[0]), bytes.size());
  const auto names = flash::db::names_of(bytes.substr(0, cut));
  if (!names) return;
  flash::db::RowsReader reader(names);
  if (!reader.add(bytes.substr(cut))) return;
  const flash::db::Rows rows = reader.finish("SELECT 1");
  std::size_t total = 0;
  for (std::size_t i = 0; i < rows.columns(); ++i) total += rows.text(0, i).size();
  if (total > bytes.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (read_all(bytes, bytes.size()) != read_all(bytes, 1)) std::abort();
  static_cast<void>(protocol::report_of(bytes));
  check_rows(bytes);
  return 0;
}
