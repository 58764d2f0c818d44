#include "realtime/presence.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "json/write.h"

namespace flash::realtime {
namespace {

std::string next_ref() {
  static std::atomic<std::uint64_t> last{0};
  return "F" + std::to_string(++last);
}

}  // namespace

bool Presence::track(const ChannelKey& member, std::string key, std::string meta) {
  const auto present = members_.find(member);
  if (present == members_.end()) {
    if (members_.size() >= members_max_) return false;
    Meta fresh{std::move(key), next_ref(), std::move(meta), ""};
    joins_.push_back(fresh);
    members_.emplace(member, std::move(fresh));
    return true;
  }
  Meta& held = present->second;
  if (held.meta == meta && held.key == key) return true;
  Meta fresh{std::move(key), next_ref(), std::move(meta), held.ref};
  leave(std::exchange(held, fresh));
  joins_.push_back(std::move(fresh));
  return true;
}

void Presence::untrack(const ChannelKey& member) {
  const auto present = members_.find(member);
  if (present == members_.end()) return;
  leave(std::move(present->second));
  members_.erase(present);
}

void Presence::leave(Meta meta) {
  const auto joined = std::ranges::find(joins_, meta.ref, &Meta::ref);
  if (joined != joins_.end()) {
    joins_.erase(joined);
  } else {
    leaves_.push_back(std::move(meta));
  }
}

// The reference goes into the client's own object; its first brace is there for certain.
void Presence::append_meta(std::string& out, const Meta& meta) {
  out += R"({"phx_ref":)";
  json::append_quoted(out, meta.ref);
  if (!meta.previous.empty()) {
    out += R"(,"phx_ref_prev":)";
    json::append_quoted(out, meta.previous);
  }
  if (meta.meta != "{}") out += ',';
  out += std::string_view(meta.meta).substr(1);
}

std::string Presence::metas_json(const std::vector<const Meta*>& metas) {
  std::map<std::string_view, std::vector<const Meta*>> by_key;
  for (const Meta* meta : metas) by_key[meta->key].push_back(meta);
  std::string out = "{";
  for (const auto& [key, group] : by_key) {
    if (out.size() > 1) out += ',';
    json::append_quoted(out, key);
    out += R"(:{"metas":[)";
    for (const Meta* meta : group) {
      if (meta != group.front()) out += ',';
      append_meta(out, *meta);
    }
    out += "]}";
  }
  return out + '}';
}

std::string Presence::state() const {
  std::vector<const Meta*> all;
  for (const auto& [member, meta] : members_) all.push_back(&meta);
  return metas_json(all);
}

std::string Presence::take_diff() {
  const auto pointers = [](const Metas& metas) {
    std::vector<const Meta*> out;
    for (const Meta& meta : metas) out.push_back(&meta);
    return out;
  };
  std::string out = R"({"joins":)" + metas_json(pointers(joins_)) + R"(,"leaves":)" +
                    metas_json(pointers(leaves_)) + "}";
  joins_.clear();
  leaves_.clear();
  return out;
}

}  // namespace flash::realtime
