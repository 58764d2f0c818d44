#include "score/model_file.h"

#include <gtest/gtest.h>

#include "crypto/hash.h"
#include "score/test_model.h"

namespace flash::score {
namespace {

std::string code_of(std::string_view bytes) {
  const auto model = read_model(bytes);
  return model ? "read" : model.error().code;
}

// The hash anew, so that what is behind it is looked at.
std::string sealed(std::string bytes) {
  bytes.resize(bytes.size() - 32);
  return bytes + crypto::sha256(bytes);
}

TEST(ModelFile, SaysTheSameAfterReading) {
  const std::string bytes = write_model(small_parts());
  const auto read = read_model(bytes);
  ASSERT_TRUE(read) << read.error().message;
  const Model before = *Model::of(small_parts());
  for (const char* text : {R"({"size":3,"source":"referral"})", R"({"size":9.5})", R"({})"}) {
    const auto x = columns_of(before.schema(), *json::parse_object(text));
    EXPECT_EQ(read->margin(x), before.margin(x));
    EXPECT_EQ(read->interval(x, 0.4, read->similar(0.4)).low,
              before.interval(x, 0.4, before.similar(0.4)).low);
  }
  EXPECT_EQ(read->parts().cases[7].id, before.parts().cases[7].id);
  EXPECT_EQ(read->badge(0.7), Badge::likely);
  EXPECT_EQ(write_model(read->parts()), bytes);
  EXPECT_EQ(model_sha256(bytes).size(), 64U);
}

TEST(ModelFile, KeepsAHazard) {
  Parts parts = small_parts();
  Hazard hazard;
  hazard.ends_days = {10, 20};
  hazard.forest = *Forest::of({stump(4, 1, 0.5F, -0.5F, false)}, -2, 5);
  parts.hazard = std::move(hazard);
  const auto read = read_model(write_model(parts));
  ASSERT_TRUE(read) << read.error().message;
  const auto x = columns_of(read->schema(), {});
  EXPECT_EQ(read->won_within(x, 0, 15), Model::of(std::move(parts))->won_within(x, 0, 15));
}

TEST(ModelFile, RefusesEveryCutAndEveryChangedByte) {
  const std::string bytes = write_model(small_parts());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    ASSERT_NE(code_of(std::string_view(bytes).substr(0, length)), "read") << length;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x20);
    ASSERT_NE(code_of(changed), "read") << i;
  }
  EXPECT_EQ(code_of(bytes + "x"), "model_cut");
}

TEST(ModelFile, SaysWhyItRefuses) {
  const std::string bytes = write_model(small_parts());
  EXPECT_EQ(code_of(""), "model_foreign");
  EXPECT_EQ(code_of("PK\x03\x04 something else"), "model_foreign");
  std::string newer = bytes;
  newer[8] = 2;
  EXPECT_EQ(code_of(newer), "model_version");
  EXPECT_EQ(code_of(bytes.substr(0, bytes.size() - 1)), "model_cut");
  std::string changed = bytes;
  changed[bytes.size() - 40] ^= 1;
  EXPECT_EQ(code_of(changed), "model_hash");
}

// Behind a good hash: no byte may bring the reader to anything but a model or a refusal.
TEST(ModelFile, SurvivesAnyContents) {
  const std::string bytes = write_model(small_parts());
  for (std::size_t i = 24; i + 32 < bytes.size(); ++i)
    for (const int flip : {0x01, 0x80, 0xff}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      const auto model = read_model(sealed(std::move(changed)));
      if (!model) continue;
      const auto x = columns_of(model->schema(), {});
      (void)model->shares(x);
    }
}

}  // namespace
}  // namespace flash::score
