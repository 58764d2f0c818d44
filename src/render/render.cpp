#include "render/render.h"

#include "base/text.h"
#include "render/select.h"
#include "render/write.h"

namespace flash::render {
namespace {

using plan::Call;
using plan::Count;
using plan::Form;
using plan::Plan;
using plan::Read;
using plan::Write;
using sql::Fragment;
using sql::Literal;

// Said as "rows".* where a row is meant: a column of the result may be called rows, too.
constexpr std::string_view rows_alias = "rows";

struct Columns {
  Fragment total{"null::bigint"};
  Fragment body{"null"};
  Fragment inserted{"null::bigint"};
  Fragment location{"null"};
  Fragment headers{"null"}, status{"null"};
  Fragment guard;  // ", <expression>", or empty
};

// Asking for a setting that nobody has made costs PostgreSQL 3 us: done where it can be there.
Columns columns_of(const Plan& plan) {
  Columns columns;
  if (!plan.may_set_response) return columns;
  columns.headers = Fragment("nullif(current_setting('response.headers', true), '')");
  columns.status = Fragment("nullif(current_setting('response.status', true), '')");
  return columns;
}

// The one row of the answer. Its expressions stand beside count(*), so they are computed when every
// row has been made: what SQL wrote into the response.* settings is there by then.
Fragment answer(Columns columns, Fragment from) {
  Fragment out("select ");
  out << std::move(columns.total) << " as total, count(*) as page, " << std::move(columns.body)
      << " as body, " << std::move(columns.headers) << " as headers, " << std::move(columns.status)
      << " as status, " << std::move(columns.inserted) << " as inserted, "
      << std::move(columns.location) << " as location" << std::move(columns.guard) << " from "
      << std::move(from);
  return out;
}

// A line with the names, then the rows as PostgreSQL writes a record, without its brackets and with
// backslashes as they are: that is CSV.
Fragment csv(std::string header) {
  return Fragment::param(std::move(header)) +
         "::text || coalesce(chr(10) || string_agg(replace(substring((\"rows\".*)::text, 2, "
         "length((\"rows\".*)::text) - 2), repeat(chr(92), 2), chr(92)), chr(10)), '')";
}

std::string csv_field(std::string_view name) {
  if (name.find_first_of("\",\r\n") == std::string_view::npos) return std::string(name);
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string csv_header(const Read& read) {
  std::string out;
  for (const std::string_view name : names_of(read))
    out += text::cat(out.empty() ? "" : ",", csv_field(name));
  return out;
}

Fragment body_of(const Plan& plan, Form form, const Read& read) {
  switch (form) {
    case Form::rows:
      if (plan.strip_nulls)
        return Fragment("json_strip_nulls(coalesce(json_agg(\"rows\".*), '[]'))::text");
      return Fragment("coalesce(json_agg(\"rows\".*), '[]')::text");
    case Form::object:
      if (plan.strip_nulls)
        return Fragment("string_agg(json_strip_nulls(row_to_json(\"rows\".*))::text, ',')");
      return Fragment("string_agg(row_to_json(\"rows\".*)::text, ',')");
    case Form::csv: return csv(csv_header(read));
    case Form::text:
    case Form::bytes:
    case Form::nothing: break;
  }
  return Fragment("null");
}

Fragment as_rows(Fragment select) {
  return Fragment("(") + select + ") as " + Fragment::ident(rows_alias);
}

// Whether the planner is asked for its estimate.
bool is_guess(const Plan& plan) {
  return (plan.count == Count::planned || plan.count == Count::estimated) && !plan.count_seen;
}

Fragment total_of(const Plan& plan, const Read& read, Source source, Aliases& aliases) {
  if (plan.count == Count::none || (is_guess(plan) && plan.count == Count::planned))
    return Fragment("null::bigint");
  Fragment all = select_all(read, source, aliases);
  // One more than is wanted tells that there are more.
  const std::uint64_t most = is_guess(plan) ? plan.estimate_above : plan.count_max;
  if (most > 0) all << " limit " << Fragment::number(most + 1);
  return Fragment("(select count(*) from (") + all + ") as \"all\")";
}

Statements render_read(const Plan& plan, const Read& read) {
  Aliases aliases;
  Columns columns = columns_of(plan);
  Fragment rows = as_rows(select_page(read, Source::table, plan.form != Form::nothing, aliases));
  columns.total = total_of(plan, read, Source::table, aliases);
  columns.body = body_of(plan, plan.form, read);
  Statements out;
  out.main = answer(std::move(columns), std::move(rows)).finish();
  if (is_guess(plan)) {
    Aliases again;
    out.explain =
        (Fragment("explain (format json) ") + select_all(read, Source::table, again)).finish();
  }
  return out;
}

Fragment with(Fragment ctes, Fragment then) { return Fragment("with ") + ctes + " " + then; }

Fragment location_of(const Write& write) {
  std::vector<Fragment> keys;
  for (const catalog::Column* each : write.table->primary_key)
    keys.push_back(Fragment::ident(made_rows, each->name) + "::text");
  return Fragment("(select json_build_array(") + sql::join(keys, ", ") + ")::text from " +
         Fragment::ident(made_rows) + " limit 1)";
}

// Fails on the row after the last allowed one; see rows_exceeded.
Fragment guard(std::uint64_t rows_max) {
  return Fragment(", case when count(*) > ") + Fragment::param(std::to_string(rows_max)) +
         "::bigint then ('flash.rows:' || count(*))::int end as guard";
}

Statements render_write(const Plan& plan, const Write& write) {
  const bool with_rows = plan.form != Form::nothing;
  Aliases aliases;
  Columns columns = columns_of(plan);
  Fragment rows = with_rows ? as_rows(select_page(write.returning, Source::made, true, aliases))
                            : Fragment::ident(made_rows);
  columns.body = body_of(plan, plan.form, write.returning);
  const auto* insert = std::get_if<plan::Insert>(&write.change);
  if (insert != nullptr && insert->conflict == plan::Conflict::merge)
    columns.inserted = Fragment(
        "count(*) - coalesce(nullif(current_setting('flash.merged', true), ''), '0')::bigint");
  if (insert != nullptr && insert->conflict == plan::Conflict::ignore)
    columns.inserted = Fragment("count(*)");
  if (write.wants_location && !write.table->primary_key.empty())
    columns.location = location_of(write);
  if (write.rows_max) columns.guard = guard(*write.rows_max);
  Statements out;
  Fragment then = answer(std::move(columns), std::move(rows));
  out.main = with(made_by(write, with_rows), std::move(then)).finish();
  return out;
}

Fragment scalar_body(const Plan& plan, const catalog::Function& function) {
  if (function.returns_void) return Fragment("null");
  if (plan.form == Form::csv) return csv(csv_field(function.name));
  if (plan.form == Form::text || plan.form == Form::bytes)
    return Fragment("string_agg(\"rows\".\"value\"::text, '')");
  if (function.returns_set && plan.strip_nulls)
    return Fragment("json_strip_nulls(coalesce(json_agg(\"rows\".\"value\"), '[]'))::text");
  if (function.returns_set) return Fragment("coalesce(json_agg(\"rows\".\"value\"), '[]')::text");
  return Fragment("coalesce((json_agg(\"rows\".\"value\") -> 0)::text, 'null')");
}

Fragment window(const Read& read) {
  Fragment out;
  if (read.limit) out << " limit " << Fragment::number(*read.limit);
  if (read.offset) out << " offset " << Fragment::param(std::to_string(*read.offset)) << "::bigint";
  return out;
}

Statements render_call(const Plan& plan, const Call& call) {
  const catalog::Function& function = *call.function;
  Aliases aliases;
  Columns columns = columns_of(plan);
  Fragment rows;
  if (function.row != nullptr) {
    rows = as_rows(select_page(call.returning, Source::made, true, aliases));
    columns.total = total_of(plan, call.returning, Source::made, aliases);
    const bool single = plan.form == Form::rows && !function.returns_set;
    columns.body = body_of(plan, single ? Form::object : plan.form, call.returning);
  } else {
    rows = as_rows(Fragment("select \"value\" from ") + Fragment::ident(made_rows) +
                   window(call.returning));
    if (plan.count != Count::none)
      columns.total = Fragment("(select count(*) from ") + Fragment::ident(made_rows) + ")";
    if (plan.form != Form::nothing) columns.body = scalar_body(plan, function);
  }
  if (call.rows_max) columns.guard = guard(*call.rows_max);
  Statements out;
  Fragment made = Fragment::ident(made_rows) + " as (" + invocation(call) + ")";
  out.main = with(std::move(made), answer(std::move(columns), std::move(rows))).finish();
  return out;
}

// "explain (format text, analyze) "
std::string explain_prefix(const plan::Explain& explain) {
  Fragment out(explain.json ? Literal("explain (format json") : Literal("explain (format text"));
  if (explain.analyze) out << ", analyze";
  if (explain.verbose) out << ", verbose";
  if (explain.settings) out << ", settings";
  if (explain.buffers) out << ", buffers";
  if (explain.wal) out << ", wal";
  out << ") ";
  return std::string(std::move(out).finish().text.view());
}

}  // namespace

sql::Fragment rows(const Read& read) {
  Aliases aliases;
  return select_page(read, Source::table, true, aliases);
}

Statements render(const Plan& plan) {
  Statements out;
  if (const auto* read = std::get_if<Read>(&plan.what)) {
    out = render_read(plan, *read);
  } else if (const auto* write = std::get_if<Write>(&plan.what)) {
    out = render_write(plan, *write);
  } else {
    out = render_call(plan, std::get<Call>(plan.what));
  }
  if (!plan.explain) return out;
  out.main.text = sql::Text(text::cat(explain_prefix(*plan.explain), out.main.text));
  out.explain.reset();
  return out;
}

std::optional<std::size_t> exceeding_rows(std::string_view code, std::string_view message) {
  constexpr std::string_view invalid_text = "22P02";
  const auto at = message.find(rows_exceeded);
  if (code != invalid_text || at == std::string_view::npos) return std::nullopt;
  std::string_view digits = message.substr(at + rows_exceeded.size());
  digits = digits.substr(0, digits.find_first_not_of("0123456789"));
  return text::parse_int<std::size_t>(digits);
}

}  // namespace flash::render
