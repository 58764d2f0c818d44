// A throwaway database for a test program, cloned from a template that has every migration.
#pragma once
#include <string>
#include <string_view>

namespace flash::kit {

// FLASH_TEST_PG is the conninfo ("host=... user=... dbname=...") of a superuser on a throwaway
// cluster; `./flash test` sets it. Without it a Database ends the program with a sentence.
class Database {
 public:
  enum class Content : unsigned char { migrated, empty };

  explicit Database(Content content = Content::migrated);
  ~Database();  // drops it, whoever is still connected
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string superuser() const;  // conninfo
  [[nodiscard]] std::string authenticator()
      const;  // conninfo of the role that the server signs in with
  [[nodiscard]] std::string as(std::string_view user) const;

 private:
  std::string name_;
};

// The one that the tests of a program share; made at first use, dropped when the program ends.
Database& database();

}  // namespace flash::kit
