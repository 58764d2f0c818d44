// Result<T> and the two ways to hand an error upwards.
#pragma once
#include <expected>
#include <utility>

#include "base/error.h"

namespace flash {

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }

inline std::unexpected<Error> fail(Kind kind, std::string code, std::string message) {
  return std::unexpected(make_error(kind, std::move(code), std::move(message)));
}

}  // namespace flash

#define FLASH_JOIN_(a, b) a##b
#define FLASH_JOIN(a, b) FLASH_JOIN_(a, b)
#define FLASH_TRY_(name, declaration, expression, leave)     \
  auto name = (expression);                                  \
  if (!name) leave std::unexpected(std::move(name).error()); \
  declaration = *std::move(name)

// TRY(auto user, find_user(id)); leaves the function with the error, or names the value.
// __COUNTER__ and not __LINE__: two may stand on one line.
#define TRY(declaration, ...) \
  FLASH_TRY_(FLASH_JOIN(flash_try_, __COUNTER__), declaration, (__VA_ARGS__), return)
#define CO_TRY(declaration, ...) \
  FLASH_TRY_(FLASH_JOIN(flash_try_, __COUNTER__), declaration, (__VA_ARGS__), co_return)

#define FLASH_DONE_(name, expression, leave) \
  if (auto name = (expression); !name) leave std::unexpected(std::move(name).error())
// The same for a Result<void>.
#define TRY_DONE(...) FLASH_DONE_(FLASH_JOIN(flash_try_, __COUNTER__), (__VA_ARGS__), return)
#define CO_TRY_DONE(...) FLASH_DONE_(FLASH_JOIN(flash_try_, __COUNTER__), (__VA_ARGS__), co_return)
