// SPDX-License-Identifier: MIT
// The search of the target for what must not be there: replaced values of the source, in every
// column that was not replaced, and personal data that shows by its form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "host/foundation/cancellation.hpp"
#include "host/postgres/connection.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/patterns.hpp"
#include "host/sync/source_values.hpp"
#include "host/sync/text_search.hpp"

namespace host::sync {

// What was found in one column, or in the text of one object of the schema.
struct Leak {
  std::string where;  // "column 'notes' of table public.orders", "view public.v"
  std::uint64_t source_values = 0;
  std::set<std::string> from = {};  // columns that they were replaced in
  PatternCounts patterns = {};
  bool waived = false;
  bool replaced = false;    // by a strategy that leaves something
  std::string column = {};  // "public.orders.notes"; empty: it is none of a table's
};

struct LeakSearch {
  std::vector<Leak> leaks;
  std::uint64_t rows = 0;   // looked through
  std::size_t columns = 0;  // of them
};

class LeakHunt {
 public:
  // `target` is in its transaction. Everything outlives it.
  LeakHunt(const Plan& plan, const Decisions& decisions, const SourceValues& values,
           postgres::Connection& target);

  // Relations to look through: one by one in any order, each once, on any thread.
  std::size_t count() const { return relations_.size(); }
  void look_through(std::size_t relation, postgres::Connection& target,
                    const Cancellation& cancellation);
  // Looks through the schema too, and then makes sure of what was noted: reads the source once
  // more where anything was.
  LeakSearch result(postgres::Connection& source, postgres::Connection& target,
                    const Cancellation& cancellation);

 private:
  // One place whose texts are looked through.
  struct Spot {
    std::string where;
    std::string column;  // its name, for the query
    Texts kind = Texts::copied;
    bool waived = false;
  };
  struct Relation {
    TableName name;
    std::vector<Spot> spots;
    std::size_t first = 0;  // number of the first spot
    bool view = false;      // a materialized one
  };
  void add_tables(const Plan& plan, const Decisions& decisions);
  void add_materialized_views(postgres::Connection& target);

  const SourceValues& values_;
  std::vector<Relation> relations_;
  std::size_t columns_ = 0;
  std::mutex mutex_;  // of what follows
  TextSearch found_;
  std::uint64_t rows_ = 0;
};

}  // namespace host::sync
