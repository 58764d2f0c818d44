// What a channel asks for when it joins: the row changes, broadcast and presence options.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "json/value.h"

namespace flash::realtime {

// Bits, so that a binding can want all.
enum Events : std::uint8_t {
  insert_event = 1,
  update_event = 2,
  delete_event = 4,
  every_event = 7
};

struct Binding {
  std::uint8_t events = every_event;
  std::string schema = "public";    // "*": every schema
  std::string table = "*";          // "*": every table
  std::string filter;               // unparsed; empty: every row
  std::vector<std::string> select;  // column names; empty: every column
  std::uint32_t id = 0;             // equal for equal bindings, below 2^27
  std::string echo;  // the object as the client sent it with the id added: it compares them
};

struct Join {
  bool ack = false;   // broadcasts are confirmed
  bool self = false;  // the sender gets its own broadcasts
  bool presence = false;
  std::string presence_key;  // empty: the server makes one
  bool is_private = false;
  std::vector<Binding> bindings;
  std::optional<std::string> access_token;
};

// Wrong types are passed over, as the reference does: the join proceeds with what can be read.
Join read_join(const json::Value& payload);

}  // namespace flash::realtime
