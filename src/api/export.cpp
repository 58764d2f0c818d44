// /api/leads/export: the leads of a list as CSV, row by row from a cursor under the caller's row
// security. However many there are, one portion of rows is held.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "api/doors.h"
#include "api/errors.h"
#include "api/identity.h"
#include "api/queries.gen.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "csv/writer.h"
#include "http/url.h"
#include "json/read.h"
#include "render/render.h"
#include "rest/to_plan.h"
#include "sql/array.h"

namespace flash::api {
namespace {

constexpr json::Limits body_limits{.bytes_max = 1024 * 1024, .depth_max = 4};
constexpr std::uint64_t rows_max = 1'000'000;
constexpr std::size_t ids_max = 10'000;
// At once on a core: each holds a connection of its own until its reader has read.
constexpr int at_once_max = 2;
constexpr std::string_view byte_order_mark =
    "\xEF\xBB\xBF";  // else spreadsheets guess the encoding

// A column of the list: what it is called in the file, and what is read for it.
struct Column {
  std::string_view id, header, name, select;
};
constexpr std::array columns_known{
    Column{"score", "Score", "lead_score", "lead_score"},
    Column{"business", "Business", "business_name", "business_name"},
    Column{"contact", "Contact", "owner_name", "owner_name"},
    Column{"territory", "Country", "country", "country"},
    Column{"territory", "Territory", "territory",
           "...territories!submissions_territory_id_fkey(territory:name)"},
    Column{"status", "Status", "status", "status"},
    Column{"interest", "Interest", "interest_level", "interest_level"},
    Column{"revenue", "Revenue, US$", "monthly_revenue_band", "monthly_revenue_band"},
    Column{"value", "Stated value", "stated_value", "stated_value"},
    Column{"value", "Currency", "currency", "currency"},
    Column{"owner", "Owner", "owner", "...profiles!submissions_owner_id_fkey(owner:full_name)"},
    Column{"first_contact", "First contact", "first_response_at", "first_response_at"},
    Column{"first_contact", "First contact due", "first_response_due_at", "first_response_due_at"},
    Column{"created", "Created", "created_at", "created_at"},
    Column{"type", "Type", "business_type", "business_type"},
    Column{"email", "E-mail", "email", "email"},
    Column{"phone", "Phone", "phone", "phone"},
    Column{"tags", "Tags", "tags", "tags"},
    Column{"active", "Last activity", "last_activity_at", "last_activity_at"},
    Column{"reference", "Reference", "reference", "reference"},
};

struct Wish {
  std::string query;               // filters and order in REST's dialect
  std::vector<std::string> ids;    // only these, of those; empty: all
  std::vector<std::string> asked;  // ids of columns
  std::vector<Column> columns;
};

std::unexpected<Error> invalid(std::string message) {
  return fail(Kind::invalid, "invalid_request", std::move(message));
}

Result<void> check_query(std::string_view query) {
  const auto pairs = http::parse_query(query);
  if (!pairs) return invalid("The query is not well formed.");
  constexpr std::array<std::string_view, 5> ours{"select", "limit", "offset", "columns",
                                                 "on_conflict"};
  for (const auto& [name, value] : *pairs)
    if (std::ranges::find(ours, name) != ours.end())
      return invalid(text::cat("An export chooses ", name, " itself."));
  return {};
}

Result<Wish> wish_of(std::string_view body) {
  TRY(const auto asked, json::parse_object(body, body_limits));
  Wish out;
  TRY(out.query, json::read_string(asked, "query"));
  TRY_DONE(check_query(out.query));
  out.ids = json::strings_or_empty(asked, "ids");
  if (out.ids.size() > ids_max || !std::ranges::all_of(out.ids, ids::is_uuid))
    return invalid("ids are at most 10000 ids of leads.");
  out.asked = json::strings_or_empty(asked, "columns");
  for (const std::string& id : out.asked) {
    const auto before = out.columns.size();
    for (const Column& known : columns_known)
      if (known.id == id) out.columns.push_back(known);
    if (out.columns.size() == before) return invalid("There is no such column.");
  }
  if (out.columns.empty() || out.columns.size() > 2 * columns_known.size())
    return invalid("columns names at least one column.");
  return out;
}

// As a read at /rest/v1, which is where its filters are understood.
Result<plan::Read> read_of(Context& context, const Wish& wish) {
  const auto catalog = context.catalog.load();
  if (!catalog) return fail(Kind::unavailable, "not_ready", "The server is starting.");
  http::Request request;
  request.method = http::Method::get;
  request.target = "/rest/v1/submissions?select=";
  for (std::size_t i = 0; i < wish.columns.size(); ++i)
    request.target += text::cat(i == 0 ? "" : ",", wish.columns[i].select);
  if (!wish.query.empty()) request.target += text::cat("&", wish.query);
  if (!wish.ids.empty()) {
    request.target += "&id=in.(";
    for (std::size_t i = 0; i < wish.ids.size(); ++i)
      request.target += text::cat(i == 0 ? "" : ",", wish.ids[i]);
    request.target += ")";
  }
  const rest::Dialect dialect{.schemas = context.settings.schemas, .rows_max = rows_max};
  TRY(auto asked, rest::parse(std::move(request), "/rest/v1", dialect));
  TRY(auto plan, rest::to_plan(*catalog, asked, dialect));
  auto* read = std::get_if<plan::Read>(&plan.what);
  if (read == nullptr) return invalid("The query is not well formed.");
  return std::move(*read);
}

// A cursor's name says its columns: PostgreSQL keeps the shape of a prepared FETCH by its text.
sql::Fragment cursor_of(const Wish& wish) {
  std::string name = "export";
  for (const std::string& id : wish.asked) name += text::cat("_", id.substr(0, 3));
  return sql::Fragment::ident(name.substr(0, 60));
}

thread_local int running = 0;  // exports of this core

class LeadsAsCsv final : public http::Stream, public std::enable_shared_from_this<LeadsAsCsv> {
 public:
  LeadsAsCsv(Context& context, db::Session session, Wish wish, sql::Fragment cursor)
      : core_(context.core),
        session_(std::move(session)),
        wish_(std::move(wish)),
        cursor_(std::move(cursor)) {
    ++running;
  }
  ~LeadsAsCsv() override { --running; }
  LeadsAsCsv(const LeadsAsCsv&) = delete;
  LeadsAsCsv& operator=(const LeadsAsCsv&) = delete;

  void next(std::function<void(std::optional<std::string>)> got) override {
    core_.spawn(fetch(shared_from_this(), std::move(got)));
  }

 private:
  using Got = std::function<void(std::optional<std::string>)>;
  static loop::Task<void> fetch(std::shared_ptr<LeadsAsCsv> self, Got got);
  std::string text_of(const db::Rows& rows);

  loop::Core& core_;
  db::Session session_;
  Wish wish_;
  sql::Fragment cursor_;
  std::size_t rows_ = 0;
  bool begun_ = false, ended_ = false;
};

loop::Task<void> LeadsAsCsv::fetch(std::shared_ptr<LeadsAsCsv> self, Got got) {
  std::string piece;
  if (!self->begun_) {
    piece = byte_order_mark;
    csv::Writer head(piece);
    for (const Column& column : self->wish_.columns) head.cell(column.header);
    head.end_row();
    self->begun_ = true;
  } else if (self->ended_) {
    co_return got(std::string{});
  }
  std::vector<sql::Statement> next;
  next.push_back((sql::Fragment("fetch forward 1000 from ") + self->cursor_).finish());
  const auto rows = co_await self->session_.run(std::move(next));
  if (!rows) {
    log::event(log::Level::warning, "export_broke_off",
               {{"rows", self->rows_}, {"code", rows.error().code}});
    co_return got(std::nullopt);
  }
  piece += self->text_of(rows->back());
  self->rows_ += rows->back().size();
  self->ended_ = rows->back().size() < 1000;
  if (self->ended_) log::event(log::Level::info, "export", {{"rows", self->rows_}});
  if (self->ended_) static_cast<void>(co_await self->session_.commit({}));
  got(std::move(piece));
}

std::string LeadsAsCsv::text_of(const db::Rows& rows) {
  std::string out;
  csv::Writer line(out);
  std::vector<std::optional<std::size_t>> places;
  for (const Column& column : wish_.columns) places.push_back(rows.column(column.name));
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      const auto value = places[i] ? rows.at(row, *places[i]) : std::nullopt;
      if (value && wish_.columns[i].name == "tags") {
        const auto tags = sql::parse_array(*value);
        std::string joined;
        if (tags)
          for (const auto& tag : *tags)
            joined += text::cat(joined.empty() ? "" : "; ", tag.value_or(""));
        line.cell(joined);
      } else {
        line.cell(value);
      }
    }
    line.end_row();
  }
  return out;
}

loop::Task<Result<http::Response>> begin(Context& context, http::Request request) {
  CO_TRY(const auto caller, identify(context, request));
  constexpr std::array<std::string_view, 3> may{"flash_rep", "flash_manager", "flash_admin"};
  if (std::ranges::find(may, caller.db_role) == may.end())
    co_return fail(Kind::forbidden, "not_allowed", "Reps, managers and admins export leads.");
  CO_TRY(auto wish, wish_of(request.body));
  CO_TRY(const auto read, read_of(context, wish));
  if (running >= at_once_max)
    co_return fail(Kind::unavailable, "busy", "Other exports are running; try again shortly.");
  db::Work note;
  note.identity = transaction_of(caller, request);
  note.statements.push_back(sql::statement(
      queries::note_export,
      {wish.query, sql::array_literal(wish.asked), std::to_string(wish.ids.size())}));
  const auto noted = co_await context.pool.run(std::move(note));
  if (!noted) co_return fail(noted.error());
  db::Identity reader = transaction_of(caller, request);
  reader.read_only = true;
  CO_TRY(auto session, co_await context.pool.begin(std::move(reader)));
  sql::Fragment cursor = cursor_of(wish);
  std::vector<sql::Statement> declare;
  declare.push_back(
      (sql::Fragment("declare ") + cursor + " no scroll cursor for " + render::rows(read))
          .finish());
  const auto declared = co_await session.run(std::move(declare));
  if (!declared) co_return fail(declared.error());
  http::Response response;
  response.headers.set("Content-Type", "text/csv; charset=utf-8");
  response.headers.set("Content-Disposition", "attachment; filename=\"leads.csv\"");
  response.headers.set("Cache-Control", "no-store");
  response.stream =
      std::make_shared<LeadsAsCsv>(context, std::move(session), std::move(wish), std::move(cursor));
  co_return response;
}

}  // namespace

Answer export_leads(Context& context, http::Request request) {
  auto response = co_await begin(context, std::move(request));
  co_return response ? *std::move(response) : lead_error(response.error());
}

}  // namespace flash::api
