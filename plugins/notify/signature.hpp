// SPDX-License-Identifier: MIT
// The signature by which a receiver knows that a webhook's body is ours, and when it was sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace notify {

// "t=1700000000,v1=HEX": HMAC-SHA256 of "1700000000.BODY" with the secret's bytes as the key.
std::string sign(std::string_view secret, std::string_view body, std::int64_t seconds);

}  // namespace notify
