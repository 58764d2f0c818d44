#include <algorithm>

#include "plan/build.h"
#include "plan/errors.h"

namespace flash::plan {
namespace {

using catalog::Function;
using catalog::Parameter;

bool holds(const std::vector<std::string>& keys, std::string_view name) {
  return std::ranges::find(keys, name) != keys.end();
}

// Every key is a parameter, and every parameter without a default has a key.
bool accepts(const Function& function, const std::vector<std::string>& keys) {
  for (const std::string& key : keys)
    if (function.parameter(key) == nullptr) return false;
  return std::ranges::all_of(function.parameters, [&](const Parameter& parameter) {
    return parameter.has_default || holds(keys, parameter.name);
  });
}

bool takes_whole(const Function& function, WholeBodyType type) {
  if (function.parameters.size() != 1 || !function.parameters[0].name.empty()) return false;
  const catalog::Type& taken = *function.parameters[0].type;
  switch (type) {
    case WholeBodyType::none: return false;
    case WholeBodyType::json: return taken.is_json();
    case WholeBodyType::text: return taken.name == "text";
    case WholeBodyType::xml: return taken.name == "xml";
    case WholeBodyType::bytes: return taken.name == "bytea";
  }
  return false;
}

bool only_whole(WholeBodyType type) {
  return type != WholeBodyType::none && type != WholeBodyType::json;
}

std::vector<std::string> keys_of(const AskedCall& asked) {
  std::vector<std::string> keys = asked.body_keys;
  for (const auto& [name, value] : asked.texts)
    if (!holds(keys, name)) keys.push_back(name);
  return keys;
}

DirectArguments direct(const Function& function,
                       std::vector<std::pair<std::string, std::string>> texts) {
  DirectArguments out;
  for (auto& [name, value] : texts) {
    const Parameter* parameter = function.parameter(name);
    auto known = std::ranges::find(out.items, parameter, &Argument::parameter);
    if (known == out.items.end()) {
      out.items.push_back({parameter, {std::move(value)}});
    } else if (parameter->variadic) {
      known->values.push_back(std::move(value));
    } else {
      known->values.back() = std::move(value);  // said twice: the last one counts
    }
  }
  return out;
}

}  // namespace

Result<Call> build_call(const catalog::Catalog& catalog, std::string_view schema,
                        std::string_view name, AskedCall asked) {
  const std::vector<std::string> keys = keys_of(asked);
  std::vector<const Function*> named, whole;
  for (const Function* each : catalog.functions(schema, name)) {
    if (!only_whole(asked.whole) && accepts(*each, keys)) {
      named.push_back(each);
    } else if (takes_whole(*each, asked.whole)) {
      whole.push_back(each);
    }
  }
  const auto& chosen = named.empty() ? whole : named;
  if (chosen.empty()) return fail(errors::no_function(catalog, schema, name, keys, asked.whole));
  if (chosen.size() > 1) return fail(errors::ambiguous_function(chosen));

  Call call;
  call.function = chosen.front();
  if (named.empty()) {
    call.arguments = WholeBody{&call.function->parameters[0], *std::move(asked.body)};
  } else if (asked.body) {
    JsonArguments arguments{.parameters = {}, .json = *std::move(asked.body)};
    for (const std::string& key : keys)
      arguments.parameters.push_back(call.function->parameter(key));
    call.arguments = std::move(arguments);
  } else {
    call.arguments = direct(*call.function, std::move(asked.texts));
  }
  return call;
}

}  // namespace flash::plan
