// SPDX-License-Identifier: MIT
#include "host/cli/output.hpp"

#include <unistd.h>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"

namespace {

using host::cli::Output;

// What an output with these options writes to its -o file.
struct Written {
  std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("confiture-output-" + std::to_string(::getpid()));
  ~Written() { std::filesystem::remove(file); }

  template <typename Use>
  std::string operator()(bool json, Use use) {
    Output::Options options;
    options.json = json;
    options.file = file;
    Output output(options);
    use(output);
    output.finish();
    return host::read_file(file);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(output, Written)

BOOST_AUTO_TEST_CASE(text_mode_writes_lines_and_no_document) {
  BOOST_TEST((*this)(false, [](Output& out) {
               out.line("one");
               out.document(true, {{"n", 1}});
             }) == "one\n");
}

BOOST_AUTO_TEST_CASE(json_mode_writes_one_document_and_no_lines) {
  BOOST_TEST((*this)(true, [](Output& out) {
               out.line("one");
               out.document(true, {{"n", 1}});
             }) == "{\"ok\":true,\"n\":1}\n");
}

BOOST_AUTO_TEST_CASE(control_characters_are_shown_not_obeyed) {
  BOOST_TEST((*this)(false, [](Output& out) {
               out.line("drop\x1b[2Atable \xe2\x80\xae and \x1b[31mred\x1b[0m");
             }) == "drop\\x1b[2Atable \\u{202e} and \x1b[31mred\x1b[0m\n");
}

BOOST_AUTO_TEST_CASE(an_error_is_a_document_with_every_field) {
  BOOST_TEST((*this)(true,
                     [](Output& out) {
                       out.add_to_error({{"applied", boost::json::array{"1"}}});
                       out.error(host::Error(host::errors::usage, "no",
                                             "do it at postgresql://a:b@c",
                                             {"nowhere.yaml", 3, 7}));
                     }) ==
             "{\"ok\":false,\"error\":{\"code\":\"usage\",\"message\":\"no\",\"hint\":\"do it at "
             "postgresql://a:***@c\",\"file\":\"nowhere.yaml\",\"line\":3,\"column\":7},"
             "\"applied\":[\"1\"]}\n");
}

BOOST_AUTO_TEST_CASE(tables_are_aligned_by_characters) {
  BOOST_TEST(host::cli::format_table({{"name", "n"}, {"Überlänge", "1"}, {"x", ""}}) ==
             "name       n\nÜberlänge  1\nx\n");
}

BOOST_AUTO_TEST_SUITE_END()
