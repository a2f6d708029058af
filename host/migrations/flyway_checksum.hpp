// SPDX-License-Identifier: MIT
// Flyway's checksum of a file, to tell whether it is still what Flyway applied: CRC-32 of its lines
// without their ends and without a byte-order mark.
#pragma once

#include <cstdint>
#include <string_view>

namespace host::migrations {

std::int32_t flyway_checksum(std::string_view text);

}  // namespace host::migrations
