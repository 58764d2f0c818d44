// The keys of one installation: made at the first start, agreed on by all nodes, unchanging while a
// process runs.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "auth/identity.h"
#include "base/result.h"
#include "crypto/jwt.h"
#include "crypto/keys.h"
#include "db/blocking.h"

namespace flash::auth {

struct KeySet {
  crypto::EcKey signing;    // ES256, with its private half
  crypto::KeyRing ring;     // every key that a token may be signed with
  std::string publishable;  // sb_publishable_...: may stand in a web page
  std::string secret;       // sb_secret_...: acts as service_role
  std::string refresh;      // 32 bytes; the next refresh token is derived with it

  // {"keys":[...]}: public halves only.
  [[nodiscard]] std::string jwks() const;
  // Whose key it is; compared in constant time. nullopt: nobody's.
  [[nodiscard]] std::optional<Identity> caller_of(std::string_view api_key) const;
};

// New keys. Errors: those of trust() in auth/foreign.h for `jwt_secret` (empty: none).
Result<KeySet> make_keys(const std::string& jwt_secret, bool is_base64 = false);

// From flash.secrets as role flash_auth, where missing ones are made. Nodes that start at once end
// with the same keys. Run it before requests are served.
Result<KeySet> load_keys(db::Blocking& database, const std::string& jwt_secret,
                         bool is_base64 = false);

}  // namespace flash::auth
