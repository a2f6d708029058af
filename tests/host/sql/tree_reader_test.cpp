// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <memory_resource>
#include <string>
#include <thread>
#include <vector>

#include "host/sql/tree.hpp"

namespace host::sql::tree {
namespace {

// As it was written, but for what nobody reads of it.
std::string shown(const Value& value) {
  if (value.is_text()) return '"' + std::string(value.text()) + '"';
  if (value.is_number()) return std::to_string(value.number());
  if (value.is_truth()) return value.truth() ? "true" : "false";
  if (!value.is_object() && value.if_array() == nullptr) return "null";
  std::string text;
  for (const Value& part : value) {
    if (!text.empty()) text += ',';
    if (value.is_object()) text += std::string(part.key()) + ':';
    text += shown(part);
  }
  return value.is_object() ? '{' + text + '}' : '[' + text + ']';
}

std::string reread(std::string_view json) {
  std::pmr::monotonic_buffer_resource memory;
  const Value* value = read(json, memory);
  return value != nullptr ? shown(*value) : "no JSON";
}

BOOST_AUTO_TEST_SUITE(tree_reader)

BOOST_AUTO_TEST_CASE(reads_every_kind_of_value) {
  BOOST_TEST(reread(R"({"a":1,"b":[true,false,null,-7],"c":{"d":"e"},"f":{},"g":[]})") ==
             "{a:1,b:[true,false,null,-7],c:{d:\"e\"},f:{},g:[]}");
  BOOST_TEST(reread(" [ { \"a\" : 1 , \"b\" : [ 2 ] } ,\n 3 ] ") == "[{a:1,b:[2]},3]");
  BOOST_TEST(reread("[[],[[]],{}]") == "[[],[[]],{}]");
  BOOST_TEST(reread("9223372036854775807") == "9223372036854775807");
  BOOST_TEST(reread("[0.5,1e3,9223372036854775808]") == "[null,null,null]");
}

BOOST_AUTO_TEST_CASE(reads_what_a_text_escapes) {
  BOOST_TEST(reread(R"("a\"b\\c\/d\n\t\r\b\f")") == "\"a\"b\\c/d\n\t\r\b\f\"");
  BOOST_TEST(reread(R"("\u0001\u00e9\u20ac")") == "\"\x01\xC3\xA9\xE2\x82\xAC\"");
  BOOST_TEST(reread(R"(["\\","\""])") == "[\"\\\",\"\"\"]");
  BOOST_TEST(reread("\"\"") == "\"\"");
}

BOOST_AUTO_TEST_CASE(is_nothing_where_it_is_no_json) {
  for (const char* text :
       {"", " ", "{", "[", "]", "{]", "[}", "[1", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{a:1}", "[1,]", "\"a", "\"a\\", "\"\\u00g0\"", "\"\\u00", "[] []", "{\"a\":1"})
    BOOST_TEST(reread(text) == "no JSON", text);
}

BOOST_AUTO_TEST_CASE(takes_little_stack_however_deep) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  std::pmr::monotonic_buffer_resource memory;
  const Value* value = read(deep, memory);
  BOOST_REQUIRE(value != nullptr);
  std::size_t levels = 0;
  for (; !value->empty(); value = &(*value)[0]) ++levels;
  BOOST_TEST(levels == 999'999u);
}

BOOST_AUTO_TEST_CASE(names_are_the_same_in_all_threads) {
  std::pmr::monotonic_buffer_resource memory[4];
  const Value* values[4] = {};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      std::string json = "{";
      for (std::size_t j = 0; j < 200; ++j) {
        const std::string number = std::to_string((j * 7 + i * 31) % 200);
        json.append(j == 0 ? "\"field_" : ",\"field_").append(number + "\":" + number);
      }
      values[i] = read(json + "}", memory[i]);
    });
  for (std::thread& thread : threads) thread.join();
  for (const Value* value : values) {
    BOOST_REQUIRE(value != nullptr);
    for (std::int64_t j = 0; j < 200; ++j)
      BOOST_TEST(number(*value, "field_" + std::to_string(j), -1) == j);
    BOOST_TEST(!value->contains("field_200"));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql::tree
