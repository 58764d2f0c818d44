#include "api/plan_cache.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "api/context.h"
#include "base/ids.h"
#include "base/text.h"
#include "http/url.h"
#include "rest/to_plan.h"

namespace flash::api {
namespace {

constexpr std::size_t key_bytes_max = 4096;
constexpr std::size_t value_bytes_max = 1024;
constexpr std::size_t values_max = 32;

// Of a pair column=operator.value: where the value begins, when the operator takes it as it is.
std::optional<std::size_t> value_at(std::string_view pair) {
  constexpr std::array<std::string_view, 6> plain{"eq.", "neq.", "gt.", "gte.", "lt.", "lte."};
  const auto equals = pair.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const std::string_view value = pair.substr(equals + 1);
  for (const std::string_view op : plain)
    if (value.starts_with(op)) return equals + 1 + op.size();
  return std::nullopt;
}

// No client can know it, so that no value is taken for a mark.
std::string mark(std::size_t index) {
  static const std::string secret = ids::uuid4();
  return text::cat("mark-", std::to_string(index), "-", secret);
}

constexpr std::string_view prefix = "/rest/v1";

Result<Prepared> prepare(const catalog::Catalog& catalog, http::Request request,
                         const rest::Dialect& dialect) {
  TRY(rest::Request asked, rest::parse(std::move(request), prefix, dialect));
  if (asked.is_root) return Prepared{.asked = std::move(asked), .plan = {}, .statements = {}};
  TRY(plan::Plan plan, rest::to_plan(catalog, asked, dialect));
  render::Statements statements = render::render(plan);
  const auto* read = std::get_if<plan::Read>(&plan.what);
  const bool is_light = read != nullptr && asked.is_read() && read->is_light() &&
                        plan.count == plan::Count::none && !plan.explain;
  return Prepared{std::move(asked), std::move(plan), std::move(statements), is_light};
}

// Calls visit(name, value) for the fields that steer a read.
template <class Visit>
void visit_steering(const http::Headers& headers, Visit visit) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto [name, value] = headers.at(i);
    for (const std::string_view field : rest::steering_fields)
      if (name.size() == field.size() && text::equal_ignoring_case(name, field))
        visit(field, value);
  }
}

// What a plan is made from: what is not in the shape must not steer it.
http::Request steering_only(const http::Request& request) {
  http::Request out;
  out.method = request.method;
  out.target = request.target;
  visit_steering(request.headers, [&](std::string_view name, std::string_view value) {
    out.headers.add(name, value);
  });
  return out;
}

// The target with marks in place of its values.
std::string marked(const http::Request& request) {
  std::string out(request.path());
  std::size_t index = 0;
  std::string_view rest = request.query();
  for (char join = '?'; !rest.empty(); join = '&') {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const auto at = value_at(pair);
    out += join;
    out += pair.substr(0, at.value_or(pair.size()));
    if (at) out += mark(index++);
  }
  return out;
}

// A canonical query with the values in place of their marks, which coding leaves as they are.
std::string filled(std::string_view query, const std::vector<std::string>& values) {
  std::string out(query);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string gap = mark(i);
    if (const auto at = out.find(gap); at != std::string::npos)
      out.replace(at, gap.size(), http::percent_encode(values[i]));
  }
  return out;
}

using Places = std::vector<std::pair<std::size_t, std::size_t>>;

// Where the marks stand among the parameters; nullopt: one of them nowhere, as in another text.
std::optional<Places> places_of(const sql::Statement& statement, std::size_t count) {
  Places places;
  for (std::size_t value = 0; value < count; ++value) {
    const sql::Param wanted = mark(value);
    const std::size_t before = places.size();
    for (std::size_t at = 0; at < statement.params.size(); ++at)
      if (statement.params[at] == wanted) places.emplace_back(at, value);
    if (places.size() == before) return std::nullopt;
  }
  return places;
}

// With these values the pattern is the statement.
bool gives(sql::Statement pattern, const Places& places, const std::vector<std::string>& values,
           const sql::Statement& statement) {
  for (const auto& [at, value] : places) pattern.params[at] = values[value];
  return pattern.text == statement.text && pattern.params == statement.params;
}

}  // namespace

std::shared_ptr<PlanCache> make_plan_cache() { return std::make_shared<PlanCache>(); }

std::optional<PlanCache::Shape> PlanCache::shape_of(const http::Request& request) {
  if (request.method != http::Method::get && request.method != http::Method::head)
    return std::nullopt;
  if (request.target.size() > key_bytes_max) return std::nullopt;
  Shape out;
  out.key.reserve(request.target.size() + 128);
  out.key += request.method == http::Method::get ? 'G' : 'H';
  out.key += request.path();
  std::string_view rest = request.query();
  for (char join = '?'; !rest.empty(); join = '&') {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    out.key += join;
    const auto at = value_at(pair);
    out.key += pair.substr(0, at.value_or(pair.size()));
    if (!at) continue;
    auto value = http::percent_decode(pair.substr(*at), true);
    if (!value || value->size() > value_bytes_max || out.values.size() == values_max)
      return std::nullopt;
    out.values.push_back(*std::move(value));
  }
  visit_steering(request.headers, [&](std::string_view name, std::string_view value) {
    out.key += '\n';
    out.key += name;
    out.key += ':';
    out.key += value;
  });
  if (out.key.size() > key_bytes_max) return std::nullopt;
  return out;
}

Result<Job> PlanCache::job_of(const Entry& known, const Shape& shape) {
  Job out{known.prepared,
          {known.prepared->statements.main, std::nullopt},
          filled(known.prepared->asked.canonical_query, shape.values)};
  for (const auto& [at, value] : known.places) out.statements.main.params[at] = shape.values[value];
  return out;
}

Result<Job> PlanCache::job_of(const std::shared_ptr<const catalog::Catalog>& catalog,
                              http::Request request, const rest::Dialect& dialect) {
  const auto shape = shape_of(request);
  if (shape && catalog_ == catalog)
    if (const auto found = entries_.find(shape->key); found != entries_.end())
      return job_of(found->second, *shape);
  // Only what comes again is worth preparing twice.
  std::optional<http::Request> pattern;
  if (shape) {
    request = steering_only(request);
    if (is_second(*shape)) {
      pattern = request;
      pattern->target = marked(request);
    }
  }
  TRY(Prepared prepared, prepare(*catalog, std::move(request), dialect));
  if (pattern)
    if (auto made = prepare(*catalog, *std::move(pattern), dialect))
      keep(catalog, *shape, *std::move(made), prepared.statements);
  render::Statements statements = std::move(prepared.statements);
  return Job{std::make_shared<const Prepared>(std::move(prepared)), std::move(statements),
             std::nullopt};
}

bool PlanCache::is_second(const Shape& shape) {
  const std::uint64_t hash = std::hash<std::string>{}(shape.key);
  return std::exchange(seen_[hash % seen_.size()], hash) == hash;
}

// Kept is what differs from the request at hand in nothing but the values.
void PlanCache::keep(const std::shared_ptr<const catalog::Catalog>& catalog, const Shape& shape,
                     Prepared pattern, const render::Statements& actual) {
  // What EXPLAINs has the values a second time, in another statement.
  if (pattern.statements.explain || actual.explain) return;
  const auto places = places_of(pattern.statements.main, shape.values.size());
  if (!places || !gives(pattern.statements.main, *places, shape.values, actual.main)) return;
  if (catalog_ != catalog || entries_.size() == entries_max) {
    entries_.clear();
    catalog_ = catalog;
  }
  entries_[shape.key] = {std::make_shared<const Prepared>(std::move(pattern)), *places};
}

}  // namespace flash::api
