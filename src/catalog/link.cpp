#include "catalog/link.h"

#include <algorithm>
#include <map>
#include <set>

namespace flash::catalog {
namespace {

constexpr std::size_t ways_max = 64;
constexpr int views_deep_max = 64;

// A table as something that requests can name shows it: itself, or a view over it.
struct Face {
  Table* table = nullptr;
  std::map<std::int64_t, std::vector<const Column*>> columns;  // by the number in the base table
  bool view = false;
};

using Columns = std::vector<const Column*>;

// Down to a table; table 0: no column's value, or views deeper than any real ones.
Origin ground(const Parts& parts, Origin origin) {
  for (int deep = 0; deep < views_deep_max; ++deep) {
    const auto view = parts.views.find(origin.table);
    if (view == parts.views.end()) return origin;
    const auto at = static_cast<std::size_t>(origin.column - 1);
    if (origin.column < 1 || at >= view->second.size()) return {};
    origin = view->second[at];
  }
  return {};
}

using Faces = std::map<std::int64_t, std::vector<Face>>;  // by the base table

void add_view(const Parts& parts, const Named& view, const std::vector<Origin>& origins,
              Faces& faces) {
  std::map<std::int64_t, Face> shown;
  for (std::size_t i = 0; i < origins.size(); ++i) {
    const Origin base = ground(parts, origins[i]);
    const auto column = view.columns.find(static_cast<std::int64_t>(i) + 1);
    if (base.table == 0 || base.column < 1 || column == view.columns.end()) continue;
    Face& face = shown[base.table];
    face.table = view.table;
    face.view = true;
    face.columns[base.column].push_back(column->second);
  }
  for (auto& [base, face] : shown) faces[base].push_back(std::move(face));
}

Faces faces_of(const Parts& parts) {
  std::map<std::int64_t, const Named*> ordered;  // so that relations come in the same order always
  for (const auto& [oid, named] : parts.tables) ordered.emplace(oid, &named);
  Faces out;
  for (const auto& [oid, named] : ordered) {
    if (const auto view = parts.views.find(oid); view != parts.views.end()) {
      add_view(parts, *named, view->second, out);
      continue;
    }
    Face face{.table = named->table, .columns = {}};
    for (const auto& [number, column] : named->columns) face.columns[number] = {column};
    out[oid].insert(out[oid].begin(), std::move(face));
  }
  return out;
}

// Every way to name these columns of the base table by columns of the face; none when one is
// missing.
std::vector<Columns> ways(const Face& face, const std::vector<std::int64_t>& numbers) {
  std::vector<Columns> out{{}};
  for (const std::int64_t number : numbers) {
    const auto found = face.columns.find(number);
    if (found == face.columns.end()) return {};
    std::vector<Columns> longer;
    for (const Columns& way : out)
      for (const Column* column : found->second) {
        if (longer.size() == ways_max) break;
        longer.push_back(way);
        longer.back().push_back(column);
      }
    out = std::move(longer);
  }
  return out;
}

const std::vector<Face>& faces_at(const Faces& faces, std::int64_t table) {
  static const std::vector<Face> none;
  const auto found = faces.find(table);
  return found == faces.end() ? none : found->second;
}

void set_keys(const Key& key, const Faces& faces) {
  for (const Face& face : faces_at(faces, key.table)) {
    const auto found = ways(face, key.columns);
    if (found.empty()) continue;
    const Columns& columns = found.front();
    Table& table = *face.table;
    if (face.view) {
      // A view of two tables has both keys: one alone would not tell its rows apart. In the order
      // of the view's columns, which are neighbours in memory.
      if (key.kind != 'p') continue;
      table.primary_key.insert(table.primary_key.end(), columns.begin(), columns.end());
      std::ranges::sort(table.primary_key);
      continue;
    }
    if (key.kind == 'p') table.primary_key = columns;
    table.unique_keys.push_back(columns);
  }
}

void add_foreign(const Key& key, bool unique, const Faces& faces, std::vector<ForeignKey>& out) {
  for (const Face& from : faces_at(faces, key.table))
    for (const Columns& left : ways(from, key.columns))
      for (const Face& to : faces_at(faces, key.target))
        for (const Columns& right : ways(to, key.target_columns)) {
          ForeignKey foreign{.name = key.name, .from = from.table, .to = to.table, .columns = {}};
          foreign.unique = unique;
          for (std::size_t i = 0; i < left.size() && i < right.size(); ++i)
            foreign.columns.emplace_back(left[i], right[i]);
          out.push_back(std::move(foreign));
        }
}

}  // namespace

void link(const Parts& parts) {
  const Faces faces = faces_of(parts);
  using Set = std::set<std::int64_t>;
  std::unordered_map<std::int64_t, std::set<Set>> unique;  // by table
  for (const Key& key : parts.keys) {
    if (key.kind == 'f') continue;
    unique[key.table].insert(Set(key.columns.begin(), key.columns.end()));
    set_keys(key, faces);
  }
  std::vector<ForeignKey> foreign;
  for (const Key& key : parts.keys)
    if (key.kind == 'f')
      add_foreign(key, unique[key.table].contains(Set(key.columns.begin(), key.columns.end())),
                  faces, foreign);
  relate(foreign);
}

}  // namespace flash::catalog
