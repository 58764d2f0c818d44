// flash-learn: carries out one training, at low priority. Started by flashd, which writes two lines
// to its standard input: how to reach the database, and the job with the number of its attempt. It
// answers on its standard output: "progress 35 fit", and at last "model <id>" or "failed <reason>".
#include <unistd.h>

#include <string>
#include <string_view>

#include "base/log.h"
#include "base/text.h"
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

// What nobody reads any more is not worth an error: flashd is gone, and this run with it.
bool say(std::string_view line) {
  const std::string out = flash::text::cat(line, "\n");
  return ::write(STDOUT_FILENO, out.data(), out.size()) == std::ssize(out);
}

int refuse(std::string_view code, std::string_view message) {
  flash::log::error("training_failed", {{"code", code}, {"message", message}});
  say(flash::text::cat("failed ", code, ": ", message));
  return 1;
}

}  // namespace

int main() {
  constexpr int low_priority = 10;
  if (::nice(low_priority) == -1) flash::log::warning("training_priority");
  const std::string conninfo = read_line();
  const std::string line = read_line();
  const auto space = line.find(' ');
  const auto attempt = flash::text::parse_int<int>(
      space == line.npos ? std::string_view{} : std::string_view(line).substr(space + 1));
  if (!attempt) return refuse("no_job", "flashd starts this program");
  auto connection = flash::db::Blocking::connect(conninfo);
  if (!connection) return refuse(connection.error().code, connection.error().message);
  const auto model = flash::trainer::carry_out(
      *connection, {line.substr(0, space), *attempt}, [](double share, std::string_view step) {
        return say(flash::text::cat("progress ", std::to_string(static_cast<int>(100 * share)), " ",
                                    step));
      });
  if (!model) return refuse(model.error().code, model.error().message);
  flash::log::info("training_done", {{"job", line.substr(0, space)}, {"model", *model}});
  return say(flash::text::cat("model ", *model)) ? 0 : 1;
}
