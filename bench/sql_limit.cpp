// The limit for a read under row security: the same statements sent by libpq's pipeline from one
// process, without HTTP. sql_limit CONNINFO CONNECTIONS DEPTH SECONDS ROLE CLAIMS SQL PARAM; prints
// one line of JSON.
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

struct Link {
  PGconn* pg = nullptr;
  int in_flight = 0;
};

const char* settings = "select set_config('role',$1,true),set_config('request.jwt.claims',$2,true)";

void send_one(Link& link, const std::array<const char*, 2>& who, const char* param) {
  PQsendQueryPrepared(link.pg, "settings", 2, who.data(), nullptr, nullptr, 0);
  PQsendQueryPrepared(link.pg, "query", param[0] != '\0' ? 1 : 0, &param, nullptr, nullptr, 0);
  PQpipelineSync(link.pg);
  ++link.in_flight;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 9) {
    std::fputs("sql_limit CONNINFO CONNECTIONS DEPTH SECONDS ROLE CLAIMS SQL PARAM\n", stderr);
    return 64;
  }
  const int depth = std::atoi(argv[3]);
  const double seconds = std::atof(argv[4]);
  const std::array<const char*, 2> who{argv[5], argv[6]};
  std::vector<Link> links(static_cast<std::size_t>(std::atoi(argv[2])));
  for (Link& link : links) {
    link.pg = PQconnectdb(argv[1]);
    if (PQstatus(link.pg) != CONNECTION_OK) {
      std::fputs(PQerrorMessage(link.pg), stderr);
      return 1;
    }
    PQclear(PQprepare(link.pg, "settings", settings, 0, nullptr));
    PQclear(PQexec(link.pg, "begin"));
    PQclear(PQexecParams(link.pg, "select set_config('role',$1,true)", 1, nullptr, who.data(),
                         nullptr, nullptr, 0));
    PGresult* prepared = PQprepare(link.pg, "query", argv[7], 0, nullptr);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK) std::fputs(PQerrorMessage(link.pg), stderr);
    PQclear(prepared);
    PQclear(PQexec(link.pg, "commit"));
    PQsetnonblocking(link.pg, 1);
    PQenterPipelineMode(link.pg);
    for (int i = 0; i < depth; ++i) send_one(link, who, argv[8]);
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto end = begin + std::chrono::duration<double>(seconds);
  long done = 0, failed = 0;
  std::vector<pollfd> polls(links.size());
  while (std::chrono::steady_clock::now() < end) {
    for (std::size_t i = 0; i < links.size(); ++i) polls[i] = {PQsocket(links[i].pg), POLLIN, 0};
    ::poll(polls.data(), polls.size(), 100);
    for (std::size_t i = 0; i < links.size(); ++i) {
      Link& link = links[i];
      if ((polls[i].revents & POLLIN) == 0) continue;
      PQconsumeInput(link.pg);
      while (link.in_flight > 0 && PQisBusy(link.pg) == 0) {
        PGresult* result = PQgetResult(link.pg);
        if (result == nullptr) continue;
        const auto status = PQresultStatus(result);
        if (status == PGRES_FATAL_ERROR) ++failed;
        PQclear(result);
        if (status != PGRES_PIPELINE_SYNC) continue;
        --link.in_flight;
        ++done;
        send_one(link, who, argv[8]);
      }
    }
  }
  std::printf("{\"per_second\":%.0f,\"failed\":%ld}\n", static_cast<double>(done) / seconds,
              failed);
  return 0;
}
