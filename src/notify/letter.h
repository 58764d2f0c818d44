// What a mail says: a template's sentences in the reader's language, as plain text and as HTML.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace flash::notify {

struct Letter {
  std::string subject;
  std::vector<std::string> paragraphs;
  std::string link, link_text;  // empty: none
};

struct Site {
  std::string name;  // who sells
  std::string url;   // without a slash at its end; links begin with it
};

// `name` is a row's payload.template: "lead_received", "notice.lead_assigned" ... An unknown notice
// says that there is news; `language` is en, nl, es, fr or pap, and English stands in for others.
// `payload` is the row's; notices keep their facts in payload.params.
Letter compose(std::string_view name, const json::Object& payload, std::string_view language,
               const Site& site);

std::string plain_of(const Letter& letter);
// Escaped; one font, one column, readable without pictures or styles.
std::string html_of(const Letter& letter, std::string_view language);

}  // namespace flash::notify
