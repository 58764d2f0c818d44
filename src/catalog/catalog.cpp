#include "catalog/catalog.h"

#include "base/text.h"

namespace flash::catalog {

const Catalog::Schema* Catalog::schema(std::string_view name) const {
  for (const Schema& each : schemas)
    if (each.name == name) return &each;
  return nullptr;
}

const Table* Catalog::table(std::string_view schema_name, std::string_view name) const {
  const Schema* home = schema(schema_name);
  if (home == nullptr) return nullptr;
  const auto found = home->tables.find(name);
  return found == home->tables.end() ? nullptr : found->second;
}

std::span<const Function* const> Catalog::functions(std::string_view schema_name,
                                                    std::string_view name) const {
  const Schema* home = schema(schema_name);
  if (home == nullptr) return {};
  const auto found = home->functions.find(name);
  if (found == home->functions.end()) return {};
  return found->second;
}

const Type* Catalog::type(std::string_view name) const {
  const auto found = types_by_name.find(text::lower(text::trim(name)));
  return found == types_by_name.end() ? nullptr : found->second;
}

const Settings& Catalog::settings_of(std::string_view role) const {
  static const Settings none;
  const auto found = roles.find(role);
  return found == roles.end() ? none : found->second;
}

}  // namespace flash::catalog
