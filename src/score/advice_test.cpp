#include "score/advice.h"

#include <gtest/gtest.h>

#include "json/read.h"
#include "score/test_model.h"

namespace flash::score {
namespace {

constexpr std::string_view steps_text =
    R"({"open":true,"facts":{"size":{"state":"snoozed","until":"2026-12-01T09:00:00Z"}},"steps":[
      {"key":"demo:1","rule":"demo","field":null,"about":{"days":3},"state":null},
      {"key":"ask_size:1","rule":"ask_size","field":"size","about":{},"state":"done"}]})";

json::Object object(std::string_view text) { return *json::parse_object(text); }

// Only the size can be changed, and a bigger one is likelier in every tree of the bag.
Model model_of(Parts parts) {
  auto out = Model::of(std::move(parts));
  EXPECT_TRUE(out) << out.error().message;
  return *std::move(out);
}

json::Array advise(const json::Object& steps, const json::Object& features, const Model* model) {
  const auto out = object(advice_json({.steps = steps, .features = features, .model = model}));
  EXPECT_EQ(json::find(out, "reason") == nullptr, model != nullptr);
  return json::array_or_empty(out, "recommendations");
}

TEST(Advice, WithoutAModelNoGainIsMadeUp) {
  const auto steps = object(steps_text);
  const auto all = advise(steps, object(R"({"size":2})"), nullptr);
  ASSERT_EQ(all.size(), 2U);
  for (const auto& one : all) EXPECT_EQ(json::find(one.as_object(), "gain"), nullptr);
  EXPECT_EQ(json::text_or(all[1].as_object(), "state"), "done");
}

TEST(Advice, AStepHasTheGainOfTheFactThatItChanges) {
  const Model model = model_of(small_parts());
  const auto steps = object(steps_text);
  const auto features = object(R"({"size":2,"source":"referral"})");
  const Answer said = answer(model, features, {});
  ASSERT_EQ(said.recommendations.size(), 1U);
  const auto all = advise(steps, features, &model);
  ASSERT_EQ(all.size(), 2U);  // the fact is in its step, and not told twice
  const auto& gain = json::object_or_empty(all[1].as_object(), "gain");
  EXPECT_NEAR(json::number_or(gain, "pp"), said.recommendations[0].gain_pp, 0.005);
  const auto& bounds = json::array_or_empty(gain, "interval80_pp");
  ASSERT_EQ(bounds.size(), 2U);
  EXPECT_GT(bounds[0].to_number<double>(), 0);
  EXPECT_LT(bounds[0].to_number<double>(), json::number_or(gain, "pp"));
  EXPECT_GT(bounds[1].to_number<double>(), json::number_or(gain, "pp"));
  EXPECT_EQ(json::find(all[0].as_object(), "gain"), nullptr);
}

TEST(Advice, AFactWithoutAStepComesAfterThemWithWhatWasDecided) {
  const Model model = model_of(small_parts());
  auto steps = object(steps_text);
  steps["steps"].as_array().pop_back();
  const auto all = advise(steps, object(R"({"size":2,"source":"referral"})"), &model);
  ASSERT_EQ(all.size(), 2U);
  const auto& fact = all[1].as_object();
  EXPECT_EQ(json::text_or(fact, "key"), "fact:size");
  EXPECT_EQ(json::text_or(fact, "label"), "Size");
  EXPECT_EQ(json::text_or(fact, "state"), "snoozed");
  EXPECT_EQ(json::int_or(json::object_or_empty(fact, "about"), "now"), 2);
}

TEST(Advice, AClosedLeadGetsNoFacts) {
  const Model model = model_of(small_parts());
  auto steps = object(steps_text);
  steps["open"] = false;
  steps["steps"].as_array().pop_back();
  EXPECT_EQ(advise(steps, object(R"({"size":2})"), &model).size(), 1U);
}

TEST(Advice, WhatTheBagIsNotSureOfIsNotSaid) {
  auto parts = small_parts();
  parts.bag.resize(1);
  const Model model = model_of(std::move(parts));
  EXPECT_TRUE(answer(model, object(R"({"size":2})"), {}).recommendations.empty());
}

}  // namespace
}  // namespace flash::score
