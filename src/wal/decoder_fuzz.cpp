// Any bytes as a sequence of replication messages: two bytes of length, then the message.
#include <cstddef>
#include <cstdint>

#include "wal/assembler.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string rest(size, '\0');
  for (std::size_t i = 0; i < size; ++i) rest[i] = static_cast<char>(data[i]);
  std::string_view in = rest;
  flash::wal::Assembler assembler(1 << 16);
  (void)flash::wal::open_envelope(in);
  while (in.size() >= 2) {
    const std::size_t wanted =
        static_cast<unsigned char>(in[0]) * 256U + static_cast<unsigned char>(in[1]);
    in.remove_prefix(2);
    const std::string_view message = in.substr(0, wanted);
    in.remove_prefix(message.size());
    const auto fed = assembler.feed(message);
    if (!fed || !*fed) continue;
    for (const auto& change : (*fed)->changes) {
      std::size_t bytes = change.content.size();
      for (const auto& cell : change.before)
        bytes += cell.text.empty() ? 0 : cell.text.back() != '\0';
      for (const auto& cell : change.after)
        bytes += cell.text.empty() ? 0 : cell.text.back() != '\0';
      if (bytes > (std::size_t{1} << 30U)) __builtin_trap();
    }
  }
  return 0;
}
