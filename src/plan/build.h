// From names to a plan: columns, relations, functions and types looked up in the catalog.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "plan/plan.h"

namespace flash::plan {

Result<const catalog::Table*> find_table(const catalog::Catalog& catalog, std::string_view schema,
                                         std::string_view name);

enum class Aggregates : bool { refused, allowed };

// Every read below is cut to `rows_max` rows a table, the embedded ones too.
Result<Read> build_read(const catalog::Catalog& catalog, const catalog::Table& table,
                        AskedRead asked, std::uint64_t rows_max,
                        Aggregates aggregates = Aggregates::allowed);

Result<std::vector<Predicate>> build_where(const catalog::Table& table,
                                           std::vector<AskedPredicate> asked);

// The columns that a write names, in the order given, each once.
Result<std::vector<const catalog::Column*>> build_columns(const catalog::Table& table,
                                                          const std::vector<std::string>& names);

// The relation that `target` (and `hint`, where there is one) means. Exactly one must match.
Result<const catalog::Relation*> find_relation(const catalog::Table& from, std::string_view target,
                                               std::string_view hint);

// What a caller gives to a function: text by name, or a body with its keys.
struct AskedCall {
  std::vector<std::pair<std::string, std::string>> texts;
  std::optional<std::string> body;  // JSON object of named arguments, or the one unnamed argument
  WholeBodyType whole = WholeBodyType::none;  // what the body is; bytes: \x and hexadecimal digits
  std::vector<std::string> body_keys;
};

// Picks among overloads by the names given; `returning` is built by the caller.
Result<Call> build_call(const catalog::Catalog& catalog, std::string_view schema,
                        std::string_view name, AskedCall asked);

}  // namespace flash::plan
