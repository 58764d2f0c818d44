#include <gtest/gtest.h>

#include <cmath>

#include "learn/gate.h"
#include "learn/hazard.h"
#include "learn/ridge.h"
#include "learn/test_sets.h"
#include "learn/train.h"
#include "score/model_file.h"

namespace flash::learn {
namespace {

// Leads whose source and size decide a lot; `noise` 1: nothing does.
Table leads(std::size_t count, double noise, std::uint64_t seed = 1) {
  Table out;
  Random random(seed);
  for (std::size_t i = 0; i < count; ++i) {
    const bool referral = random.unit() < 0.3;
    const double size = 100 * random.unit();
    const double margin = (1 - noise) * ((referral ? 2.5 : -0.5) + 0.04 * (size - 50)) - 0.5;
    Lead lead;
    lead.created_s = static_cast<std::int64_t>(i) * 3'600;
    lead.id[0] = static_cast<std::uint8_t>(i);
    lead.id[1] = static_cast<std::uint8_t>(i >> 8U);
    lead.id[15] = 1;
    lead.won = random.unit() < score::chance_of(margin);
    lead.rule = static_cast<float>(50 + size / 10);
    out.add(lead);
    out.put("source", std::string_view(referral              ? "referral"
                                       : random.unit() < 0.5 ? "ads"
                                                             : "fair"));
    if (random.unit() < 0.9) out.put("size", size);
    out.put("country", std::string_view(random.unit() < 0.5 ? "JM" : "TT"));
  }
  return out;
}

Trained must_train(const Table& table, const TrainOptions& options = {.bag = 3}) {
  auto out = train(table, options);
  EXPECT_TRUE(out) << out.error().message;
  return out ? *std::move(out) : Trained{};
}

TEST(Train, LearnsWhatIsThereFromFortyLeads) {
  const Trained trained = must_train(leads(120, 0));
  EXPECT_TRUE(trained.ruling.promote) << trained.ruling.reason;
  EXPECT_EQ(trained.ruling.code, "superior");
  const auto model = score::read_model(trained.model);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_EQ(model->stage(), score::Stage::lr);
  const auto chance = [&](const char* text) {
    std::vector<float> x(model->schema().columns);
    score::encode(model->schema(), *json::parse_object(text), x);
    return model->probability(x);
  };
  EXPECT_GT(chance(R"({"source":"referral","size":80})"),
            chance(R"({"source":"ads","size":80})") + 0.1);
  EXPECT_GT(chance(R"({"source":"ads","size":95})"), chance(R"({"source":"ads","size":5})") + 0.1);
}

TEST(Train, StacksFromFourHundredAndIsTheSameByteForByte) {
  const Table table = leads(600, 0);
  const Trained trained = must_train(table);
  EXPECT_TRUE(trained.ruling.promote) << trained.ruling.reason;
  EXPECT_EQ(score::read_model(trained.model)->stage(), score::Stage::stack);
  Rows backwards;
  for (std::size_t row = table.size(); row-- > 0;) backwards.push_back(row);
  EXPECT_EQ(must_train(table).sha256, trained.sha256);
  EXPECT_EQ(must_train(table.pick(backwards)).sha256, trained.sha256)
      << "the order of the snapshot";
  EXPECT_NE(must_train(table, {.seed = 2, .bag = 3}).sha256, trained.sha256);
}

TEST(Train, RefusesWithoutSignalAndSaysSo) {
  int promoted = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    promoted += must_train(leads(200, 1, seed), {.seed = seed, .bag = 0}).ruling.promote ? 1 : 0;
  EXPECT_EQ(promoted, 0);
  const Trained trained = must_train(leads(600, 1), {.bag = 0});
  EXPECT_EQ(trained.ruling.code, "no_signal") << trained.ruling.reason;
  EXPECT_NE(trained.ruling.reason.find("not enough signal"), std::string::npos);
}

TEST(Train, TheRealDataWithoutSignalPromotesNothing) {
  const Table crm = sets::crm();
  Random random(5);
  int promoted = 0;
  for (int draw = 0; draw < 8; ++draw) {
    Rows rows = shuffled(crm.size(), random);
    rows.resize(300);
    promoted += must_train(crm.pick(rows), {.bag = 0}).ruling.promote ? 1 : 0;
  }
  EXPECT_EQ(promoted, 0);
}

TEST(Train, NeedsFortyLeadsWithTenOfEach) {
  EXPECT_EQ(must_train(Table{}).ruling.code, "too_few");
  EXPECT_EQ(must_train(leads(1, 0)).ruling.code, "too_few");
  EXPECT_EQ(must_train(leads(39, 0)).ruling.code, "too_few");
  EXPECT_NE(must_train(leads(200, 0)).ruling.code, "too_few");
  Table lost = leads(300, 0);
  Rows rows;
  for (std::size_t row = 0; row < lost.size(); ++row)
    if (!lost.won(row)) rows.push_back(row);
  const Trained one_class = must_train(lost.pick(rows));
  EXPECT_EQ(one_class.ruling.code, "too_few");
  EXPECT_TRUE(one_class.model.empty());
}

TEST(Train, RefusesColumnsThatKnowTheOutcome) {
  const auto with = [](auto put) {
    Table table = leads(1, 0), source = leads(300, 0), out;
    Random random(3);
    for (std::size_t row = 0; row < source.size(); ++row) {
      out.add(source.leads()[row]);
      out.put("size", static_cast<double>(source.find("size")->numbers[row]));
      put(out, source.won(row), random);
    }
    return must_train(out);
  };
  const Trained alone = with([](Table& out, bool won, Random& random) {
    out.put("closed_value", (won ? 100 : 0) + random.unit());
  });
  EXPECT_EQ(alone.ruling.code, "leak");
  ASSERT_FALSE(alone.alarms.empty());
  EXPECT_EQ(alone.alarms[0].field, "closed_value");
  EXPECT_TRUE(alone.model.empty());
  const Trained filled = with([](Table& out, bool won, Random& random) {
    if (random.unit() < (won ? 0.8 : 0.2))
      out.put("note", std::string_view("written"));
    else
      out.put("note", std::string_view(random.unit() < 0.1 ? "other" : ""));
  });
  EXPECT_EQ(filled.ruling.code, "leak");
  EXPECT_EQ(filled.alarms[0].kind, "filled");
  const Trained registered = must_train(
      [] {
        Table out, source = leads(300, 0);
        for (std::size_t row = 0; row < source.size(); ++row) {
          out.add(source.leads()[row]);
          out.put("size", static_cast<double>(source.find("size")->numbers[row]));
          out.put("won_amount", source.won(row) ? 1.0 : 0.0);
        }
        return out;
      }(),
      {.bag = 0, .registry = {{.name = "won_amount", .available = Available::never}}});
  EXPECT_NE(registered.ruling.code, "leak");
}

TEST(Train, AVouchedFieldAndAStrongOneAreOnlyTold) {
  Table out;
  const Table source = leads(300, 0);
  Random random(3);
  for (std::size_t row = 0; row < source.size(); ++row) {
    out.add(source.leads()[row]);
    out.put("size", static_cast<double>(source.find("size")->numbers[row]));
    out.put("handshake", (source.won(row) ? 1.0 : 0.0) + 0.1 * random.unit());
  }
  EXPECT_EQ(must_train(out, {.bag = 0}).ruling.code, "leak");
  const Trained vouched =
      must_train(out, {.bag = 0, .registry = {{.name = "handshake", .vouched = true}}});
  EXPECT_EQ(vouched.ruling.code, "superior") << vouched.ruling.reason;
  ASSERT_FALSE(vouched.alarms.empty());
  EXPECT_FALSE(vouched.alarms[0].refuses);
}

TEST(Train, CanBeCancelledAndTellsHowFarItIs) {
  double last = -1;
  const auto told = train(leads(450, 0), {.bag = 2}, [&](double share, std::string_view step) {
    EXPECT_GE(share, last) << step;
    EXPECT_LE(share, 1);
    last = share;
    return true;
  });
  EXPECT_TRUE(told);
  EXPECT_EQ(last, 1);
  const auto cancelled =
      train(leads(450, 0), {.bag = 2}, [](double share, std::string_view) { return share < 0.3; });
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, "training_canceled");
}

TEST(Train, AChampionStaysUnlessItIsBeaten) {
  const Table table = leads(3'000, 0);
  Rows older;
  for (std::size_t row = 0; row < 2'000; ++row) older.push_back(row);
  const Trained first = must_train(table.pick(older));
  ASSERT_TRUE(first.ruling.promote) << first.ruling.reason;
  const auto champion = score::read_model(first.model);
  const Trained again = must_train(table, {.seed = 2, .bag = 2, .champion = &*champion});
  EXPECT_FALSE(again.ruling.promote) << again.ruling.reason;
  EXPECT_EQ(again.ruling.code, "not_better");
  const Trained stale =
      must_train(table, {.seed = 2, .bag = 2, .champion = &*champion, .champion_age_days = 31});
  EXPECT_TRUE(stale.ruling.code == "refreshed" || stale.ruling.code == "not_better");
}

TEST(Train, TheSameLeadsAgainAreNoProof) {
  const Table table = leads(300, 0);
  const Trained first = must_train(table);
  const auto champion = score::read_model(first.model);
  EXPECT_EQ(must_train(table, {.bag = 2, .champion = &*champion}).ruling.code, "too_few");
  // What may not be learned from any more cannot defend itself.
  const Trained without =
      must_train(table, {.bag = 2,
                         .registry = {{.name = "country", .available = Available::never}},
                         .champion = &*champion});
  EXPECT_EQ(without.ruling.code, "superior") << without.ruling.reason;
}

TEST(Gate, WantsProofAgainstEachThing) {
  Random random(1);
  Trial trial;
  for (int i = 0; i < 400; ++i) {
    const double chance = random.unit();
    trial.won.push_back(random.unit() < chance);
    trial.challenger.push_back(chance);
  }
  EXPECT_EQ(judge(trial, random).code, "superior");
  Trial equal = trial;
  equal.champion = trial.challenger;
  equal.has_champion = true;
  EXPECT_EQ(judge(equal, random).code, "not_better");
  equal.champion_age_days = 31;
  EXPECT_EQ(judge(equal, random).code, "refreshed");
  equal.champion_age_days = 0;
  equal.score_shift = 0.3;
  EXPECT_EQ(judge(equal, random).code, "refreshed");
  Trial off = trial;
  for (double& each : off.challenger) each = 0.25 + each / 2;  // in order, but not what happens
  EXPECT_EQ(judge(off, random).code, "uncalibrated");
  Trial unfair = trial;
  for (std::size_t i = 0; i < unfair.won.size(); ++i) {
    const bool here = i % 4 == 0;
    unfair.territories.push_back(here ? 1 : 2);
    if (here) unfair.challenger[i] = std::clamp(unfair.challenger[i] + 0.25, 0.01, 0.99);
  }
  EXPECT_EQ(judge(unfair, random).code, "unfair");
  Trial few = trial;
  few.champion = few.challenger;
  few.has_champion = true;
  few.won.resize(90);
  few.challenger.resize(90);
  few.champion.resize(90);
  EXPECT_EQ(judge(few, random).code, "too_few");
}

// Closing times drawn from a known hazard: the chances must be what they were drawn with.
TEST(Hazard, KnowsWhenLeadsAreWon) {
  Table table;
  Random random(9);
  constexpr int count = 15'000;
  for (int i = 0; i < count; ++i) {
    const double speed = random.unit();
    Lead lead;
    lead.created_s = i;
    lead.age_days = static_cast<float>(10 + random.below(300));
    float day = 1;
    for (; day < 200; day += 1)
      if (random.unit() < 0.0004 * std::exp(4 * speed)) break;
    lead.won = day < 200 && day <= lead.age_days;
    if (lead.won) lead.won_days = day;
    table.add(lead);
    table.put("speed", speed);
    table.put("noise", random.unit());
  }
  const Rows rows = all_rows(table);
  Rows train_rows(rows.begin(), rows.begin() + 6'000);
  const auto schema = *schema_of(table, rows, {});
  const Matrix matrix = encode(schema, table);
  auto hazard = fit_hazard(schema, matrix, table, train_rows, {});
  ASSERT_TRUE(hazard && *hazard);
  score::Parts parts;
  parts.schema = schema;
  parts.members.push_back({1, *score::Linear::of({}, 0, schema.columns)});
  parts.hazard = **std::move(hazard);
  const auto model = *score::Model::of(std::move(parts));
  for (const double days : {30.0, 60.0, 90.0}) {
    Chances said, base;
    Wins won;
    double wins = 0;
    for (std::size_t row = 6'000; row < rows.size(); ++row) {
      const Lead& lead = table.leads()[row];
      if (static_cast<double>(lead.age_days) < days) continue;  // not yet known
      said.push_back(*model.won_within(matrix.row(row), 0, days));
      won.push_back(lead.won && static_cast<double>(lead.won_days) <= days);
      wins += won.back() ? 1 : 0;
    }
    base.assign(said.size(), wins / static_cast<double>(said.size()));
    EXPECT_LE(calibration_error(said, won), 0.03) << days;
    EXPECT_LE(mean_log_loss(said, won), 0.95 * mean_log_loss(base, won)) << days;
  }
}

TEST(Ridge, FindsTheWeightsThatMadeTheData) {
  Table table;
  Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    const double a = random.unit(), b = random.unit();
    Lead lead;
    lead.won = random.unit() < score::chance_of(3 * a - 2 * b - 0.5);
    table.add(lead);
    table.put("a", a);
    table.put("b", b);
  }
  const auto schema = *schema_of(table, all_rows(table), {});
  const Matrix matrix = encode(schema, table);
  const auto fit = fit_ridge(matrix, wins_of(table), all_rows(table), {.penalty = 0.01});
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->terms()[0].weight / fit->terms()[0].scale, 3, 0.15);
  EXPECT_NEAR(fit->terms()[1].weight / fit->terms()[1].scale, -2, 0.15);
  const std::vector<float> middle{0.5F, 0.5F};
  EXPECT_NEAR(fit->margin(middle), 0, 0.05);
}

TEST(Measures, KnowSmallCasesByHand) {
  const std::vector<double> scores{0.1, 0.4, 0.4, 0.8};
  const Wins won{false, true, false, true};
  EXPECT_DOUBLE_EQ(auc(scores, won), 0.875);
  EXPECT_NEAR(average_precision(scores, won), 0.5 * 1 + 0.5 * (2.0 / 3), 1e-12);
  EXPECT_NEAR(mean_log_loss(std::vector<double>{0.5, 0.25}, {true, false}),
              (std::log(2) + std::log(4.0 / 3)) / 2, 1e-12);
  EXPECT_DOUBLE_EQ(brier(std::vector<double>{0.5, 0.0}, {true, false}), 0.125);
  EXPECT_DOUBLE_EQ(captured(scores, won, 0.25), 0.5);
  std::vector<double> uniform, shifted;
  for (int i = 0; i < 1'000; ++i) {
    uniform.push_back(i / 1'000.0);
    shifted.push_back(i / 2'000.0);
  }
  EXPECT_NEAR(stability_index(uniform, uniform), 0, 1e-9);
  EXPECT_GT(stability_index(uniform, shifted), 0.25);
}

// Quick versions of the targets that ./flash bench score measures in full.
TEST(Targets, FortyClosedLeadsBeatTheRules) {
  const Table shoppers = sets::shoppers();
  const Fold fold = sets::hashed(shoppers);
  Random random(11);
  double learned = 0, ruled = 0;
  constexpr int draws = 6;
  for (int draw = 0; draw < draws; ++draw) {
    Rows rows;
    for (const std::size_t i : shuffled(fold.train.size(), random))
      if (rows.push_back(fold.train[i]); rows.size() == 40) break;
    const Table few = shoppers.pick(rows);
    const auto schema = *schema_of(few, all_rows(few), sets::shoppers_registry());
    const auto fitted = fit_stack(schema, encode(schema, few), few, all_rows(few), {.bag = 0}, {});
    ASSERT_TRUE(fitted) << fitted.error().message;
    const auto model = *score::Model::of(fitted->parts);
    const Matrix judged = encode(schema, shoppers.pick(fold.test));
    Chances said;
    for (std::size_t i = 0; i < judged.rows(); ++i)
      said.push_back(model.probability(judged.row(i)));
    const Wins won = wins_of(shoppers, fold.test);
    learned += mean_log_loss(said, won);
    ruled += mean_log_loss(rule_chances(shoppers, {{rows, fold.test}}), won);
  }
  EXPECT_LT(learned, ruled);
}

TEST(Targets, ShoppersAreRankedCalibratedAndCovered) {
  const Table table = sets::shoppers();
  const Fold fold = sets::hashed(table);
  const auto schema = *schema_of(table, fold.train, sets::shoppers_registry());
  const Matrix matrix = encode(schema, table);
  const auto fitted = fit_stack(schema, matrix, table, fold.train, {.bag = 0}, {});
  ASSERT_TRUE(fitted);
  const auto model = *score::Model::of(fitted->parts);
  Chances said;
  double kept = 0;
  for (const std::size_t row : fold.test) {
    said.push_back(model.probability(matrix.row(row)));
    kept += table.won(row) ? said.back() >= static_cast<double>(model.parts().win_from)
                           : said.back() <= static_cast<double>(model.parts().loss_to);
  }
  const Wins won = wins_of(table, fold.test);
  EXPECT_GE(auc(said, won), 0.930);
  EXPECT_GE(average_precision(said, won), 0.75);
  EXPECT_LE(calibration_error(said, won), 0.020);
  EXPECT_GE(captured(said, won, 0.2), 0.75);
  EXPECT_GE(kept / static_cast<double>(said.size()), 0.77);
  EXPECT_LE(kept / static_cast<double>(said.size()), 0.85);
}

}  // namespace
}  // namespace flash::learn
