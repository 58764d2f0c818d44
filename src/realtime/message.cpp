#include "realtime/message.h"

#include "base/text.h"
#include "json/read.h"
#include "json/write.h"

namespace flash::realtime {
namespace {

constexpr json::Limits limits{.bytes_max = 5'000'000, .depth_max = 64};
constexpr std::size_t ref_bytes_max = 64;

std::unexpected<Error> malformed() {
  return fail(Kind::invalid, "message_malformed", "not a message of this protocol version");
}

// A reference as JSON text; clients send strings, some send numbers.
std::optional<std::string> reference(const json::Value* value) {
  if (value == nullptr || value->is_null()) return "null";
  if (!value->is_string() && !value->is_int64() && !value->is_uint64()) return std::nullopt;
  std::string text = json::serialize(*value);
  if (text.size() > ref_bytes_max) return std::nullopt;
  return text;
}

Result<Message> make(const json::Value* join_ref, const json::Value* ref, const json::Value* topic,
                     const json::Value* event, const json::Value* payload) {
  const auto join_text = reference(join_ref);
  const auto ref_text = reference(ref);
  if (!join_text || !ref_text || topic == nullptr || !topic->is_string() || event == nullptr ||
      !event->is_string())
    return malformed();
  return Message{*join_text, *ref_text, std::string(topic->get_string()),
                 std::string(event->get_string()), payload ? *payload : json::Value()};
}

}  // namespace

Result<Message> parse_message(Version version, std::string_view text) {
  TRY(json::Value value, json::parse(text, limits));
  if (version == Version::v1) {
    if (!value.is_object()) return malformed();
    const json::Object& fields = value.get_object();
    return make(json::find(fields, "join_ref"), json::find(fields, "ref"),
                json::find(fields, "topic"), json::find(fields, "event"),
                json::find(fields, "payload"));
  }
  // More items than five are tolerated, as the reference does.
  if (!value.is_array() || value.get_array().size() < 5) return malformed();
  const json::Array& items = value.get_array();
  return make(&items[0], &items[1], &items[2], &items[3], &items[4]);
}

std::string to_text(Version version, const Push& push) {
  json::Writer out;
  if (version == Version::v1) {
    out.object().raw_field("ref", push.ref).field("topic", push.topic);
    out.field("event", push.event).raw_field("payload", push.payload).end_object();
  } else {
    out.array().raw(push.join_ref).raw(push.ref).value(push.topic).value(push.event);
    out.raw(push.payload).end_array();
  }
  return std::move(out).take();
}

namespace {

constexpr char kind_client = 3;
constexpr char kind_server = 4;

std::string quoted_or_null(std::string_view text) {
  if (text.empty()) return "null";
  std::string out;
  json::append_quoted(out, text);
  return out;
}

}  // namespace

std::optional<BinaryBroadcast> parse_binary_broadcast(std::string_view bytes) {
  constexpr std::size_t head = 7;  // kind, five sizes, coding
  if (bytes.size() < head || bytes[0] != kind_client || (bytes[6] != 0 && bytes[6] != 1))
    return std::nullopt;
  std::string_view rest = bytes.substr(head);
  std::string_view pieces[5];
  for (std::size_t i = 0; i < 5; ++i) {
    const auto size = static_cast<unsigned char>(bytes[i + 1]);
    if (rest.size() < size) return std::nullopt;
    pieces[i] = rest.substr(0, size);
    if (!text::is_clean_utf8(pieces[i])) return std::nullopt;
    rest.remove_prefix(size);
  }
  BinaryBroadcast out{quoted_or_null(pieces[0]),
                      quoted_or_null(pieces[1]),
                      pieces[2],
                      pieces[3],
                      pieces[4],
                      bytes[6] == 1,
                      rest};
  // What is said to be JSON goes into text frames of others as it is, so it must be.
  if (!out.metadata.empty() && !json::parse_object(out.metadata)) return std::nullopt;
  if (out.json && !json::parse(out.payload, limits)) return std::nullopt;
  return out;
}

std::string to_binary(const BinaryBroadcast& broadcast) {
  std::string out{kind_server};
  for (std::string_view piece : {broadcast.topic, broadcast.event, broadcast.metadata})
    out += static_cast<char>(static_cast<unsigned char>(piece.size()));
  out += broadcast.json ? '\1' : '\0';
  for (std::string_view piece :
       {broadcast.topic, broadcast.event, broadcast.metadata, broadcast.payload})
    out += piece;
  return out;
}

std::string broadcast_payload(const BinaryBroadcast& broadcast) {
  json::Writer out;
  out.object().field("type", "broadcast").field("event", broadcast.event);
  out.raw_field("payload", broadcast.payload);
  if (!broadcast.metadata.empty()) out.raw_field("meta", broadcast.metadata);
  out.end_object();
  return std::move(out).take();
}

}  // namespace flash::realtime
