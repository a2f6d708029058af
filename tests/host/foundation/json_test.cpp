// SPDX-License-Identifier: MIT
#include "host/foundation/json.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(numbers_are_decimal_and_keys_keep_their_order) {
  const boost::json::value value{{"z", 1789.5},      {"a", {1, nullptr, true, 0.25}},
                                 {"t", "q\"\n\x01"}, {"empty", boost::json::object()},
                                 {"n", -7},          {"list", boost::json::array()}};
  BOOST_TEST(host::to_json(value) ==
             "{\"z\":1789.5,\"a\":[1,null,true,0.25],\"t\":\"q\\\"\\n\\u0001\",\"empty\":{},\"n\":"
             "-7,\"list\":[]}");
}

BOOST_AUTO_TEST_CASE(what_is_written_reads_back_the_same) {
  for (const double number : {0.0, -1.5, 1e300, 1e-9, 123456789.125}) {
    const boost::json::value value(number);
    BOOST_TEST(boost::json::parse(host::to_json(value)).to_number<double>() == number);
  }
}

BOOST_AUTO_TEST_SUITE_END()
