// SPDX-License-Identifier: MIT
// A plain text as a mail that every server and reader takes (RFC 5322, 2045 and 2047).
#pragma once

#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace notify {

// "a@b.example": one @, and nothing that could end a header or an address.
bool is_address(std::string_view text);

struct MailParts {
  std::string from;
  std::vector<std::string> to;
  std::string subject, body;  // UTF-8
  std::string key;            // for Message-ID
  std::time_t when = 0;
};

// Headers and body, lines ended by CR LF. Everything but the addresses is encoded, so that no text
// can add a header.
std::string mail_text(const MailParts& parts);

}  // namespace notify
