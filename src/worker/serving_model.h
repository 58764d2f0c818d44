// The model in force with its names.
#pragma once
#include <string>

#include "score/model.h"

namespace flash::worker {

struct ServingModel {
  std::string id;      // of public.models
  std::string sha256;  // names it in answers
  score::Model model;
};

}  // namespace flash::worker
