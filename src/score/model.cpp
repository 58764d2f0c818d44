#include "score/model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "score/beta.h"

namespace flash::score {
namespace {

constexpr std::size_t members_max = 64, cases_max = 100'000, intervals_max = 64;
// A bag sees how far chance moves a model, not how far all models of its kind are off: with 1.28
// deviations too few deciles held what came (T14 in docs/scoring.md), with 2 enough do.
constexpr double bag_deviations = 2;
constexpr std::size_t pairs_max = 2 * (columns_max + 1);

struct Pairs {
  explicit Pairs(std::span<const float> columns) { pair_up(columns, all); }
  std::array<float, pairs_max> all;
};

double vote(const Member& member, std::span<const float> columns, const Pairs& pairs) {
  if (const auto* linear = std::get_if<Linear>(&member.learner)) return linear->margin(columns);
  return static_cast<double>(std::get<Forest>(member.learner).margin(pairs.all));
}

double average_of(const Member& member) {
  if (const auto* linear = std::get_if<Linear>(&member.learner)) return linear->intercept();
  return std::get<Forest>(member.learner).expected_margin();
}

std::unexpected<Error> refuse(const char* why) {
  return fail(Kind::unprocessable, "model_parts", why);
}

Result<void> check(const Parts& parts) {
  if (parts.schema.columns > columns_max) return refuse("too many columns");
  if (parts.members.empty() || parts.members.size() > members_max || parts.bag.size() > members_max)
    return refuse("a model has 1 to 64 members, and at most 64 in its bag");
  double weights = 0;
  for (const Member& member : parts.members) {
    if (!(member.weight >= 0)) return refuse("a weight is below 0");
    weights += member.weight;
  }
  if (std::abs(weights - 1) > 1e-6) return refuse("the weights do not add up to 1");
  if (!std::isfinite(parts.slope) || !std::isfinite(parts.offset) || parts.slope <= 0)
    return refuse("the calibration is not finite, or turns the order around");
  if (parts.cases.size() > cases_max ||
      !std::ranges::is_sorted(parts.cases, {}, &Case::probability) ||
      !std::ranges::all_of(parts.cases,
                           [](const Case& c) { return c.probability >= 0 && c.probability <= 1; }))
    return refuse("the closed leads are not in order, or too many");
  if (!(parts.win_from >= 0 && parts.win_from <= 1 && parts.loss_to >= 0 && parts.loss_to <= 1))
    return refuse("a conformal bound is no probability");
  if (!parts.hazard) return {};
  const auto& ends = parts.hazard->ends_days;
  if (ends.empty() || ends.size() > intervals_max || !(ends.front() > 0) ||
      std::ranges::adjacent_find(ends, std::ranges::greater_equal{}) != ends.end() ||
      !std::isfinite(ends.back()))
    return refuse("the hazard's intervals are not in order");
  return {};
}

}  // namespace

double chance_of(double margin) { return 1 / (1 + std::exp(-margin)); }

double margin_of(double chance) {
  constexpr double edge = 1e-12;
  const double inside = std::clamp(chance, edge, 1 - edge);
  return std::log(inside / (1 - inside));
}

Interval rate_interval(std::size_t won, std::size_t count) {
  const double a = static_cast<double>(won) + 0.5;
  const double b = static_cast<double>(count - won) + 0.5;
  return {beta_quantile(a, b, 0.1), beta_quantile(a, b, 0.9)};
}

std::string_view to_text(Stage stage) { return stage == Stage::lr ? "lr" : "stack"; }

std::string_view to_text(Badge badge) {
  switch (badge) {
    case Badge::likely: return "likely";
    case Badge::unlikely: return "unlikely";
    case Badge::undecided: break;
  }
  return "undecided";
}

Result<Model> Model::of(Parts parts) {
  TRY_DONE(check(parts));
  Model out;
  out.parts_ = std::move(parts);
  double average = 0;
  for (Member& member : out.parts_.members) {
    average += member.weight * average_of(member);
    if (auto* forest = std::get_if<Forest>(&member.learner)) forest->prepare_shares();
  }
  out.average_margin_ = out.parts_.slope * average + out.parts_.offset;
  out.average_ = chance_of(out.average_margin_);
  const auto& cases = out.parts_.cases;
  out.window_ = std::min(cases.size(), std::clamp<std::size_t>(cases.size() / 5, 25, 150));
  for (std::size_t won = 0; won <= out.window_; ++won)
    out.rates_.push_back(rate_interval(won, out.window_));
  out.won_before_.push_back(0);
  for (const Case& one : cases)
    out.won_before_.push_back(out.won_before_.back() + (one.won ? 1U : 0U));
  return out;
}

double Model::margin(std::span<const float> columns) const {
  const Pairs pairs(columns);
  double sum = 0;
  for (const Member& member : parts_.members)
    if (member.weight > 0) sum += member.weight * vote(member, columns, pairs);
  return parts_.slope * sum + parts_.offset;
}

double Model::probability(std::span<const float> columns) const {
  return chance_of(margin(columns));
}

std::vector<Share> Model::shares(std::span<const float> columns) const {
  const Pairs pairs(columns);
  std::array<double, columns_max> by_column{};
  double total = 0;
  for (const Member& member : parts_.members) {
    if (member.weight == 0) continue;
    total += member.weight * vote(member, columns, pairs);
    if (const auto* linear = std::get_if<Linear>(&member.learner)) {
      linear->add_shares(columns, member.weight, by_column);
    } else {
      std::get<Forest>(member.learner).add_shares(pairs.all, member.weight, by_column);
    }
  }
  std::vector<Share> out;
  out.reserve(parts_.schema.fields.size());
  double sum = 0;
  for (std::size_t i = 0; i < parts_.schema.fields.size(); ++i) {
    const Field& field = parts_.schema.fields[i];
    Share share{i, 0, 0};
    for (std::size_t c = field.first; c < field.first + field.width(); ++c)
      share.margin += parts_.slope * by_column[c];
    sum += share.margin;
    out.push_back(share);
  }
  // One scale for all keeps their proportions and makes them add up. It is the slope of the chord
  // between the average lead and this one, so it is never above the steepest, 1/4.
  const double probability = chance_of(parts_.slope * total + parts_.offset);
  constexpr double near = 1e-9;
  const double scale =
      std::abs(sum) > near ? (probability - average_) / sum : average_ * (1 - average_);
  for (Share& share : out) share.effect_pp = 100 * scale * share.margin;
  return out;
}

Similar Model::similar(double probability) const {
  const auto& cases = parts_.cases;
  if (window_ == 0) return {};
  // The window of `window_` sorted values nearest to the probability begins where its first value
  // is at last no farther away than the one behind its end.
  std::size_t low = 0, high = cases.size() - window_;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const double before = probability - static_cast<double>(cases[middle].probability);
    const double behind = static_cast<double>(cases[middle + window_].probability) - probability;
    if (before > behind) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const std::size_t won = won_before_[low + window_] - won_before_[low];
  return {window_, won, rates_[won], std::span(cases).subspan(low, window_)};
}

Interval Model::interval(std::span<const float> columns, double probability,
                         const Similar& similar) const {
  double spread = 0;
  if (parts_.bag.size() > 1) {
    const Pairs pairs(columns);
    double sum = 0, squares = 0;
    for (const Member& member : parts_.bag) {
      const double one = chance_of(parts_.slope * vote(member, columns, pairs) + parts_.offset);
      sum += one;
      squares += one * one;
    }
    const auto n = static_cast<double>(parts_.bag.size());
    spread = bag_deviations * std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
  }
  const double cohort = similar.count == 0 ? 0.5 : (similar.rate.high - similar.rate.low) / 2;
  const double half = std::sqrt(spread * spread + cohort * cohort);
  return {std::max(0.0, probability - half), std::min(1.0, probability + half)};
}

Interval Model::gain(std::span<const float> columns, std::span<const float> changed) const {
  if (parts_.bag.size() < 2) return {-1, 1};
  const Pairs before(columns), after(changed);
  double sum = 0, squares = 0;
  for (const Member& member : parts_.bag) {
    const auto chance = [&](std::span<const float> x, const Pairs& pairs) {
      return chance_of(parts_.slope * vote(member, x, pairs) + parts_.offset);
    };
    const double one = chance(changed, after) - chance(columns, before);
    sum += one;
    squares += one * one;
  }
  const auto n = static_cast<double>(parts_.bag.size());
  const double half =
      bag_deviations * std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
  const double middle = probability(changed) - probability(columns);
  return {std::max(-1.0, middle - half), std::min(1.0, middle + half)};
}

Badge Model::badge(double probability) const {
  if (parts_.cases.empty()) return Badge::undecided;
  const bool win = probability >= static_cast<double>(parts_.win_from);
  const bool loss = probability <= static_cast<double>(parts_.loss_to);
  if (win == loss) return Badge::undecided;
  return win ? Badge::likely : Badge::unlikely;
}

// The chance to be won by the end of each interval, from the lead's first day.
std::vector<double> Model::curve(std::span<const float> columns) const {
  const Hazard& hazard = *parts_.hazard;
  std::array<float, columns_max + 1> extended;
  std::ranges::copy(columns, extended.begin());
  const auto width = columns.size() + 1;
  extended[columns.size()] = 0;
  Pairs pairs(std::span(extended).first(width));
  std::vector<double> out;
  double open = 1;
  for (std::size_t i = 0; i < hazard.ends_days.size(); ++i) {
    pairs.all[2 * columns.size()] = pairs.all[2 * columns.size() + 1] = static_cast<float>(i);
    open *= 1 - chance_of(static_cast<double>(hazard.forest.margin(pairs.all)));
    out.push_back(1 - open);
  }
  return out;
}

namespace {

// The curve at a day, straight between the ends of the intervals, flat behind the last.
double at_day(const std::vector<float>& ends, const std::vector<double>& curve, double day) {
  double from = 0, from_chance = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const auto end = static_cast<double>(ends[i]);
    if (day < end)
      return from_chance + (curve[i] - from_chance) * std::max(0.0, day - from) / (end - from);
    from = end;
    from_chance = curve[i];
  }
  return curve.back();
}

}  // namespace

std::optional<double> Model::won_within(std::span<const float> columns, double age_days,
                                        double days) const {
  if (!parts_.hazard) return std::nullopt;
  const auto chances = curve(columns);
  const auto& ends = parts_.hazard->ends_days;
  const double now = at_day(ends, chances, age_days);
  const double then = at_day(ends, chances, age_days + days);
  return now >= 1 ? 1.0 : (then - now) / (1 - now);
}

std::optional<double> Model::median_days(std::span<const float> columns, double age_days) const {
  if (!parts_.hazard || !parts_.hazard->times_are_good) return std::nullopt;
  const auto chances = curve(columns);
  const auto& ends = parts_.hazard->ends_days;
  const double now = at_day(ends, chances, age_days);
  const double half = now + (chances.back() - now) / 2;
  if (chances.back() <= now) return std::nullopt;
  double low = age_days, high = static_cast<double>(ends.back());
  for (int i = 0; i < 40; ++i) {  // a twelfth of a microsecond at the end
    const double middle = (low + high) / 2;
    (at_day(ends, chances, middle) < half ? low : high) = middle;
  }
  return high - age_days;
}

}  // namespace flash::score
