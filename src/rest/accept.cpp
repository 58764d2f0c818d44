#include "rest/accept.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "http/headers.h"

namespace flash::rest {
namespace {

using text::cat;

constexpr std::array<std::pair<std::string_view, Media>, 10> names{{
    {"application/json", Media::rows},
    {"application/vnd.pgrst.array+json", Media::rows},
    {"application/vnd.pgrst.array", Media::rows},
    {"application/vnd.pgrst.object+json", Media::object},
    {"application/vnd.pgrst.object", Media::object},
    {"text/csv", Media::csv},
    {"text/plain", Media::text},
    {"text/xml", Media::xml},
    {"application/octet-stream", Media::octets},
    {"application/openapi+json", Media::openapi},
}};

Media media_of(std::string_view name) {
  const auto* found = std::ranges::find(names, name, &std::pair<std::string_view, Media>::first);
  return found == names.end() ? Media::other : found->second;
}

// Quality in thousandths (RFC 9110 section 12.4.2).
int quality_of(std::string_view value) {
  if (value.starts_with('1')) return 1000;
  int out = 0;
  for (std::size_t i = 2; i < 5; ++i)
    out = out * 10 + (i < value.size() && text::is_digit(value[i]) ? value[i] - '0' : 0);
  return out;
}

plan::Explain options_of(std::string_view list, bool json) {
  plan::Explain out;
  out.json = json;
  for (const std::string_view option : text::split(list, '|')) {
    out.analyze = out.analyze || option == "analyze";
    out.verbose = out.verbose || option == "verbose";
    out.settings = out.settings || option == "settings";
    out.buffers = out.buffers || option == "buffers";
    out.wal = out.wal || option == "wal";
  }
  return out;
}

std::string_view unquoted(std::string_view value) {
  if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
    return value.substr(1, value.size() - 2);
  return value;
}

struct Weighed {
  Accepted accepted;
  int quality = 1000;
};

Weighed parse_item(std::string_view item) {
  constexpr std::string_view plan_name = "application/vnd.pgrst.plan";
  Weighed out;
  std::string_view target, options;
  bool first = true;
  for (std::string_view piece : text::split(item, ';')) {
    piece = text::trim(piece);
    if (std::exchange(first, false)) {
      out.accepted.name = text::lower(piece);
      continue;
    }
    const auto equals = std::min(piece.find('='), piece.size());
    const std::string key = text::lower(text::trim(piece.substr(0, equals)));
    const std::string_view value =
        unquoted(text::trim(piece.substr(std::min(equals + 1, piece.size()))));
    if (key == "q") out.quality = quality_of(value);
    if (key == "nulls") out.accepted.strip_nulls = value == "stripped";
    if (key == "for") target = value;
    if (key == "options") options = value;
  }
  const std::string& name = out.accepted.name;
  out.accepted.any = name.ends_with("/*");
  out.accepted.media = out.accepted.any ? Media::rows : media_of(name);
  if (name == plan_name || name == "application/vnd.pgrst.plan+text" ||
      name == "application/vnd.pgrst.plan+json") {
    out.accepted.explain = options_of(options, name.ends_with("+json"));
    out.accepted.media = target.empty() ? Media::rows : media_of(text::lower(target));
  }
  return out;
}

std::string_view standard_name(Media media) {
  switch (media) {
    case Media::object: return "application/vnd.pgrst.object+json";
    case Media::csv: return "text/csv";
    case Media::text: return "text/plain";
    case Media::xml: return "text/xml";
    case Media::octets: return "application/octet-stream";
    case Media::openapi: return "application/openapi+json";
    case Media::rows:
    case Media::other: break;
  }
  return "application/json";
}

std::string plan_type(const Accepted& chosen, const plan::Explain& explain) {
  std::string options;
  const auto add = [&options](bool on, std::string_view name) {
    if (on) options += cat(options.empty() ? "" : "|", name);
  };
  add(explain.analyze, "analyze");
  add(explain.verbose, "verbose");
  add(explain.settings, "settings");
  add(explain.buffers, "buffers");
  add(explain.wal, "wal");
  return cat("application/vnd.pgrst.plan+", explain.json ? "json" : "text", "; for=\"",
             standard_name(chosen.media), "\"", options.empty() ? "" : "; options=", options,
             "; charset=utf-8");
}

}  // namespace

std::vector<Accepted> parse_accept(std::string_view header) {
  std::vector<Weighed> weighed;
  for (const std::string_view item : http::comma_list(header)) {
    if (weighed.size() == accepted_max) break;
    weighed.push_back(parse_item(item));
  }
  // Few, and of equal weight the first one first.
  std::vector<Accepted> out;
  for (;;) {
    const auto best = std::ranges::max_element(weighed, {}, &Weighed::quality);
    if (best == weighed.end() || best->quality <= 0) return out;
    out.push_back(std::move(best->accepted));
    best->quality = 0;
  }
}

std::string content_type(const Accepted& chosen) {
  if (chosen.explain) return plan_type(chosen, *chosen.explain);
  if (chosen.media == Media::octets) return "application/octet-stream";
  if (chosen.media == Media::other) return chosen.name;
  if (!chosen.strip_nulls) return cat(standard_name(chosen.media), "; charset=utf-8");
  return cat(chosen.media == Media::object ? standard_name(chosen.media)
                                           : std::string_view("application/vnd.pgrst.array+json"),
             ";nulls=stripped; charset=utf-8");
}

}  // namespace flash::rest
