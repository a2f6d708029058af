// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "plugins/common/columns.hpp"
#include "plugins/core/strategies.hpp"

namespace core {
namespace {

struct Sequence {
  std::int64_t start = 1;
  std::int64_t step = 1;
  std::string prefix;
  static constexpr auto params = confiture::params(
      confiture::field("start", &Sequence::start, "The number of the first row",
                       "-1000000000000..1000000000000"),
      confiture::field("step", &Sequence::step, "From one row to the next", "1..1000000"),
      confiture::field("prefix", &Sequence::prefix, "Texts: what stands before the number",
                       "0..64"));
  static constexpr auto flags =
      confiture::StrategyFlag::row_local | confiture::StrategyFlag::keeps_unique;
  static constexpr const char* doc = R"doc(Numbers the rows of the table.

| row | before | after (prefix: customer-) |
|---|---|---|
| 1 | Mary Smith | customer-1 |
| 2 | (empty) | customer-2 |
| 3 | NULL | NULL |

```yaml
anonymization:
  tables:
    public.customers:
      company: { use: core.sequence, with: { prefix: "Company " } }
```

Says nothing about the value, but follows from the order in which rows are read: another copy may
number them otherwise, and no other table can refer to them. For keys use fpe.integer or core.uuid.
)doc";

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    if (prefix.empty())
      plugins::common::require_types(
          columns, "core.sequence",
          {"int2", "int4", "int8", "numeric", "text", "varchar", "bpchar", "citext"});
    else
      plugins::common::require_types(columns, "core.sequence with a prefix",
                                     plugins::common::text_types);
  }
  std::string_view rewrite(std::string_view, confiture::Row& row) const {
    std::array<char, 24> digits;
    const std::int64_t number = start + static_cast<std::int64_t>(row.ordinal()) * step;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    const auto size = static_cast<std::size_t>(written.ptr - digits.data());
    char* const begin = row.allocate(prefix.size() + size);
    char* const middle = std::copy(prefix.begin(), prefix.end(), begin);
    std::copy(digits.data(), written.ptr, middle);
    return {begin, prefix.size() + size};
  }
};

}  // namespace

confiture::StrategyExtension sequence_strategy() {
  return confiture::strategy<Sequence>("core.sequence", "Number the rows of the table");
}

}  // namespace core
