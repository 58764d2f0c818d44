#include "crypto/password.h"

#include <argon2.h>
#include <crypt.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/check.h"
#include "base/text.h"
#include "crypto/random.h"

namespace flash::crypto {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t bcrypt_password_bytes_max = 72;  // bcrypt ignores what follows
constexpr unsigned bcrypt_cost_max = 14;               // about a second

struct Argon2Text {
  argon2_type type = Argon2_id;
  std::uint32_t memory_kib = 0, passes = 0, lanes = 0;
  std::string salt, hash;
};

// Straight from the system and back to it: malloc would keep some 40 MiB a thread after the first
// sign-ins.
int take_memory(std::uint8_t** memory, std::size_t size) {
  void* taken = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *memory = taken == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(taken);
  return *memory == nullptr ? ARGON2_MEMORY_ALLOCATION_ERROR : ARGON2_OK;
}

void give_memory(std::uint8_t* memory, std::size_t size) { ::munmap(memory, size); }

// `hash_size` bytes; nullopt: no memory, or costs that Argon2 does not know.
std::optional<std::string> argon2(std::string_view password, const Argon2Text& how,
                                  std::size_t hash_size) {
  std::string out(hash_size, '\0');
  std::string phrase(password);
  std::string salt = how.salt;
  auto bytes = [](std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); };
  auto size = [](const std::string& text) { return static_cast<std::uint32_t>(text.size()); };
  argon2_context context{};
  context.out = bytes(out);
  context.outlen = size(out);
  context.pwd = bytes(phrase);
  context.pwdlen = size(phrase);
  context.salt = bytes(salt);
  context.saltlen = size(salt);
  context.t_cost = how.passes;
  context.m_cost = how.memory_kib;
  context.lanes = how.lanes;
  context.threads = 1;
  context.version = ARGON2_VERSION_13;
  context.allocate_cbk = take_memory;
  context.free_cbk = give_memory;
  context.flags = ARGON2_FLAG_CLEAR_PASSWORD;
  if (argon2_ctx(&context, how.type) != ARGON2_OK) return std::nullopt;
  return out;
}

// "$argon2id$v=19$m=19456,t=2,p=1$salt$hash", costs within bounds, salt and hash as Argon2 wants
// them.
std::optional<Argon2Text> read_argon2(std::string_view text) {
  const auto parts = text::split(text, '$');
  if (parts.size() != 6 || !parts[0].empty() || parts[2] != "v=19") return std::nullopt;
  Argon2Text out;
  if (parts[1] == "argon2i") {
    out.type = Argon2_i;
  } else if (parts[1] != "argon2id") {
    return std::nullopt;
  }
  const auto costs = text::split(parts[3], ',');
  if (costs.size() != 3) return std::nullopt;
  auto number = [](std::string_view item, std::string_view name) -> std::uint32_t {
    if (!item.starts_with(name)) return 0;
    return text::parse_int<std::uint32_t>(item.substr(name.size())).value_or(0);
  };
  out.memory_kib = number(costs[0], "m=");
  out.passes = number(costs[1], "t=");
  out.lanes = number(costs[2], "p=");
  const bool bounded = out.memory_kib >= 8 && out.memory_kib <= 256 * 1024 && out.passes >= 1 &&
                       out.passes <= 16 && out.lanes >= 1 && out.lanes <= 16;
  auto salt = bytes::from_base64(parts[4]);
  auto hash = bytes::from_base64(parts[5]);
  if (!bounded || !salt || !hash || salt->size() < 8 || hash->size() < 16 || hash->size() > 64)
    return std::nullopt;
  out.salt = *std::move(salt);
  out.hash = *std::move(hash);
  return out;
}

PasswordCheck check_argon2(std::string_view password, std::string_view text, PasswordCost cost) {
  const auto stored = read_argon2(text);
  if (!stored) return {};
  const auto made = argon2(password, *stored, stored->hash.size());
  if (!made || !bytes::equal_constant_time(*made, stored->hash)) return {};
  const bool weak = stored->type != Argon2_id || stored->memory_kib < cost.memory_kib ||
                    stored->passes < cost.passes;
  return {.matches = true, .rehash = weak};
}

std::string unpadded(std::string text) {
  while (text.ends_with('=')) text.pop_back();
  return text;
}

bool is_bcrypt(std::string_view hash) {
  if (hash.size() != 60 || !hash.starts_with("$2") || hash[3] != '$' || hash[6] != '$')
    return false;
  if (hash[2] != 'a' && hash[2] != 'b' && hash[2] != 'y') return false;
  const auto cost = text::parse_int<unsigned>(hash.substr(4, 2));
  return cost && *cost >= 4 && *cost <= bcrypt_cost_max;
}

PasswordCheck check_bcrypt(std::string_view password, const std::string& hash) {
  if (!is_bcrypt(hash) || password.size() > bcrypt_password_bytes_max) return {};
  if (password.find('\0') != std::string_view::npos) return {};  // crypt would read up to it
  const auto room = std::make_unique<crypt_data>();  // 32 KiB, too much for a small stack
  const std::string phrase(password);
  const char* made = crypt_r(phrase.c_str(), hash.c_str(), room.get());
  if (made == nullptr || !bytes::equal_constant_time(made, hash)) return {};
  return {.matches = true, .rehash = true};
}

}  // namespace

std::string hash_password(std::string_view password, PasswordCost cost) {
  CHECK(password.size() <= password_bytes_max);
  const Argon2Text how{Argon2_id, cost.memory_kib, cost.passes, 1, random_bytes(salt_bytes), {}};
  const auto made = argon2(password, how, hash_bytes);
  CHECK(made);  // what is left is no memory: better to end than to store nothing
  return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", how.memory_kib, how.passes,
                     unpadded(bytes::to_base64(how.salt)), unpadded(bytes::to_base64(*made)));
}

PasswordCheck check_password(std::string_view password, const std::string& hash,
                             PasswordCost cost) {
  if (password.size() > password_bytes_max) return {};
  if (hash.starts_with("$argon2")) return check_argon2(password, hash, cost);
  return check_bcrypt(password, hash);
}

}  // namespace flash::crypto
