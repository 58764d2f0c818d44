#include "worker/rescore.h"

#include "worker/ask.h"
#include "worker/queries.gen.h"
#include "worker/row.h"

namespace flash::worker {

std::vector<sql::Statement> rescore(const json::Object& row, const leads::Places& places,
                                    std::string_view back) {
  json::Writer items;
  items.array();
  add_rescore(items, row, places, now_microseconds());
  items.end_array();
  std::vector<sql::Statement> out;
  out.push_back(sql::statement("select set_config('role', 'flash_worker', true)"));
  out.push_back(sql::statement(queries::intake_rescore, {std::move(items).take()}));
  out.push_back(sql::statement("select set_config('role', $1, true)", {std::string(back)}));
  return out;
}

}  // namespace flash::worker
