#include "render/select.h"

#include "base/text.h"

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

// " from <table> [, <junction>] where <joined to the outer row> and <the embed's own filters>"
Fragment embed_rows(const Embed& embed, std::string_view outer, std::string_view alias,
                    Aliases& aliases, const Fragment& laterals) {
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

Fragment order_by(const Read& read, std::string_view alias, Aliases& aliases) {
  List out(" order by ", ", ");
  for (const Order& each : read.order) {
    Fragment term;
    if (each.embed) {
      const Embed& embed = read.embeds[*each.embed];
      const std::string inner = aliases.next();
      term << "(select " << field(each.field, inner) << embed_rows(embed, alias, inner, aliases, {})
           << ")";
    } else {
      term << field(each.field, alias);
    }
    if (each.descending) term << " desc";
    if (each.nulls == plan::Nulls::first) term << " nulls first";
    if (each.nulls == plan::Nulls::last) term << " nulls last";
    out.add(std::move(term));
  }
  return std::move(out).take();
}

Fragment output(const Output& output, std::string_view alias) {
  if (output.star) return Fragment::ident(alias) + ".*";
  Fragment value = field(output.field, alias);
  if (output.cast != nullptr)
    value = Fragment("cast(") + value + " as " + type_name(*output.cast) + ")";
  if (output.cast != nullptr || !output.field.path.empty() ||
      output.name != output.field.column->name)
    value << " as " << Fragment::ident(output.name);
  return value;
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
};

Columns columns(const Read& read, std::string_view alias, Aliases& aliases);

Fragment embed_select(const Embed& embed, std::string_view outer, Aliases& aliases) {
  const Read& read = embed.read;
  const std::string alias = aliases.next();
  Columns inner = columns(read, alias, aliases);
  Fragment out("select");
  out << std::move(inner.list) << embed_rows(embed, outer, alias, aliases, inner.laterals)
      << order_by(read, alias, aliases);
  // One row at most comes anyway over a to-one relation.
  if (!embed.relation->to_one() || read.limit == 0 || read.offset.value_or(0) != 0)
    out << window(read);
  return out;
}

// A row of the one table as an object, rows of the many as an array. A sub-select and not a join:
// it runs for the rows of the page only, after sort and limit, and leaves their order alone.
Fragment embed_value(const Embed& embed, std::string_view outer, Aliases& aliases) {
  const std::string row = aliases.next();
  const Fragment name = Fragment::ident(row);
  Fragment out("(select ");
  if (embed.relation->to_one()) {
    out << "row_to_json(" << name << ")";
  } else {
    out << "coalesce(json_agg(" << name << "), '[]')";
  }
  out << " from (" << embed_select(embed, outer, aliases) << ") as " << name << ") as "
      << Fragment::ident(embed.name);
  return out;
}

// Several columns come from one look-up, so a spread embed is a join.
Fragment spread_join(const Embed& embed, std::string_view outer, std::string_view joined,
                     Aliases& aliases) {
  Fragment out(" left join lateral (");
  if (embed.relation->to_one()) {
    out << embed_select(embed, outer, aliases);
  } else {
    const std::string row = aliases.next();
    List arrays("select ", ", ");
    for (const std::string_view name : names_of(embed.read))
      arrays.add(Fragment("coalesce(json_agg(") + Fragment::ident(row, name) + "), '[]') as " +
                 Fragment::ident(name));
    out << std::move(arrays).take() << " from (" << embed_select(embed, outer, aliases) << ") as "
        << Fragment::ident(row);
  }
  out << ") as " << Fragment::ident(joined) << " on true";
  return out;
}

Columns columns(const Read& read, std::string_view alias, Aliases& aliases) {
  Columns out;
  List list(" ", ", ");
  for (const Output& each : read.outputs) list.add(output(each, alias));
  for (const Embed& each : read.embeds) {
    if (!each.shown()) continue;
    if (each.spread) {
      const std::string joined = aliases.next();
      out.laterals << spread_join(each, alias, joined, aliases);
      list.add(Fragment::ident(joined) + ".*");
    } else {
      list.add(embed_value(each, alias, aliases));
    }
  }
  out.list = std::move(list).take();
  return out;
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
  const std::string alias = aliases.next();
  Columns shown;
  if (with_outputs) shown = columns(read, alias, aliases);
  Fragment out("select");
  out << std::move(shown.list) << source_as(read, source, alias) << std::move(shown.laterals)
      << where_clause(read, alias, aliases);
  if (with_outputs) out << order_by(read, alias, aliases);
  out << window(read);
  return out;
}

Fragment select_all(const Read& read, Source source, Aliases& aliases) {
  const std::string alias = aliases.next();
  Fragment out("select");
  out << source_as(read, source, alias) << where_clause(read, alias, aliases);
  return out;
}

}  // namespace flash::render
