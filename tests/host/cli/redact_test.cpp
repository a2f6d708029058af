// SPDX-License-Identifier: MIT
#include "host/cli/redact.hpp"

#include <boost/test/unit_test.hpp>

using host::cli::redact_passwords;

BOOST_AUTO_TEST_SUITE(redact)

BOOST_AUTO_TEST_CASE(passwords_in_urls) {
  BOOST_TEST(redact_passwords("at postgresql://ann:s3cret@db:5432/shop now") ==
             "at postgresql://ann:***@db:5432/shop now");
  BOOST_TEST(redact_passwords("postgresql://ann:a@b/c@db/shop") == "postgresql://ann:***@db/shop");
  BOOST_TEST(redact_passwords("\"postgres://ann:x@db\", 'postgres://bob:y@db'") ==
             "\"postgres://ann:***@db\", 'postgres://bob:***@db'");
  BOOST_TEST(redact_passwords("postgresql:///shop?user=ann&password=s3cret&host=db") ==
             "postgresql:///shop?user=ann&password=***&host=db");
}

BOOST_AUTO_TEST_CASE(passwords_in_keyword_lists) {
  BOOST_TEST(redact_passwords("host=db password=s3cret dbname=shop") ==
             "host=db password=*** dbname=shop");
  BOOST_TEST(redact_passwords("PASSWORD='it\\'s long' host=db") == "PASSWORD=*** host=db");
}

BOOST_AUTO_TEST_CASE(everything_else_stays) {
  for (const char* text :
       {"", "no password here", "postgresql://db/shop", "postgresql://ann@db:5432/shop",
        "see https://example.com/a:b", "a password is required"})
    BOOST_TEST(redact_passwords(text) == text);
}

BOOST_AUTO_TEST_SUITE_END()
