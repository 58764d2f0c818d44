#include "crypto/hash.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace flash::crypto {
namespace {

TEST(Hash, Sha256OfThePublishedMessages) {  // FIPS 180-4 examples
  EXPECT_EQ(bytes::to_hex(sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(bytes::to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(bytes::to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

struct HmacCase {
  std::string key, message, hex;
};

TEST(Hash, HmacOfRfc4231) {
  const HmacCase cases[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
  };
  for (const HmacCase& c : cases) {
    SCOPED_TRACE(c.message);
    EXPECT_EQ(bytes::to_hex(hmac_sha256(c.key, c.message)), c.hex);
  }
}

TEST(Hash, AnEmptyKeyIsAKeyAndNotTheLastOne) {
  hmac_sha256("another key", "x");
  EXPECT_EQ(bytes::to_hex(hmac_sha256("", "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

}  // namespace
}  // namespace flash::crypto
