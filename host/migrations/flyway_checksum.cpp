// SPDX-License-Identifier: MIT
#include "host/migrations/flyway_checksum.hpp"

#include <boost/crc.hpp>

namespace host::migrations {

std::int32_t flyway_checksum(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  boost::crc_32_type sum;
  for (const char c : text)
    if (c != '\n' && c != '\r') sum.process_byte(static_cast<unsigned char>(c));
  return static_cast<std::int32_t>(sum.checksum());
}

}  // namespace host::migrations
