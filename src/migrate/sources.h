// The SQL files that make a database: roles, append-only migrations, re-runnable programs.
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace flash::migrate {

// A file by its path below database/, with slashes: "migrations/0001_schemas.sql".
struct File {
  std::string_view path;
  std::string_view text;
};

struct Source {
  std::string name;  // the path of the File
  std::string text;
  std::string checksum;  // SHA-256 of the bytes, hex
};

struct Sources {
  std::string roles;               // roles.sql; empty: none
  std::vector<Source> migrations;  // by number, four digits from 0001
  std::vector<Source> programs;    // by path, the order in which they run
};

// Sorts the files into their kinds; what is neither role, migration nor program is passed over.
// Errors: "migrate_sources" names a migration whose number is doubled or malformed.
Result<Sources> arrange(std::span<const File> files);

// The same from a directory that holds roles.sql, migrations/ and programs/.
Result<Sources> read_directory(const std::filesystem::path& directory);

// One value for all of it: changes when any byte of any file does. Hex.
std::string fingerprint(const Sources& sources);

}  // namespace flash::migrate
