// The web app: files inside the binary, compressed at build time, and one page for every route of
// it.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace flash::api {

struct File {
  std::string_view
      path;  // "assets/index-3f2a.js"; ".br" and ".gz" beside it are its compressed forms
  std::string_view bytes;
};

class Pages {
 public:
  // `files` must outlive this. `key` is the publishable key that goes into the page.
  Pages(std::span<const File> files, std::string key);

  // A file, or index.html for a path without a file extension, or 404. GET and HEAD.
  [[nodiscard]] http::Response answer(const http::Request& request) const;

 private:
  struct Entry {
    std::string_view bytes, brotli, gzip;  // empty: no such form
    std::string etag;
  };
  [[nodiscard]] http::Response file(const http::Request& request, std::string_view path,
                                    const Entry& entry) const;
  [[nodiscard]] http::Response page(const http::Request& request) const;

  std::map<std::string, Entry, std::less<>> entries_;
  std::string index_;  // index.html with the key in place and the nonce still open
};

}  // namespace flash::api
