#include "wal/slot.h"

#include <algorithm>

#include "base/log.h"
#include "base/text.h"

namespace flash::wal {
namespace {

bool is_plain_name(std::string_view name) {
  const auto plain = [](char c) { return text::is_digit(c) || (c >= 'a' && c <= 'z') || c == '_'; };
  return !name.empty() && name.size() <= 63 && std::ranges::all_of(name, plain);
}

struct Server {
  Lsn end = 0;             // of the log on disk
  bool unbounded = false;  // max_slot_wal_keep_size is -1: a forgotten slot can fill the disk
  std::string database;    // its number
  bool exists = false;
  bool ours = false;  // made for this database and this use
  bool temporary = false;
  bool kept = false;  // the server still has the log that the slot stands for
};

loop::Task<Result<Server>> look(Connection& connection, std::string name) {
  // One row always; the slot's columns are null when there is none.
  CO_TRY(auto rows,
         co_await connection.command(text::cat(
             "select pg_current_wal_flush_lsn(), current_setting('max_slot_wal_keep_size') = '-1', "
             "d.oid, s.slot_name, s.plugin = 'pgoutput' and s.datoid = d.oid, s.temporary, "
             "s.wal_status <> 'lost' from pg_database d left join pg_replication_slots s "
             "on s.slot_name = '",
             name, "' where d.datname = current_database()")));
  if (rows.size() != 1) co_return fail(Kind::internal, "wal_malformed", "no answer about the slot");
  const auto end = parse_lsn(rows.text(0, 0));
  if (!end) co_return fail(Kind::internal, "wal_malformed", "the server told no log position");
  co_return Server{*end,
                   rows.text(0, 1) == "t",
                   std::string(rows.text(0, 2)),
                   rows.at(0, 3).has_value(),
                   rows.text(0, 4) == "t",
                   rows.text(0, 5) == "t",
                   rows.text(0, 6) == "t"};
}

// Names of slots are common to all databases of a server. One that another database has is left
// alone: the database's number is added to ours.
loop::Task<Result<Server>> find_slot(Connection& connection, SlotOptions& options) {
  CO_TRY(Server server, co_await look(connection, options.name));
  if (!server.exists || server.ours) co_return server;
  options.name += text::cat("_", server.database);
  CO_TRY_DONE(check(options));
  CO_TRY(server, co_await look(connection, options.name));
  if (!server.exists || server.ours) co_return server;
  co_return fail(Kind::conflict, "wal_slot_taken",
                 text::cat("the replication slot ", options.name, " belongs to another program"));
}

// Nodes that never came back leave slots behind; the server has dropped the log they stood for, but
// each still takes a place among max_replication_slots.
loop::Task<Result<void>> sweep(Connection& connection) {
  const auto swept = co_await connection.command(
      "select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active "
      "and wal_status = 'lost' and database = current_database() and plugin = 'pgoutput' "
      "and starts_with(slot_name, 'flash_cdc_')");
  if (!swept) co_return fail(swept.error());
  if (swept->size() != 0) log::info("wal_slots_swept", {{"slots", swept->size()}});
  co_return Result<void>{};
}

loop::Task<Result<void>> make(Connection& connection, std::string name, bool temporary) {
  const auto made = co_await connection.command(text::cat("CREATE_REPLICATION_SLOT ", name,
                                                          temporary ? " TEMPORARY" : "",
                                                          " LOGICAL pgoutput NOEXPORT_SNAPSHOT"));
  if (!made) co_return fail(made.error());
  log::info("wal_slot_made", {{"slot", name}, {"temporary", temporary}});
  co_return Result<void>{};
}

loop::Task<Result<void>> start(Connection& connection, SlotOptions options, Lsn from) {
  const auto started = co_await connection.command(text::cat(
      "START_REPLICATION SLOT ", options.name, " LOGICAL ", to_text(from),
      " (proto_version '1', publication_names '", options.publication, "', messages 'true')"));
  if (!started) co_return fail(started.error());
  co_return Result<void>{};
}

}  // namespace

Result<void> check(const SlotOptions& options) {
  if (is_plain_name(options.name) && is_plain_name(options.publication)) return {};
  return fail(Kind::invalid, "wal_name",
              "slot and publication names have 1 to 63 characters of a-z, 0-9 and _");
}

loop::Task<Result<Opened>> open_slot(Connection& connection, SlotOptions options, Lsn resume_at) {
  CO_TRY_DONE(check(options));
  if (resume_at == 0) CO_TRY_DONE(co_await sweep(connection));
  CO_TRY(Server server, co_await find_slot(connection, options));
  const bool temporary = options.life == SlotLife::temporary ||
                         (options.life == SlotLife::automatic && server.unbounded);
  if (options.life == SlotLife::permanent && server.unbounded)
    log::warning("wal_slot_unbounded",
                 {{"slot", options.name},
                  {"advice", "set max_slot_wal_keep_size, or a stopped reader fills the disk"}});
  const bool usable = server.exists && server.kept && server.temporary == temporary;
  if (server.exists && !usable) {
    log::warning("wal_slot_dropped", {{"slot", options.name}});
    const auto dropped =
        co_await connection.command(text::cat("DROP_REPLICATION_SLOT ", options.name));
    if (!dropped) co_return fail(dropped.error());
  }
  // A log that ends before what we have read was restored from an older state.
  const bool rewound = server.end < resume_at;
  Opened opened{
      .slot = options.name, .gap = resume_at != 0 && (!usable || rewound), .temporary = temporary};
  if (!usable) CO_TRY_DONE(co_await make(connection, options.name, temporary));
  // A new slot begins where it was made; an old one at `resume_at`, or at the present at first
  // start.
  const Lsn from = !usable || rewound ? 0 : std::max(resume_at, resume_at == 0 ? server.end : 0);
  CO_TRY_DONE(co_await start(connection, options, from));
  co_return opened;
}

}  // namespace flash::wal
