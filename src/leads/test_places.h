// Three countries and a few neighbours of the real tree, for the tests of this room.
#pragma once
#include <gtest/gtest.h>

#include "leads/places.h"

namespace flash::leads {

inline const Places& test_places() {
  static const Places places = [] {
    auto parsed = Places::parse(R"({"version": 7, "territories": [
      {"id":1,"code":"CARIB","name":"Caribbean","kind":"root"},
      {"id":2,"code":"JM","name":"Jamaica","kind":"country","parent_id":1,"country":"JM","published":true,
       "currency":"JMD","phone_prefixes":["1876","1658"],"specialist_types":["healthcare"],
       "form_fields":[{"name":"business_registration_number","max_length":20},
                      {"name":"tax_registration_number","max_length":20,"digits":9}]},
      {"id":3,"code":"JM-SURREY","name":"Surrey","kind":"region","parent_id":2,"country":"JM","specialist_types":["healthcare"]},
      {"id":4,"code":"JM-MIDDX","name":"Middlesex","kind":"region","parent_id":2,"country":"JM"},
      {"id":5,"code":"JM-01","name":"Kingston","kind":"area","parent_id":3,"country":"JM","specialist_types":["healthcare"]},
      {"id":6,"code":"JM-02","name":"Saint Andrew","kind":"area","parent_id":3,"country":"JM","specialist_types":["healthcare"]},
      {"id":7,"code":"JM-06","name":"Saint Ann","kind":"area","parent_id":4,"country":"JM","hold_outside_hours":true},
      {"id":8,"code":"KY","name":"Cayman Islands","kind":"country","parent_id":1,"country":"KY","published":true,
       "currency":"KYD","phone_prefixes":["1345"],"postal_pattern":"^KY[1-3](-[0-9]{4})?$",
       "postal_areas":{"KY1":"KY-GC","KY2":"KY-SI","KY3":"KY-SI"}},
      {"id":9,"code":"KY-GC","name":"Grand Cayman","kind":"region","parent_id":8,"country":"KY"},
      {"id":10,"code":"KY-GT","name":"George Town","kind":"area","parent_id":9,"country":"KY"},
      {"id":11,"code":"KY-SI","name":"Sister Islands","kind":"area","parent_id":8,"country":"KY"},
      {"id":12,"code":"CW","name":"Curaçao","kind":"country","parent_id":1,"country":"CW","published":true,
       "currency":"XCG","phone_prefixes":["5999"],"strategy":"round_robin","allow_neighbours":false},
      {"id":13,"code":"CW-WIL","name":"Willemstad","kind":"area","parent_id":12,"country":"CW","strategy":"round_robin"},
      {"id":14,"code":"TT","name":"Trinidad and Tobago","kind":"country","parent_id":1,"country":"TT",
       "phone_prefixes":["1868"]},
      {"id":15,"code":"BQ","name":"Bonaire","kind":"country","parent_id":1,"country":"BQ",
       "phone_prefixes":["5993","5994","5997"]}],
     "aliases":[{"key":"kingston","territory_id":5},{"key":"saint andrew","territory_id":6},
      {"key":"st andrew","territory_id":6},{"key":"saint ann","territory_id":7},{"key":"st ann","territory_id":7},
      {"key":"st anns","territory_id":7},{"key":"ocho rios","territory_id":7},{"key":"ksa","territory_id":5},
      {"key":"ksa","territory_id":6},{"key":"jamaica","territory_id":2},{"key":"george town","territory_id":10},
      {"key":"curacao","territory_id":12},{"key":"willemstad","territory_id":13},{"key":"punda","territory_id":13}],
     "neighbours":[{"territory_id":5,"neighbour_id":6},{"territory_id":6,"neighbour_id":5}],
     "rules":[{"priority":10,"kind":"returning_customer","name":"Returning customer"},
      {"priority":20,"kind":"high_value","name":"High value","params":{"min_value_usd":50000,"min_conversion":0.15,"min_closed":10}},
      {"priority":30,"kind":"specialist","name":"Specialist"},{"priority":40,"kind":"territory","name":"Territory"},
      {"priority":50,"kind":"neighbours","name":"Neighbours"},{"priority":60,"kind":"parent","name":"Parent"},
      {"priority":99,"kind":"queue","name":"Queue"}],
     "rates":{"USD":1,"KYD":1.2,"JMD":0.0063,"XCG":0.55865922}})");
    EXPECT_TRUE(parsed) << parsed.error().message;
    return *std::move(parsed);
  }();
  return places;
}

}  // namespace flash::leads
