// What a read came to before, for the next one like it: parsed, planned and rendered once, then
// only the values of its simple filters are put in. One of each core.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "http/request.h"
#include "plan/plan.h"
#include "render/render.h"
#include "rest/query.h"

namespace flash::api {

// A request, parsed, planned and rendered; of the root only parsed.
struct Prepared {
  rest::Request asked;
  plan::Plan plan;
  render::Statements statements;
  bool is_light = false;  // plan::Read::is_light() of a read without count or EXPLAIN
};

// One request ready to run. `prepared` may serve many, `statements` has the values of this one.
struct Job {
  std::shared_ptr<const Prepared> prepared;
  render::Statements statements;
  std::optional<std::string> canonical_query;  // with its own values, where `prepared` has others'
};

class PlanCache {
 public:
  // Errors: those of rest::parse() and rest::to_plan().
  Result<Job> job_of(const std::shared_ptr<const catalog::Catalog>& catalog, http::Request request,
                     const rest::Dialect& dialect);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  // A read as everything but its filters' values; two of one shape have one plan.
  struct Shape {
    std::string key;                  // method, path, query with gaps, and the fields that steer it
    std::vector<std::string> values;  // for the gaps, decoded
  };
  struct Entry {
    std::shared_ptr<const Prepared> prepared;  // its values are marks
    // (parameter of the main statement, value): a count has the filters a second time.
    std::vector<std::pair<std::size_t, std::size_t>> places;
  };
  static constexpr std::size_t entries_max = 1024;

  static std::optional<Shape> shape_of(const http::Request& request);
  static Result<Job> job_of(const Entry& known, const Shape& shape);
  bool is_second(const Shape& shape);
  void keep(const std::shared_ptr<const catalog::Catalog>& catalog, const Shape& shape,
            Prepared pattern, const render::Statements& actual);

  std::shared_ptr<const catalog::Catalog> catalog_;  // of all entries
  std::unordered_map<std::string, Entry> entries_;
  std::array<std::uint64_t, entries_max> seen_{};  // hashes of shapes that came once
};

}  // namespace flash::api
