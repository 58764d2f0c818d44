#include "render/write.h"

#include <algorithm>

#include "render/select.h"
#include "sql/array.h"

namespace flash::render {
namespace {

using catalog::Column;
using plan::Delete;
using plan::Insert;
using plan::Payload;
using plan::Update;
using plan::Write;
using sql::Fragment;
using sql::Literal;

constexpr std::string_view target = "t", given = "given", body = "body";

template <class Make>
Fragment each_column(const std::vector<const Column*>& columns, Literal separator, Make make) {
  std::vector<Fragment> parts;
  parts.reserve(columns.size());
  for (const Column* column : columns) parts.push_back(make(*column));
  return sql::join(parts, separator);
}

Fragment plain_name(const Column& column) { return Fragment::ident(column.name); }
Fragment given_name(const Column& column) { return Fragment::ident(given, column.name); }
Fragment with_type(const Column& column) {
  return Fragment::ident(column.name) + " " + type_name(*column.type);
}

// The payload as rows of the columns' own types; one parameter, whatever its size.
Fragment payload_rows(const Payload& payload) {
  Fragment out(payload.is_array ? Literal("json_to_recordset(") : Literal("json_to_record("));
  out << Fragment::param(payload.json) << "::json) as " << Fragment::ident(given) << "("
      << each_column(payload.columns, ", ", with_type) << ")";
  return out;
}

void add_needed(std::vector<const Column*>& needed, const Column* column) {
  if (column == nullptr) return;  // count()
  if (std::ranges::find(needed, column) == needed.end()) needed.push_back(column);
}

void add_needed(std::vector<const Column*>& needed, const std::vector<plan::Predicate>& where) {
  for (const plan::Predicate& each : where) {
    if (const auto* leaf = std::get_if<plan::Compare>(&each.what))
      add_needed(needed, leaf->field.column);
    if (const auto* group = std::get_if<plan::Group>(&each.what)) add_needed(needed, group->parts);
  }
}

// Columns of the written table that the answer reads or joins by.
std::vector<const Column*> needed_columns(const Write& write) {
  const plan::Read& read = write.returning;
  std::vector<const Column*> out;
  for (const plan::Output& each : read.outputs) add_needed(out, each.field.column);
  for (const plan::Order& each : read.order)
    if (!each.embed) add_needed(out, each.field.column);
  add_needed(out, read.where);
  for (const plan::Embed& each : read.embeds) {
    if (each.relation == nullptr) continue;
    for (const auto& [here, there] : each.relation->columns) add_needed(out, here);
    for (const auto& [here, there] : each.relation->junction.from) add_needed(out, here);
  }
  if (write.wants_location)
    for (const Column* each : write.table->primary_key) add_needed(out, each);
  return out;
}

Fragment returned(const Write& write, bool with_rows) {
  const bool star = with_rows && std::ranges::any_of(write.returning.outputs, &plan::Output::star);
  const bool row = with_rows && write.returning.needs_row();
  if (row)
    return Fragment::ident(target) + ".*, " + Fragment::ident(target) + " as " +
           Fragment::ident(made_row);
  if (star) return Fragment::ident(target) + ".*";
  std::vector<const Column*> columns;
  if (with_rows) {
    columns = needed_columns(write);
  } else if (write.wants_location) {
    columns = write.table->primary_key;
  }
  if (columns.empty()) return Fragment("1 as \"one\"");
  return each_column(columns, ", ",
                     [](const Column& column) { return Fragment::ident(target, column.name); });
}

Fragment table_as(const Write& write) {
  return Fragment::ident(write.table->schema, write.table->name) + " as " + Fragment::ident(target);
}

// No row and no change, with the columns of a written row.
Fragment nothing(const Write& write, bool with_rows) {
  return Fragment("select ") + returned(write, with_rows) + " from " + table_as(write) +
         " where false";
}

Fragment where(const std::vector<plan::Predicate>& predicates, const Write& write) {
  plan::Read bare;
  bare.table = write.table;
  Aliases aliases;
  std::vector<Fragment> parts;
  for (const plan::Predicate& each : predicates)
    parts.push_back(condition(each, bare, target, aliases));
  if (parts.empty()) return {};
  return Fragment(" where ") + sql::join(parts, " and ");
}

Fragment assignment_from_excluded(const Column& column) {
  return Fragment::ident(column.name) + " = excluded." + Fragment::ident(column.name);
}

Fragment conflict(const Insert& insert, const std::vector<const Column*>& given_columns) {
  if (insert.conflict == plan::Conflict::fail) return {};
  Fragment out(" on conflict");
  if (!insert.conflict_key.empty())
    out << " (" << each_column(insert.conflict_key, ", ", plain_name) << ")";
  if (insert.conflict == plan::Conflict::ignore) return out << " do nothing";
  std::vector<const Column*> set;
  for (const Column* each : given_columns)
    if (std::ranges::find(insert.conflict_key, each) == insert.conflict_key.end())
      set.push_back(each);
  // Only key columns given: set them to what they are, so that the row comes back.
  if (set.empty()) set = insert.conflict_key;
  // The condition is always true; it counts the rows that were there, for the status of the answer.
  return out << " do update set " << each_column(set, ", ", assignment_from_excluded)
             << " where set_config('flash.merged', "
                "(coalesce(nullif(current_setting('flash.merged', true), ''), '0')::bigint + "
                "1)::text, true) <> ''";
}

// Rows of the CTE "body", which has the payload's objects with their places.
Fragment group_rows(const plan::RowGroup& group) {
  std::vector<std::string> places;
  for (const std::size_t place : group.rows) places.push_back(std::to_string(place));
  return Fragment::ident(body) + ", lateral json_to_record(" + Fragment::ident(body, "object") +
         ") as " + Fragment::ident(given) + "(" + each_column(group.columns, ", ", with_type) +
         ") where " + Fragment::ident(body, "place") + " = any (" +
         Fragment::param(sql::array_literal(places)) + "::bigint[]) order by " +
         Fragment::ident(body, "place");
}

Fragment insert_group(const Write& write, const Insert& insert, const plan::RowGroup& group,
                      bool with_rows) {
  Fragment out("insert into ");
  out << table_as(write);
  if (group.columns.empty()) {
    out << " default values";
  } else {
    out << " (" << each_column(group.columns, ", ", plain_name) << ") select "
        << each_column(group.columns, ", ", given_name) << " from " << group_rows(group);
  }
  return out << conflict(insert, group.columns) << " returning " << returned(write, with_rows);
}

// One insert a group, in the order of the rows; "made" is all that they made.
Fragment insert_groups(const Write& write, const Insert& insert, bool with_rows) {
  Fragment out = Fragment::ident(body) +
                 " as materialized (select \"object\", \"place\" from json_array_elements(" +
                 Fragment::param(insert.rows.json) +
                 "::json) with ordinality as \"each\"(\"object\", \"place\"))";
  std::vector<Fragment> all;
  for (const plan::RowGroup& group : insert.groups) {
    const Fragment name = Fragment::ident("made" + std::to_string(all.size()));
    out << ", " << name << " as (" << insert_group(write, insert, group, with_rows) << ")";
    all.push_back(Fragment("select * from ") + name);
  }
  return out << ", " << Fragment::ident(made_rows) << " as (" << sql::join(all, " union all ")
             << ")";
}

Fragment insert_into(const Write& write, const Insert& insert, bool with_rows) {
  const Payload& rows = insert.rows;
  if (rows.columns.empty() && rows.is_array) return nothing(write, with_rows);
  Fragment out("insert into ");
  out << table_as(write);
  if (rows.columns.empty()) {
    out << " default values";
  } else {
    out << " (" << each_column(rows.columns, ", ", plain_name) << ") select "
        << each_column(rows.columns, ", ", given_name) << " from " << payload_rows(rows);
  }
  out << conflict(insert, rows.columns) << " returning " << returned(write, with_rows);
  return out;
}

Fragment update(const Write& write, const Update& update, bool with_rows) {
  const Payload& values = update.values;
  if (values.columns.empty() && update.defaults.empty()) return nothing(write, with_rows);
  std::vector<Fragment> set;
  for (const Column* each : values.columns)
    set.push_back(plain_name(*each) + " = " + given_name(*each));
  for (const Column* each : update.defaults) set.push_back(plain_name(*each) + " = default");
  Fragment out("update ");
  out << table_as(write) << " set " << sql::join(set, ", ");
  if (!values.columns.empty()) out << " from " << payload_rows(values);
  out << where(update.where, write) << " returning " << returned(write, with_rows);
  return out;
}

Fragment delete_from(const Write& write, const Delete& chosen, bool with_rows) {
  Fragment out("delete from ");
  out << table_as(write) << where(chosen.where, write) << " returning "
      << returned(write, with_rows);
  return out;
}

}  // namespace

Fragment made_by(const Write& write, bool with_rows) {
  Fragment change;
  if (const auto* insert = std::get_if<Insert>(&write.change)) {
    if (!insert->groups.empty()) return insert_groups(write, *insert, with_rows);
    change = insert_into(write, *insert, with_rows);
  } else if (const auto* changed = std::get_if<Update>(&write.change)) {
    change = update(write, *changed, with_rows);
  } else {
    change = delete_from(write, std::get<Delete>(write.change), with_rows);
  }
  return Fragment::ident(made_rows) + " as (" + change + ")";
}

}  // namespace flash::render
