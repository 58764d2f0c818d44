// The tree of territories with its settings and rules: one immutable value, made from the
// database's JSON.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "leads/rule.h"

namespace flash::leads {

enum class PlaceKind : std::uint8_t { root, country, region, area };

// A field that a country adds to the form; kept in form_data.
struct ExtraField {
  std::string name;
  std::size_t length_max = 500;
  std::optional<std::size_t>
      digits;  // 0: digits only, n: exactly n; a mismatch warns, never blocks
};

struct Place {
  int id = 0;
  int parent = 0;  // 0: none, it is the root
  PlaceKind kind = PlaceKind::area;
  std::string code, name, country, currency;
  bool published = false;
  std::vector<std::string> phone_prefixes;  // E.164 without the plus
  std::shared_ptr<const std::regex> postal_pattern;
  std::vector<std::pair<std::string, std::string>> postal_areas;  // prefix of a postcode -> code
  std::vector<std::string> specialist_types;
  Strategy strategy = Strategy::least_loaded;
  bool allow_neighbours = true;
  bool hold_outside_hours = false;
  bool confirm_by_email = true;
  int score_percent = 100;
  int auto_deal_score = 70;
  std::vector<ExtraField> form_fields;
  std::vector<int> neighbours;
};

class Places {
 public:
  // `document` is what flash.intake_places() returns. Error internal "places_malformed".
  static Result<Places> parse(std::string_view document);

  [[nodiscard]] std::int64_t version() const { return version_; }
  [[nodiscard]] const Place* find(int id) const;
  [[nodiscard]] const Place* find(std::string_view code) const;
  [[nodiscard]] const Place* country(std::string_view code) const;
  [[nodiscard]] const Place& root() const { return places_[root_]; }
  [[nodiscard]] const std::vector<Place>& all() const { return places_; }
  // True when `ancestor` is `id` or lies above it.
  [[nodiscard]] bool covers(int ancestor, int id) const;
  // The country node above (or at) `id`; the root for the root.
  [[nodiscard]] const Place& country_of(int id) const;
  // By the longest prefix; nullptr: no territory has that number.
  [[nodiscard]] const Place* country_of_phone(std::string_view e164) const;
  // Folded other spellings, longest first.
  [[nodiscard]] const std::vector<std::pair<std::string, int>>& aliases() const { return aliases_; }
  // The rules in force at a territory in ascending priority. Where two have one priority, the
  // nearer one counts, and if that one is off, neither.
  [[nodiscard]] Rules rules_at(int id) const;
  // The same, had `draft` taken the place of all rules of `scope` (0: everywhere).
  [[nodiscard]] Rules rules_at(int id, int scope, const Rules& draft) const;
  // US dollars; nullopt: no rate for that currency.
  [[nodiscard]] std::optional<double> usd(std::int64_t hundredths, std::string_view currency) const;

  // Steps from `id` up to the first node that has one of `nodes` in or below it; nullopt: none has.
  [[nodiscard]] std::optional<int> steps_up(int id, const std::vector<int>& nodes) const;

 private:
  [[nodiscard]] Rules in_force(int id, const Rules& among) const;
  std::int64_t version_ = 0;
  std::size_t root_ = 0;
  std::vector<Place> places_;
  std::unordered_map<int, std::size_t> by_id_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::vector<std::pair<std::string, int>> aliases_;
  std::vector<std::pair<std::string, int>> prefixes_;  // longest first
  Rules rules_;
  std::map<std::string, double, std::less<>> rates_;
};

}  // namespace flash::leads
