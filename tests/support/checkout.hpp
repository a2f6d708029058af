// SPDX-License-Identifier: MIT
// Where the sources lie that a test program was built from: a compiler may name them by a relative
// path.
#pragma once

#include <filesystem>

namespace test {

std::filesystem::path checkout();

// $CONFITURE_SHARED_DATA, or the folder of real schemas beside the checkout; it need not be there.
std::filesystem::path shared_data();

}  // namespace test
