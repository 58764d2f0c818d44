// A register of companies: OpenCorporates, search, or a service that speaks like it.
#pragma once
#include <string>
#include <string_view>

#include "enrich/fact.h"
#include "enrich/fetch.h"

namespace flash::enrich {

// The question names the business and its country, no person. The key stands in the URL.
Ask company_question(const std::string& url, const std::string& key, const Lead& lead);

// The company that is called most like the lead, in its country; else nothing. Facts: name, number
// (into the field in which the form of that country asks for it), status, kind, year (field
// year_established), address (field address), page. What cannot be read is unprocessable
// "unreadable".
Result<Answer> company_facts(std::string_view reply, const Lead& lead);

}  // namespace flash::enrich
