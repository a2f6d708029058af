// SPDX-License-Identifier: MIT
// What a statement does to those who use the database meanwhile, and how risky that makes it: what
// all classifiers together say of it.
#pragma once

#include <confiture/classifier.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/lint/finding.hpp"

namespace host::review {

// The values of confiture/classifier.h.
enum class Truth : std::int32_t { unknown = 0, no = 1, yes = 2 };

struct Touched {
  std::string relation, lock;
  std::int64_t rows = -1, bytes = -1;  // -1: unknown
};

struct Effect {
  lint::Risk risk = lint::Risk::none;
  std::vector<std::string> reasons;  // of the riskiest reading first
  std::string form, lock, lost, way_back, safer;
  Truth blocks_reads = Truth::unknown, blocks_writes = Truth::unknown, rewrites = Truth::unknown,
        scans = Truth::unknown, loses_data = Truth::unknown, reversible = Truth::unknown;
  std::vector<Touched> touched;    // a relation once, with its strongest lock
  std::int64_t blocked_bytes = 0;  // -1: unknown
};

// The worse of both in everything.
void add_to(Effect& effect, const confiture_effect& said);

// Of one that no classifier knows, or that cannot be parsed.
Effect unknown_effect(std::string_view why);

// How long others may wait for work on so many bytes, as a class: "<1 s", "<10 s", "<1 min",
// "minutes", "hours"; "unknown" for -1, "ms" for 0.
std::string_view blocking_budget(std::int64_t bytes);

}  // namespace host::review
