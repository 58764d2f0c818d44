// What lies on the desk when a batch of leads is decided: reps, managers, and who each lead may be.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/value.h"
#include "leads/assign.h"

namespace flash::leads {

// An earlier submission that a new one resembles.
struct Match {
  enum class By : std::uint8_t { email, phone, name };  // strongest first
  By by = By::email;
  std::string id, owner;
  bool open = false;   // new, contacted, qualified or nurture
  bool won = false;    // converted
  json::Object facts;  // of the earlier one, by column name
};

struct Manager {
  std::string id;
  bool admin = false;
  std::vector<int> nodes;
};

// What the database knows about one arrival.
struct Links {
  std::vector<Match> matches;
  std::string contact, organization;  // ids; empty: none yet
  std::string business_key;           // the name folded, without its legal form
};

// The caller as his profile row says now.
struct Caller {
  std::string role;  // rep manager admin viewer; empty: no active profile
  std::set<int> territories;
};

// What a rep has done so far; changes slowly, so whoever runs batches keeps it for a while.
struct History {
  struct Deals {
    int won = 0, closed = 0;             // of the last 12 months
    std::map<std::string, int> handled;  // business type -> deals
  };
  std::map<std::string, Deals> by_rep;

  static History parse(const json::Object& document);  // what flash.intake_history() returns
};

struct Desk {
  std::int64_t now = 0;  // microseconds since 1970, the database's clock
  int this_year = 0;     // UTC
  std::vector<Rep> reps;
  std::vector<Manager> managers;
  std::set<int> closed;  // territories outside their working hours now
  Caller caller;
  std::map<std::size_t, Links> links;  // by the arrival's number

  // `document` is what flash.intake_context() returns.
  static Result<Desk> parse(const json::Object& document);
  void recall(const History& history);
};

}  // namespace flash::leads
