// SPDX-License-Identifier: MIT
// The binary format: found, replaced, put together, and refused where it is another shape.
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <random>

#include "host/sync/row_codec.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

using Row = std::vector<std::optional<std::string>>;

const std::string header("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
const std::string trailer("\377\377", 2);

std::string big_endian(std::uint32_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(number >> (8 * i) & 0xFF);
  return text;
}

std::string bytes_of(const Row& row) {
  std::string bytes = big_endian(static_cast<std::uint32_t>(row.size()), 2);
  for (const auto& value : row)
    bytes += value ? big_endian(static_cast<std::uint32_t>(value->size()), 4) + *value
                   : std::string("\377\377\377\377");
  return bytes;
}

confiture_str str(const std::optional<std::string>& value) {
  return value ? confiture_str{value->data(), value->size()} : confiture_str{nullptr, 0};
}

std::optional<std::string> text(confiture_str value) {
  return value.data == nullptr ? std::nullopt
                               : std::optional<std::string>(std::string(value.data, value.size));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(binary_rows)

BOOST_AUTO_TEST_CASE(replaced_fields_and_all_others_as_they_were) {
  std::mt19937 random(4242);
  const auto draw = [&]() -> std::optional<std::string> {
    if (random() % 4 == 0) return std::nullopt;
    std::string value(random() % 12, '\0');
    for (char& c : value) c = static_cast<char>(random());
    return value;
  };
  for (int round = 0; round < 2'000; ++round) {
    const std::size_t columns = 1 + random() % 5, written = 1 + random() % columns;
    const std::size_t count = random() % 20, field = random() % written;
    const bool first = random() % 2 == 0, last = random() % 2 == 0;
    std::string bytes = first ? header : "", expected = bytes;
    std::vector<Row> rows(count);
    std::vector<std::optional<std::string>> results(count);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t c = 0; c < columns; ++c) rows[i].push_back(draw());
      bytes += bytes_of(rows[i]);
      Row after(rows[i].begin(), rows[i].begin() + static_cast<std::ptrdiff_t>(written));
      after[field] = results[i] = draw();
      expected += bytes_of(after);
    }
    bytes += last ? trailer : "";
    expected += last ? trailer : "";

    const auto codec = make_binary_codec(columns, written);
    BOOST_REQUIRE(codec->scan(bytes, count + (last ? 1 : 0), first));
    BOOST_REQUIRE_EQUAL(codec->row_count(), count);
    Values values;
    for (std::size_t c = 0; c < columns; ++c) {
      codec->decode(c, values);
      for (std::size_t i = 0; i < count; ++i) BOOST_REQUIRE(text(values[i]) == rows[i][c]);
    }
    values.clear();
    for (const auto& result : results) values.push_back(str(result));
    std::string out;
    codec->assemble({{field, &values}}, out);
    BOOST_REQUIRE(out == expected);
  }
}

BOOST_AUTO_TEST_CASE(streams_of_another_shape) {
  const std::string bytes = header + bytes_of({"a", std::nullopt}) + bytes_of({"", "bc"}) + trailer;
  const auto scan = [](std::string_view stream, std::size_t messages, bool first) {
    return make_binary_codec(2, 2)->scan(stream, messages, first);
  };
  BOOST_CHECK(scan(bytes, 3, true));
  BOOST_CHECK(scan(header + trailer, 1, true));
  BOOST_CHECK(scan("", 0, false));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    BOOST_CHECK(!scan(std::string_view(bytes).substr(0, size), 3, true));
  BOOST_CHECK(!scan(bytes, 2, true));
  BOOST_CHECK(!scan(bytes, 3, false));
  BOOST_CHECK(!scan(bytes + "x", 3, true));
  BOOST_CHECK(!scan(header + bytes_of({"a"}), 1, true));
  BOOST_CHECK(!scan(header + trailer + bytes_of({"a", "b"}), 2, true));
  std::string with_oids = bytes;
  with_oids[12] = '\1';
  BOOST_CHECK(!scan(with_oids, 3, true));
}

BOOST_AUTO_TEST_CASE(texts_are_replaced_in_the_binary_format_where_all_that_is_seen_is_text) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (id int PRIMARY KEY, at timestamptz, n numeric(10,2), mail text,"
      " who varchar(40), gone text, j jsonb, a int[], country char(2));"
      "INSERT INTO t SELECT i, '2026-01-01'::timestamptz + i * interval '1 h', i / 7.0,"
      " CASE i % 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE E'p\\t\\\\' || i || '@acme.example' END,"
      " 'Jos\u00e9 ' || i, 'x', '{\"a\": 1.10}', ARRAY[i, NULL], 'FR' FROM"
      " generate_series(1, 5000) i");
  both.clone_schema();
  const std::string rules =
      "{ t: { mail: { when: { column: country, equals: FR }, then: core.redact,"
      " else: core.keep }, who: person.name, gone: drop } }";
  auto sync = both.prepare(rules);
  BOOST_CHECK(sync->plan().tables[0].binary);
  BOOST_CHECK_EQUAL(sync->run().rows, 5'000u);
  const std::string kept =
      "SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM"
      " (SELECT id, at, n, j, a, country FROM t) t";
  BOOST_CHECK_EQUAL(both.target_value(kept), both.source_value(kept));
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*), count(mail), count(gone) FROM t"
                                      " WHERE mail IS NULL OR mail = '[redacted]'"),
                    "5000|3334|0");
  sync.reset();  // before its session goes
  BOOST_CHECK(!both.prepare("{ t: { mail: { when: { column: id, equals: 3 }, then: core.redact,"
                            " else: core.keep } } }")
                   ->plan()
                   .tables[0]
                   .binary);
  both.target->execute("ALTER TABLE t ALTER n TYPE numeric(12,2)");
  BOOST_CHECK(!both.prepare(rules)->plan().tables[0].binary);
}

BOOST_AUTO_TEST_SUITE_END()
