#include "realtime/change.h"

#include <algorithm>

#include "json/write.h"

namespace flash::realtime {
namespace {

constexpr std::size_t record_bytes_max = std::size_t{1} << 20U;
constexpr std::size_t large_value_bytes = 64;

std::string_view name_of(Events event) {
  if (event == insert_event) return "INSERT";
  return event == update_event ? "UPDATE" : "DELETE";
}

// One column of the relation that the caller is told.
struct Told {
  std::size_t place = 0;  // in the tuple
  const ColumnAccess* access = nullptr;
};

std::vector<Told> told_columns(const wal::Relation& relation, const TableAccess& access,
                               const std::vector<std::string>& select) {
  std::vector<Told> out;
  for (std::size_t i = 0; i < relation.columns.size(); ++i) {
    const ColumnAccess* column = access.find(relation.columns[i].name);
    if (column == nullptr || !column->readable) continue;
    const bool chosen =
        select.empty() || column->key || std::ranges::binary_search(select, column->name);
    if (chosen) out.push_back({i, column});
  }
  return out;
}

enum class Part : std::uint8_t { row, key };

// {"column":value,...}; values over `value_bytes_max` and those that the log does not tell are left
// out.
std::string record_json(const std::vector<Told>& columns, const wal::Tuple& row, Part part,
                        std::size_t value_bytes_max) {
  std::string out = "{";
  for (const Told& column : columns) {
    if (part == Part::key && !column.access->key) continue;
    if (column.place >= row.size()) continue;
    const wal::Cell& cell = row[column.place];
    if (cell.kind == wal::CellKind::absent || cell.text.size() > value_bytes_max) continue;
    if (out.size() > 1) out += ',';
    json::append_quoted(out, column.access->name);
    out += ':';
    if (cell.kind == wal::CellKind::null) {
      out += "null";
    } else {
      append_json(out, column.access->type, cell.text);
    }
  }
  return out + '}';
}

std::string columns_json(const std::vector<Told>& columns) {
  json::Writer out;
  out.array();
  for (const Told& column : columns)
    out.object()
        .field("name", column.access->name)
        .field("type", column.access->type_name)
        .end_object();
  out.end_array();
  return std::move(out).take();
}

struct Records {
  std::string record = "{}";
  std::string old_record = "{}";
  std::string_view errors = "null";
};

Records records_of(const wal::Change& change, const TableAccess& access, const Telling& telling,
                   const std::vector<Told>& columns, std::size_t value_bytes_max) {
  Records out;
  if (telling.event != delete_event)
    out.record = record_json(columns, change.after, Part::row, value_bytes_max);
  // Under row security a deletion tells only which row it was, as the reference does.
  const bool whole = telling.event == update_event ? telling.old_row : !access.guarded;
  if (telling.event != insert_event)
    out.old_record =
        record_json(columns, change.before, whole ? Part::row : Part::key, value_bytes_max);
  return out;
}

bool reads_key(const TableAccess& access) {
  return std::ranges::all_of(access.columns,
                             [](const ColumnAccess& c) { return !c.key || c.readable; });
}

}  // namespace

std::optional<Events> event_for(wal::ChangeKind kind, Sight sight) {
  switch (kind) {
    case wal::ChangeKind::insert: return sight.after ? std::optional(insert_event) : std::nullopt;
    case wal::ChangeKind::update:
      if (sight.after) return update_event;
      return sight.before ? std::optional(delete_event) : std::nullopt;
    case wal::ChangeKind::remove: return sight.before ? std::optional(delete_event) : std::nullopt;
    case wal::ChangeKind::truncate:
    case wal::ChangeKind::message: return std::nullopt;
  }
  return std::nullopt;
}

const wal::Tuple& chosen_by(const wal::Change& change, Events event) {
  return event == delete_event ? change.before : change.after;
}

bool passes(const Filter& filter, const TableAccess& access, const wal::Relation& relation,
            const wal::Tuple& row) {
  return std::ranges::all_of(filter, [&](const Condition& condition) {
    const ColumnAccess* column = access.find(condition.column);
    const auto place = std::ranges::find(relation.columns, condition.column, &wal::Column::name);
    if (column == nullptr || !column->readable || place == relation.columns.end()) return false;
    const auto index = static_cast<std::size_t>(place - relation.columns.begin());
    if (index >= row.size() || row[index].kind == wal::CellKind::absent) return false;
    const bool is_null = row[index].kind == wal::CellKind::null;
    return holds(condition, column->type, is_null ? std::nullopt : std::optional(row[index].text));
  });
}

std::string data_json(const wal::Change& change, const TableAccess& access, const Telling& telling,
                      Instant committed) {
  auto columns = told_columns(*change.relation, access, telling.select);
  Records records;
  if (!access.has_key()) {
    records.errors = R"(["Error 400: Bad Request, no primary key"])";
  } else if (!reads_key(access)) {
    records.errors = R"(["Error 401: Unauthorized"])";
  } else {
    records = records_of(change, access, telling, columns, std::string::npos);
    if (records.record.size() + records.old_record.size() > record_bytes_max) {
      records = records_of(change, access, telling, columns, large_value_bytes);
      records.errors = R"(["Error 413: Payload Too Large"])";
    }
  }
  json::Writer out;
  out.object().field("schema", change.relation->schema).field("table", change.relation->name);
  out.field("commit_timestamp", to_rfc3339(committed)).field("type", name_of(telling.event));
  out.raw_field("columns", columns_json(columns));
  if (telling.event != delete_event) out.raw_field("record", records.record);
  if (telling.event != insert_event) out.raw_field("old_record", records.old_record);
  out.raw_field("errors", records.errors).end_object();
  return std::move(out).take();
}

}  // namespace flash::realtime
