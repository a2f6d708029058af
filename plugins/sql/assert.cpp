// SPDX-License-Identifier: MIT
#include <string>

#include "plugins/sql/actions.hpp"

namespace sql {
namespace {

struct Assert {
  enum class Expect { automatic, no_rows, true_row };

  std::string query;
  std::string message = "the query did not give what was expected";
  Expect expect = Expect::automatic;
  static constexpr auto params = confiture::params(
      confiture::field("query", &Assert::query, "The question, one SQL statement", "1..")
          .required(),
      confiture::field("message", &Assert::message, "What is wrong where it does not hold", "1.."),
      confiture::field("expect", &Assert::expect,
                       "What holds: no rows, one row with one true value, or either",
                       confiture::choices("either", "no_rows", "true")));
  static constexpr const char* doc = R"doc(Fails unless a query says that all is well.

All is well when the query gives no row, or exactly one row whose only value is true: so a query for
offenders and a query for a truth both read as they should. `expect` insists on one of the two. The
message says how many rows there were, never what was in them.

```yaml
hooks:
  post_execute:
    - action: sql.assert
      name: no-null-emails
      with:
        query: "SELECT id FROM users WHERE email IS NULL"
        message: "users without an e-mail address"
```
)doc";

  void run(const confiture::Event&, confiture::Context& context) const {
    const confiture::Result result = context.query(query);
    const bool is_true = result.size() == 1 && result.column_count() == 1 && result.at(0, 0) == "t";
    const bool holds =
        (expect != Expect::true_row && result.empty()) || (expect != Expect::no_rows && is_true);
    if (holds) return;
    const std::size_t rows = result.size();
    throw confiture::Error(message + " (" + std::to_string(rows) +
                           (rows == 1 ? " row)" : " rows)"));
  }
};

}  // namespace

confiture::ActionExtension assert_action() {
  return confiture::action<Assert>("sql.assert", "Fail unless a query says that all is well",
                                   any_phase);
}

}  // namespace sql
