#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "catalog/catalog.h"
#include "catalog/link.h"
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
    add_row_types();
    add_columns();
    add_keys();
    add_views();
    link(parts_);
    add_functions();
    add_computed();
    add_roles();
    index();
    if (broken_)
      return fail(Kind::internal, "catalog_malformed",
                  "the catalog document does not hold together");
    return Snapshot(std::move(catalog_));
  }

 private:
  void add_types();
  void add_tables();
  void add_row_types();
  void add_columns();
  void add_keys();
  void add_views();
  void add_functions();
  void add_returns(const Object& item, Function& function, Table result);
  void add_computed();
  void add_roles();
  void add_parameters(const Object& item, Function& function, Table& result);
  void index();
  void index_types();

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
  std::unordered_map<std::int64_t, Type*> types_;    // by pg_type.oid
  std::unordered_map<std::int64_t, Table*> tables_;  // by pg_class.oid, row types too
  std::unordered_map<std::int64_t, Table*> rows_;    // by the oid of the row type
  Parts parts_;
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
    for (const Value& label : json::array_or_empty(item, "labels"))
      type.labels.emplace_back(view_of(label));
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

// In the order of tables and of their numbers.
void Builder::add_columns() {
  const Array& items = json::array_or_empty(document_, "columns");
  const auto home_of = [&](const Object& item) {
    const auto found = tables_.find(json::int_or(item, "table"));
    if (found == tables_.end()) broken_ = true;
    return found == tables_.end() ? nullptr : found->second;
  };
  for (const Value& value : items) {
    const Object& item = object_of(value);
    Table* table = home_of(item);
    if (table == nullptr) continue;
    table->columns.push_back({.name = text_of(item, "name"),
                              .type = type_of(json::int_or(item, "type")),
                              .nullable = json::bool_or(item, "nullable", true),
                              .has_default = json::bool_or(item, "default"),
                              .writable = json::bool_or(item, "writable", true),
                              .identity = json::bool_or(item, "identity"),
                              .generated = json::bool_or(item, "generated"),
                              .comment = text_of(item, "comment")});
  }
  // Only now do the columns stay where they are.
  std::unordered_map<const Table*, std::size_t> at;
  for (const Value& value : items) {
    const Object& item = object_of(value);
    const Table* table = home_of(item);
    if (table == nullptr) continue;
    if (const auto named = parts_.tables.find(json::int_or(item, "table"));
        named != parts_.tables.end())
      named->second.columns[json::int_or(item, "number")] = &table->columns[at[table]++];
  }
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
    table.oid = static_cast<std::uint32_t>(json::int_or(item, "oid"));
    table.comment = text_of(item, "comment");
    table.schema = text_of(item, "schema");
    table.name = text_of(item, "name");
    table.kind = kind_of(letter_of(item, "kind"));
    const std::int64_t verbs = json::int_or(item, "verbs");
    table.hides_rows = json::bool_or(item, "hides");
    table.reads_alone = json::bool_or(item, "alone");
    table.insertable = (verbs & can_insert) != 0;
    table.updatable = (verbs & can_update) != 0;
    table.deletable = (verbs & can_delete) != 0;
    tables_.emplace(table.oid, &table);
    parts_.tables[table.oid].table = &table;
    rows_.emplace(json::int_or(item, "row"), &table);
  }
}

void Builder::add_row_types() {
  for (const Value& value : json::array_or_empty(document_, "row_types")) {
    const Object& item = object_of(value);
    Table& row = catalog_->rows.emplace_back();
    row.kind = TableKind::row_type;
    tables_.emplace(json::int_or(item, "oid"), &row);
    rows_.emplace(json::int_or(item, "row"), &row);
  }
}

void Builder::add_keys() {
  const auto numbers = [](const Object& item, std::string_view key) {
    std::vector<std::int64_t> out;
    for (const Value& value : json::array_or_empty(item, key)) out.push_back(int_of(value));
    return out;
  };
  for (const Value& value : json::array_or_empty(document_, "keys")) {
    const Object& item = object_of(value);
    parts_.keys.push_back({.table = json::int_or(item, "table"),
                           .name = text_of(item, "name"),
                           .kind = letter_of(item, "kind"),
                           .columns = numbers(item, "columns"),
                           .target = json::int_or(item, "target"),
                           .target_columns = numbers(item, "target_columns")});
  }
}

void Builder::add_views() {
  for (const Value& value : json::array_or_empty(document_, "views")) {
    const Object& item = object_of(value);
    parts_.views.emplace(json::int_or(item, "oid"), origins_of(json::text_or(item, "rule")));
  }
}

void Builder::add_computed() {
  for (const Value& value : json::array_or_empty(document_, "computed")) {
    const Object& item = object_of(value);
    const auto row = rows_.find(json::int_or(item, "row"));
    if (row == rows_.end()) {
      broken_ = true;
      continue;
    }
    Table& home = *row->second;
    const std::string schema = text_of(item, "schema"), name = text_of(item, "name");
    const bool set = json::bool_or(item, "set");
    const std::int64_t returns = json::int_or(item, "returns");
    const auto target = rows_.find(returns);
    if (target != rows_.end() && target->second->kind != TableKind::row_type) {
      std::erase_if(home.relations, [&](const Relation& each) {
        return each.to->name == name && each.to->schema == schema;
      });
      home.computed_relations.push_back({.schema = schema,
                                         .name = name,
                                         .to = target->second,
                                         .to_one = !set || json::bool_or(item, "one")});
    } else if (json::bool_or(item, "searched")) {
      home.computed.push_back(
          {.schema = schema, .name = name, .type = type_of(returns), .returns_set = set});
    }
  }
}

void Builder::add_roles() {
  for (const Value& value : json::array_or_empty(document_, "roles")) {
    const Object& item = object_of(value);
    Settings& settings = catalog_->roles[text_of(item, "role")];
    std::string name = text_of(item, "name");
    std::erase_if(settings, [&](const auto& each) { return each.first == name; });
    settings.emplace_back(std::move(name), text_of(item, "value"));
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

void Builder::add_returns(const Object& item, Function& function, Table result) {
  constexpr std::string_view void_type = "void";
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

void Builder::add_functions() {
  for (const Value& value : json::array_or_empty(document_, "functions")) {
    const Object& item = object_of(value);
    Function& function = catalog_->functions_.emplace_back();
    function.oid = static_cast<std::uint32_t>(json::int_or(item, "oid"));
    function.schema = text_of(item, "schema");
    function.name = text_of(item, "name");
    function.comment = text_of(item, "comment");
    const char volatility = letter_of(item, "volatility");
    function.volatility = volatility == 'i'   ? Volatility::immutable
                          : volatility == 's' ? Volatility::stable
                                              : Volatility::volatile_;
    function.returns_set = json::bool_or(item, "set");
    function.returns_one = function.returns_set && json::bool_or(item, "one");
    for (const Value& setting : json::array_or_empty(item, "settings"))
      if (const auto equals = view_of(setting).find('='); equals != std::string_view::npos)
        function.settings.emplace_back(view_of(setting).substr(0, equals),
                                       view_of(setting).substr(equals + 1));
    Table result{.kind = TableKind::row_type};
    add_parameters(item, function, result);
    add_returns(item, function, std::move(result));
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
  for (const Value& value : json::array_or_empty(document_, "schemas")) {
    const Object& item = object_of(value);
    catalog_->schemas.push_back({.name = text_of(item, "name"),
                                 .comment = text_of(item, "comment"),
                                 .tables = {},
                                 .functions = {}});
  }
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
