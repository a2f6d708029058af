// SPDX-License-Identifier: MIT
#include <re2/re2.h>

#include <memory>
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

enum class Otherwise { redact, keep };

struct Regex {
  std::string pattern, with;
  Otherwise otherwise = Otherwise::redact;
  bool ignore_case = false;
  static constexpr auto params = confiture::params(
      confiture::field("pattern", &Regex::pattern, "What to look for, as RE2 reads it").required(),
      confiture::field("with", &Regex::with,
                       "What stands there instead; \\1 is the first group, \\0 the whole match"),
      confiture::field("otherwise", &Regex::otherwise,
                       "What becomes of a value without a match: [redacted], or it stays",
                       confiture::choices("redact", "keep")),
      confiture::field("ignore_case", &Regex::ignore_case, "Upper and lower case are the same"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local;
  static constexpr const char* doc = R"doc(Replaces every match of a pattern in a text.

| before | after (pattern: "(\\d{3})-\\d{4}", with: "\\1-0000") |
|---|---|
| `call 555-0199 or 556-0123` | `call 555-0000 or 556-0000` |
| `no number` | `[redacted]` |
| (empty) | `[redacted]` |
| NULL | NULL |

```yaml
anonymization:
  tables:
    public.calls:
      line: { use: core.regex, with: { pattern: "(\\d{3})-\\d{4}", with: "\\1-0000" } }
```

A value in which nothing matches was not thought of when the pattern was written, so it is not passed
on: it becomes `[redacted]`, unless `otherwise: keep` says that it may. Patterns are those of RE2,
which needs time in proportion to the text, whatever the pattern: groups, classes and Unicode, but
nothing that looks back at what was matched.
)doc";

  void prepare(confiture::Call&) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignore_case);
    compiled = std::make_unique<re2::RE2>(pattern, options);
    if (!compiled->ok())
      throw confiture::BadConfig("'pattern' cannot be read: " + compiled->error());
    std::string wrong;
    if (!compiled->CheckRewriteString(with, &wrong))
      throw confiture::BadConfig("'with' cannot be read: " + wrong);
  }

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    plugins::common::require_types(columns, "core.regex", plugins::common::text_types);
    limit = plugins::common::shortest_limit(columns);
  }

  std::string_view rewrite(std::string_view value, confiture::Row& row) {
    text = plugins::common::unpadded(value);
    if (re2::RE2::GlobalReplace(&text, *compiled, with) == 0) {
      if (otherwise == Otherwise::keep) return value;
      text = "[redacted]";
    }
    return row.keep(plugins::common::cut(text, limit));
  }

  std::unique_ptr<re2::RE2> compiled;
  std::string text;
  std::size_t limit = 0;
};

}  // namespace

confiture::StrategyExtension regex_strategy() {
  return confiture::strategy<Regex>("core.regex", "Replace every match of a pattern in a text");
}

}  // namespace core
