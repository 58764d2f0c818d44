// The limit for a statement under row security: the same statements sent by libpq's pipeline from
// one process, without HTTP, each in a transaction of its own. sql_limit CONNINFO CONNECTIONS DEPTH
// SECONDS SETTINGS SQL PARAM, where SETTINGS is a file with a name and a value a line, the role
// first, and %N% in PARAM becomes a number that no other has; prints one line of JSON.
#include <libpq-fe.h>
#include <poll.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
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

// The parameter of the statement, a new one each time where it has the mark.
class Params {
 public:
  explicit Params(std::string text) : text_(std::move(text)) {}

  const char* next() {
    constexpr std::string_view mark = "%N%";
    if (text_.find(mark) == std::string::npos) return text_.c_str();
    const std::string number = std::to_string(++number_);
    made_ = text_;
    for (auto at = made_.find(mark); at != std::string::npos; at = made_.find(mark, at))
      made_.replace(at, mark.size(), number);
    return made_.c_str();
  }

 private:
  std::string text_, made_;
  long number_ = std::chrono::steady_clock::now().time_since_epoch().count() % 1'000'000'000'000;
};

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
  Params params(argv[7]);
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
    for (int i = 0; i < depth; ++i) send_one(link, settings, params.next());
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
        if (status == PGRES_FATAL_ERROR && failed++ == 0)
          std::fputs(PQresultErrorMessage(result), stderr);
        PQclear(result);
        if (status != PGRES_PIPELINE_SYNC) continue;
        --link.in_flight;
        ++done;
        send_one(link, settings, params.next());
      }
    }
  }
  std::printf("{\"per_second\":%.0f,\"failed\":%ld}\n", static_cast<double>(done) / seconds,
              failed);
  return 0;
}
