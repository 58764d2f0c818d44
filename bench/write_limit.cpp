// The limit for writes: the statement that REST would send, by libpq alone, a transaction each in
// one flush, DEPTH of them in flight on
// each of CONNECTIONS links. write_limit CONNINFO CONNECTIONS SECONDS ROLE
// CLAIMS SQL BODY; %N% in BODY becomes a number no other has. Prints one line of JSON.
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Link {
  PGconn* pg = nullptr;
};

const char* settings = "select set_config('role',$1,true),set_config('request.jwt.claims',$2,true)";

std::string numbered(std::string text, const std::string& number) {
  constexpr std::string_view mark = "%N%";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
    text.replace(at, mark.size(), number);
  return text;
}

void send_one(Link& link, const std::array<const char*, 2>& who, const std::string& body) {
  const char* param = body.c_str();
  PQsendQueryPrepared(link.pg, "settings", 2, who.data(), nullptr, nullptr, 0);
  PQsendQueryPrepared(link.pg, "query", 1, &param, nullptr, nullptr, 0);
  PQpipelineSync(link.pg);
  PQflush(link.pg);
}

bool open(Link& link, char** argv, const std::array<const char*, 2>& who) {
  link.pg = PQconnectdb(argv[1]);
  if (PQstatus(link.pg) != CONNECTION_OK) return false;
  PQclear(PQprepare(link.pg, "settings", settings, 0, nullptr));
  PQclear(PQexec(link.pg, "begin"));
  PQclear(PQexecParams(link.pg, "select set_config('role',$1,true)", 1, nullptr, who.data(),
                       nullptr, nullptr, 0));
  PGresult* prepared = PQprepare(link.pg, "query", argv[7], 0, nullptr);
  const bool good = PQresultStatus(prepared) == PGRES_COMMAND_OK;
  PQclear(prepared);
  if (!good) return false;
  PQclear(PQexec(link.pg, "commit"));
  PQsetnonblocking(link.pg, 1);
  PQenterPipelineMode(link.pg);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 9) {
    std::fputs("write_limit CONNINFO CONNECTIONS DEPTH SECONDS ROLE CLAIMS SQL BODY\n", stderr);
    return 64;
  }
  const double seconds = std::atof(argv[4]);
  const std::array<const char*, 2> who{argv[5], argv[6]};
  long number = std::chrono::steady_clock::now().time_since_epoch().count() % 1'000'000'000'000;
  std::vector<Link> links(static_cast<std::size_t>(std::atoi(argv[2])));
  const auto next = [&] { return numbered(argv[8], std::to_string(++number)); };
  for (Link& link : links) {
    if (!open(link, argv, who)) {
      std::fputs(PQerrorMessage(link.pg), stderr);
      return 1;
    }
    for (int i = 0; i < std::atoi(argv[3]); ++i) send_one(link, who, next());
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  long done = 0, failed = 0;
  std::vector<pollfd> polls(links.size());
  while (std::chrono::steady_clock::now() < end) {
    for (std::size_t i = 0; i < links.size(); ++i) polls[i] = {PQsocket(links[i].pg), POLLIN, 0};
    ::poll(polls.data(), polls.size(), 100);
    for (std::size_t i = 0; i < links.size(); ++i) {
      Link& link = links[i];
      if ((polls[i].revents & POLLIN) == 0) continue;
      PQconsumeInput(link.pg);
      int nulls = 0;
      while (PQisBusy(link.pg) == 0) {
        PGresult* result = PQgetResult(link.pg);
        if (result == nullptr) {
          if (++nulls > 1) break;  // nothing more has come
          continue;
        }
        nulls = 0;
        const auto status = PQresultStatus(result);
        if (status == PGRES_FATAL_ERROR && failed++ == 0)
          std::fputs(PQresultErrorMessage(result), stderr);
        PQclear(result);
        if (status != PGRES_PIPELINE_SYNC) continue;
        ++done;
        send_one(link, who, next());
      }
    }
  }
  std::printf("{\"per_second\":%.0f,\"failed\":%ld}\n", static_cast<double>(done) / seconds,
              failed);
  return 0;
}
