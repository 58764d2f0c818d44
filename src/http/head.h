// The head of an HTTP/1.1 request and chunked bodies (RFC 9112), read strictly: what two programs
// might read in two ways is refused, so that no request can hide behind another.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/request.h"

namespace flash::http {

// How the body is delimited and what becomes of the connection.
struct Framing {
  std::uint64_t length = 0;  // bytes of the body, when it is not chunked
  bool chunked = false;
  bool http11 = true;  // false: HTTP/1.0
  bool keep_alive = true;
  bool expects_continue = false;
};

constexpr std::size_t fields_max = 128;  // of one head

// Bytes up to and with the empty line that ends a head; 0: it is not all there. The first `seen`
// bytes were looked at before.
std::size_t head_size(std::string_view bytes, std::size_t seen = 0);

// Reads a whole head into the method, target and headers of `to`, whose buffers are used again.
// Errors: invalid "malformed_request", or "head_too_large" for too many fields.
Result<Framing> parse_head(std::string_view head, Request& to);

// A chunked body, piece by piece. Extensions and trailers are read over.
class ChunkReader {
 public:
  explicit ChunkReader(std::size_t body_bytes_max) : bytes_max_(body_bytes_max) {}
  enum class State : std::uint8_t { more, done, malformed, too_large };
  // Appends content to `body` and takes what it used from the front of `bytes`.
  State take(std::string_view& bytes, std::string& body);

 private:
  enum class Part : std::uint8_t { size, extension, data, data_end, trailer };
  State end_of_size(const std::string& body);
  State step(char c, const std::string& body);

  std::size_t bytes_max_;
  Part part_ = Part::size;
  std::uint64_t left_ = 0;    // of the chunk
  std::size_t line_ = 0;      // bytes of the line that is being read, without its end
  std::size_t overhead_ = 0;  // bytes of extensions and trailers
  unsigned digits_ = 0;
  bool after_cr_ = false;
  bool last_ = false;
};

}  // namespace flash::http
