// SPDX-License-Identifier: MIT
// Each rule's own examples: the bad one has exactly the expected finding, the good one none.
#include <map>

#include "tests/host/lint/fixture.hpp"

namespace host::lint {
namespace {

// The text of the n-th ```sql block.
std::string sql_block(const std::string& page, int number) {
  const std::string open = "```sql\n";
  std::size_t start = page.find(open);
  for (; number > 0 && start != std::string::npos; --number) start = page.find(open, start + 1);
  BOOST_REQUIRE_MESSAGE(start != std::string::npos, "an example is missing");
  start += open.size();
  return page.substr(start, page.find("\n```", start) - start);
}

const std::map<std::string, std::string> expected{
    {"compliance.audit_columns",
     "a.sql:1:14 warning compliance.audit_columns low: table public.customer holds personal data "
     "(email) and has no created_at, created_by, updated_at, updated_by"},
    {"naming.table_case",
     "a.sql:1:14 warning naming.table_case none: table public.\"OrderLine\" is not named in "
     "snake_case"},
    {"performance.foreign_key_without_index",
     "a.sql:2:65 warning performance.foreign_key_without_index low: no index covers foreign key "
     "invoice_customer_id_fkey (customer_id) of table public.invoice"},
    {"safety.drop_column",
     "a.sql:1:22 error safety.drop_column critical: column customer.phone is dropped with all its "
     "values"},
    {"safety.drop_table",
     "a.sql:1:12 error safety.drop_table critical: table customer is dropped with all its rows"},
    {"safety.psql_meta_command",
     "a.sql:1:1 warning safety.psql_meta_command medium: a psql command, which is no SQL: only "
     "psql "
     "can run it"},
    {"safety.syntax_error",
     "a.sql:1:8 error safety.syntax_error high: syntax error at or near \"TABEL\""},
    {"security.plain_text_secret_column",
     "a.sql:1:46 warning security.plain_text_secret_column none: column public.account.password "
     "seems to hold a secret in plain text"},
    {"structure.require_primary_key",
     "a.sql:1:14 error structure.require_primary_key none: table public.customer has no primary "
     "key"},
};

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(examples_are_judged_as_the_page_says) {
  extensions::Session session;
  const Linter linter(registry(), {}, session);
  BOOST_REQUIRE_EQUAL(linter.rules().size(), expected.size());
  for (const RuleInfo& rule : linter.rules()) {
    BOOST_TEST_CONTEXT(rule.id) {
      const SourceKind kind =
          rule.category == "safety" ? SourceKind::migration : SourceKind::schema;
      const auto judged = [&](int block) {
        std::vector<Input> inputs;
        inputs.push_back({sql::Source("a.sql", sql_block(rule.doc, block)), kind});
        return shown(lint(std::move(inputs), {{rule.id}, {}}).findings);
      };
      check_lines(judged(0), {expected.at(rule.id)});
      check_lines(judged(1), {});
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::lint
