// SPDX-License-Identifier: MIT
#include "host/sync/work.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace host::sync;

namespace {

constexpr std::int64_t page = 8192;

struct Tables {
  Plan plan;
  Catalog source;
  void add(const std::string& name, std::int64_t pages, bool heap = true) {
    Table table;
    table.name = {"public", name};
    table.heap = heap;
    source.tables.push_back(table);
    TablePlan planned;
    planned.name = table.name;
    planned.bytes = pages * page;
    plan.tables.push_back(planned);
  }
  // "b[0,4) a b[4,...": the pieces in the order in which they are given away.
  std::string pieces(const Cutting& cutting, const std::vector<bool>& done) const {
    Work work(plan, source, cutting, done);
    std::string text;
    while (const auto piece = work.next()) {
      text += (text.empty() ? "" : " ") + plan.tables[piece->table].name.name;
      if (!piece->pages) continue;
      text += "[" + std::to_string(piece->pages->begin) + "," +
              (piece->pages->end == 0 ? "..." : std::to_string(piece->pages->end) + ")");
    }
    return text;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(work)

BOOST_AUTO_TEST_CASE(all_pages_are_read_once_and_the_last_range_has_no_end) {
  const Cutting cutting{true, page, 4 * page};
  const std::pair<std::int64_t, const char*> cut[] = {{7, "t"},
                                                      {8, "t[0,4) t[4,..."},
                                                      {9, "t[0,4) t[4,8) t[8,..."},
                                                      {12, "t[0,4) t[4,8) t[8,..."}};
  for (const auto& [pages, pieces] : cut) {
    Tables tables;
    tables.add("t", pages);
    BOOST_CHECK_EQUAL(tables.pieces(cutting, {false}), pieces);
    BOOST_CHECK_EQUAL(tables.pieces({false, page, 4 * page}, {false}), "t");
  }
}

BOOST_AUTO_TEST_CASE(the_largest_rest_goes_first) {
  Tables tables;
  tables.add("a", 6);
  tables.add("b", 12);
  tables.add("c", 9, false);
  tables.add("d", 20);
  BOOST_CHECK_EQUAL(tables.pieces({true, page, 4 * page}, {false, false, false, true}),
                    "b[0,4) c b[4,8) a b[8,...");
}

BOOST_AUTO_TEST_SUITE_END()
