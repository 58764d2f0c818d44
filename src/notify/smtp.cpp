#include "notify/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "base/check.h"
#include "base/text.h"
#include "notify/mail.h"

namespace flash::notify {
namespace {

struct Upload {
  const std::string& bytes;
  std::size_t at = 0;
};

std::size_t give(char* to, std::size_t size, std::size_t count, void* context) {
  auto& upload = *static_cast<Upload*>(context);
  const std::size_t length = std::min(size * count, upload.bytes.size() - upload.at);
  std::memcpy(to, upload.bytes.data() + upload.at, length);
  upload.at += length;
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

void set_server(CURL* handle, const SmtpServer& server) {
  set(handle, CURLOPT_URL, server.url.c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.connect_ms_max.count()));
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(server.send_ms_max.count()));
  set(handle, CURLOPT_USE_SSL,
      static_cast<long>(server.tls_required ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server.ca_file.empty()) set(handle, CURLOPT_CAINFO, server.ca_file.c_str());
  if (server.user.empty()) return;
  set(handle, CURLOPT_USERNAME, server.user.c_str());
  set(handle, CURLOPT_PASSWORD, server.password.c_str());
}

// A sign-in or a mode that the server refuses is the installation's fault, not the mail's.
bool is_of_the_mail(CURLcode code, long reply) {
  return code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED && reply >= 500 &&
         reply < 600 && reply != 530 && reply != 534 && reply != 535 && reply != 538;
}

}  // namespace

Result<void> send(const SmtpServer& server, const std::string& from, const std::string& to,
                  const std::string& bytes) {
  CHECK(is_address(from) && is_address(to));
  prepare();
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  CHECK(handle != nullptr);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> rcpt(
      curl_slist_append(nullptr, to.c_str()), curl_slist_free_all);
  std::array<char, CURL_ERROR_SIZE> words{};
  Upload upload{bytes};
  set_server(handle.get(), server);
  set(handle.get(), CURLOPT_ERRORBUFFER, words.data());
  set(handle.get(), CURLOPT_MAIL_FROM, from.c_str());
  set(handle.get(), CURLOPT_MAIL_RCPT, rcpt.get());
  set(handle.get(), CURLOPT_UPLOAD, 1L);
  set(handle.get(), CURLOPT_READFUNCTION, &give);
  set(handle.get(), CURLOPT_READDATA, static_cast<void*>(&upload));
  const CURLcode code = curl_easy_perform(handle.get());
  if (code == CURLE_OK) return {};
  long reply = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &reply);
  // libcurl's words name the host and the server's reply, never what signed in.
  const std::string why = text::cat(
      words[0] != '\0' ? std::string(words.data()) : std::string(curl_easy_strerror(code)),
      reply != 0 ? text::cat(" (", std::to_string(reply), ")") : std::string{});
  if (is_of_the_mail(code, reply)) return fail(Kind::unprocessable, "mail_refused", why);
  return fail(Kind::unavailable, "mail_server", why);
}

}  // namespace flash::notify
