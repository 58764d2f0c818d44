#include "enrich/fetch.h"

#include <curl/curl.h>

#include <memory>

#include "base/check.h"
#include "base/text.h"

namespace flash::enrich {
namespace {

struct Download {
  std::string bytes;
  std::size_t bytes_max;
  bool too_large = false;
};

std::size_t take(char* from, std::size_t size, std::size_t count, void* context) {
  auto& download = *static_cast<Download*>(context);
  const std::size_t length = size * count;
  if (download.bytes.size() + length > download.bytes_max) {
    download.too_large = true;
    return 0;  // ends the transfer
  }
  download.bytes.append(from, length);
  return length;
}

void prepare() {  // once, before the first handle; thread-safe by the language
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(ready == CURLE_OK);
}

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
  CHECK(curl_easy_setopt(handle, option, value) == CURLE_OK);
}

using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers headers_of(const Ask& ask) {
  curl_slist* list = curl_slist_append(nullptr, "Accept: application/json");
  if (!ask.body.empty()) list = curl_slist_append(list, "Content-Type: application/json");
  for (const auto& header : ask.headers) list = curl_slist_append(list, header.c_str());
  CHECK(list != nullptr);
  return {list, curl_slist_free_all};
}

void set_question(CURL* handle, const Ask& ask, const curl_slist* headers, Download& download) {
  set(handle, CURLOPT_URL, ask.url.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(ask.connect_ms_max.count()));
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(ask.total_ms_max.count()));
  set(handle, CURLOPT_USERAGENT, "Flash");
  set(handle, CURLOPT_HTTPHEADER, headers);
  set(handle, CURLOPT_WRITEFUNCTION, &take);
  set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&download));
  if (ask.body.empty()) return;
  set(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(ask.body.size()));
  set(handle, CURLOPT_POSTFIELDS, ask.body.c_str());
}

Result<void> judge(long status) {
  if (status == 200) return {};
  if (status == 401 || status == 403)
    return fail(Kind::forbidden, "key_refused", "the service refuses the key");
  if (status == 429)
    return fail(Kind::rate_limited, "too_many_questions", "the service wants to be asked less");
  return fail(Kind::unavailable, "service_failed",
              text::cat("the service answered ", std::to_string(status)));
}

}  // namespace

Result<std::string> fetch(const Ask& ask) {
  prepare();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  CHECK(handle != nullptr);
  Download download{{}, ask.bytes_max};
  const Headers headers = headers_of(ask);
  set_question(handle.get(), ask, headers.get(), download);
  const CURLcode code = curl_easy_perform(handle.get());
  if (download.too_large)
    return fail(Kind::too_large, "reply_too_large", "the service said more than is read");
  if (code == CURLE_OPERATION_TIMEDOUT)
    return fail(Kind::timeout, "timed_out", "the service did not answer in time");
  if (code != CURLE_OK) return fail(Kind::unavailable, "unreachable", curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  TRY_DONE(judge(status));
  return std::move(download.bytes);
}

std::string query_coded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

Result<void> check_url(const std::string& url) {
  prepare();
  const auto bad = [] {
    return fail(Kind::invalid, "source_url", "must be http://host or https://host, without a name");
  };
  if (!url.starts_with("http://") && !url.starts_with("https://")) return bad();
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> read(curl_url(), curl_url_cleanup);
  if (!read || curl_url_set(read.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return bad();
  char* user = nullptr;
  if (curl_url_get(read.get(), CURLUPART_USER, &user, 0) == CURLUE_OK) {
    curl_free(user);
    return bad();
  }
  return {};
}

}  // namespace flash::enrich
