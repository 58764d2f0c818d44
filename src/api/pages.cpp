#include "api/pages.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/random.h"
#include "http/url.h"

namespace flash::api {
namespace {

constexpr std::string_view nonce_mark = "__CSP_NONCE__";
constexpr std::string_view key_mark = "__FLASH_KEY__";

std::string replace_all(std::string_view text, std::string_view mark, std::string_view with) {
  std::string out;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
    out += text.substr(0, at);
    out += with;
    text.remove_prefix(at + mark.size());
  }
  out += text;
  return out;
}

std::string_view media_type_of(std::string_view path) {
  struct Known {
    std::string_view ending, type;
  };
  static constexpr std::array<Known, 13> known{{
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".html", "text/html; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
  }};
  for (const Known& k : known)
    if (path.ends_with(k.ending)) return k.type;
  return "application/octet-stream";
}

// q-values are not weighed: whoever names an encoding with q above zero gets the best of ours.
bool accepts(const http::Request& request, std::string_view coding) {
  const auto accepted = request.headers.joined("Accept-Encoding");
  if (!accepted) return false;
  return std::ranges::any_of(http::comma_list(*accepted), [&](std::string_view item) {
    const auto name = text::trim(item.substr(0, item.find(';')));
    return text::equal_ignoring_case(name, coding) && item.find("q=0,") == std::string_view::npos &&
           !item.ends_with("q=0");
  });
}

void add_page_headers(http::Headers& headers) {
  headers.add("X-Frame-Options", "DENY");
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
  headers.add("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
}

// Only this server, no inline code without the nonce of this answer, nothing may frame the page.
std::string content_security_policy(std::string_view nonce, std::string_view host, bool secure) {
  return text::cat("default-src 'self'; script-src 'self' 'nonce-", nonce,
                   "'; style-src 'self' 'nonce-", nonce, "'; connect-src 'self' ",
                   secure ? "wss://" : "ws://", host,
                   "; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; "
                   "form-action 'self'; frame-ancestors 'none'");
}

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::ranges::all_of(host, [](char c) {
    return text::is_alpha(c) || text::is_digit(c) || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']';
  });
}

}  // namespace

Pages::Pages(std::span<const File> files, std::string key) {
  for (const File& f : files) {
    if (f.path.ends_with(".br") || f.path.ends_with(".gz")) {
      Entry& entry = entries_[std::string(f.path.substr(0, f.path.size() - 3))];
      (f.path.ends_with(".br") ? entry.brotli : entry.gzip) = f.bytes;
    } else {
      Entry& entry = entries_[std::string(f.path)];
      entry.bytes = f.bytes;
      entry.etag = text::cat("\"", bytes::to_hex(crypto::sha256(f.bytes)).substr(0, 20), "\"");
    }
  }
  std::erase_if(entries_, [](const auto& item) { return item.second.etag.empty(); });
  if (const auto found = entries_.find("index.html"); found != entries_.end())
    index_ = replace_all(found->second.bytes, key_mark, key);
}

http::Response Pages::answer(const http::Request& request) const {
  const auto segments = http::path_segments(request.path());
  if (!segments)
    return http::json_response(404, R"({"code":"not_found","message":"no such page"})");
  std::string path;
  for (const std::string& segment : *segments) path += text::cat(path.empty() ? "" : "/", segment);
  if (path != "index.html")
    if (const auto found = entries_.find(path); found != entries_.end())
      return file(request, found->first, found->second);
  const bool wants_file =
      path.find('.', path.rfind('/') + 1) != std::string::npos && path != "index.html";
  if (index_.empty() || wants_file)
    return http::json_response(404, R"({"code":"not_found","message":"no such page"})");
  return page(request);
}

http::Response Pages::file(const http::Request& request, std::string_view path,
                           const Entry& entry) const {
  http::Response response;
  response.headers.add("ETag", entry.etag);
  // Names below assets/ carry a hash of their content, so what they name never changes.
  response.headers.add("Cache-Control", path.starts_with("assets/")
                                            ? "public, max-age=31536000, immutable"
                                            : "no-cache");
  response.headers.add("Vary", "Accept-Encoding");
  if (request.headers.value_or("If-None-Match", {}) == entry.etag) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", media_type_of(path));
  std::string_view bytes = entry.bytes;
  if (!entry.brotli.empty() && accepts(request, "br")) {
    response.headers.add("Content-Encoding", "br");
    bytes = entry.brotli;
  } else if (!entry.gzip.empty() && accepts(request, "gzip")) {
    response.headers.add("Content-Encoding", "gzip");
    bytes = entry.gzip;
  }
  response.body = http::Body::of_static(bytes);
  return response;
}

http::Response Pages::page(const http::Request& request) const {
  const std::string nonce = crypto::random_token(16);
  const std::string_view host = request.headers.value_or("Host", {});
  http::Response response;
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.headers.add(
      "Content-Security-Policy",
      content_security_policy(nonce, is_host(host) ? host : "localhost", request.secure));
  add_page_headers(response.headers);
  response.body = http::Body(replace_all(index_, nonce_mark, nonce));
  return response;
}

}  // namespace flash::api
