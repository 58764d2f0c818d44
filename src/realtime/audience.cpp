#include "realtime/audience.h"

#include <algorithm>

#include "base/text.h"

namespace flash::realtime {
namespace {

// Lengths keep different parts from running into each other.
void append_part(std::string& key, std::string_view part) {
  key += std::to_string(part.size());
  key += ':';
  key += part;
}

std::string class_key(const Caller& caller) {
  std::string key;
  append_part(key, caller.role);
  append_part(key, caller.claims);
  return key;
}

std::string audience_key(const Subscription& wish) {
  std::string key = class_key(wish.caller);
  append_part(key, wish.version == Version::v1 ? "1" : "2");
  append_part(key, wish.topic);
  for (const Binding& binding : wish.bindings) {
    append_part(key, std::string(1, static_cast<char>('0' + binding.events)));
    append_part(key, binding.schema);
    append_part(key, binding.table);
    append_part(key, binding.filter);
    append_part(key, std::to_string(binding.select.size()));
    for (const std::string& column : binding.select) append_part(key, column);
  }
  return key;
}

std::string index_key(const Binding& binding) {
  if (binding.schema == "*") return "*";
  return text::cat(binding.schema, ".", binding.table);
}

Bound bind(const Binding& binding) {
  Bound out{binding, {}, false};
  std::ranges::sort(out.binding.select);
  if (auto filter = parse_filter(binding.filter)) {
    out.filter = *std::move(filter);
  } else {
    out.refused = true;
  }
  return out;
}

}  // namespace

std::shared_ptr<const CallerClass> Audiences::use_class(const Caller& caller) {
  std::string key = class_key(caller);
  ClassEntry& entry = classes_[key];
  ++entry.audiences;
  if (!entry.caller)
    entry.caller = std::make_shared<const CallerClass>(
        CallerClass{std::move(key), caller.role,
                    db::Identity{.role = caller.role,
                                 .settings = {{"request.jwt.claims", caller.claims}},
                                 .read_only = true}});
  return entry.caller;
}

void Audiences::drop_class(const std::string& key) {
  const auto entry = classes_.find(key);
  if (entry != classes_.end() && --entry->second.audiences == 0) classes_.erase(entry);
}

std::shared_ptr<Audience> Audiences::add(const Subscription& wish) {
  std::string key = audience_key(wish);
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) {
    auto& audience = by_id_.at(known->second).audience;
    ++audience->cores[wish.channel.core];
    return audience;
  }
  auto fresh = std::make_shared<Audience>();
  fresh->id = ++last_id_;
  fresh->version = wish.version;
  fresh->topic = text::cat("realtime:", wish.topic);
  fresh->caller = use_class(wish.caller);
  for (const Binding& binding : wish.bindings) fresh->bindings.push_back(bind(binding));
  fresh->cores[wish.channel.core] = 1;
  index(*fresh, true);
  by_key_.emplace(key, fresh->id);
  by_id_.emplace(fresh->id, Entry{fresh, std::move(key)});
  return fresh;
}

void Audiences::remove(unsigned core, AudienceId id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  Audience& audience = *found->second.audience;
  const auto channels = audience.cores.find(core);
  if (channels == audience.cores.end()) return;
  if (--channels->second == 0) audience.cores.erase(channels);
  if (!audience.cores.empty()) return;
  index(audience, false);
  drop_class(audience.caller->key);
  by_key_.erase(found->second.key);
  by_id_.erase(found);
}

void Audiences::index(const Audience& audience, bool add) {
  for (const Bound& bound : audience.bindings) {
    const std::string key = index_key(bound.binding);
    if (add) {
      by_table_[key].insert(audience.id);
    } else if (const auto entry = by_table_.find(key); entry != by_table_.end()) {
      entry->second.erase(audience.id);
      if (entry->second.empty()) by_table_.erase(entry);
    }
  }
}

std::vector<std::shared_ptr<Audience>> Audiences::of(const wal::Relation& relation) const {
  std::set<AudienceId> ids;
  for (const std::string& key : {text::cat(relation.schema, ".", relation.name),
                                 text::cat(relation.schema, ".*"), std::string("*")})
    if (const auto entry = by_table_.find(key); entry != by_table_.end())
      ids.insert(entry->second.begin(), entry->second.end());
  std::vector<std::shared_ptr<Audience>> out;
  for (const AudienceId id : ids) out.push_back(by_id_.at(id).audience);
  return out;
}

std::vector<std::shared_ptr<Audience>> Audiences::all() const {
  std::vector<std::shared_ptr<Audience>> out;
  for (const auto& [id, entry] : by_id_) out.push_back(entry.audience);
  return out;
}

}  // namespace flash::realtime
