#include "leads/words.h"

#include <gtest/gtest.h>

namespace flash::leads {
namespace {

TEST(Fold, TakesOffWhatPeopleLeaveOut) {
  const std::pair<const char*, const char*> cases[] = {{"St. Ann's Bay", "st anns bay"},
                                                       {"SAINT  ANN", "saint ann"},
                                                       {"Curaçao", "curacao"},
                                                       {"Kòrsou", "korsou"},
                                                       {"Señor Ñandú", "senor nandu"},
                                                       {"Straße", "strasse"},
                                                       {"Œuvre & Æther", "oeuvre aether"},
                                                       {"  A&B #1 (Ltd.) ", "a b 1 ltd"},
                                                       {"日本 料理", "日本 料理"},
                                                       {"e\u0301", "e"},
                                                       {"O’Brien", "obrien"},
                                                       {"", ""},
                                                       {"---", ""},
                                                       {"Łódź", "lodz"},
                                                       {"ĐĦŦı", "dhti"}};
  for (const auto& [in, out] : cases) EXPECT_EQ(fold(in), out) << in;
}

TEST(Words, MatchesWholeWordsOnly) {
  EXPECT_TRUE(has_words("12 main st ann jamaica", "st ann"));
  EXPECT_TRUE(has_words("st ann", "st ann"));
  EXPECT_FALSE(has_words("st annabel", "st ann"));
  EXPECT_FALSE(has_words("west ann", "st ann"));
  EXPECT_TRUE(has_words("west ann st ann", "st ann"));
  EXPECT_FALSE(has_words("anything", ""));
}

TEST(Trim, TakesOffWhatEcmascriptDoes) {
  EXPECT_EQ(trim_wide("\u00a0\ufeff a b \u3000\n"), "a b");
  EXPECT_EQ(trim_wide("\u200b"), "\u200b");  // zero width space is no white space
  EXPECT_EQ(trim_wide(" \t"), "");
  EXPECT_EQ(trim_wide(""), "");
  EXPECT_EQ(trim_wide("é"), "é");
}

}  // namespace
}  // namespace flash::leads
