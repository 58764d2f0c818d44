// What can be wrong with a question, given the catalog. Codes are stable; a door maps them to its
// own.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "catalog/catalog.h"
#include "plan/call.h"

namespace flash::plan::errors {

Error no_table(const catalog::Catalog& catalog, std::string_view schema, std::string_view name);
// As PostgreSQL says it: code 42703.
Error no_column(const catalog::Table& table, std::string_view column);
// A column that a write names.
Error no_write_column(const catalog::Table& table, std::string_view column);
Error no_type(std::string_view name);  // code 42704
Error no_relation(const catalog::Table& from, std::string_view target, std::string_view hint);
// `details` is a JSON array, one object a candidate.
Error ambiguous_relation(const catalog::Table& from, std::string_view target,
                         const std::vector<const catalog::Relation*>& candidates);
Error not_embedded(std::string_view name);
Error order_not_to_one(const catalog::Table& from, std::string_view embed);
Error bad_embed_operator(std::string_view embed);
Error no_function(const catalog::Catalog& catalog, std::string_view schema, std::string_view name,
                  const std::vector<std::string>& keys, WholeBodyType whole);
Error ambiguous_function(const std::vector<const catalog::Function*>& candidates);
Error not_writable(const catalog::Table& table, std::string_view column);  // code 428C9
Error aggregates_refused();
Error aggregate_in_spread();
Error too_large(std::string_view what, std::size_t most);

}  // namespace flash::plan::errors
