#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/hash.h"
#include "score/answer.h"
#include "score/model_file.h"

// The input is a file without its hash: whatever it says, it is a model or it is refused, and a
// model answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  bytes += flash::crypto::sha256(bytes);
  const auto model = flash::score::read_model(bytes);
  if (!model) return 0;
  const auto answer = flash::score::answer(*model, {}, {.age_days = 1, .amount = 5});
  (void)flash::score::answer_json(*model, answer, {}, {.model_version = "x"});
  return 0;
}
