// The pipeline as one pure step: an arrival and the desk give a decision, and the desk moves on.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "leads/assign.h"
#include "leads/desk.h"
#include "leads/duplicates.h"
#include "leads/lead.h"
#include "leads/notices.h"
#include "leads/places.h"
#include "leads/territory.h"
#include "score/points.h"

namespace flash::leads {

struct Arrival {
  std::size_t number = 0;  // its place in the batch, the key of its Links
  std::string id;          // of the submission to be
  Lead lead;
  std::string_view channel = "public_form";  // public_form rep_form api import sql
  std::string caller;                        // profile id; empty: anonymous
  bool late = false;                         // the row exists already: it came by another door
  std::string owner;  // late: whoever the door has named; empty: the rules choose
  std::optional<int>
      territory;  // late: where the door has put it; kept when it is a node below the root
};

struct DealToOpen {
  std::string id;
  std::optional<std::int64_t> value;  // hundredths; empty: not stated
  std::string currency;
};

struct Decision {
  std::string_view status = "new";  // new, archived (duplicate), disqualified (spam)
  std::string_view status_reason;   // duplicate, spam
  Location location;
  std::string currency;
  std::optional<score::Score> score;  // none for spam
  int basic_score = 0;
  std::optional<Assignment> assignment;  // none for spam and duplicates
  std::string inputs, rules;             // of the assignment, as JSON: what it was made of
  std::string owner;                     // empty: the queue
  std::optional<DealToOpen> deal;
  std::string duplicate_of, previous_id;
  bool previous_customer = false;
  std::vector<std::string> flags;
  std::string contact, organization;
  bool new_contact = false, new_organization = false;
  std::string proposed = "{}";  // facts that the repeated lead gets to see
  std::int64_t at = 0;          // microseconds since 1970; strictly rising within a batch
  bool confirm = false;         // the prospect gets an e-mail
};

// Where an arrival lies: as its words say, or where the door that wrote its row has put it.
Location placed(const Arrival& arrival, const Places& places);

// Decides leads one after the other against a desk that changes under its own decisions, so that a
// batch gives what the same leads one by one would have given.
class Batch {
 public:
  using NewId = std::function<std::string()>;  // UUIDs

  Batch(const Places& places, Desk desk, NewId new_id);

  // Error forbidden "territory_not_held": a person may only enter leads where he works.
  Result<Decision> decide(const Arrival& arrival);
  [[nodiscard]] const std::vector<Notice>& notices() const { return notices_; }
  [[nodiscard]] const Desk& desk() const { return desk_; }

 private:
  struct Seen {  // what earlier leads of the batch left
    Match match;
    std::string contact;
  };
  void link(const Arrival& arrival, const Links& links, Decision& out);
  void route(const Arrival& arrival, const Kinship& kin, Decision& out);
  void remember(const Arrival& arrival, const Decision& decision, const std::string& business_key);
  void tell(const Arrival& arrival, const Kinship& kin, const Decision& decision);
  [[nodiscard]] Links links_of(const Arrival& arrival) const;

  const Places& places_;
  Desk desk_;
  NewId new_id_;
  std::int64_t step_ = 0;
  std::vector<Notice> notices_;
  std::map<std::string, Seen> by_email_, by_phone_;
  std::map<std::string, std::string> organizations_;  // country and business key -> id
};

}  // namespace flash::leads
