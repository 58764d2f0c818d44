#include "cluster/account.h"

#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstddef>

#include "base/text.h"

namespace flash::cluster {
namespace {

// passwd and group entries are small; a directory service may send longer ones.
constexpr std::size_t entry_bytes_max = 64 * 1024;

Account account_of(const passwd& entry) {
  Account account{entry.pw_name, entry.pw_uid, entry.pw_gid, {}};
  int count = 256;
  account.groups.resize(static_cast<std::size_t>(count));
  if (getgrouplist(entry.pw_name, entry.pw_gid, account.groups.data(), &count) < 0) count = 0;
  account.groups.resize(static_cast<std::size_t>(count));
  return account;
}

Result<Account> by_uid(uid_t uid) {
  std::string buffer(entry_bytes_max, '\0');
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
  if (found != nullptr) return account_of(entry);
  return fail(Kind::invalid, "cluster_account",
              text::cat("the user with the number ", std::to_string(uid),
                        " has no entry in /etc/passwd; PostgreSQL needs one"));
}

Result<Account> by_names() {
  std::string buffer(entry_bytes_max, '\0');
  for (const char* name : {"flash", "postgres"}) {
    passwd entry{};
    passwd* found = nullptr;
    getpwnam_r(name, &entry, buffer.data(), buffer.size(), &found);
    if (found != nullptr && entry.pw_uid != 0) return account_of(entry);
  }
  return fail(Kind::invalid, "cluster_account",
              "PostgreSQL does not run as root, and there is no user 'flash' or 'postgres' to run "
              "it as; make one: useradd --system flash");
}

}  // namespace

Result<Account> choose_account(const std::filesystem::path& files) {
  struct stat status{};
  const bool exists = stat(files.c_str(), &status) == 0;
  if (geteuid() == 0) {
    if (!exists || status.st_uid == 0) return by_names();
    return by_uid(status.st_uid);
  }
  TRY(Account self, by_uid(geteuid()));
  if (!exists || status.st_uid == self.uid) return self;
  auto owner = by_uid(status.st_uid);
  return fail(Kind::forbidden, "cluster_account",
              text::cat(files.string(), " belongs to ",
                        owner ? owner->name : std::to_string(status.st_uid), ", not to ", self.name,
                        ": start flashd as that user or as root, or choose another --data"));
}

bool become(const Account& account) {
  if (geteuid() != 0) return true;
  // The bare calls: glibc's own wait for every thread, and after a fork there are none.
  return syscall(SYS_setgroups, account.groups.size(), account.groups.data()) == 0 &&
         syscall(SYS_setresgid, account.gid, account.gid, account.gid) == 0 &&
         syscall(SYS_setresuid, account.uid, account.uid, account.uid) == 0;
}

Result<void> check_passable(const Account& account, const std::filesystem::path& directory) {
  std::vector<std::string> steps;
  std::filesystem::path path;
  for (const auto& part : directory) {
    path /= part;
    if (!path.filename().empty() || path == path.root_path()) steps.push_back(path.string());
  }
  // Asked from inside the account, so that groups and access lists count as they will later.
  const pid_t child = fork();
  if (child < 0) return fail(Kind::internal, "cluster_process", "cannot start a process");
  if (child == 0) {
    constexpr int all_passable = 0;
    if (!become(account)) _exit(255);
    for (std::size_t i = 0; i < steps.size(); ++i)
      if (access(steps[i].c_str(), X_OK) != 0) _exit(static_cast<int>(i) + 1);
    _exit(all_passable);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const auto index = static_cast<std::size_t>(WIFEXITED(status) ? WEXITSTATUS(status) : 255);
  if (index == 0) return {};
  if (index > steps.size()) {
    return fail(Kind::internal, "cluster_account", text::cat("cannot become user ", account.name));
  }
  return fail(
      Kind::forbidden, "cluster_account",
      text::cat("PostgreSQL runs as user ", account.name, ", who may not enter ", steps[index - 1],
                ": allow it (chmod o+x ", steps[index - 1], ") or choose another --data"));
}

}  // namespace flash::cluster
