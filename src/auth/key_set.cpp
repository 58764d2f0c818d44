#include "auth/key_set.h"

#include <utility>

#include "auth/foreign.h"
#include "auth/queries.gen.h"
#include "base/bytes.h"
#include "base/text.h"
#include "crypto/random.h"
#include "json/write.h"

namespace flash::auth {
namespace {

Result<KeySet> assemble(crypto::EcKey signing, const std::string& jwt_secret, bool is_base64) {
  KeySet out{.signing = std::move(signing)};
  out.ring.add(out.signing);
  TRY_DONE(trust(out.ring, jwt_secret, is_base64));
  return out;
}

// What is stored under the name: our value, or the one that another node offered first.
Result<std::string> agree(db::Blocking& database, const std::string& name, std::string value) {
  TRY_DONE(database.run(sql::statement(queries::offer_secret, {name, std::move(value)})));
  TRY(const db::Rows rows, database.run(sql::statement(queries::secret, {name})));
  if (rows.size() != 1)
    return fail(Kind::internal, "secret_missing", text::cat("flash.secrets lacks ", name));
  return std::string(rows.text(0, 0));
}

Result<KeySet> agree_on_all(db::Blocking& database, const std::string& jwt_secret, bool is_base64) {
  TRY(KeySet fresh, make_keys(jwt_secret, is_base64));
  TRY(const std::string jwk, agree(database, "auth.signing_key", fresh.signing.private_jwk()));
  TRY(crypto::EcKey signing, crypto::EcKey::from_jwk(jwk));
  if (!signing.has_private())
    return fail(Kind::internal, "key_malformed",
                "auth.signing_key in flash.secrets has no private half");
  TRY(KeySet out, assemble(std::move(signing), jwt_secret, is_base64));
  TRY(out.publishable, agree(database, "auth.publishable_key", fresh.publishable));
  TRY(out.secret, agree(database, "auth.secret_key", fresh.secret));
  TRY(const std::string refresh,
      agree(database, "auth.refresh_key", bytes::to_base64url(fresh.refresh)));
  auto decoded = bytes::from_base64url(refresh);
  if (!decoded || decoded->size() < crypto::shared_secret_bytes_min || out.publishable.empty() ||
      out.secret.empty())
    return fail(Kind::internal, "key_malformed",
                "a value of flash.secrets is not what this server wrote");
  out.refresh = *std::move(decoded);
  return out;
}

}  // namespace

std::string KeySet::jwks() const {
  json::Writer w;
  w.object().key("keys").array();
  for (const crypto::EcKey& key : ring.ec()) w.raw(key.public_jwk());
  w.end_array().end_object();
  return std::move(w).take();
}

std::optional<Identity> KeySet::caller_of(std::string_view api_key) const {
  const bool is_publishable = bytes::equal_constant_time(api_key, publishable);
  const bool is_secret = bytes::equal_constant_time(api_key, secret);
  if (is_secret) return service();
  if (is_publishable) return anonymous();
  return std::nullopt;
}

Result<KeySet> make_keys(const std::string& jwt_secret, bool is_base64) {
  TRY(KeySet out, assemble(crypto::EcKey::generate(), jwt_secret, is_base64));
  out.publishable = "sb_publishable_" + crypto::random_token(24);
  out.secret = "sb_secret_" + crypto::random_token(32);
  out.refresh = crypto::random_bytes(32);
  return out;
}

Result<KeySet> load_keys(db::Blocking& database, const std::string& jwt_secret, bool is_base64) {
  TRY_DONE(database.run(sql::statement("set role flash_auth")));
  auto keys = agree_on_all(database, jwt_secret, is_base64);
  TRY_DONE(database.run(sql::statement("reset role")));
  return keys;
}

}  // namespace flash::auth
