// SPDX-License-Identifier: MIT
#include "plugins/notify/signature.hpp"

#include <sodium.h>

#include <array>

namespace notify {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sign(std::string_view secret, std::string_view body, std::int64_t seconds) {
  const std::string time = std::to_string(seconds);
  const std::string signed_text = time + "." + std::string(body);
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_state state{};
  crypto_auth_hmacsha256_init(&state, bytes_of(secret), secret.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(signed_text), signed_text.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  sodium_memzero(&state, sizeof state);
  std::array<char, digest.size() * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return "t=" + time + ",v1=" + hex.data();
}

}  // namespace notify
