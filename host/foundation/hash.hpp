// SPDX-License-Identifier: MIT
// SHA-256 (FIPS 180-4) for checksums and pins. Keyed hashing lives with the strategies.
#pragma once

#include <string>
#include <string_view>

namespace host {

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace host
