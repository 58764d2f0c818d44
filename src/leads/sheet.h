// A row of somebody's table as a lead: which column means which fact, and what people write into
// cells.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"
#include "leads/places.h"

namespace flash::leads {

// The facts that a column may hold, by the names of the form's fields; "reference" names a lead
// that is there already and is to be changed.
std::vector<std::string_view> sheet_fields();

struct SheetMapping {
  std::vector<std::string> columns;  // a field for each column of the file; empty: left out
  std::map<std::string, std::string> defaults;  // for cells that are empty or missing
};
// {"columns": [text or null, ...], "defaults": {field: text}}. Unknown fields are left out, and
// what two columns claim is the first one's.
SheetMapping read_mapping(const json::Object& document);
// By the headings, in five languages; a field is given once.
SheetMapping guess_mapping(const std::vector<std::string>& header);
std::string to_json(const SheetMapping& mapping);

struct SheetRow {
  std::string reason;     // why it cannot be taken, field by field; empty: it can
  std::string reference;  // of the lead that it changes; empty: it is a new one
  std::string facts;      // a JSON object by columns of public.submissions; with a reference only
                          // what the row says
};
SheetRow read_row(const std::vector<std::string>& cells, const SheetMapping& mapping,
                  const Places& places, int this_year);

}  // namespace flash::leads
