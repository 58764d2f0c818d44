// Text of any origin to UTF-8, piece by piece.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace flash::csv {

enum class Encoding : std::uint8_t { utf8, utf16le, utf16be, windows1252 };
std::string_view to_text(Encoding encoding);

// By the byte order mark; without one by the zeros that UTF-16 has in Latin text; then by whether
// the bytes are UTF-8 (a sequence that the end cuts counts). `begin` is the first piece of a file.
Encoding encoding_of(std::string_view begin);

// A character may lie across two pieces. Bytes that are no UTF-8 in a file that is are read as
// Windows-1252, because such files are often glued together of both; what has no meaning at all
// becomes U+FFFD. A byte order mark at the beginning is dropped, a NUL too.
class Decoder {
 public:
  explicit Decoder(Encoding encoding) : encoding_(encoding) {}

  void feed(std::string_view bytes, std::string& out);
  void finish(std::string& out);  // what was waiting for its other bytes
  [[nodiscard]] std::uint64_t odd_bytes() const { return odd_; }  // that were not of the encoding

 private:
  void feed_utf8(std::string_view bytes, std::string& out, bool last);
  void feed_utf16(std::string_view bytes, std::string& out);
  void put(std::uint32_t code, std::string& out);

  Encoding encoding_;
  std::string held_;
  std::uint32_t high_ = 0;  // a surrogate waiting for its other half
  bool begun_ = false;
  std::uint64_t odd_ = 0;
};

}  // namespace flash::csv
