// Inside of render: a Read as a select, with its embeds as sub-selects.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "plan/read.h"
#include "sql/fragment.h"

namespace flash::render {

// The rows that a write or a call made, as the name of their CTE.
inline constexpr std::string_view made_rows = "made";

// A made row as one value of its table's type, where plan::Read::needs_row.
inline constexpr std::string_view made_row = "row";
inline constexpr char made_alias = 'm';

enum class Source : unsigned char { table, made };

// Hands out t0, t1, ... in the order of the plan, so that equal plans give equal text; m0 for made
// rows.
class Aliases {
 public:
  std::string next(Source source = Source::table) {
    return (source == Source::made ? made_alias : 't') + std::to_string(count_++);
  }

 private:
  unsigned count_ = 0;
};

// select <outputs> from <source> where ... order by ... limit ... offset ...
sql::Fragment select_page(const plan::Read& read, Source source, bool with_outputs,
                          Aliases& aliases);
// select from <source> where ...: every row that counts, without its columns.
sql::Fragment select_all(const plan::Read& read, Source source, Aliases& aliases);

// The keys that a read's rows have, in order.
std::vector<std::string_view> names_of(const plan::Read& read);

// " where a and b" over the columns of `alias`; empty when nothing restricts.
sql::Fragment where_clause(const plan::Read& read, std::string_view alias, Aliases& aliases);
sql::Fragment condition(const plan::Predicate& predicate, const plan::Read& read,
                        std::string_view alias, Aliases& aliases);

// "alias"."column", through its JSON path where there is one.
sql::Fragment field(const plan::Field& field, std::string_view alias);
// The row behind an alias as one value, and a function of it.
sql::Fragment whole_row(std::string_view alias);
sql::Fragment call_with_row(std::string_view schema, std::string_view function,
                            std::string_view alias);
sql::Fragment compare(const plan::Compare& compare, std::string_view alias);
sql::Fragment type_name(const catalog::Type& type);
sql::Fragment typed(std::string value, const catalog::Type& type);  // $n::type

}  // namespace flash::render
