#include "realtime/access_cache.h"

#include "base/text.h"
#include "realtime/queries.gen.h"

namespace flash::realtime {
namespace {

constexpr std::chrono::seconds age_max{30};
constexpr std::chrono::seconds look_age_max{2};  // many who subscribe at once ask once
constexpr std::size_t entries_max = 10'000;      // names come from subscribers

std::string table_key(std::string_view schema, std::string_view table) {
  return text::cat(std::to_string(schema.size()), ":", schema, table);
}

}  // namespace

loop::Task<Result<std::shared_ptr<const TableAccess>>> AccessCache::read(std::string schema,
                                                                         std::string table,
                                                                         std::string role,
                                                                         std::uint64_t generation) {
  db::Work work{
      // The catalog is everybody's to read. With an empty search_path policies come out fully
      // qualified.
      .identity = {.role = role, .settings = {{"search_path", ""}}, .read_only = true},
      .statements = {sql::statement(queries::table_access, {schema, table, role, publication_})}};
  CO_TRY(auto rows, co_await pool_.run(std::move(work)));
  std::shared_ptr<const TableAccess> access;
  if (rows.front().size() > 0) {
    CO_TRY(auto fresh, read_access(rows.front().text(0, 0)));
    access = std::make_shared<const TableAccess>(std::move(fresh));
  }
  if (entries_.size() >= entries_max) entries_.clear();
  entries_[Key(table_key(schema, table), role)] = Entry{access, generation, Steady::now()};
  co_return access;
}

loop::Task<Result<std::shared_ptr<const TableAccess>>> AccessCache::of(
    std::shared_ptr<const wal::Relation> relation, std::string role) {
  const std::string key = table_key(relation->schema, relation->name);
  generations_[key] = relation->generation;
  const auto entry = entries_.find(Key(key, role));
  const bool fresh = entry != entries_.end() && entry->second.generation == relation->generation &&
                     Steady::now() - entry->second.read < age_max;
  if (fresh) co_return entry->second.access;
  CO_TRY(auto access,
         co_await read(relation->schema, relation->name, std::move(role), relation->generation));
  // A table of that name that is not the one the change was of: dropped or renamed since.
  if (access && access->table != relation->id) access = nullptr;
  co_return access;
}

loop::Task<Result<std::shared_ptr<const TableAccess>>> AccessCache::look(std::string schema,
                                                                         std::string table,
                                                                         std::string role) {
  const std::string key = table_key(schema, table);
  const auto known = generations_.find(key);
  const std::uint64_t generation = known == generations_.end() ? 0 : known->second;
  const auto entry = entries_.find(Key(key, role));
  if (entry != entries_.end() && entry->second.generation == generation &&
      Steady::now() - entry->second.read < look_age_max)
    co_return entry->second.access;
  co_return co_await read(std::move(schema), std::move(table), std::move(role), generation);
}

}  // namespace flash::realtime
