// SPDX-License-Identifier: MIT
// How a migration is shown to whoever decides on it. All text of files and of the database goes
// through printable(), so that nobody is fooled by what a terminal would hide.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/migrations/plan.hpp"
#include "host/review/judgement.hpp"

namespace host::review {

struct Look {
  bool ascii = false;       // no line drawing
  bool accessible = false;  // nor rules of any kind: lines of words
  std::function<std::string(const std::string&)> highlight = {};  // of printable SQL; may be empty
};

// What is known of a migration beside its files: "tables", "public.orders, about 12,000 rows".
struct Fact {
  std::string label, text;
};

// "-- 1 of 2: 1_users --" and the facts, a line each.
std::string show_facts(const migrations::Step& step, const std::vector<Fact>& facts,
                       std::size_t index, std::size_t count, const Look& look);
// Its SQL in full.
std::string show_sql(const migrations::Step& step, const Look& look);
// The SQL of its way back in full, or that there is none.
std::string show_way_back(const migrations::Step& step, const Look& look);
// "risk: [HIGH]" and the reasons, a line each.
std::string show_risk(const Judgement& judgement);

}  // namespace host::review
