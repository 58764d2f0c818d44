#include "learn/table.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

namespace flash::learn {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

}  // namespace

std::string Column::level(std::size_t row) const {
  if (words[row] >= 0) return dictionary[static_cast<std::size_t>(words[row])];
  return std::isnan(numbers[row]) ? std::string{} : fmt::format("{}", numbers[row]);
}

void Table::add(Lead lead) {
  leads_.push_back(std::move(lead));
  for (Column& each : columns_) {
    each.numbers.push_back(unknown);
    each.words.push_back(-1);
  }
}

Column& Table::column(std::string_view name) {
  if (const auto at = places_.find(name); at != places_.end()) return columns_[at->second];
  places_.emplace(name, columns_.size());
  Column& out = columns_.emplace_back();
  out.name = name;
  out.numbers.assign(leads_.size(), unknown);
  out.words.assign(leads_.size(), -1);
  return out;
}

void Table::put(std::string_view name, double number) {
  if (std::isfinite(number)) column(name).numbers.back() = static_cast<float>(number);
}

void Table::put(std::string_view name, std::string_view word) {
  Column& into = column(name);
  if (word.empty()) return;
  auto& codes = codes_[into.name];
  const auto [at, fresh] =
      codes.try_emplace(std::string(word), static_cast<std::int32_t>(into.dictionary.size()));
  if (fresh) into.dictionary.emplace_back(word);
  into.words.back() = at->second;
}

void Table::put(const json::Object& features) {
  for (const auto& [key, value] : features) {
    const std::string_view name(key);
    if (value.is_number()) put(name, value.to_number<double>());
    if (value.is_bool()) put(name, value.get_bool() ? 1.0 : 0.0);
    if (value.is_string()) put(name, std::string_view(value.get_string()));
  }
}

const Column* Table::find(std::string_view name) const {
  const auto at = places_.find(name);
  return at == places_.end() ? nullptr : &columns_[at->second];
}

Table Table::pick(std::span<const std::size_t> rows) const {
  Table out;
  out.places_ = places_;
  out.codes_ = codes_;
  for (const std::size_t row : rows) out.leads_.push_back(leads_[row]);
  for (const Column& from : columns_) {
    Column& to = out.columns_.emplace_back();
    to.name = from.name;
    to.dictionary = from.dictionary;
    for (const std::size_t row : rows) {
      to.numbers.push_back(from.numbers[row]);
      to.words.push_back(from.words[row]);
    }
  }
  return out;
}

Rows all_rows(const Table& table) {
  Rows out(table.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

}  // namespace flash::learn
