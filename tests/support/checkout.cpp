// SPDX-License-Identifier: MIT
#include "tests/support/checkout.hpp"

#include <cstdlib>

namespace test {

std::filesystem::path checkout() {
  return CONFITURE_SOURCE_DIR;
}

std::filesystem::path shared_data() {
  const char* given = std::getenv("CONFITURE_SHARED_DATA");
  return given != nullptr ? std::filesystem::path(given)
                          : checkout().parent_path() / "shared" / "data";
}

}  // namespace test
