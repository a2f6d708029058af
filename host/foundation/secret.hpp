// SPDX-License-Identifier: MIT
// Bytes that must not outlive their use: keys and passwords, wiped when they go.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace host {

// Owns a copy of the bytes; moves without leaving one behind. Never printed.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes);
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  std::string_view reveal() const { return bytes_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  void wipe() noexcept;
  std::string bytes_;
};

// `size` bytes (16 to 64) that follow from the key and the label: keyed BLAKE2b (RFC 7693) as
// libsodium computes it. The key is 32 to 64 bytes; a longer one is hashed first.
void derive_key(const Secret& key, std::string_view label, std::span<unsigned char> out);

}  // namespace host
