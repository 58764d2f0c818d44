#include "trainer/trainer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "json/value.h"
#include "json/write.h"
#include "learn/train.h"
#include "score/model_file.h"
#include "sql/fragment.h"
#include "trainer/queries.gen.h"

namespace flash::trainer {
namespace {

constexpr std::uint64_t seed = 20'260'101;  // any; the same leads must give the same model

double number(std::string_view text) {
  double out = std::nan("");
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::array<std::uint8_t, 16> id_of(std::string text) {
  std::erase(text, '-');
  std::array<std::uint8_t, 16> out{};
  const std::string raw = bytes::from_hex(text).value_or(std::string(16, '\0'));
  std::copy_n(raw.begin(), std::min<std::size_t>(raw.size(), 16), out.begin());
  return out;
}

learn::Lead lead_of(const db::Rows& rows, std::size_t row) {
  learn::Lead out;
  out.id = id_of(std::string(rows.text(row, 0)));
  out.created_s = text::parse_int<std::int64_t>(rows.text(row, 1)).value_or(0);
  out.group = rows.text(row, 2);
  out.won = rows.text(row, 3) == "t";
  out.won_days = static_cast<float>(number(rows.text(row, 4)));
  out.age_days = static_cast<float>(number(rows.text(row, 5)));
  out.rule = static_cast<float>(number(rows.text(row, 6)));
  return out;
}

// As flash_worker sees them.
Result<learn::Table> closed_leads(db::Blocking& connection) {
  TRY(const auto rows,
      connection.run(sql::statement(queries::training_set,
                                    {std::to_string(horizon_days), std::to_string(leads_most)})));
  learn::Table out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    TRY(const auto features, json::parse_object(rows.text(row, 7)));
    out.add(lead_of(rows, row));
    out.put(features);
  }
  return out;
}

Result<learn::Registry> read_registry(db::Blocking& connection) {
  TRY(const auto rows, connection.run(sql::statement(queries::registry)));
  learn::Registry out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string_view available = rows.text(row, 2);
    out.push_back({.name = std::string(rows.text(row, 0)),
                   .label = std::string(rows.text(row, 1)),
                   .available = available == "create"  ? learn::Available::create
                                : available == "never" ? learn::Available::never
                                                       : learn::Available::first_contact,
                   .category = rows.text(row, 3) == "t",
                   .actionable = rows.text(row, 4) == "t",
                   .is_protected = rows.text(row, 5) == "t",
                   .vouched = rows.text(row, 6) == "t",
                   .monotone = text::parse_int<int>(rows.text(row, 7)).value_or(0)});
  }
  return out;
}

struct Champion {
  std::optional<score::Model> model;
  double age_days = 0;
};

// A model that this program cannot read cannot defend itself: the new one is judged as the first.
Result<Champion> read_champion(db::Blocking& connection) {
  TRY(const auto rows, connection.run(sql::statement(queries::champion)));
  Champion out;
  if (rows.size() == 0) return out;
  auto model = score::read_model(bytes::from_hex(rows.text(0, 0)).value_or(""));
  if (model) out.model.emplace(*std::move(model));
  out.age_days = number(rows.text(0, 1));
  return out;
}

std::string facts_of(const learn::Table& table, const learn::Trained& trained) {
  std::int64_t from = 0, to = 0;
  std::size_t won = 0;
  for (const learn::Lead& lead : table.leads()) {
    from = from == 0 ? lead.created_s : std::min(from, lead.created_s);
    to = std::max(to, lead.created_s);
    won += lead.won ? 1 : 0;
  }
  json::Writer out;
  out.object().field("seed", seed).field("leads", table.size()).field("won", won);
  if (table.size() > 0) out.field("from", from).field("to", to);
  if (!trained.model.empty()) {
    const auto model = score::read_model(trained.model);
    if (model) out.field("stage", score::to_text(model->stage()));
    out.field("sha256", trained.sha256);
  }
  out.field("code", trained.ruling.code).field("reason", trained.ruling.reason);
  out.field("promote", trained.ruling.promote).raw_field("report", trained.report).end_object();
  return std::move(out).take();
}

}  // namespace

Result<std::string> carry_out(db::Blocking& connection, const Job& job, const Progress& progress) {
  TRY_DONE(connection.script(
      "set role flash_worker; set statement_timeout = '10min'; set work_mem = '64MB'"));
  TRY(const auto table, closed_leads(connection));
  TRY(auto registry, read_registry(connection));
  TRY(const auto champion, read_champion(connection));
  const learn::TrainOptions options{.seed = seed,
                                    .registry = std::move(registry),
                                    .champion = champion.model ? &*champion.model : nullptr,
                                    .champion_age_days = champion.age_days};
  TRY(const auto trained, learn::train(table, options, progress));
  const auto file = trained.model.empty() ? sql::Param{} : sql::Param{bytes::to_hex(trained.model)};
  TRY(const auto rows,
      connection.run(sql::statement(
          queries::finish, {job.id, std::to_string(job.attempt), facts_of(table, trained), file})));
  const std::string made(rows.text(0, 0));
  if (made.empty()) return fail(Kind::canceled, "canceled", "the training was cancelled");
  return made;
}

}  // namespace flash::trainer
