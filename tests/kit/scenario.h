// Requests and expected answers as text: the .http files of tests/conformance (run.mjs there says
// how they are written). For test programs whose room may use http.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "http/request.h"

namespace flash::kit {

struct Scenario {
  http::Request request;  // the target is below /rest/v1 already
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

inline http::Method method_of(std::string_view name) {
  for (const http::Method each :
       {http::Method::get, http::Method::head, http::Method::post, http::Method::put,
        http::Method::patch, http::Method::del, http::Method::options})
    if (http::to_text(each) == name) return each;
  return http::Method::other;
}

inline Scenario scenario_of(std::string_view text) {
  enum class Part { request, body, answer, expected } part = Part::request;
  Scenario out;
  for (const std::string_view line : text::split(text, '\n')) {
    const auto colon = line.find(": ");
    if (part != Part::expected && line.starts_with("=> ")) {
      out.status = text::parse_int<unsigned>(line.substr(3)).value_or(0);
      part = Part::answer;
    } else if (part == Part::request && out.request.target.empty()) {
      if (line.empty() || line.starts_with('#')) continue;
      const auto space = line.find(' ');
      out.request.method = method_of(line.substr(0, space));
      out.request.target = text::cat("/rest/v1", line.substr(space + 1));
    } else if (line.empty() && part == Part::request) {
      part = Part::body;
    } else if (line.empty() && part == Part::answer) {
      part = Part::expected;
    } else if (part == Part::request) {
      out.request.headers.add(line.substr(0, colon), line.substr(colon + 2));
    } else if (part == Part::answer) {
      out.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    } else {
      std::string& into = part == Part::body ? out.request.body : out.body;
      into += text::cat(into.empty() ? "" : "\n", line);
    }
  }
  for (std::string* each : {&out.request.body, &out.body})
    while (each->ends_with('\n')) each->pop_back();
  return out;
}

inline std::vector<Scenario> scenarios(std::string_view file) {
  constexpr std::string_view separator = "\n###\n";
  std::vector<Scenario> out;
  while (!file.empty()) {
    const auto end = std::min(file.find(separator), file.size());
    out.push_back(scenario_of(file.substr(0, end)));
    file.remove_prefix(std::min(end + separator.size(), file.size()));
  }
  return out;
}

}  // namespace flash::kit
