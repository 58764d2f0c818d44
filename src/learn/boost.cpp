#include "learn/boost.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/text.h"
#include "json/read.h"

namespace flash::learn {
namespace {

constexpr json::Limits model_limits{.bytes_max = std::size_t{256} << 20U, .depth_max = 16};

Result<void> done(int status) {
  if (status == 0) return {};
  const std::string_view said = XGBGetLastError();
  return fail(Kind::internal, "xgboost", std::string(said.substr(0, said.find('\n'))));
}

struct FreeMatrix {
  void operator()(void* handle) const { XGDMatrixFree(handle); }
};
using DMatrix = std::unique_ptr<void, FreeMatrix>;

Result<DMatrix> dmatrix_of(const Matrix& matrix) {
  DMatrixHandle handle = nullptr;
  TRY_DONE(done(XGDMatrixCreateFromMat(matrix.values.data(), matrix.rows(), matrix.columns,
                                       std::numeric_limits<float>::quiet_NaN(), &handle)));
  return DMatrix(handle);
}

Result<DMatrix> dmatrix_of(const Matrix& matrix, const Wins& won, std::span<const std::size_t> rows,
                           std::span<const float> counts) {
  TRY(DMatrix out, dmatrix_of(matrix.pick(rows)));
  std::vector<float> labels;
  for (const std::size_t row : rows) labels.push_back(won[row] ? 1 : 0);
  TRY_DONE(done(XGDMatrixSetFloatInfo(out.get(), "label", labels.data(), labels.size())));
  if (!counts.empty())
    TRY_DONE(done(XGDMatrixSetFloatInfo(out.get(), "weight", counts.data(), counts.size())));
  return out;
}

std::string monotone_text(const std::vector<int>& monotone) {
  std::string out = "(";
  for (const int each : monotone) out += fmt::format("{}{}", out.size() > 1 ? "," : "", each);
  return out + ")";
}

std::vector<std::pair<std::string, std::string>> settings_of(const BoostOptions& options,
                                                             double base_rate) {
  std::vector<std::pair<std::string, std::string>> out{
      {"objective", "binary:logistic"},
      {"eval_metric", "logloss"},
      {"tree_method", "hist"},
      {"nthread", "1"},
      {"verbosity", "0"},
      {"disable_default_eval_metric", "0"},
      {"base_score", fmt::format("{}", base_rate)},
      {"seed", std::to_string(options.seed)},
      {"max_depth", std::to_string(options.depth)},
      {"max_bin", std::to_string(options.bins)},
      {"eta", fmt::format("{}", options.eta)},
      {"subsample", fmt::format("{}", options.subsample)},
      {"colsample_bytree", fmt::format("{}", options.columns_share)},
      {"min_child_weight", fmt::format("{}", options.child_weight_min)},
      {"lambda", fmt::format("{}", options.lambda)}};
  if (std::ranges::any_of(options.monotone, [](int each) { return each != 0; }))
    out.emplace_back("monotone_constraints", monotone_text(options.monotone));
  return out;
}

std::int64_t int_at(const json::Object& tree, std::string_view key, std::size_t i) {
  const auto& list = json::array_or_empty(tree, key);
  if (i >= list.size()) return -1;
  if (list[i].is_bool()) return list[i].get_bool() ? 1 : 0;
  return list[i].is_number() ? list[i].to_number<std::int64_t>() : -1;
}

float float_at(const json::Object& tree, std::string_view key, std::size_t i) {
  const auto& list = json::array_or_empty(tree, key);
  return i < list.size() && list[i].is_number() ? list[i].to_number<float>()
                                                : std::numeric_limits<float>::quiet_NaN();
}

// XGBoost numbers nodes as it makes them, so children always follow their parent. Nodes that
// pruning has left without a parent are dropped.
score::Tree tree_of(const json::Object& tree) {
  score::Tree out(1);
  std::vector<std::size_t> source{0};
  for (std::size_t i = 0; i < source.size() && i < 64; ++i) {
    const std::size_t from = source[i];
    const std::int64_t left = int_at(tree, "left_children", from);
    score::TreeNode node;
    node.value = float_at(tree, "split_conditions", from);
    node.cover = float_at(tree, "sum_hessian", from);
    if (left >= 0) {
      node.column = static_cast<std::uint16_t>(int_at(tree, "split_indices", from));
      node.unknown_left = int_at(tree, "default_left", from) == 1;
      node.left = static_cast<std::int32_t>(source.size());
      node.right = node.left + 1;
      source.push_back(static_cast<std::size_t>(left));
      source.push_back(static_cast<std::size_t>(int_at(tree, "right_children", from)));
      out.resize(source.size());
    }
    out[i] = node;
  }
  return out;
}

// As XGBoost does it, in single precision: the margins must be equal bit for bit.
float base_margin(float base_score) { return -std::log(1.0F / base_score - 1.0F); }

// By the first `trees` trees; 0: by all.
std::string prediction(int type, int trees) {
  return fmt::format(
      R"({{"type":{},"training":false,"iteration_begin":0,"iteration_end":{},"strict_shape":false}})",
      type, trees);
}

}  // namespace

struct Booster::State {
  struct FreeBooster {
    void operator()(void* booster) const { XGBoosterFree(booster); }
  };
  std::unique_ptr<void, FreeBooster> handle;
  DMatrix train, watched;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::size_t columns = 0;
  int trees = 0;

  // A booster knows the matrices it was made with; those it keeps predictions for.
  Result<void> make() {
    std::vector<DMatrixHandle> matrices{train.get()};
    if (watched) matrices.push_back(watched.get());
    BoosterHandle made = nullptr;
    TRY_DONE(done(XGBoosterCreate(matrices.data(), matrices.size(), &made)));
    handle.reset(made);
    for (const auto& [key, value] : pairs)
      TRY_DONE(done(XGBoosterSetParam(made, key.c_str(), value.c_str())));
    return {};
  }
  [[nodiscard]] Result<std::vector<float>> predict(DMatrixHandle matrix, int type,
                                                   int first) const {
    const bst_ulong* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* values = nullptr;
    TRY_DONE(done(XGBoosterPredictFromDMatrix(handle.get(), matrix, prediction(type, first).c_str(),
                                              &shape, &dimensions, &values)));
    std::size_t count = 1;
    for (bst_ulong i = 0; i < dimensions; ++i) count *= shape[i];
    return std::vector<float>(values, values + count);
  }
};

Booster::Booster(std::unique_ptr<State> state) : state_(std::move(state)) {}
Booster::Booster(Booster&&) noexcept = default;
Booster& Booster::operator=(Booster&&) noexcept = default;
Booster::~Booster() = default;

Result<Booster> Booster::over(const Matrix& matrix, const Wins& won,
                              std::span<const std::size_t> rows, const BoostOptions& options,
                              std::span<const float> counts) {
  auto state = std::make_unique<State>();
  TRY(state->train, dmatrix_of(matrix, won, rows, counts));
  double wins = 0, all = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double count = counts.empty() ? 1.0 : static_cast<double>(counts[i]);
    all += count;
    wins += won[rows[i]] ? count : 0;
  }
  if (wins <= 0 || wins >= all)
    return fail(Kind::unprocessable, "one_class", "all of the leads ended the same way");
  state->pairs = settings_of(options, wins / all);
  state->columns = matrix.columns;
  TRY_DONE(state->make());
  return Booster(std::move(state));
}

Result<void> Booster::watch(const Matrix& matrix, const Wins& won,
                            std::span<const std::size_t> rows) {
  TRY(state_->watched, dmatrix_of(matrix, won, rows, {}));
  return state_->make();
}

Result<double> Booster::grow() {
  void* handle = state_->handle.get();
  TRY_DONE(done(XGBoosterUpdateOneIter(handle, state_->trees, state_->train.get())));
  ++state_->trees;
  if (!state_->watched) return std::numeric_limits<double>::quiet_NaN();
  DMatrixHandle matrix = state_->watched.get();
  const char* name = "watched";
  const char* said = nullptr;
  TRY_DONE(done(XGBoosterEvalOneIter(handle, state_->trees - 1, &matrix, &name, 1, &said)));
  // "[7]\twatched-logloss:0.26170"
  const std::string_view line = said;
  const auto at = line.rfind(':');
  double loss = std::numeric_limits<double>::quiet_NaN();
  if (at != std::string_view::npos)
    std::from_chars(line.data() + at + 1, line.data() + line.size(), loss);
  return loss;
}

int Booster::trees() const { return state_->trees; }

Result<std::vector<float>> Booster::watched_margins(int trees) const {
  return state_->predict(state_->watched.get(), 1, trees);
}

Result<score::Forest> Booster::forest(int trees) const {
  bst_ulong length = 0;
  const char* bytes = nullptr;
  TRY_DONE(done(
      XGBoosterSaveModelToBuffer(state_->handle.get(), R"({"format":"json"})", &length, &bytes)));
  TRY(const auto document, json::parse_object({bytes, length}, model_limits));
  const auto& learner = json::object_or_empty(document, "learner");
  const auto& params = json::object_or_empty(learner, "learner_model_param");
  const auto& booster = json::object_or_empty(learner, "gradient_booster");
  float base_score = 0;
  const std::string_view given = json::text_or(params, "base_score");
  std::from_chars(given.data(), given.data() + given.size(), base_score);
  std::vector<score::Tree> out;
  for (const auto& tree : json::array_or_empty(json::object_or_empty(booster, "model"), "trees")) {
    if (std::ssize(out) == trees) break;
    if (!tree.is_object()) return fail(Kind::internal, "xgboost", "a tree of another form");
    out.push_back(tree_of(tree.get_object()));
  }
  return score::Forest::of(std::move(out), base_margin(base_score), state_->columns);
}

Result<std::vector<float>> Booster::margins(const Matrix& matrix) const {
  TRY(const DMatrix rows, dmatrix_of(matrix));
  return state_->predict(rows.get(), 1, 0);
}

Result<std::vector<float>> Booster::contributions(const Matrix& matrix) const {
  TRY(const DMatrix rows, dmatrix_of(matrix));
  return state_->predict(rows.get(), 2, 0);
}

Result<float> Booster::margin_in_place(std::span<const float> row) const {
  const std::string values =
      fmt::format(R"({{"data":[{},true],"shape":[1,{}],"typestr":"<f4","version":3}})",
                  reinterpret_cast<std::uintptr_t>(row.data()), row.size());
  constexpr const char* config =
      R"({"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,)"
      R"("missing":NaN,"cache_id":0})";
  const bst_ulong* shape = nullptr;
  bst_ulong dimensions = 0;
  const float* out = nullptr;
  TRY_DONE(done(XGBoosterPredictFromDense(state_->handle.get(), values.c_str(), config, nullptr,
                                          &shape, &dimensions, &out)));
  return *out;
}

Result<score::Forest> boost(const Matrix& matrix, const Wins& won,
                            std::span<const std::size_t> rows, const BoostOptions& options,
                            int trees, std::span<const float> counts) {
  TRY(Booster booster, Booster::over(matrix, won, rows, options, counts));
  for (int i = 0; i < trees; ++i) TRY_DONE(booster.grow());
  return booster.forest(trees);
}

}  // namespace flash::learn
