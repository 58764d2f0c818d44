// Keys and views as the database keeps them, by number, and what they mean between the tables that
// requests can name.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/relation.h"
#include "catalog/table.h"
#include "catalog/view_rule.h"

namespace flash::catalog {

// pg_constraint: a primary key 'p', unique 'u' or foreign key 'f' of any table, exposed or not.
struct Key {
  std::int64_t table = 0;
  std::string name;
  char kind = '?';
  std::vector<std::int64_t> columns;  // pg_attribute.attnum
  std::int64_t target = 0;            // foreign keys only
  std::vector<std::int64_t> target_columns;
};

// A table or view that requests can name, with its columns by number.
struct Named {
  Table* table = nullptr;
  std::unordered_map<std::int64_t, const Column*> columns;
};

struct Parts {
  std::unordered_map<std::int64_t, Named> tables;               // by pg_class.oid
  std::unordered_map<std::int64_t, std::vector<Origin>> views;  // hidden ones, too; by pg_class.oid
  std::vector<Key> keys;
};

// Fills primary keys, unique keys and relations. Views take part as in PostgREST: a view that shows
// all columns of a key, however many views lie between, has that key; one that shows a column twice
// has a foreign key for each way, at most 64 of them.
void link(const Parts& parts);

}  // namespace flash::catalog
