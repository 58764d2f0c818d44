#include "db/listener.h"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <memory>

#include "base/check.h"

namespace flash::db {
namespace {

struct Free {
  void operator()(PGnotify* notice) const { PQfreemem(notice); }
};

std::vector<std::string> collect(PGconn* connection) {
  std::vector<std::string> out;
  while (const std::unique_ptr<PGnotify, Free> notice{PQnotifies(connection)})
    out.emplace_back(notice->extra != nullptr ? notice->extra : "");
  return out;
}

}  // namespace

Wake::Wake() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { CHECK(descriptor_ >= 0); }
Wake::~Wake() { ::close(descriptor_); }

void Wake::ring() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(descriptor_, &one, sizeof one));  // full means: it rings already
}

void Wake::take() {
  std::uint64_t rings = 0;
  static_cast<void>(::read(descriptor_, &rings, sizeof rings));
}

bool Wake::wait(std::chrono::milliseconds most) {
  pollfd watched{descriptor_, POLLIN, 0};
  const bool rang = ::poll(&watched, 1, static_cast<int>(most.count())) > 0;
  if (rang) take();
  return rang;
}

Result<void> listen(Blocking& connection, std::string_view channel) {
  TRY_DONE(connection.run((sql::Fragment("listen ") + sql::Fragment::ident(channel)).finish()));
  return {};
}

Result<std::vector<std::string>> heard(Blocking& connection, Wake& wake,
                                       std::chrono::milliseconds most) {
  PGconn* pg = connection.connection_.get();
  // What arrived with the answer to an earlier statement is in libpq's memory already.
  if (auto waiting = collect(pg); !waiting.empty()) return waiting;
  std::array<pollfd, 2> watched{pollfd{PQsocket(pg), POLLIN, 0},
                                pollfd{wake.descriptor_, POLLIN, 0}};
  ::poll(watched.data(), watched.size(), static_cast<int>(most.count()));
  if (watched[1].revents != 0) wake.take();
  if (watched[0].revents != 0 && (PQconsumeInput(pg) != 1 || PQstatus(pg) != CONNECTION_OK))
    return fail(Kind::unavailable, "08006", "the connection to PostgreSQL was lost");
  return collect(pg);
}

}  // namespace flash::db
