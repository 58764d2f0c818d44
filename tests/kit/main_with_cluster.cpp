// flash_with_cluster CMD...: runs CMD with FLASH_TEST_PG pointing at a PostgreSQL made for it.
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "cluster/cluster.h"

namespace {

volatile sig_atomic_t child = 0;

// Ctrl-C reaches the command by itself (same process group); a plain kill is handed on.
void hand_on(int signal_number) {
  if (child > 0) kill(child, signal_number);
}

int run(char** words) {
  const pid_t pid = fork();
  if (pid == 0) {
    execvp(words[0], words);
    std::perror(words[0]);
    _exit(127);
  }
  child = pid;
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fputs("usage: flash_with_cluster COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }
  for (int signal_number : {SIGINT, SIGTERM, SIGHUP}) signal(signal_number, hand_on);
  std::string data =
      (std::filesystem::temp_directory_path() / "flash_with_cluster_XXXXXX").string();
  if (mkdtemp(data.data()) == nullptr || chmod(data.c_str(), 0711) != 0) {
    std::perror(data.c_str());
    return 1;
  }
  int status = 1;
  if (auto cluster = flash::cluster::Cluster::start({.data = data, .durable = false})) {
    setenv("FLASH_TEST_PG", cluster->conninfo("postgres", "postgres").c_str(), 1);
    status = run(words + 1);
    cluster->stop();
  } else {
    std::fprintf(stderr, "flash_with_cluster: %s\n", cluster.error().message.c_str());
  }
  std::error_code ignored;
  std::filesystem::remove_all(data, ignored);
  return status;
}
