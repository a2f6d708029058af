// SPDX-License-Identifier: MIT
// The entry of every Boost.Test program. Takes the test cluster's URL from the file that the
// fixture wrote, so that a test finds it in CONFITURE_TEST_URL.
#define BOOST_TEST_MODULE confiture
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <string>

namespace {

struct TestServer {
  TestServer() {
    const char* file = std::getenv("CONFITURE_TEST_URL_FILE");
    std::string url;
    if (file != nullptr && std::getline(std::ifstream(file), url))
      setenv("CONFITURE_TEST_URL", url.c_str(), 1);
  }
};
BOOST_TEST_GLOBAL_FIXTURE(TestServer);

}  // namespace
