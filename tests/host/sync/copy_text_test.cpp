// SPDX-License-Identifier: MIT
#include "host/sync/copy_text.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

#include "host/sync/field_scan.hpp"

using namespace host::sync;

namespace {

std::string decode(std::string_view field) {
  std::string out(field.size(), '\0');
  out.resize(static_cast<std::size_t>(decode_field(field, out.data()) - out.data()));
  return out;
}

std::string encode(std::string_view value) {
  std::string out(encoded_bound(value.size()), '\0');
  out.resize(static_cast<std::size_t>(encode_field(value, out.data()) - out.data()));
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(copy_text)

BOOST_AUTO_TEST_CASE(escapes_are_those_of_copy) {
  BOOST_CHECK_EQUAL(encode("a\tb\nc\rd\be\ff\vg\\h"), "a\\tb\\nc\\rd\\be\\ff\\vg\\\\h");
  BOOST_CHECK_EQUAL(encode("\\N"), "\\\\N");
  BOOST_CHECK_EQUAL(encode("\\."), "\\\\.");
  BOOST_CHECK_EQUAL(encode("C:\\New"), "C:\\\\New");
  BOOST_CHECK_EQUAL(encode(""), "");
  BOOST_CHECK_EQUAL(encode("caf\xc3\xa9"), "caf\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(every_escape_is_read) {
  BOOST_CHECK_EQUAL(decode("a\\tb\\nc\\rd\\be\\ff\\vg\\\\h"), "a\tb\nc\rd\be\ff\vg\\h");
  BOOST_CHECK_EQUAL(decode("\\101\\x41\\x4g\\7x"), std::string("AA\x04g\x07x"));
  BOOST_CHECK_EQUAL(decode("\\q\\xz\\"), "qxz\\");
}

BOOST_AUTO_TEST_CASE(only_one_field_is_null) {
  BOOST_CHECK(is_null_field("\\N"));
  BOOST_CHECK(!is_null_field("\\\\N"));
  BOOST_CHECK(!is_null_field("N"));
  BOOST_CHECK(!is_null_field(""));
}

BOOST_AUTO_TEST_CASE(decode_undoes_encode_on_any_bytes) {
  std::mt19937 random(4711);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes)
      byte = random() % 3 == 0 ? "\t\n\r\b\f\v\\N.x0"[random() % 11]
                               : static_cast<char>(random() % 256);
    const std::string field = encode(bytes);
    BOOST_REQUIRE(decode(field) == bytes);
    BOOST_REQUIRE(field.find_first_of("\t\n\r") == std::string::npos);
    BOOST_REQUIRE(!is_null_field(field));
  }
}

BOOST_AUTO_TEST_CASE(defects_of_text) {
  BOOST_CHECK(text_defect("caf\xc3\xa9") == nullptr);
  BOOST_CHECK_EQUAL(text_defect(std::string_view("a\0b", 3)), "a zero byte");
  BOOST_CHECK_EQUAL(text_defect("caf\xc3"), "malformed UTF-8");
  BOOST_CHECK_EQUAL(text_defect("\xed\xa0\x80"), "malformed UTF-8");
}

BOOST_AUTO_TEST_CASE(scan_finds_every_field_at_every_alignment) {
  std::mt19937 random(815);
  for (int round = 0; round < 2'000; ++round) {
    const std::size_t columns = 1 + random() % 5, rows = random() % 30;
    std::vector<std::vector<std::string>> expected(rows);
    std::string bytes;
    for (auto& row : expected)
      for (std::size_t c = 0; c < columns; ++c) {
        row.emplace_back(random() % 20, 'x');
        bytes += row.back() + (c + 1 < columns ? '\t' : '\n');
      }
    FieldScan scan(columns);
    BOOST_REQUIRE(scan.scan(bytes, rows));
    BOOST_REQUIRE_EQUAL(scan.row_count(), rows);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c)
        BOOST_REQUIRE_EQUAL(
            bytes.substr(scan.begin_of(r, c), scan.end_of(r, c) - scan.begin_of(r, c)),
            expected[r][c]);
  }
}

BOOST_AUTO_TEST_CASE(scan_refuses_rows_of_another_shape) {
  FieldScan scan(2);
  BOOST_CHECK(!scan.scan("a\tb\tc\n", 1));
  BOOST_CHECK(!scan.scan("a\nb\n", 2));
  BOOST_CHECK(!scan.scan("a\tb", 1));
  BOOST_CHECK(!scan.scan("a\tb\nc", 1));
  BOOST_CHECK(scan.scan("", 0));
}

BOOST_AUTO_TEST_SUITE_END()
