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

constexpr std::string_view rows_alias = "rows";

struct Columns {
  Fragment total{"null::bigint"};
  Fragment body{"null"};
  Fragment inserted{"null::bigint"};
  Fragment location{"null"};
  Fragment guard;  // ", <expression>", or empty
};

// The one row of the answer. Its expressions stand beside count(*), so they are computed when every
// row has been made: what SQL wrote into the response.* settings is there by then.
Fragment answer(Columns columns, Fragment from) {
  Fragment out("select ");
  out << std::move(columns.total) << " as total, count(*) as page, " << std::move(columns.body)
      << " as body, nullif(current_setting('response.headers', true), '') as headers, "
         "nullif(current_setting('response.status', true), '') as status, "
      << std::move(columns.inserted) << " as inserted, " << std::move(columns.location)
      << " as location" << std::move(columns.guard) << " from " << std::move(from);
  return out;
}

Fragment body_of(Form form) {
  switch (form) {
    case Form::rows: return Fragment("coalesce(json_agg(\"rows\"), '[]')::text");
    case Form::object: return Fragment("string_agg(row_to_json(\"rows\")::text, ',')");
    case Form::nothing: break;
  }
  return Fragment("null");
}

Fragment as_rows(Fragment select) {
  return Fragment("(") + select + ") as " + Fragment::ident(rows_alias);
}

Fragment total_of(const Plan& plan, const Read& read, Source source, Aliases& aliases) {
  if (plan.count == Count::none || plan.count == Count::planned) return Fragment("null::bigint");
  Fragment all = select_all(read, source, aliases);
  if (plan.count == Count::estimated) all << " limit " << Fragment::number(plan.estimate_above + 1);
  return Fragment("(select count(*) from (") + all + ") as \"all\")";
}

Statements render_read(const Plan& plan, const Read& read) {
  Aliases aliases;
  Columns columns;
  Fragment rows = as_rows(select_page(read, Source::table, plan.form != Form::nothing, aliases));
  columns.total = total_of(plan, read, Source::table, aliases);
  columns.body = body_of(plan.form);
  Statements out;
  out.main = answer(std::move(columns), std::move(rows)).finish();
  if (plan.count == Count::planned || plan.count == Count::estimated) {
    Aliases again;
    out.explain =
        (Fragment("explain (format json) ") + select_all(read, Source::table, again)).finish();
  }
  return out;
}

Fragment with_made(Fragment made, Fragment then) {
  return Fragment("with ") + Fragment::ident(made_rows) + " as (" + made + ") " + then;
}

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
  Columns columns;
  Fragment rows = with_rows ? as_rows(select_page(write.returning, Source::made, true, aliases))
                            : Fragment::ident(made_rows);
  columns.body = body_of(plan.form);
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
  out.main = with_made(change(write, with_rows), std::move(then)).finish();
  return out;
}

Fragment scalar_body(const catalog::Function& function) {
  if (function.returns_void) return Fragment("null");
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
  Columns columns;
  Fragment rows;
  if (function.row != nullptr) {
    rows = as_rows(select_page(call.returning, Source::made, true, aliases));
    columns.total = total_of(plan, call.returning, Source::made, aliases);
    columns.body = body_of(plan.form == Form::nothing ? Form::nothing
                           : function.returns_set     ? plan.form
                                                      : Form::object);
  } else {
    rows = as_rows(Fragment("select \"value\" from ") + Fragment::ident(made_rows) +
                   window(call.returning));
    if (plan.count != Count::none)
      columns.total = Fragment("(select count(*) from ") + Fragment::ident(made_rows) + ")";
    if (plan.form != Form::nothing) columns.body = scalar_body(function);
  }
  Statements out;
  out.main = with_made(invocation(call), answer(std::move(columns), std::move(rows))).finish();
  return out;
}

}  // namespace

Statements render(const Plan& plan) {
  if (const auto* read = std::get_if<Read>(&plan.what)) return render_read(plan, *read);
  if (const auto* write = std::get_if<Write>(&plan.what)) return render_write(plan, *write);
  return render_call(plan, std::get<Call>(plan.what));
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
