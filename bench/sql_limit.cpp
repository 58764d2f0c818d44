// The limit for a read under row security: the same statements sent by libpq's pipeline from one
// process, without HTTP. sql_limit CONNINFO CONNECTIONS DEPTH SECONDS SETTINGS SQL PARAM, where
// SETTINGS is a file with a name and a value a line, the role first; prints one line of JSON.
#include <libpq-fe.h>
#include <poll.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Link {
  PGconn* pg = nullptr;
  int in_flight = 0;
};

struct Settings {
  std::vector<std::string> words;  // name, value, name, value
  std::vector<const char*> values;
  std::string text = "select ";
};

Settings read_settings(const char* path) {
  Settings out;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) out.words.push_back(line);
  for (std::size_t i = 0; i + 1 < out.words.size(); i += 2) {
    out.text += (i == 0 ? "set_config($" : ",set_config($") + std::to_string(i + 1) + ",$" +
                std::to_string(i + 2) + ",true)";
  }
  for (const std::string& word : out.words) out.values.push_back(word.c_str());
  return out;
}

void send_one(Link& link, const Settings& settings, const char* param) {
  PQsendQueryPrepared(link.pg, "settings", static_cast<int>(settings.values.size()),
                      settings.values.data(), nullptr, nullptr, 0);
  PQsendQueryPrepared(link.pg, "query", param[0] != '\0' ? 1 : 0, &param, nullptr, nullptr, 0);
  PQpipelineSync(link.pg);
  ++link.in_flight;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 8) {
    std::fputs("sql_limit CONNINFO CONNECTIONS DEPTH SECONDS SETTINGS SQL PARAM\n", stderr);
    return 64;
  }
  const int depth = std::atoi(argv[3]);
  const double seconds = std::atof(argv[4]);
  const Settings settings = read_settings(argv[5]);
  const char* const sql = argv[6];
  const char* const param = argv[7];
  std::vector<Link> links(static_cast<std::size_t>(std::atoi(argv[2])));
  for (Link& link : links) {
    link.pg = PQconnectdb(argv[1]);
    if (PQstatus(link.pg) != CONNECTION_OK) {
      std::fputs(PQerrorMessage(link.pg), stderr);
      return 1;
    }
    PQclear(PQprepare(link.pg, "settings", settings.text.c_str(), 0, nullptr));
    PQclear(PQexec(link.pg, "begin"));
    PQclear(PQexecParams(link.pg, "select set_config('role',$1,true)", 1, nullptr,
                         &settings.values[1], nullptr, nullptr, 0));
    PGresult* prepared = PQprepare(link.pg, "query", sql, 0, nullptr);
    if (PQresultStatus(prepared) != PGRES_COMMAND_OK) std::fputs(PQerrorMessage(link.pg), stderr);
    PQclear(prepared);
    PQclear(PQexec(link.pg, "commit"));
    PQsetnonblocking(link.pg, 1);
    PQenterPipelineMode(link.pg);
    for (int i = 0; i < depth; ++i) send_one(link, settings, param);
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
        send_one(link, settings, param);
      }
    }
  }
  std::printf("{\"per_second\":%.0f,\"failed\":%ld}\n", static_cast<double>(done) / seconds,
              failed);
  return 0;
}
