#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "http/url.h"
#include "json/value.h"
#include "json/write.h"
#include "rest/body.h"
#include "rest/errors.h"

namespace flash::rest {
namespace {

// The server has bounded the bytes of the body already; this bounds the tree made of them.
constexpr json::Limits body_limits{.bytes_max = std::size_t{256} << 20U, .depth_max = 64};

bool same_keys(const std::vector<std::string>& keys, const json::Object& object) {
  return keys.size() == object.size() &&
         std::ranges::all_of(keys, [&](const std::string& key) { return object.contains(key); });
}

std::vector<std::string> keys_of(const json::Object& object) {
  std::vector<std::string> out;
  out.reserve(object.size());
  for (const auto& [key, value] : object) out.emplace_back(key);
  return out;
}

struct Field {
  std::string text;
  bool quoted = false;
};

// Reads RFC 4180: fields with commas between, in quotes where they hold commas, quotes or line
// ends; lines end with LF or CRLF, the last one perhaps without.
class Lines {
 public:
  explicit Lines(std::string_view csv) : rest_(csv) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  Result<std::vector<Field>> next();

 private:
  Result<Field> field();

  std::string_view rest_;
};

Result<Field> Lines::field() {
  Field out;
  if (!rest_.starts_with('"')) {
    const auto end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
    out.text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return out;
  }
  out.quoted = true;
  rest_.remove_prefix(1);
  for (;;) {
    const auto end = rest_.find('"');
    if (end == std::string_view::npos)
      return fail(errors::invalid_body("A quoted field of the CSV body has no end"));
    out.text += rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!rest_.starts_with('"')) break;
    out.text += '"';
    rest_.remove_prefix(1);
  }
  if (!rest_.empty() && std::string_view(",\r\n").find(rest_.front()) == std::string_view::npos)
    return fail(errors::invalid_body("A quoted field of the CSV body goes on after its quote"));
  return out;
}

Result<std::vector<Field>> Lines::next() {
  std::vector<Field> out;
  for (;;) {
    TRY(Field one, field());
    out.push_back(std::move(one));
    if (!rest_.starts_with(',')) break;
    rest_.remove_prefix(1);
  }
  if (rest_.starts_with('\r')) rest_.remove_prefix(1);
  if (rest_.starts_with('\n')) rest_.remove_prefix(1);
  return out;
}

}  // namespace

Result<BodyType> body_type(std::string_view content_type) {
  constexpr std::array<std::pair<std::string_view, BodyType>, 8> known{
      {{"", BodyType::json},
       {"*/*", BodyType::json},
       {"application/json", BodyType::json},
       {"text/csv", BodyType::csv},
       {"application/x-www-form-urlencoded", BodyType::form},
       {"text/plain", BodyType::text},
       {"text/xml", BodyType::xml},
       {"application/octet-stream", BodyType::octets}}};
  const std::string name = text::lower(text::trim(content_type.substr(0, content_type.find(';'))));
  for (const auto& [each, type] : known)
    if (each == name) return type;
  return fail(errors::bad_content_type(content_type));
}

Result<std::string> csv_to_json(std::string_view csv) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (csv.starts_with(byte_order_mark)) csv.remove_prefix(byte_order_mark.size());
  Lines lines(csv);
  TRY(const auto names, lines.next());
  json::Writer out;
  out.array();
  while (!lines.done()) {
    TRY(const auto fields, lines.next());
    if (fields.size() != names.size())
      return fail(errors::invalid_body("All lines must have same number of fields"));
    out.object();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      out.key(names[i].text);
      if (fields[i].text == "NULL" && !fields[i].quoted) {
        out.null();
      } else {
        out.value(fields[i].text);
      }
    }
    out.end_object();
  }
  out.end_array();
  return std::move(out).take();
}

Result<std::string> form_to_json(std::string_view form) {
  const auto pairs = http::parse_query(form);
  if (!pairs) return fail(errors::invalid_body("The form has a broken escape, or too many fields"));
  json::Writer out;
  out.object();
  for (auto at = pairs->begin(); at != pairs->end(); ++at) {
    const bool again = std::any_of(at + 1, pairs->end(),
                                   [&](const auto& later) { return later.first == at->first; });
    if (!again) out.field(at->first, at->second);
  }
  out.end_object();
  return std::move(out).take();
}

Result<Body> inspect_body(std::string_view text) {
  const auto parsed = json::parse(text, body_limits);
  if (!parsed) return fail(errors::invalid_body("Empty or invalid json"));
  Body out;
  if (const json::Object* object = parsed->if_object()) {
    out.keys = keys_of(*object);
    out.objects = 1;
    return out;
  }
  const json::Array* array = parsed->if_array();
  if (array == nullptr) return fail(errors::invalid_body("All object keys must match"));
  out.is_array = true;
  out.objects = array->size();
  for (const json::Value& each : *array) {
    const json::Object* object = each.if_object();
    if (object == nullptr) return fail(errors::invalid_body("All object keys must match"));
    if (object == array->begin()->if_object()) {
      out.keys = keys_of(*object);
    } else if (!same_keys(out.keys, *object)) {
      out.mixed = true;
    }
  }
  return out;
}

Result<std::vector<Group>> group_body(std::string_view text,
                                      const std::vector<std::string>& wanted) {
  const auto parsed = json::parse(text, body_limits);
  const json::Array* array = parsed ? parsed->if_array() : nullptr;
  if (array == nullptr) return fail(errors::invalid_body("Empty or invalid json"));
  std::vector<Group> out;
  std::size_t number = 0;
  for (const json::Value& each : *array) {
    const json::Object* object = each.if_object();
    if (object == nullptr) return fail(errors::invalid_body("All object keys must match"));
    ++number;
    std::vector<std::string> keys;
    for (const std::string& name : wanted)
      if (object->contains(name)) keys.push_back(name);
    // A row of nothing but defaults is a statement of its own.
    if (out.empty() || keys.empty() || out.back().keys != keys)
      out.push_back({std::move(keys), {}});
    out.back().objects.push_back(number);
  }
  return out;
}

}  // namespace flash::rest
