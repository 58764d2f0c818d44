// Read: which columns of which rows of a table, with rows of related tables inside.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/relation.h"
#include "catalog/table.h"
#include "plan/predicate.h"

namespace flash::plan {

struct Output {
  bool star = false;  // every column of the table, whatever they are when it runs
  Field field;        // without a column: count(), of rows
  const catalog::Type* cast = nullptr;
  std::string name;  // key in the answer; empty for a star
  Aggregate aggregate = Aggregate::none;
  const catalog::Type* aggregate_cast = nullptr;
};

std::string_view name_of(Aggregate aggregate);  // "sum"; empty for none

struct Order {
  std::optional<std::size_t> embed;  // a column of Read::embeds[embed], which is to-one
  Field field;
  bool descending = false;
  Nulls nulls = Nulls::standard;
};

struct Embed;
struct Read {
  const catalog::Table* table = nullptr;
  std::vector<Output> outputs;
  std::vector<Embed> embeds;
  std::vector<Predicate> where;  // all must hold
  std::vector<Order> order;
  std::optional<std::uint64_t> limit, offset;

  // Its rows are groups: an output is an aggregate, or one of a to-one spread embed is, which
  // counts over the outer rows then.
  [[nodiscard]] bool is_aggregated() const;
  // A function of the whole row is called: for a column, a condition, an order or an embed.
  [[nodiscard]] bool needs_row() const;
  // Of tables, and of its owner's code nothing runs but policies.
  [[nodiscard]] bool is_plain() const;
  // Plain, and a few rows by keys or by a limit: short, and without an effect on what runs beside
  // it.
  [[nodiscard]] bool is_light() const;
};

struct Embed {
  std::string name;                      // key in the answer
  const catalog::Table* from = nullptr;  // the outer table
  const catalog::Relation* relation = nullptr;
  const catalog::ComputedRelation* computed = nullptr;  // instead: a function of the outer row
  bool inner = false;                                   // a row without any is left out
  bool spread = false;                                  // its outputs stand beside the outer ones
  Read read;

  [[nodiscard]] bool to_one() const {
    return relation != nullptr ? relation->to_one() : computed->to_one;
  }
  [[nodiscard]] const catalog::Table& target() const {
    return relation != nullptr ? *relation->to : *computed->to;
  }
  // rel(): joined for its filters, not shown.
  [[nodiscard]] bool shown() const { return !read.outputs.empty() || !read.embeds.empty(); }
};

}  // namespace flash::plan
