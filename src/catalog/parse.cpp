#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "catalog/catalog.h"
#include "json/read.h"

namespace flash::catalog {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr json::Limits document_limits{.bytes_max = std::size_t{64} << 20U, .depth_max = 16};

// pg_relation_is_updatable: one bit a command, by PostgreSQL's CmdType (nodes.h).
constexpr std::int64_t can_update = 1U << 2U, can_insert = 1U << 3U, can_delete = 1U << 4U;

// The names people write that are neither the internal name nor format_type's.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> spellings{
    {{"int", "int4"}, {"decimal", "numeric"}, {"float", "float8"}}};

class Builder {
 public:
  explicit Builder(const Object& document) : document_(document) {}

  Result<Snapshot> build() {
    add_types();
    add_tables();
    add_keys();
    add_row_types();
    add_functions();
    index();
    if (broken_)
      return fail(Kind::internal, "catalog_malformed",
                  "the catalog document does not hold together");
    return Snapshot(std::move(catalog_));
  }

 private:
  void add_types();
  void add_tables();
  void add_keys();
  void add_row_types();
  void add_functions();
  void add_parameters(const Object& item, Function& function, Table& result);
  void index();
  void index_types();
  std::vector<Column> read_columns(const Object& item);
  std::vector<const Column*> named(const Table& table, const Array& names);

  const Object& object_of(const Value& value) {
    static const Object none;
    if (!value.is_object()) broken_ = true;
    return value.is_object() ? value.get_object() : none;
  }

  const Type* type_of(std::int64_t oid) {
    const auto found = types_.find(oid);
    if (found == types_.end()) broken_ = true;
    return found == types_.end() ? nullptr : found->second;
  }

  const Object& document_;
  std::shared_ptr<Catalog> catalog_ = std::make_shared<Catalog>();
  std::unordered_map<std::int64_t, Type*> types_;        // by pg_type.oid
  std::unordered_map<std::int64_t, Table*> tables_;      // by pg_class.oid
  std::unordered_map<std::int64_t, const Table*> rows_;  // by the oid of the row type
  bool broken_ = false;
};

std::string text_of(const Object& item, std::string_view key) {
  return std::string(json::text_or(item, key));
}

char letter_of(const Object& item, std::string_view key) {
  const std::string_view text = json::text_or(item, key);
  return text.empty() ? '?' : text.front();
}

std::int64_t int_of(const Value& value) { return value.is_int64() ? value.get_int64() : 0; }

std::string_view view_of(const Value& value) {
  return value.is_string() ? std::string_view(value.get_string()) : std::string_view{};
}

void Builder::add_types() {
  const Array& items = json::array_or_empty(document_, "types");
  for (const Value& value : items) {
    const Object& item = object_of(value);
    Type& type = catalog_->types.emplace_back();
    type.oid = static_cast<std::uint32_t>(json::int_or(item, "oid"));
    type.schema = text_of(item, "schema");
    type.name = text_of(item, "name");
    type.array = text_of(item, "array");
    type.label = text_of(item, "label");
    type.kind = letter_of(item, "kind");
    type.category = letter_of(item, "category");
    types_.emplace(type.oid, &type);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Object& item = object_of(items[i]);
    Type& type = catalog_->types[i];
    const std::int64_t base = json::int_or(item, "base");
    const std::int64_t element = json::int_or(item, "element");
    type.base = base == 0 ? &type : type_of(base);
    if (element != 0) type.element = type_of(element);
  }
  for (Type& type : catalog_->types)  // a domain over a domain: down to the ground
    while (type.base != nullptr && type.base != type.base->base) type.base = type.base->base;
}

std::vector<Column> Builder::read_columns(const Object& item) {
  std::vector<Column> out;
  for (const Value& value : json::array_or_empty(item, "columns")) {
    const Object& column = object_of(value);
    out.push_back({.name = text_of(column, "name"),
                   .type = type_of(json::int_or(column, "type")),
                   .nullable = json::bool_or(column, "nullable", true),
                   .has_default = json::bool_or(column, "default"),
                   .writable = json::bool_or(column, "writable", true)});
  }
  return out;
}

TableKind kind_of(char relkind) {
  switch (relkind) {
    case 'v': return TableKind::view;
    case 'm': return TableKind::materialized_view;
    case 'f': return TableKind::foreign_table;
    default: return TableKind::table;
  }
}

void Builder::add_tables() {
  for (const Value& value : json::array_or_empty(document_, "tables")) {
    const Object& item = object_of(value);
    Table& table = catalog_->tables.emplace_back();
    table.schema = text_of(item, "schema");
    table.name = text_of(item, "name");
    table.kind = kind_of(letter_of(item, "kind"));
    const std::int64_t verbs = json::int_or(item, "verbs");
    table.insertable = (verbs & can_insert) != 0;
    table.updatable = (verbs & can_update) != 0;
    table.deletable = (verbs & can_delete) != 0;
    table.columns = read_columns(item);
    tables_.emplace(json::int_or(item, "oid"), &table);
    rows_.emplace(json::int_or(item, "row"), &table);
  }
}

std::vector<const Column*> Builder::named(const Table& table, const Array& names) {
  std::vector<const Column*> out;
  for (const Value& name : names) {
    out.push_back(table.column(view_of(name)));
    if (out.back() == nullptr) broken_ = true;
  }
  return out;
}

void Builder::add_keys() {
  std::vector<ForeignKey> foreign;
  for (const Value& value : json::array_or_empty(document_, "keys")) {
    const Object& item = object_of(value);
    const auto home = tables_.find(json::int_or(item, "table"));
    if (home == tables_.end()) {
      broken_ = true;
      continue;
    }
    Table& table = *home->second;
    std::vector<const Column*> columns = named(table, json::array_or_empty(item, "columns"));
    const char kind = letter_of(item, "kind");
    if (kind != 'f') {
      if (kind == 'p') table.primary_key = columns;
      table.unique_keys.push_back(std::move(columns));
      continue;
    }
    const auto target = tables_.find(json::int_or(item, "target"));
    if (target == tables_.end()) {
      broken_ = true;
      continue;
    }
    const auto targets = named(*target->second, json::array_or_empty(item, "target_columns"));
    ForeignKey key{
        .name = text_of(item, "name"), .from = &table, .to = target->second, .columns = {}};
    for (std::size_t i = 0; i < columns.size() && i < targets.size(); ++i)
      key.columns.emplace_back(columns[i], targets[i]);
    foreign.push_back(std::move(key));
  }
  relate(foreign);
}

void Builder::add_row_types() {
  for (const Value& value : json::array_or_empty(document_, "row_types")) {
    const Object& item = object_of(value);
    Table& row = catalog_->rows.emplace_back();
    row.kind = TableKind::row_type;
    row.columns = read_columns(item);
    rows_.emplace(json::int_or(item, "row"), &row);
  }
}

// proargmodes: in, out, both ways, variadic, column of TABLE(...).
void Builder::add_parameters(const Object& item, Function& function, Table& result) {
  const Array& names = json::array_or_empty(item, "names");
  const Array& types = json::array_or_empty(item, "types");
  const Array& modes = json::array_or_empty(item, "modes");
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string name(i < names.size() ? view_of(names[i]) : std::string_view{});
    const std::string_view mode = i < modes.size() ? view_of(modes[i]) : "i";
    const Type* type = type_of(int_of(types[i]));
    if (mode == "i" || mode == "b" || mode == "v")
      function.parameters.push_back({.name = name, .type = type, .variadic = mode == "v"});
    if (mode == "o" || mode == "b" || mode == "t")
      result.columns.push_back({.name = name, .type = type});
  }
  const auto defaults = static_cast<std::size_t>(json::int_or(item, "defaults"));
  const std::size_t count = function.parameters.size();
  for (std::size_t i = count - std::min(defaults, count); i < count; ++i)
    function.parameters[i].has_default = true;
}

void Builder::add_functions() {
  constexpr std::string_view void_type = "void";
  for (const Value& value : json::array_or_empty(document_, "functions")) {
    const Object& item = object_of(value);
    Function& function = catalog_->functions_.emplace_back();
    function.schema = text_of(item, "schema");
    function.name = text_of(item, "name");
    const char volatility = letter_of(item, "volatility");
    function.volatility = volatility == 'i'   ? Volatility::immutable
                          : volatility == 's' ? Volatility::stable
                                              : Volatility::volatile_;
    function.returns_set = json::bool_or(item, "set");
    Table result{.kind = TableKind::row_type};
    add_parameters(item, function, result);
    const std::int64_t returns = json::int_or(item, "returns");
    const auto row = rows_.find(returns);
    if (row != rows_.end()) {
      function.row = row->second;
      function.row_is_table = row->second->kind != TableKind::row_type;
    } else if (!result.columns.empty()) {
      function.row = &catalog_->rows.emplace_back(std::move(result));
    } else {
      const Type* type = type_of(returns);
      function.returns_void = type != nullptr && type->name == void_type;
      if (!function.returns_void) function.scalar = type;
    }
  }
}

void Builder::index_types() {
  auto& names = catalog_->types_by_name;
  for (const Type& type : catalog_->types) {
    if (type.kind == 'p') continue;  // no value can be cast to a pseudo-type
    if (type.schema != "pg_catalog" && catalog_->schema(type.schema) == nullptr) continue;
    names.emplace(type.name, &type);
    names.emplace(type.label, &type);
  }
  for (const auto& [written, name] : spellings)
    if (const auto found = names.find(std::string(name)); found != names.end())
      names.emplace(written, found->second);
}

void Builder::index() {
  for (const Value& name : json::array_or_empty(document_, "schemas"))
    catalog_->schemas.push_back(
        {.name = std::string(view_of(name)), .tables = {}, .functions = {}});
  for (Catalog::Schema& schema : catalog_->schemas) {
    for (const Table& table : catalog_->tables)
      if (table.schema == schema.name) schema.tables.emplace(table.name, &table);
    for (const Function& function : catalog_->functions_)
      if (function.schema == schema.name) schema.functions[function.name].push_back(&function);
  }
  index_types();
}

}  // namespace

Result<Snapshot> parse(std::string_view document) {
  TRY(const Object object, json::parse_object(document, document_limits));
  return Builder(object).build();
}

}  // namespace flash::catalog
