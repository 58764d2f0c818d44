// flash-learn: carries out one training, at low priority. Started by flashd, which writes two lines
// to its standard input: how to reach the database, and the id of the run.
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/log.h"
#include "trainer/trainer.h"

namespace {

// One line of standard input, at most 4 KiB; what is longer is cut.
std::string read_line() {
  std::string out;
  char c = 0;
  constexpr std::size_t most = 4096;
  while (out.size() < most && ::read(STDIN_FILENO, &c, 1) == 1 && c != '\n') out += c;
  return out;
}

int refuse(std::string_view code, std::string_view message) {
  flash::log::error("training_failed", {{"code", code}, {"message", message}});
  return 1;
}

}  // namespace

int main() {
  constexpr int low_priority = 10;
  if (::nice(low_priority) == -1) flash::log::warning("training_priority");
  const std::string conninfo = read_line();
  const std::string run = read_line();
  if (!flash::ids::is_uuid(run)) return refuse("no_run", "flashd starts this program");
  auto connection = flash::db::Blocking::connect(conninfo);
  if (!connection) return refuse(connection.error().code, connection.error().message);
  const auto model = flash::trainer::carry_out(*connection, run);
  if (!model) return refuse(model.error().code, model.error().message);
  flash::log::info("training_done", {{"run", run}, {"model", *model}});
  return 0;
}
