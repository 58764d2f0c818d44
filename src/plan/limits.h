// How large a question may be. What is over a limit is refused before any SQL is made.
#pragma once
#include <cstddef>

namespace flash::plan {

inline constexpr std::size_t depth_max = 8;         // embeds inside embeds
inline constexpr std::size_t embeds_max = 32;       // in the whole question
inline constexpr std::size_t outputs_max = 512;     // columns asked for, in the whole question
inline constexpr std::size_t predicates_max = 256;  // comparisons and groups, in the whole question
inline constexpr std::size_t predicate_depth_max = 16;   // groups inside groups
inline constexpr std::size_t orders_max = 32;            // in the whole question
inline constexpr std::size_t path_steps_max = 16;        // arrows of one JSON path
inline constexpr std::size_t list_items_max = 10'000;    // values of one in(...)
inline constexpr std::size_t insert_groups_max = 64;     // runs of rows with the same columns
inline constexpr std::size_t write_columns_max = 1'600;  // PostgreSQL's own limit for a table

}  // namespace flash::plan
