// A directory of places: Google Places (New), text search, or a service that speaks like it.
#pragma once
#include <string>
#include <string_view>

#include "enrich/fact.h"
#include "enrich/fetch.h"

namespace flash::enrich {

// The question names the business and its country, no person.
Ask places_question(const std::string& url, const std::string& key, const Lead& lead);

// The place that is called most like the lead, in its country; else nothing. Facts: name, address
// (field address), phone (E.164, field phone), website, status, kind. How sure: as alike as the
// names. What cannot be read is unprocessable "unreadable".
Result<Answer> places_facts(std::string_view reply, const Lead& lead);

}  // namespace flash::enrich
