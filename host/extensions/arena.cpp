// SPDX-License-Identifier: MIT
#include "host/extensions/arena.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <new>

namespace host::extensions {
namespace {

constexpr std::size_t first_chunk = 16 * 1024;
constexpr std::size_t most_align = 64;

}  // namespace

void* Arena::take(std::size_t size, std::size_t align) noexcept {
  if (!std::has_single_bit(align) || align > most_align || size > PTRDIFF_MAX - most_align)
    return nullptr;
  for (;;) {
    const auto address = reinterpret_cast<std::uintptr_t>(at_);
    const std::size_t padding = (0 - address) & (align - 1);
    if (at_ != nullptr && padding + size <= static_cast<std::size_t>(end_ - at_)) {
      std::byte* taken = at_ + padding;
      at_ = taken + size;
      return taken;
    }
    if (!next_chunk(size + align)) return nullptr;
  }
}

confiture_str Arena::keep(std::string_view text) noexcept {
  auto* copy = static_cast<char*>(take(text.size() + 1, 1));
  if (copy == nullptr) return {nullptr, 0};
  std::copy(text.begin(), text.end(), copy);
  copy[text.size()] = '\0';
  return {copy, text.size()};
}

void Arena::reset() noexcept {
  used_chunks_ = 0;
  at_ = end_ = nullptr;
}

bool Arena::next_chunk(std::size_t least) noexcept {
  // A chunk that is too small for this request is skipped until the next reset.
  while (used_chunks_ < chunks_.size() && chunks_[used_chunks_].size < least) ++used_chunks_;
  if (used_chunks_ == chunks_.size()) {
    try {
      const std::size_t doubled = chunks_.empty() ? first_chunk : chunks_.back().size * 2;
      Chunk chunk;
      chunk.size = std::max(least, std::min(doubled, std::size_t{4} << 20));
      chunk.bytes.reset(new std::byte[chunk.size]);
      chunks_.push_back(std::move(chunk));
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
  at_ = chunks_[used_chunks_].bytes.get();
  end_ = at_ + chunks_[used_chunks_].size;
  ++used_chunks_;
  return true;
}

}  // namespace host::extensions
