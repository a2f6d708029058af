// SPDX-License-Identifier: MIT
#include "host/lint/fixes.hpp"

#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(fixes)

BOOST_AUTO_TEST_CASE(a_diff_shows_what_changes) {
  BOOST_TEST(unified_diff("a.sql", "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\nfive\n6\n7\n") ==
             "--- a.sql\n+++ a.sql\n@@ -2,5 +2,6 @@\n 2\n 3\n 4\n-5\n+five\n 6\n+7\n");
  BOOST_TEST(unified_diff("a.sql", "", "x\n") == "--- a.sql\n+++ a.sql\n@@ -0,0 +1,1 @@\n+x\n");
  BOOST_TEST(unified_diff("a.sql", "x\n", "x\n") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
