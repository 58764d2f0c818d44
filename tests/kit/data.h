// The data sets under tests/data: unpacked, and split into cells.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace flash::kit {

// tests/data/NAME.xz as text; a fatal test failure (or abort in a benchmark) when it is not there.
std::string data_set(std::string_view name);

// Lines of cells (RFC 4180: quotes may hold separators and doubled quotes, no line breaks).
std::vector<std::vector<std::string>> cells_of(std::string_view csv, char separator);

}  // namespace flash::kit
