// What to do next with a lead: the steps that follow from where it stands, with what the model in
// force expects of each, and the facts that the model names besides (docs/formats/score.md).
#pragma once
#include <string>
#include <string_view>

#include "json/value.h"
#include "score/answer.h"

namespace flash::score {

struct Advice {
  const json::Object& steps;     // of flash.recommendations: {open, steps, facts}
  const json::Object& features;  // of flash.lead_features
  const Model* model = nullptr;  // null: none is in force, so no gain is known
  std::string_view model_version;
};

// `gain` is null where the model expects none of two points or more that it is sure of. A lead that
// is closed gets no facts. Facts come after the steps, strongest first.
std::string advice_json(const Advice& advice);

}  // namespace flash::score
