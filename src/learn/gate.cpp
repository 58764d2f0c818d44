#include "learn/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace flash::learn {
namespace {

// The first model replaces rules that nobody doubts, and is judged on few leads: it must be surer.
constexpr double least_gain = 0.001, least_sure = 0.95, least_sure_first = 0.99;
constexpr double refresh_loss_max = 0.005;
constexpr double stale_days = 30, shift_alarm = 0.25, ece_slack = 0.02, territory_off_max = 0.10;
constexpr std::size_t territory_leads = 80;

std::vector<double> differences(const Trial& trial, const Chances& others) {
  std::vector<double> out;
  for (std::size_t i = 0; i < trial.won.size(); ++i)
    out.push_back(log_loss(trial.challenger[i], trial.won[i]) - log_loss(others[i], trial.won[i]));
  return out;
}

double worst_territory(const Trial& trial) {
  struct Sum {
    std::size_t leads = 0;
    double said = 0, seen = 0;
  };
  std::map<int, Sum> sums;
  for (std::size_t i = 0; i < trial.territories.size(); ++i) {
    Sum& sum = sums[trial.territories[i]];
    ++sum.leads;
    sum.said += trial.challenger[i];
    sum.seen += trial.won[i] ? 1 : 0;
  }
  double out = 0;
  for (const auto& [territory, sum] : sums)
    if (sum.leads >= territory_leads)
      out = std::max(out, std::abs(sum.said - sum.seen) / static_cast<double>(sum.leads));
  return out;
}

double sure_enough(const Trial& trial) {
  return trial.has_champion ? least_sure : least_sure_first;
}

Ruling ruled(Ruling ruling, std::string_view code, std::string reason) {
  ruling.code = code;
  ruling.reason = std::move(reason);
  return ruling;
}

// Everything but the comparison: nullopt when it may go on.
std::optional<Ruling> disqualified(const Trial& trial, Ruling& ruling, Random& random) {
  const auto wins = static_cast<std::size_t>(std::count(trial.won.begin(), trial.won.end(), true));
  const std::size_t leads_min = trial.has_champion ? 100 : 40;
  constexpr std::size_t each_min = 10;
  if (trial.won.size() < leads_min || wins < each_min || trial.won.size() - wins < each_min)
    return ruled(ruling, "too_few",
                 fmt::format("{} closed leads{} with {} won are too few to judge a model by; it "
                             "takes {} with {} of each outcome",
                             trial.won.size(),
                             trial.has_champion ? " that the model in force does not know" : "",
                             wins, leads_min, each_min));
  const Chances base(trial.won.size(), trial.base_rate);
  const Verdict skill = bootstrap(differences(trial, base), random);
  ruling.base_log_loss = mean_log_loss(base, trial.won);
  if (skill.mean >= 0 || skill.below_zero < sure_enough(trial))
    return ruled(ruling, "no_signal",
                 fmt::format("not enough signal: on {} leads it has not seen, the model's log "
                             "loss is {:.4f}, that of the plain average {:.4f}",
                             trial.won.size(), ruling.log_loss, ruling.base_log_loss));
  if (ruling.ece > ruling.ece_noise + ece_slack)
    return ruled(ruling, "uncalibrated",
                 fmt::format("its chances are off by {:.3f} on average; {:.3f} is what chance "
                             "explains on so many leads",
                             ruling.ece, ruling.ece_noise));
  if (ruling.worst_territory > territory_off_max)
    return ruled(
        ruling, "unfair",
        fmt::format("in one territory its chances are off by {:.2f}", ruling.worst_territory));
  return std::nullopt;
}

}  // namespace

Ruling judge(const Trial& trial, Random& random) {
  Ruling ruling;
  ruling.log_loss = mean_log_loss(trial.challenger, trial.won);
  ruling.ece = calibration_error(trial.challenger, trial.won);
  ruling.ece_noise = calibration_noise(trial.challenger, random);
  ruling.worst_territory = worst_territory(trial);
  if (auto out = disqualified(trial, ruling, random)) return *out;
  const bool champion = trial.has_champion;
  const Chances base(trial.won.size(), trial.base_rate);
  const Chances& standing = champion ? trial.champion : trial.rule.empty() ? base : trial.rule;
  const Verdict verdict = bootstrap(differences(trial, standing), random);
  ruling.champion_log_loss = mean_log_loss(standing, trial.won);
  ruling.gain = -verdict.mean;
  ruling.sure = verdict.below_zero;
  const std::string_view against = champion ? "the model in force" : "the rules";
  if (verdict.mean <= -least_gain && verdict.below_zero >= sure_enough(trial)) {
    ruling.promote = true;
    return ruled(ruling, "superior",
                 fmt::format("better than {} by {:.4f} of log loss on {} leads it has not seen "
                             "({:.0f} % sure)",
                             against, ruling.gain, trial.won.size(), 100 * ruling.sure));
  }
  const bool stale = trial.champion_age_days > stale_days || trial.score_shift > shift_alarm;
  if (champion && stale && verdict.upper <= refresh_loss_max) {
    ruling.promote = true;
    return ruled(ruling, "refreshed",
                 fmt::format("the model in force is {:.0f} days old and its scores have shifted "
                             "by {:.2f}; the new one is at most {:.4f} worse",
                             trial.champion_age_days, trial.score_shift, verdict.upper));
  }
  return ruled(
      ruling, "not_better",
      fmt::format("not better than {}: {:.4f} of log loss, {:.0f} % sure; it takes "
                  "{:.3f} and {:.0f} %",
                  against, ruling.gain, 100 * ruling.sure, least_gain, 100 * sure_enough(trial)));
}

}  // namespace flash::learn
