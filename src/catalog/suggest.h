// "Perhaps you meant": the nearest of the names that exist.
#pragma once
#include <span>
#include <string_view>

namespace flash::catalog {

// The candidate most alike, at least `share_min` of the longer name's letters; empty: none is.
std::string_view nearest(std::string_view wanted, std::span<const std::string_view> candidates,
                         double share_min);

}  // namespace flash::catalog
