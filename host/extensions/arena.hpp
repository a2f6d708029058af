// SPDX-License-Identifier: MIT
// The memory that a call lends to a plugin: taken in a bump, given back all at once, and used again
// for the next batch, so that an apply() costs no allocation once it is warm.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include <confiture/base.h>

namespace host::extensions {

class Arena {
 public:
  // nullptr where there is no memory, or `align` is no power of two up to 64.
  void* take(std::size_t size, std::size_t align) noexcept;
  // A copy that ends with a NUL, which its size does not count; no value where there is no memory.
  confiture_str keep(std::string_view text) noexcept;
  // Forgets everything that was taken and keeps the memory.
  void reset() noexcept;

 private:
  struct Chunk {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t size = 0;
  };
  bool next_chunk(std::size_t least) noexcept;

  std::vector<Chunk> chunks_;
  std::size_t used_chunks_ = 0;
  std::byte* at_ = nullptr;
  std::byte* end_ = nullptr;
};

}  // namespace host::extensions
