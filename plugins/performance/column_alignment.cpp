// SPDX-License-Identifier: MIT
#include <utility>

#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct ColumnAlignment {
  std::int64_t min = 8;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("min", &ColumnAlignment::min, "The fewest wasted bytes of a row that are reported",
            "1.."),
      field("exclude", &ColumnAlignment::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.column_alignment",
      .summary = "The order of a table's columns wastes no room",
      .severity = Severity::off,
      .kinds = {NodeKind::table},
      .why =
          "PostgreSQL puts an int8 or a timestamp at a multiple of 8 bytes, an int4 at one of\n"
          "4: a small column before a large one leaves a gap in each row. Wide columns of a\n"
          "fixed size first, then the narrow ones, then texts, has none. The order of a table\n"
          "that has rows cannot be changed without writing it anew. What comes after a text\n"
          "of any length is counted only as far as it is certain.",
      .bad = "CREATE TABLE reading (ok boolean, at timestamptz, valid boolean, taken timestamptz);",
      .good =
          "CREATE TABLE reading (at timestamptz, taken timestamptz, ok boolean, valid boolean);"};

  void check(const Node& table, Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    std::int64_t gaps = 0, size = 0, at = 0;
    bool fixed = true;  // no column so far whose length depends on its value
    for (const Node& column : table.columns()) {
      const auto [length, alignment] = layout(column);
      if (length == 0) {
        fixed = false;
        at = 0;
        continue;
      }
      const std::int64_t gap = (alignment - at % alignment) % alignment;
      // After such a column, where the next one begins is not known: no gap is counted there.
      gaps += at == 0 ? 0 : gap;
      at += (at == 0 ? 0 : gap) + length;
      size += length;
    }
    // A row ends at a multiple of 8 in any case.
    if (fixed) gaps = whole(size + gaps) - whole(size);
    if (gaps < min) return;
    report
        .add(table, "the order of its columns costs table " + text(table.qualified_name()) + " " +
                        std::to_string(gaps) + " bytes a row")
        .hint("put wide columns of a fixed size first, texts last");
  }

 private:
  static std::int64_t whole(std::int64_t size) { return (size + 7) / 8 * 8; }
  // Length and alignment in bytes; a length of 0 depends on the value.
  static std::pair<std::int64_t, std::int64_t> layout(const Node& column) {
    if (column.array_dimensions() > 0) return {0, 4};
    if (column.type().kind() == NodeKind::enum_type) return {4, 4};
    struct Layout {
      std::string_view type;
      std::int64_t length, alignment;
    };
    static constexpr Layout known[] = {
        {"bool", 1, 1},   {"char", 1, 1},      {"int2", 2, 2},      {"int4", 4, 4},
        {"date", 4, 4},   {"float4", 4, 4},    {"oid", 4, 4},       {"int8", 8, 8},
        {"float8", 8, 8}, {"money", 8, 8},     {"timestamp", 8, 8}, {"timestamptz", 8, 8},
        {"time", 8, 8},   {"interval", 16, 8}, {"uuid", 16, 1},     {"point", 16, 8}};
    for (const Layout& one : known)
      if (!column.type() && one.type == column.type_name()) return {one.length, one.alignment};
    return {0, 4};
  }
};

}  // namespace

RuleExtension column_alignment() {
  return confiture::rule<ColumnAlignment>();
}

}  // namespace plugins::performance
