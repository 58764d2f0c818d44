// Catalog: an immutable snapshot of what the database offers, with look-ups by name.
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/function.h"
#include "catalog/table.h"

namespace flash::catalog {

// Of a role and of a called function together that a transaction is given; db::Identity takes 32,
// and the others are the request's own. CatalogKeeper warns of roles with more.
inline constexpr std::size_t settings_max = 16;

struct Catalog {
  Catalog() = default;
  Catalog(const Catalog&) = delete;  // tables point at one another
  Catalog& operator=(const Catalog&) = delete;

  struct Schema {
    std::string name;
    std::string comment;
    std::unordered_map<std::string_view, const Table*> tables;
    std::unordered_map<std::string_view, std::vector<const Function*>> functions;
  };

  // What each look-up gives when there is no such thing: null, or an empty span.
  [[nodiscard]] const Schema* schema(std::string_view name) const;
  [[nodiscard]] const Table* table(std::string_view schema, std::string_view name) const;
  [[nodiscard]] std::span<const Function* const> functions(std::string_view schema,
                                                           std::string_view name) const;
  // By PostgreSQL's own name, the SQL spelling ("integer", "double precision") or that of an
  // exposed schema's type; any case, as PostgreSQL folds it.
  [[nodiscard]] const Type* type(std::string_view name) const;
  // What `alter role ... set` says of a role, for every transaction of its; empty: nothing.
  [[nodiscard]] const Settings& settings_of(std::string_view role) const;

  std::vector<Schema> schemas;  // the exposed ones, the default first
  // Deques: what points into them stays right while they grow.
  std::deque<Type> types;
  std::deque<Table> tables;
  std::deque<Table>
      rows;  // row types that are no exposed table: composite types, TABLE(...) results
  std::deque<Function> functions_;
  std::unordered_map<std::string, const Type*> types_by_name;
  std::map<std::string, Settings, std::less<>> roles;
};

using Snapshot = std::shared_ptr<const Catalog>;

// From the one document that queries::snapshot returns. Error internal "catalog_malformed".
Result<Snapshot> parse(std::string_view document);

}  // namespace flash::catalog
