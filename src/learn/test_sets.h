// The public data sets as tables of leads, without the columns that were written after the outcome.
#pragma once
#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kit/data.h"
#include "learn/encode.h"
#include "learn/folds.h"
#include "learn/table.h"

namespace flash::learn::sets {

inline double number_or_nan(std::string_view cell) {
  double out = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
  return fault == std::errc{} && end == cell.data() + cell.size() ? out : std::nan("");
}

using Named = std::map<std::string, std::string, std::less<>>;

// Every line after the first, as name -> cell.
inline void each_row(std::string_view file, char separator,
                     const std::function<void(const Named&)>& take) {
  const auto cells = kit::cells_of(kit::data_set(file), separator);
  for (std::size_t row = 1; row < cells.size(); ++row) {
    Named named;
    for (std::size_t i = 0; i < cells[row].size() && i < cells[0].size(); ++i)
      named[cells[0][i]] = cells[row][i];
    take(named);
  }
}

inline void put_all(Table& table, const Named& row, const std::set<std::string>& left_out) {
  for (const auto& [name, cell] : row) {
    if (left_out.contains(name)) continue;
    if (const double number = number_or_nan(cell); !std::isnan(number)) {
      table.put(name, number);
    } else {
      table.put(name, std::string_view(cell));
    }
  }
}

// Bank Marketing, in the order of the calls. `duration` is known only after the call.
inline Table bank() {
  Table out;
  std::int64_t at = 0;
  each_row("bank-additional-full.csv", ';', [&](const Named& row) {
    Lead lead;
    lead.created_s = at += 60;
    lead.won = row.at("y") == "yes";
    lead.rule = static_cast<float>(std::min(
        100.0, 50 + number_or_nan(row.at("age")) / 4 + 10 * number_or_nan(row.at("previous"))));
    out.add(lead);
    put_all(out, row, {"y", "duration"});
  });
  return out;
}

inline Table shoppers() {
  Table out;
  std::int64_t at = 0;
  each_row("online_shoppers_intention.csv", ',', [&](const Named& row) {
    Lead lead;
    lead.created_s = at += 60;
    lead.won = row.at("Revenue") == "TRUE";
    lead.rule = static_cast<float>(
        std::min(100.0, 50 + std::min(number_or_nan(row.at("ProductRelated")), 30.0) +
                            2 * std::min(number_or_nan(row.at("Administrative")), 10.0)));
    out.add(lead);
    put_all(out, row, {"Revenue"});
  });
  return out;
}

// Codes that stand for a browser, a region and the like.
inline Registry shoppers_registry() {
  Registry out;
  for (const char* name : {"OperatingSystems", "Browser", "Region", "TrafficType"})
    out.push_back({.name = name, .label = name, .category = true});
  return out;
}

// Closed opportunities by the day they began; in truth without any signal. The seller is left out,
// as a feature and as a group.
inline Table crm() {
  std::map<std::string, Named> accounts;
  each_row("crm_accounts.csv", ',', [&](const Named& row) { accounts[row.at("account")] = row; });
  std::vector<Named> closed;
  each_row("crm_sales_pipeline.csv", ',', [&](const Named& row) {
    if (row.at("deal_stage") == "Won" || row.at("deal_stage") == "Lost") closed.push_back(row);
  });
  std::ranges::sort(closed, {}, [](const Named& row) {
    return std::pair(row.at("engage_date"), row.at("opportunity_id"));
  });
  Table out;
  std::int64_t at = 0;
  for (const Named& row : closed) {
    Lead lead;
    lead.created_s = at += 60;
    lead.won = row.at("deal_stage") == "Won";
    out.add(lead);
    put_all(out, row,
            {"opportunity_id", "sales_agent", "deal_stage", "engage_date", "close_date",
             "close_value"});
    if (const auto account = accounts.find(row.at("account")); account != accounts.end())
      put_all(out, account->second, {"account"});
  }
  return out;
}

inline Table leadforge() {
  Table out;
  std::int64_t at = 0;
  each_row("leadforge_intro_v7.csv", ',', [&](const Named& row) {
    Lead lead;
    lead.created_s = at += 60;
    lead.won = row.at("converted") == "1";
    out.add(lead);
    put_all(out, row, {"converted"});
  });
  return out;
}

// A fifth of the rows to judge, by a hash of the row's number: the same in every run. `part` is one
// of five.
inline Fold hashed(const Table& table, std::uint64_t part = 0) {
  Fold out;
  for (std::size_t row = 0; row < table.size(); ++row)
    (Random(row).next() % 5 == part ? out.test : out.train).push_back(row);
  return out;
}

}  // namespace flash::learn::sets
