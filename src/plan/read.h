// Read: which columns of which rows of a table, with rows of related tables inside.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/relation.h"
#include "plan/predicate.h"

namespace flash::plan {

struct Output {
  bool star = false;  // every column of the table, whatever they are when it runs
  Field field;
  const catalog::Type* cast = nullptr;
  std::string name;  // key in the answer; empty for a star
};

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
};

struct Embed {
  std::string name;  // key in the answer
  const catalog::Relation* relation = nullptr;
  bool inner = false;   // a row without any is left out
  bool spread = false;  // its outputs stand beside the outer ones
  Read read;

  // rel(): joined for its filters, not shown.
  [[nodiscard]] bool shown() const { return !read.outputs.empty() || !read.embeds.empty(); }
};

}  // namespace flash::plan
