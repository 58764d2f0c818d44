// A position in PostgreSQL's log: 64 bits, written "16/B374D848".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flash::wal {

using Lsn = std::uint64_t;  // bytes since the cluster was made; 0: none

std::string to_text(Lsn position);
std::optional<Lsn> parse_lsn(
    std::string_view text);  // nullopt: not "hex/hex" of at most 8 digits each

}  // namespace flash::wal
