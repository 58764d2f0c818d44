#include "http/head.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace flash::http {
namespace {

TEST(Head, ends_with_its_empty_line_wherever_the_pieces_part) {
  const std::string_view head = "GET / HTTP/1.1\r\nHost: x\r\n\r\nrest";
  EXPECT_EQ(head_size(head), head.size() - 4);
  for (std::size_t seen = 0; seen < head.size() - 4; ++seen) {
    EXPECT_EQ(head_size(head.substr(0, seen)), 0U) << seen;
    EXPECT_EQ(head_size(head, seen), head.size() - 4) << seen;
  }
}

TEST(Head, gives_method_target_and_fields) {
  Request request;
  request.headers.add("Left", "over");
  const auto framing = parse_head(
      "POST /a?b=\xC3\xA9 HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX-Blank: \t a b \t\r\n"
      "content-length: 12\r\n\r\n",
      request);
  ASSERT_TRUE(framing);
  EXPECT_EQ(request.method, Method::post);
  EXPECT_EQ(request.target, "/a?b=\xC3\xA9");
  EXPECT_EQ(request.headers.size(), 4U);
  EXPECT_EQ(request.headers.find("x-empty"), "");
  EXPECT_EQ(request.headers.find("X-BLANK"), "a b");
  EXPECT_EQ(request.headers.find("Left"), std::nullopt);
  EXPECT_EQ(framing->length, 12U);
  EXPECT_FALSE(framing->chunked);
  EXPECT_TRUE(framing->keep_alive);
}

TEST(Head, knows_every_method_and_keeps_the_others_apart) {
  Request request;
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                              Method::del, Method::options}) {
    ASSERT_TRUE(parse_head(text::cat(to_text(method), " / HTTP/1.1\r\n\r\n"), request));
    EXPECT_EQ(request.method, method);
  }
  ASSERT_TRUE(parse_head("get / HTTP/1.1\r\n\r\n", request));  // names are case-sensitive
  EXPECT_EQ(request.method, Method::other);
}

TEST(Head, connection_and_version_decide_what_becomes_of_the_connection) {
  struct Case {
    std::string head;
    bool http11, keep_alive;
  };
  const std::vector<Case> cases{
      {"GET / HTTP/1.1\r\n\r\n", true, true},
      {"GET / HTTP/1.1\r\nConnection: Close\r\n\r\n", true, false},
      {"GET / HTTP/1.1\r\nConnection: x, close\r\n\r\n", true, false},
      {"GET / HTTP/1.0\r\n\r\n", false, false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false, true},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.head);
    Request request;
    const auto framing = parse_head(c.head, request);
    ASSERT_TRUE(framing);
    EXPECT_EQ(framing->http11, c.http11);
    EXPECT_EQ(framing->keep_alive, c.keep_alive);
  }
}

TEST(Head, refuses_what_two_programs_could_read_in_two_ways) {
  const std::vector<std::string> heads{
      "GET  / HTTP/1.1\r\n\r\n",
      "GET / x HTTP/1.1\r\n\r\n",
      "GET\t/ HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1 \r\n\r\n",
      "GET / HTTP/2.0\r\n\r\n",
      "GET / http/1.1\r\n\r\n",
      "GET /\r\n\r\n",
      "G(T / HTTP/1.1\r\n\r\n",
      " / HTTP/1.1\r\n\r\n",
      "\r\n\r\n",
      "GET / HTTP/1.1\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\n\r\n\r\n",
      "GET / HTTP/1.1\r\nX: a\rb\r\n\r\n",
      "GET / HTTP/1.1\r\nX: a\r\r\n\n\r\n\r\n",
      "GET / HTTP/1.1\r\nX: a\rb\r\n\r\n\n",
      "GET / HTTP/1.1\r\n folded: x\r\n\r\n",
      "GET / HTTP/1.1\r\nX: a\r\n\tb\r\n\r\n",
      "GET / HTTP/1.1\r\nX : a\r\n\r\n",
      "GET / HTTP/1.1\r\n: a\r\n\r\n",
      "GET / HTTP/1.1\r\nX\r\n\r\n",
      std::string("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 27),
      "GET / HTTP/1.1\r\nX: a\x7f\r\n\r\n",
      "GET / HTTP/1.1\r\nX: \x01\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 0x1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length:\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
  };
  for (const std::string& head : heads) {
    SCOPED_TRACE(head);
    Request request;
    const auto framing = parse_head(head, request);
    ASSERT_FALSE(framing);
    EXPECT_EQ(framing.error().code, "malformed_request");
  }
}

TEST(Head, takes_a_bounded_number_of_fields) {
  const auto with_fields = [](std::size_t count) {
    std::string head = "GET / HTTP/1.1\r\n";
    for (std::size_t i = 0; i < count; ++i) head += "a: b\r\n";
    return head + "\r\n";
  };
  Request request;
  EXPECT_TRUE(parse_head(with_fields(fields_max), request));
  const auto refused = parse_head(with_fields(fields_max + 1), request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "head_too_large");
}

// Feeds `text` in pieces of `step` bytes; the state it ended in.
ChunkReader::State feed(std::string_view text, std::size_t step, std::string& body,
                        std::string& left, std::size_t bytes_max = 1000) {
  ChunkReader reader(bytes_max);
  auto state = ChunkReader::State::more;
  for (std::size_t at = 0; at < text.size(); at += step) {
    std::string_view piece = text.substr(at, step);
    state = reader.take(piece, body);
    left = std::string(piece) + std::string(text.substr(std::min(at + step, text.size())));
    if (state != ChunkReader::State::more) break;
  }
  return state;
}

TEST(ChunkReader, joins_chunks_however_they_arrive_and_leaves_the_next_request) {
  const std::string_view text =
      "5;name=value\r\nhello\r\nA\r\n, chunked \r\n1 \r\n!\r\n0\r\nTrailer: x\r\n\r\nGET";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    std::string body, left;
    EXPECT_EQ(feed(text, step, body, left), ChunkReader::State::done) << step;
    EXPECT_EQ(body, "hello, chunked !") << step;
    EXPECT_EQ(left, "GET") << step;
  }
}

TEST(ChunkReader, refuses_broken_and_endless_framing) {
  const std::vector<std::string> broken{
      "x\r\n",
      "\r\n",
      "5\nhello",
      "5\r\nhelloX\r\n",
      "5\r\nhello\n",
      "1\rX",
      "-1\r\n",
      "0x5\r\n",
      "1 2\n\r\n",
      "fffffffffffffffff\r\n",
      "1;" + std::string(9000, 'a'),
      "0\r\n" + std::string(9000, 'a'),
  };
  for (const std::string& text : broken) {
    SCOPED_TRACE(text.substr(0, 40));
    std::string body, left;
    EXPECT_EQ(feed(text, 7, body, left), ChunkReader::State::malformed);
  }
}

TEST(ChunkReader, refuses_a_chunk_over_the_limit_before_its_bytes_come) {
  std::string body, left;
  EXPECT_EQ(feed("3e9\r\n", 10, body, left), ChunkReader::State::too_large);
  body.clear();
  EXPECT_EQ(feed("3e8\r\n", 10, body, left), ChunkReader::State::more);
  body = std::string(999, 'a');
  EXPECT_EQ(feed("2\r\n", 10, body, left), ChunkReader::State::too_large);
}

}  // namespace
}  // namespace flash::http
