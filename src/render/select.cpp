#include "render/select.h"

#include <algorithm>

namespace flash::render {
namespace {

using catalog::RelationKind;
using plan::Embed;
using plan::Order;
using plan::Output;
using plan::Read;
using sql::Fragment;
using sql::Literal;

// Grows "a, b, c" or " where a and b": the first separator differs from the others.
class List {
 public:
  List(Literal first, Literal others) : first_(first), others_(others) {}
  void add(Fragment item) {
    out_ << (empty_ ? first_ : others_) << std::move(item);
    empty_ = false;
  }
  [[nodiscard]] Fragment take() && { return std::move(out_); }

 private:
  Literal first_, others_;
  Fragment out_;
  bool empty_ = true;
};

Fragment source_as(const Read& read, Source source, std::string_view alias) {
  Fragment out(" from ");
  if (source == Source::made) {
    out << Fragment::ident(made_rows);
  } else {
    out << Fragment::ident(read.table->schema, read.table->name);
  }
  out << " as " << Fragment::ident(alias);
  return out;
}

void add_equal(List& where, std::string_view left_alias, const catalog::Column* left,
               std::string_view right_alias, const catalog::Column* right) {
  where.add(Fragment::ident(left_alias, left->name) + " = " +
            Fragment::ident(right_alias, right->name));
}

void add_predicates(List& where, const Read& read, std::string_view alias, Aliases& aliases);

// The same from a function of the outer row. One that gives no SETOF gives a row of nulls for none.
Fragment computed_rows(const Embed& embed, std::string_view outer, std::string_view alias,
                       Aliases& aliases, const Fragment& laterals) {
  Fragment out(" from ");
  out << call_with_row(embed.computed->schema, embed.computed->name, outer) << " as "
      << Fragment::ident(alias);
  List where(" where ", " and ");
  if (embed.to_one()) where.add(Fragment("not (") + Fragment::ident(alias) + ".* is null)");
  add_predicates(where, embed.read, alias, aliases);
  out << laterals << std::move(where).take();
  return out;
}

// " from <table> [, <junction>] where <joined to the outer row> and <the embed's own filters>"
Fragment embed_rows(const Embed& embed, std::string_view outer, std::string_view alias,
                    Aliases& aliases, const Fragment& laterals) {
  if (embed.computed != nullptr) return computed_rows(embed, outer, alias, aliases, laterals);
  const catalog::Relation& relation = *embed.relation;
  Fragment out = source_as(embed.read, Source::table, alias);
  List where(" where ", " and ");
  if (relation.kind == RelationKind::many_to_many) {
    const std::string middle = aliases.next();
    const catalog::Junction& junction = relation.junction;
    out << " join " << Fragment::ident(junction.table->schema, junction.table->name) << " as "
        << Fragment::ident(middle);
    List on(" on ", " and ");
    for (const auto& [there, target] : junction.to) add_equal(on, middle, there, alias, target);
    out << std::move(on).take();
    for (const auto& [here, there] : junction.from) add_equal(where, middle, there, outer, here);
  } else {
    for (const auto& [here, there] : relation.columns) add_equal(where, alias, there, outer, here);
  }
  add_predicates(where, embed.read, alias, aliases);
  out << laterals << std::move(where).take();
  return out;
}

Fragment window(const Read& read) {
  Fragment out;
  if (read.limit) out << " limit " << Fragment::number(*read.limit);
  if (read.offset.value_or(0) != 0)
    out << " offset " << Fragment::param(std::to_string(*read.offset)) << "::bigint";
  return out;
}

Fragment exists(const Embed& embed, std::string_view outer, Aliases& aliases) {
  const std::string alias = aliases.next();
  Fragment out("exists (select");
  out << embed_rows(embed, outer, alias, aliases, {});
  // A window can only matter here when it may leave nothing.
  if (embed.read.limit == 0 || embed.read.offset.value_or(0) != 0) out << window(embed.read);
  out << ")";
  return out;
}

void add_predicates(List& where, const Read& read, std::string_view alias, Aliases& aliases) {
  for (const plan::Predicate& each : read.where) where.add(condition(each, read, alias, aliases));
  for (const Embed& each : read.embeds)
    if (each.inner) where.add(exists(each, alias, aliases));
}

// Where a grouped field stands in the select list; an expression with parameters would not be seen
// as the same one. 0: nowhere, or the rows are no groups.
std::size_t grouped_position(const Read& read, const plan::Field& wanted) {
  if (!read.is_aggregated()) return 0;
  const auto same = [&](const Output& each) {
    return each.aggregate == plan::Aggregate::none && !each.star && each.cast == nullptr &&
           each.field == wanted;
  };
  const auto found = std::ranges::find_if(read.outputs, same);
  if (found == read.outputs.end() || std::ranges::any_of(read.outputs, &Output::star)) return 0;
  return static_cast<std::size_t>(found - read.outputs.begin()) + 1;
}

Fragment order_term(const Read& read, const Order& order, std::string_view alias,
                    Aliases& aliases) {
  if (order.embed) {
    const Embed& embed = read.embeds[*order.embed];
    const std::string inner = aliases.next();
    return Fragment("(select ") + field(order.field, inner) +
           embed_rows(embed, alias, inner, aliases, {}) + ")";
  }
  if (const std::size_t position = grouped_position(read, order.field))
    return Fragment::number(position);
  return field(order.field, alias);
}

Fragment order_by(const Read& read, std::string_view alias, Aliases& aliases) {
  List out(" order by ", ", ");
  for (const Order& each : read.order) {
    Fragment term = order_term(read, each, alias, aliases);
    if (each.descending) term << " desc";
    if (each.nulls == plan::Nulls::first) term << " nulls first";
    if (each.nulls == plan::Nulls::last) term << " nulls last";
    out.add(std::move(term));
  }
  return std::move(out).take();
}

Fragment cast_as(Fragment value, const catalog::Type* type) {
  if (type == nullptr) return value;
  return Fragment("cast(") + value + " as " + type_name(*type) + ")";
}

Literal call_of(plan::Aggregate aggregate) {
  switch (aggregate) {
    case plan::Aggregate::sum: return "sum(";
    case plan::Aggregate::avg: return "avg(";
    case plan::Aggregate::max: return "max(";
    case plan::Aggregate::min: return "min(";
    case plan::Aggregate::count:
    case plan::Aggregate::none: break;
  }
  return "count(";
}

// An aggregate over `value`; over rows when there is none.
Fragment aggregated(const Output& output, const Fragment& value) {
  const Fragment of = output.field.empty() ? Fragment("*") : value;
  return cast_as(Fragment(call_of(output.aggregate)) + of + ")", output.aggregate_cast);
}

Fragment plain(const Output& output, std::string_view alias) {
  if (output.field.empty()) return {};
  return cast_as(field(output.field, alias), output.cast);
}

bool needs_name(const Output& output) {
  return output.aggregate != plan::Aggregate::none || output.cast != nullptr ||
         output.field.computed != nullptr || !output.field.path.empty() ||
         output.name != output.field.name();
}

void add_names(std::vector<std::string_view>& names, const Read& read) {
  for (const Output& each : read.outputs) {
    if (!each.star) {
      names.push_back(each.name);
      continue;
    }
    for (const catalog::Column& column : read.table->columns) names.push_back(column.name);
  }
  for (const Embed& each : read.embeds) {
    if (!each.shown()) continue;
    if (each.spread) {
      add_names(names, each.read);
    } else {
      names.push_back(each.name);
    }
  }
}

struct Columns {
  Fragment list;      // " a, b, c"; empty: none
  Fragment laterals;  // joins of the spread embeds
  Fragment groups;    // " group by 1, 2"; empty: the rows are no groups, or one
};

// Builds the select list of a read.
class ColumnList {
 public:
  // Rows of a to-one spread embed hold what the aggregates are over, not the aggregates.
  enum class Rows : bool { final, raw };

  ColumnList(const Read& read, std::string_view alias, Rows rows, Aliases& aliases)
      : read_(read),
        alias_(alias),
        aliases_(aliases),
        raw_(rows == Rows::raw),
        grouped_(!raw_ && read.is_aggregated()) {}

  Columns build() &&;

 private:
  void add(Fragment item, bool is_group);
  void add_output(const Output& output);
  void add_spread(const Embed& embed);
  void add_joined(const Embed& embed, const Read& read, std::string_view joined);

  const Read& read_;
  std::string_view alias_;
  Aliases& aliases_;
  bool raw_, grouped_;
  std::size_t count_ = 0;
  List list_{" ", ", "}, groups_{" group by ", ", "};
  Fragment laterals_;
};

Fragment embed_select(const Embed& embed, std::string_view outer, ColumnList::Rows rows,
                      Aliases& aliases) {
  const Read& read = embed.read;
  const std::string alias = aliases.next();
  Columns inner = ColumnList(read, alias, rows, aliases).build();
  Fragment out("select");
  out << std::move(inner.list) << embed_rows(embed, outer, alias, aliases, inner.laterals)
      << std::move(inner.groups) << order_by(read, alias, aliases);
  // One row at most comes anyway over a to-one relation.
  if (!embed.to_one() || read.limit == 0 || read.offset.value_or(0) != 0) out << window(read);
  return out;
}

// A row of the one table as an object, rows of the many as an array. A sub-select and not a join:
// it runs for the rows of the page only, after sort and limit, and leaves their order alone.
// Rows are grouped by it as jsonb, because json has no equality.
Fragment embed_value(const Embed& embed, std::string_view outer, bool to_group, Aliases& aliases) {
  const std::string row = aliases.next();
  const Fragment name = Fragment::ident(row);
  Fragment out("(select ");
  if (embed.to_one()) {
    out << "row_to_json(" << name << ")";
  } else {
    out << "coalesce(json_agg(" << name << "), '[]')";
  }
  if (to_group) out << "::jsonb";
  out << " from (" << embed_select(embed, outer, ColumnList::Rows::final, aliases) << ") as "
      << name << ") as " << Fragment::ident(embed.name);
  return out;
}

// Several columns come from one look-up, so a spread embed is a join.
Fragment spread_join(const Embed& embed, std::string_view outer, std::string_view joined,
                     Aliases& aliases) {
  Fragment out(" left join lateral (");
  if (embed.to_one()) {
    out << embed_select(embed, outer, ColumnList::Rows::raw, aliases);
  } else {
    const std::string row = aliases.next();
    List arrays("select ", ", ");
    for (const std::string_view name : names_of(embed.read))
      arrays.add(Fragment("coalesce(json_agg(") + Fragment::ident(row, name) + "), '[]') as " +
                 Fragment::ident(name));
    out << std::move(arrays).take() << " from ("
        << embed_select(embed, outer, ColumnList::Rows::final, aliases) << ") as "
        << Fragment::ident(row);
  }
  out << ") as " << Fragment::ident(joined) << " on true";
  return out;
}

void ColumnList::add(Fragment item, bool is_group) {
  list_.add(std::move(item));
  ++count_;
  if (grouped_ && is_group) groups_.add(Fragment::number(count_));
}

void ColumnList::add_output(const Output& output) {
  const bool is_aggregate = output.aggregate != plan::Aggregate::none;
  if (output.star) {
    // Groups are counted by their places, so each column needs its own.
    const bool row_beside = alias_.starts_with(made_alias) && read_.needs_row();
    if (!grouped_ && !row_beside) return add(Fragment::ident(alias_) + ".*", false);
    for (const catalog::Column& each : read_.table->columns)
      add(Fragment::ident(alias_, each.name), true);
    return;
  }
  Fragment value = plain(output, alias_);
  if (raw_ && value.empty()) return;  // count(): the outer rows are what is counted
  if (!raw_ && is_aggregate) value = aggregated(output, value);
  if (needs_name(output)) value << " as " << Fragment::ident(output.name);
  add(std::move(value), !is_aggregate);
}

void ColumnList::add_spread(const Embed& embed) {
  const std::string joined = aliases_.next();
  laterals_ << spread_join(embed, alias_, joined, aliases_);
  if (!grouped_) return add(Fragment::ident(joined) + ".*", false);
  add_joined(embed, embed.read, joined);
}

// The columns of a spread embed one by one, its aggregates over them.
void ColumnList::add_joined(const Embed& embed, const Read& read, std::string_view joined) {
  const bool to_one = embed.to_one();
  for (const Output& each : read.outputs) {
    if (each.star) {
      for (const catalog::Column& column : read.table->columns)
        add(Fragment::ident(joined, column.name), true);
      continue;
    }
    Fragment value = Fragment::ident(joined, each.name);
    const bool is_aggregate = each.aggregate != plan::Aggregate::none;
    if (is_aggregate) value = aggregated(each, value);
    if (!to_one) value << "::jsonb";
    value << " as " << Fragment::ident(each.name);
    add(std::move(value), !is_aggregate);
  }
  for (const Embed& each : read.embeds) {
    if (each.shown() && each.spread) add_joined(to_one ? each : embed, each.read, joined);
    if (each.shown() && !each.spread)
      add(Fragment::ident(joined, each.name) + "::jsonb as " + Fragment::ident(each.name), true);
  }
}

Columns ColumnList::build() && {
  for (const Output& each : read_.outputs) add_output(each);
  for (const Embed& each : read_.embeds) {
    if (!each.shown()) continue;
    if (each.spread) {
      add_spread(each);
    } else {
      add(embed_value(each, alias_, grouped_, aliases_), true);
    }
  }
  return {.list = std::move(list_).take(),
          .laterals = std::move(laterals_),
          .groups = std::move(groups_).take()};
}

}  // namespace

std::vector<std::string_view> names_of(const Read& read) {
  std::vector<std::string_view> out;
  add_names(out, read);
  return out;
}

Fragment condition(const plan::Predicate& predicate, const Read& read, std::string_view alias,
                   Aliases& aliases) {
  Fragment inner;
  bool negated = predicate.negated;
  if (const auto* leaf = std::get_if<plan::Compare>(&predicate.what)) {
    inner = compare(*leaf, alias);
  } else if (const auto* empty = std::get_if<plan::EmbedEmpty>(&predicate.what)) {
    inner = exists(read.embeds[empty->embed], alias, aliases);
    negated = !negated;
  } else {
    const auto& group = std::get<plan::Group>(predicate.what);
    List parts("(", group.any ? Literal(" or ") : Literal(" and "));
    for (const plan::Predicate& each : group.parts)
      parts.add(condition(each, read, alias, aliases));
    inner = std::move(parts).take() + ")";
  }
  return negated ? Fragment("not (") + inner + ")" : inner;
}

Fragment where_clause(const Read& read, std::string_view alias, Aliases& aliases) {
  List where(" where ", " and ");
  add_predicates(where, read, alias, aliases);
  return std::move(where).take();
}

Fragment select_page(const Read& read, Source source, bool with_outputs, Aliases& aliases) {
  const std::string alias = aliases.next(source);
  Columns shown;
  if (with_outputs || read.is_aggregated())
    shown = ColumnList(read, alias, ColumnList::Rows::final, aliases).build();
  Fragment out("select");
  out << std::move(shown.list) << source_as(read, source, alias) << std::move(shown.laterals)
      << where_clause(read, alias, aliases) << std::move(shown.groups);
  if (with_outputs) out << order_by(read, alias, aliases);
  out << window(read);
  return out;
}

Fragment select_all(const Read& read, Source source, Aliases& aliases) {
  const std::string alias = aliases.next(source);
  Columns shown;
  if (read.is_aggregated())
    shown = ColumnList(read, alias, ColumnList::Rows::final, aliases).build();
  Fragment out("select");
  out << std::move(shown.list) << source_as(read, source, alias) << std::move(shown.laterals)
      << where_clause(read, alias, aliases) << std::move(shown.groups);
  return out;
}

}  // namespace flash::render
