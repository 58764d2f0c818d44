#include "worker/importer.h"

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "csv/encoding.h"
#include "csv/reader.h"
#include "csv/writer.h"
#include "json/read.h"
#include "json/write.h"
#include "leads/sheet.h"
#include "loop/offload.h"
#include "worker/ask.h"
#include "worker/queries.gen.h"

namespace flash::worker {
namespace {

constexpr std::size_t judged_at_once = 250, written_at_once = 50;
constexpr std::uint64_t rows_max = 1'000'000;
constexpr std::size_t sample_rows = 5;
constexpr json::Limits mapping_limits{.bytes_max = 64 * 1024, .depth_max = 4};

loop::Task<Result<std::string>> ask(db::Pool& pool, sql::Statement statement) {
  db::Work work;
  work.identity.role = "flash_worker";
  work.statements.push_back(std::move(statement));
  const auto reply = co_await pool.run(std::move(work));
  if (!reply) co_return fail(reply.error());
  if (reply->back().size() != 1) co_return std::string{};
  co_return std::string(reply->back().text(0, 0));
}

// What is known of a file while it is read; moved to the threads beside the cores and back.
struct Sheet {
  std::shared_ptr<const leads::Places> places;
  int this_year = 0;
  leads::SheetMapping mapping;
  std::unique_ptr<csv::Decoder> decoder;
  std::unique_ptr<csv::Reader> reader;
  std::deque<csv::Row> rows;  // read and not yet judged
  csv::Encoding encoding = csv::Encoding::utf8;
  char separator = ',';
  std::vector<std::string> header;
  bool begun = false;
  std::uint64_t seen = 0;
};

void begin(Sheet& sheet, std::string_view bytes) {
  sheet.begun = true;
  sheet.encoding = csv::encoding_of(bytes);
  sheet.decoder = std::make_unique<csv::Decoder>(sheet.encoding);
  std::string some;
  csv::Decoder look(sheet.encoding);
  look.feed(bytes.substr(0, 64 * 1024), some);
  sheet.separator = csv::separator_of(some);
  sheet.reader = std::make_unique<csv::Reader>(
      sheet.separator, [&sheet](csv::Row row) { sheet.rows.push_back(std::move(row)); });
}

// Reads a piece, given in hexadecimal; an empty one is the end.
std::unique_ptr<Sheet> read_piece(std::unique_ptr<Sheet> sheet, const std::string& hex) {
  const std::string bytes = bytes::from_hex(hex).value_or(std::string{});
  if (!sheet->begun) begin(*sheet, bytes);
  std::string text;
  if (hex.empty()) {
    sheet->decoder->finish(text);
  } else {
    sheet->decoder->feed(bytes, text);
  }
  sheet->reader->feed(text);
  if (hex.empty()) sheet->reader->finish();
  if (sheet->header.empty() && !sheet->rows.empty()) {
    sheet->header = std::move(sheet->rows.front().cells);
    sheet->rows.pop_front();
  }
  return sheet;
}

std::string found_in(const Sheet& sheet) {
  json::Writer out;
  out.object().field("encoding", csv::to_text(sheet.encoding));
  out.field("separator", std::string_view(&sheet.separator, 1)).key("header").array();
  for (const auto& heading : sheet.header) out.value(text::clip_utf8(heading, 200));
  out.end_array().key("sample").array();
  for (std::size_t i = 0; i < std::min(sample_rows, sheet.rows.size()); ++i) {
    out.array();
    for (const auto& cell : sheet.rows[i].cells) out.value(text::clip_utf8(cell, 120));
    out.end_array();
  }
  out.end_array().raw_field("guess", leads::to_json(leads::guess_mapping(sheet.header)));
  out.end_object();
  return std::move(out).take();
}

// The next rows as flash.import_judge() takes them.
std::pair<std::unique_ptr<Sheet>, std::string> next_rows(std::unique_ptr<Sheet> sheet) {
  json::Writer out;
  out.array();
  for (std::size_t n = 0; n < judged_at_once && !sheet->rows.empty(); ++n) {
    csv::Row row = std::move(sheet->rows.front());
    sheet->rows.pop_front();
    ++sheet->seen;
    for (auto& cell : row.cells) cell = std::string(csv::unguarded(cell));
    leads::SheetRow read;
    if (row.too_large) {
      read.reason = "The row is too large: at most 200 cells and 64 kB";
    } else if (row.open_quote) {
      read.reason = "A quote is opened and never closed: the rest of the file is in this cell";
    } else {
      read = leads::read_row(row.cells, sheet->mapping, *sheet->places, sheet->this_year);
    }
    out.object().field("line", static_cast<std::int64_t>(row.line)).field("reason", read.reason);
    out.field("reference", read.reference).key("cells").array();
    for (const auto& cell : row.cells) out.value(text::clip_utf8(cell, 2000));
    out.end_array().raw_field("facts", read.facts.empty() ? "{}" : read.facts).end_object();
  }
  out.end_array();
  return {std::move(sheet), std::move(out).take()};
}

// Judges what was read; false: it was cancelled.
loop::Task<Result<bool>> judge(db::Pool& pool, std::unique_ptr<Sheet>& sheet, std::string id,
                               int percent) {
  while (!sheet->rows.empty()) {
    auto [back, rows] = co_await loop::offload(
        [held = std::move(sheet)]() mutable { return next_rows(std::move(held)); });
    sheet = std::move(back);
    CO_TRY(const auto goes_on,
           co_await ask(pool, sql::statement(queries::import_judge,
                                             {id, std::move(rows), std::to_string(percent),
                                              std::to_string(sheet->decoder->odd_bytes())})));
    if (goes_on != "t") co_return false;
    if (sheet->seen > rows_max)
      co_return fail(Kind::invalid, "too_many_rows",
                     "The file has more than 1,000,000 rows; split it");
  }
  co_return true;
}

loop::Task<Result<bool>> take_piece(db::Pool& pool, std::unique_ptr<Sheet>& sheet, std::string id,
                                    std::string hex, int percent) {
  const bool first = sheet->header.empty();
  sheet = co_await loop::offload([held = std::move(sheet), piece = std::move(hex)]() mutable {
    return read_piece(std::move(held), piece);
  });
  if (first && !sheet->header.empty()) {
    CO_TRY(const auto mapping,
           co_await ask(pool, sql::statement(queries::import_began, {id, found_in(*sheet)})));
    CO_TRY(const auto document, json::parse_object(mapping, mapping_limits));
    sheet->mapping = leads::read_mapping(document);
  }
  if (sheet->header.empty()) co_return true;
  co_return co_await judge(pool, sheet, std::move(id), percent);
}

loop::Task<Result<void>> check_file(db::Pool& pool, std::string id, std::size_t parts,
                                    std::shared_ptr<jobs::Attempt> attempt) {
  Memory memory;
  CO_TRY_DONE(co_await memory.load(pool));
  auto sheet = std::make_unique<Sheet>();
  sheet->places = memory.places();
  sheet->this_year = year_of(now_microseconds());
  for (std::size_t part = 0; part <= parts && !attempt->stopped(); ++part) {
    std::string hex;
    if (part < parts) {
      CO_TRY(hex,
             co_await ask(pool, sql::statement(queries::import_part, {id, std::to_string(part)})));
      if (hex.empty())
        co_return fail(Kind::invalid, "file_incomplete", "A piece of the file is missing");
    }
    const int percent = static_cast<int>(part * 99 / (parts + 1));
    attempt->progress(percent, text::cat(std::to_string(sheet->seen), " rows"));
    CO_TRY(const bool goes_on, co_await take_piece(pool, sheet, id, std::move(hex), percent));
    if (!goes_on) co_return Result<void>{};
  }
  if (sheet->header.empty())
    co_return fail(Kind::invalid, "empty_file", "There is no row in the file");
  co_return Result<void>{};
}

loop::Task<Result<std::string>> check(db::Pool& pool, std::shared_ptr<jobs::Attempt> attempt) {
  const std::string id = attempt->key;
  CO_TRY(const auto open,
         co_await ask(pool, sql::statement(queries::import_open, {id, "checking"})));
  if (open.empty()) co_return std::string{};
  CO_TRY(const auto document, json::parse_object(open, mapping_limits));
  const auto parts = static_cast<std::size_t>(json::int_or(document, "parts"));
  const auto done = co_await check_file(pool, id, parts, attempt);
  // A file of which a part was read is not checked: the next attempt goes on where this one ended.
  if (attempt->stopped()) co_return fail(Kind::unavailable, "stopped", "the server is stopping");
  if (!done && done.error().kind != Kind::invalid) co_return fail(done.error());
  sql::Param reason;
  if (!done) reason = done.error().message;
  CO_TRY_DONE(co_await ask(
      pool, sql::statement(queries::import_ended, {id, done ? "checked" : "failed", reason})));
  co_return std::string{};
}

// Portion by portion until none is left; each is a transaction, so that a crash loses none and
// writes none twice.
loop::Task<Result<std::string>> portions(db::Pool& pool, std::shared_ptr<jobs::Attempt> attempt,
                                         sql::Literal portion, std::string end) {
  const std::string id = attempt->key;
  for (;;) {
    if (attempt->stopped()) co_return fail(Kind::unavailable, "stopped", "the server is stopping");
    CO_TRY(const auto goes_on,
           co_await ask(pool, sql::statement(portion, {id, std::to_string(written_at_once)})));
    if (goes_on != "t") break;
  }
  CO_TRY_DONE(co_await ask(pool, sql::statement(queries::import_ended, {id, end, sql::Param{}})));
  co_return std::string{};
}

}  // namespace

std::vector<jobs::JobKind> import_jobs(db::Pool& pool) {
  using std::chrono::seconds;
  const auto kind = [](std::string name, jobs::Work work) {
    return jobs::JobKind{.name = std::move(name),
                         .work = std::move(work),
                         .at_once = 2,
                         .seconds_max = seconds(7200)};
  };
  std::vector<jobs::JobKind> out;
  out.push_back(kind("import_check", [&pool](std::shared_ptr<jobs::Attempt> attempt) {
    return check(pool, std::move(attempt));
  }));
  out.push_back(kind("import_run", [&pool](std::shared_ptr<jobs::Attempt> attempt) {
    return portions(pool, std::move(attempt), queries::import_apply, "done");
  }));
  out.push_back(kind("import_undo", [&pool](std::shared_ptr<jobs::Attempt> attempt) {
    return portions(pool, std::move(attempt), queries::import_unapply, "undone");
  }));
  return out;
}

}  // namespace flash::worker
