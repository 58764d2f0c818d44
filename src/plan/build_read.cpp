#include <algorithm>
#include <array>

#include "plan/build.h"
#include "plan/errors.h"
#include "plan/limits.h"

namespace flash::plan {
namespace {

using catalog::Catalog;
using catalog::Table;

// What the whole question has used so far of plan/limits.h.
struct Used {
  std::size_t embeds = 0, outputs = 0, predicates = 0, orders = 0;
};

Result<void> take(std::size_t& used, std::size_t most, std::string_view what) {
  if (++used > most) return fail(errors::too_large(what, most));
  return {};
}

class Builder {
 public:
  Builder(const Catalog* catalog, std::uint64_t rows_max, Aggregates aggregates)
      : catalog_(catalog), rows_max_(rows_max), aggregates_(aggregates) {}

  Result<Read> read(const Table& table, AskedRead asked, std::size_t depth);
  Result<std::vector<Predicate>> where(const Read& read, std::vector<AskedPredicate> asked);

 private:
  Result<Field> field(const Table& table, AskedField asked);
  Result<Output> output(const Table& table, AskedOutput asked);
  Result<const catalog::Type*> type(const std::string& name);
  Result<Embed> embed(const Table& table, AskedEmbed asked, std::size_t depth);
  Result<Order> order(const Read& read, AskedOrder asked);
  Result<Predicate> predicate(const Read& read, AskedPredicate asked, std::size_t depth);
  Result<Predicate> compare(const Read& read, AskedCompare asked, bool negated);

  const Catalog* catalog_;
  std::uint64_t rows_max_;
  Aggregates aggregates_;
  Used used_;
};

std::optional<std::size_t> embed_index(const Read& read, std::string_view name) {
  for (std::size_t i = 0; i < read.embeds.size(); ++i)
    if (read.embeds[i].name == name) return i;
  return std::nullopt;
}

// ->'a'->2: the last name in it, else the column's.
std::string natural_name(const Field& field) {
  for (auto step = field.path.rbegin(); step != field.path.rend(); ++step)
    if (!step->is_index) return step->key;
  return field.name();
}

Result<Field> Builder::field(const Table& table, AskedField asked) {
  const catalog::Column* column = table.column(asked.name);
  const catalog::ComputedColumn* computed =
      column == nullptr ? table.computed_column(asked.name) : nullptr;
  if (column == nullptr && (computed == nullptr || computed->returns_set))
    return fail(errors::no_column(table, asked.name));
  if (asked.path.size() > path_steps_max)
    return fail(errors::too_large("steps in a JSON path", path_steps_max));
  return Field{column, computed, std::move(asked.path)};
}

Result<Output> Builder::output(const Table& table, AskedOutput asked) {
  TRY_DONE(take(used_.outputs, outputs_max, "columns"));
  Output out;
  if (asked.star) {
    out.star = true;
    return out;
  }
  if (asked.aggregate != Aggregate::none && aggregates_ == Aggregates::refused)
    return fail(errors::aggregates_refused());
  if (!asked.field.name.empty()) {
    TRY(out.field, field(table, std::move(asked.field)));
  }
  TRY(out.cast, type(asked.cast));
  TRY(out.aggregate_cast, type(asked.aggregate_cast));
  out.aggregate = asked.aggregate;
  if (!asked.alias.empty()) {
    out.name = std::move(asked.alias);
  } else {
    out.name = out.aggregate == Aggregate::none ? natural_name(out.field)
                                                : std::string(name_of(out.aggregate));
  }
  return out;
}

// Null for no name.
Result<const catalog::Type*> Builder::type(const std::string& name) {
  if (name.empty()) return nullptr;
  const catalog::Type* found = catalog_->type(name);
  if (found == nullptr) return fail(errors::no_type(name));
  return found;
}

Result<Embed> Builder::embed(const Table& table, AskedEmbed asked, std::size_t depth) {
  TRY_DONE(take(used_.embeds, embeds_max, "embedded resources"));
  if (depth > depth_max) return fail(errors::too_large("levels of embedding", depth_max));
  Embed out;
  out.name = asked.name();
  out.inner = asked.inner;
  out.spread = asked.spread;
  out.from = &table;
  if (asked.hint.empty()) out.computed = table.computed_relation(asked.target);
  if (out.computed == nullptr) {
    TRY(out.relation, find_relation(table, asked.target, asked.hint));
  }
  TRY(out.read, read(out.target(), std::move(asked.read), depth));
  if (out.spread && !out.to_one() && out.read.is_aggregated())
    return fail(errors::aggregate_in_spread());
  return out;
}

Result<Order> Builder::order(const Read& read, AskedOrder asked) {
  TRY_DONE(take(used_.orders, orders_max, "order terms"));
  Order out{.embed = {}, .field = {}, .descending = asked.descending, .nulls = asked.nulls};
  const Table* table = read.table;
  if (!asked.embed.empty()) {
    out.embed = embed_index(read, asked.embed);
    if (!out.embed) return fail(errors::not_embedded(asked.embed));
    const Embed& embed = read.embeds[*out.embed];
    if (!embed.to_one()) return fail(errors::order_not_to_one(*read.table, asked.embed));
    table = &embed.target();
  }
  TRY(out.field, field(*table, std::move(asked.field)));
  return out;
}

Result<Predicate> Builder::compare(const Read& read, AskedCompare asked, bool negated) {
  if (const auto index = embed_index(read, asked.field.name);
      index && read.table->column(asked.field.name) == nullptr) {
    const bool is_null = asked.test.is == IsValue::null;
    if (asked.test.op != Operator::is || !asked.field.path.empty() ||
        (!is_null && asked.test.is != IsValue::not_null))
      return fail(errors::bad_embed_operator(asked.field.name));
    return Predicate{.negated = negated == is_null, .what = EmbedEmpty{*index}};
  }
  if (asked.test.list.size() > list_items_max)
    return fail(errors::too_large("values in a list", list_items_max));
  TRY(Field resolved, field(*read.table, std::move(asked.field)));
  return Predicate{.negated = negated, .what = Compare{std::move(resolved), std::move(asked.test)}};
}

Result<Predicate> Builder::predicate(const Read& read, AskedPredicate asked, std::size_t depth) {
  TRY_DONE(take(used_.predicates, predicates_max, "filters"));
  if (depth > predicate_depth_max)
    return fail(errors::too_large("levels of and/or", predicate_depth_max));
  if (auto* leaf = std::get_if<AskedCompare>(&asked.what))
    return compare(read, std::move(*leaf), asked.negated);
  auto& group = std::get<AskedGroup>(asked.what);
  Group out{.any = group.any, .parts = {}};
  for (AskedPredicate& part : group.parts) {
    TRY(Predicate built, predicate(read, std::move(part), depth + 1));
    out.parts.push_back(std::move(built));
  }
  return Predicate{.negated = asked.negated, .what = std::move(out)};
}

Result<std::vector<Predicate>> Builder::where(const Read& read, std::vector<AskedPredicate> asked) {
  std::vector<Predicate> out;
  out.reserve(asked.size());
  for (AskedPredicate& each : asked) {
    TRY(Predicate built, predicate(read, std::move(each), 1));
    out.push_back(std::move(built));
  }
  return out;
}

Result<Read> Builder::read(const Table& table, AskedRead asked, std::size_t depth) {
  Read out;
  out.table = &table;
  out.outputs.reserve(asked.outputs.size());
  for (AskedOutput& each : asked.outputs) {
    TRY(Output built, output(table, std::move(each)));
    out.outputs.push_back(std::move(built));
  }
  out.embeds.reserve(asked.embeds.size());
  for (AskedEmbed& each : asked.embeds) {
    TRY(Embed built, embed(table, std::move(each), depth + 1));
    out.embeds.push_back(std::move(built));
  }
  TRY(out.where, where(out, std::move(asked.where)));
  out.order.reserve(asked.order.size());
  for (AskedOrder& each : asked.order) {
    TRY(Order built, order(out, std::move(each)));
    out.order.push_back(std::move(built));
  }
  out.limit = std::min(asked.limit.value_or(rows_max_), rows_max_);
  out.offset = asked.offset;
  return out;
}

}  // namespace

std::string_view name_of(Aggregate aggregate) {
  constexpr std::array<std::string_view, 6> names{"", "sum", "avg", "max", "min", "count"};
  return names[static_cast<std::size_t>(aggregate)];
}

bool Read::is_aggregated() const {
  return std::ranges::any_of(
             outputs, [](const Output& each) { return each.aggregate != Aggregate::none; }) ||
         std::ranges::any_of(embeds, [](const Embed& each) {
           return each.spread && each.to_one() && each.read.is_aggregated();
         });
}

namespace {

bool is_computed(const Predicate& predicate) {
  if (const auto* leaf = std::get_if<Compare>(&predicate.what))
    return leaf->field.computed != nullptr;
  const auto* group = std::get_if<Group>(&predicate.what);
  return group != nullptr && std::ranges::any_of(group->parts, is_computed);
}

// column = value, of a column that is unique by itself.
bool is_by_key(const Table& table, const Predicate& predicate) {
  const auto* leaf = std::get_if<Compare>(&predicate.what);
  if (leaf == nullptr || predicate.negated || !leaf->field.path.empty() ||
      leaf->test.op != Operator::eq || leaf->test.quantifier != Quantifier::none)
    return false;
  return std::ranges::any_of(table.unique_keys, [leaf](const auto& key) {
    return key.size() == 1 && key.front() == leaf->field.column;
  });
}

bool is_small(const Read& read) {
  constexpr std::uint64_t rows_max = 100;
  const auto by_key = [&read](const Predicate& each) { return is_by_key(*read.table, each); };
  return (read.limit && *read.limit <= rows_max) || std::ranges::any_of(read.where, by_key);
}

}  // namespace

bool Read::needs_row() const {
  return std::ranges::any_of(outputs,
                             [](const Output& each) { return each.field.computed != nullptr; }) ||
         std::ranges::any_of(where, is_computed) ||
         std::ranges::any_of(
             order,
             [](const Order& each) { return !each.embed && each.field.computed != nullptr; }) ||
         std::ranges::any_of(embeds, [](const Embed& each) { return each.computed != nullptr; });
}

bool Read::is_plain() const {
  return table->kind == catalog::TableKind::table && !table->reads_alone && !needs_row() &&
         std::ranges::all_of(embeds, [](const Embed& each) { return each.read.is_plain(); });
}

bool Read::is_light() const {
  return is_plain() && is_small(*this) && std::ranges::all_of(embeds, [](const Embed& each) {
           return each.to_one() || is_small(each.read);
         });
}

Result<const Table*> find_table(const Catalog& catalog, std::string_view schema,
                                std::string_view name) {
  const Table* table = catalog.table(schema, name);
  if (table == nullptr) return fail(errors::no_table(catalog, schema, name));
  return table;
}

Result<Read> build_read(const Catalog& catalog, const Table& table, AskedRead asked,
                        std::uint64_t rows_max, Aggregates aggregates) {
  return Builder(&catalog, rows_max, aggregates).read(table, std::move(asked), 0);
}

Result<std::vector<Predicate>> build_where(const Table& table, std::vector<AskedPredicate> asked) {
  Read bare;
  bare.table = &table;
  return Builder(nullptr, 0, Aggregates::refused).where(bare, std::move(asked));
}

}  // namespace flash::plan
