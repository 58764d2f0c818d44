#include "migrate/sources.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "crypto/hash.h"

namespace flash::migrate {
namespace {

constexpr std::string_view migrations_prefix = "migrations/";
constexpr std::string_view programs_prefix = "programs/";

std::string checksum_of(std::string_view text) { return bytes::to_hex(crypto::sha256(text)); }

// "migrations/0042_add_x.sql" -> 42; nullopt when the name is not of that form.
std::optional<std::size_t> number_of(std::string_view path) {
  std::string_view name = path.substr(migrations_prefix.size());
  constexpr std::size_t digits = 4;
  if (name.size() <= digits + 1 || name[digits] != '_') return std::nullopt;
  if (name.find('/') != std::string_view::npos) return std::nullopt;
  return text::parse_int<std::size_t>(name.substr(0, digits));
}

Result<void> check_numbers(const std::vector<Source>& migrations) {
  std::size_t before = 0;
  for (const Source& migration : migrations) {
    const auto number = number_of(migration.name);
    if (!number) {
      return fail(
          Kind::invalid, "migrate_sources",
          text::cat("database/", migration.name, ": a migration is named NNNN_what_it_does.sql"));
    }
    if (*number <= before) {
      return fail(Kind::invalid, "migrate_sources",
                  text::cat("database/", migration.name,
                            before == 0 ? ": numbers start at 0001"
                                        : " has the number of another migration"));
    }
    before = *number;
  }
  return {};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad() || !in.is_open()) {
    return fail(Kind::internal, "migrate_sources", text::cat("cannot read ", path.string()));
  }
  return text;
}

}  // namespace

Result<Sources> arrange(std::span<const File> files) {
  Sources out;
  for (const File& file : files) {
    if (!file.path.ends_with(".sql")) continue;
    Source source{std::string(file.path), std::string(file.text), checksum_of(file.text)};
    if (file.path == "roles.sql")
      out.roles = std::move(source.text);
    else if (file.path.starts_with(migrations_prefix))
      out.migrations.push_back(std::move(source));
    else if (file.path.starts_with(programs_prefix))
      out.programs.push_back(std::move(source));
  }
  std::ranges::sort(out.migrations, {}, &Source::name);
  std::ranges::sort(out.programs, {}, &Source::name);
  TRY_DONE(check_numbers(out.migrations));
  return out;
}

Result<Sources> read_directory(const std::filesystem::path& directory) {
  std::vector<std::pair<std::string, std::string>> texts;
  std::error_code fault;
  for (std::filesystem::recursive_directory_iterator it(directory, fault), end; !fault && it != end;
       it.increment(fault)) {
    if (!it->is_regular_file() || it->path().extension() != ".sql") continue;
    TRY(std::string text, read_file(it->path()));
    texts.emplace_back(it->path().lexically_relative(directory).generic_string(), std::move(text));
  }
  if (fault) {
    return fail(Kind::internal, "migrate_sources",
                text::cat("cannot list ", directory.string(), ": ", fault.message()));
  }
  std::vector<File> files;
  files.reserve(texts.size());
  for (const auto& [path, text] : texts) files.push_back({path, text});
  return arrange(files);
}

std::string fingerprint(const Sources& sources) {
  std::string all = checksum_of(sources.roles);
  for (const auto* list : {&sources.migrations, &sources.programs})
    for (const Source& source : *list) all += text::cat(source.name, '\n', source.checksum, '\n');
  return checksum_of(all);
}

}  // namespace flash::migrate
