// Readers of single form fields: each takes a value out of the input or notes the one fault it has.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"
#include "leads/lead.h"
#include "leads/words.h"

namespace flash::leads {

struct TextRule {
  std::size_t length_max = 200;  // code points
  std::size_t length_min = 0;
  bool required = false;
  Lines lines = Lines::one;
};

class Fields {
 public:
  Fields(const json::Object& input, std::string_view language)
      : input_(input), language_(language) {}

  // Trimmed; empty when absent, blank or faulty.
  std::string text(std::string_view name, const TextRule& rule);
  std::string one_of(std::string_view name, std::span<const std::string_view> words,
                     bool required = false);
  std::optional<std::int64_t> whole(std::string_view name, std::int64_t least, std::int64_t most,
                                    bool required = false);
  std::optional<std::int64_t> money(std::string_view name);  // hundredths
  bool flag(std::string_view name);
  std::vector<std::string> texts(std::string_view name, std::size_t count_max,
                                 std::size_t length_max);
  std::vector<std::string> choices(std::string_view name, std::span<const std::string_view> words);

  // The rule that one text breaks, or nothing.
  struct Broken {
    std::string_view rule;  // empty: none
    std::string limit;
  };
  static Broken broken(std::string_view trimmed, const TextRule& rule);

  void fault(std::string field, std::string_view rule, std::string_view limit = {});
  [[nodiscard]] bool faulty(std::string_view name) const;
  [[nodiscard]] const json::Object& input() const { return input_; }
  [[nodiscard]] std::vector<Fault> take() && { return std::move(faults_); }

 private:
  const json::Object& input_;
  std::string_view language_;
  std::vector<Fault> faults_;
};

// A JSON string as a view.
inline std::string_view view(const json::Value& value) {
  return {value.get_string().data(), value.get_string().size()};
}

}  // namespace flash::leads
