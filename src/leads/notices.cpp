#include "leads/notices.h"

#include <algorithm>

#include "base/text.h"
#include "json/write.h"

namespace flash::leads {
namespace {

void add(std::vector<Notice>& to, const News& news, std::string_view user, Notice notice) {
  if (user.empty() || user == news.caller) return;
  const auto same = std::ranges::find_if(to, [&](const Notice& other) {
    return other.user == user && other.dedupe_key == notice.dedupe_key;
  });
  if (same != to.end()) {
    const int count = same->count + 1;
    notice.user = user;
    *same = std::move(notice);
    same->count = count;
    return;
  }
  notice.user = user;
  to.push_back(std::move(notice));
}

// Managers of the node; where there is none, the admins.
std::vector<std::string_view> responsible(int territory, const std::vector<Manager>& managers,
                                          const Places& places) {
  std::vector<std::string_view> out;
  for (const auto& manager : managers)
    if (!manager.admin && std::ranges::any_of(manager.nodes, [&](int node) {
          return places.covers(node, territory);
        }))
      out.push_back(manager.id);
  if (!out.empty()) return out;
  for (const auto& manager : managers)
    if (manager.admin) out.push_back(manager.id);
  return out;
}

}  // namespace

void announce(const News& news, const std::vector<Manager>& managers, const Places& places,
              std::vector<Notice>& to) {
  const Place* place = places.find(news.territory);
  json::Writer facts;
  facts.object().field("business_name", news.business_name).field("score", news.score);
  facts.field("territory", place != nullptr ? place->name : std::string{});
  if (!news.reason.empty()) facts.field("reason", news.reason);
  facts.end_object();
  const std::string params = std::move(facts).take();
  const std::string id(news.submission);
  const auto notice = [&](std::string_view type, std::string_view priority, std::string_view key,
                          bool email) {
    return Notice{"", type, priority, id, params, text::cat(type, ":", key), email, 1};
  };
  if (news.duplicate)
    return add(to, news, news.original_owner, notice("contacted_again", "high", id, false));
  if (!news.owner.empty()) add(to, news, news.owner, notice("lead_assigned", "high", id, true));
  const bool alarm = news.owner.empty() && !news.quiet;
  if (!news.hot && !alarm) return;
  if (news.hot) add(to, news, news.owner, notice("hot_lead", "urgent", id, false));
  for (const auto user : responsible(news.territory, managers, places)) {
    if (news.hot) add(to, news, user, notice("hot_lead", "urgent", id, false));
    if (alarm)
      add(to, news, user,
          notice("lead_unassigned", "urgent", std::to_string(news.territory), true));
  }
}

}  // namespace flash::leads
