// SPDX-License-Identifier: MIT
// docs/reference/rules.md is what the rules say of themselves. After a change of a record:
// CONFITURE_UPDATE_DOCS=1 test_host_lint --run_test=reference
#include <cstdlib>
#include <filesystem>

#include "host/foundation/file.hpp"
#include "host/lint/rule_pages.hpp"
#include "tests/host/lint/fixture.hpp"
#include "tests/support/checkout.hpp"

namespace host::lint {
namespace {

BOOST_AUTO_TEST_SUITE(reference)

BOOST_AUTO_TEST_CASE(is_kept_current) {
  const std::filesystem::path file = ::test::checkout() / "docs" / "reference" / "rules.md";
  extensions::Session session;
  const std::string page = rule_reference(Linter(registry(), {}, session).rules());
  if (std::getenv("CONFITURE_UPDATE_DOCS") != nullptr) {
    std::filesystem::create_directories(file.parent_path());
    write_file(file, page);
  }
  BOOST_TEST((read_file(file) == page),
             "docs/reference/rules.md is not what the rules say: write "
             "it anew, as the head of reference_test.cpp says");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
