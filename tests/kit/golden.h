// Goldens: the expected text of a test lives in a file beside it.
#pragma once
#include <string>
#include <string_view>

namespace flash::kit {

// Adds a test failure that shows the first line that differs. `path` is below the source tree:
// "src/config/goldens/flags.txt". With FLASH_UPDATE=1 in the environment the file is rewritten.
void expect_golden(std::string_view path, std::string_view actual);

// The whole text of a file below the source tree; a test failure and "" when it cannot be read.
std::string source_file(std::string_view path);

}  // namespace flash::kit
