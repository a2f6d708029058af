// SPDX-License-Identifier: MIT
// The properties of a node by their numbers: rules ask each column of a schema for dozens, most of
// which it does not have. Bits say which are there, and where they lie; a copy shares them with its
// original until one of both changes, since a chain of migrations copies each table that a
// statement changes.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <type_traits>

namespace host::sql {

// `first` is the lowest number, and the highest is 126 more; `room` is what most nodes need. What a
// property had before stays in the memory, which is freed as a whole.
template <typename Value, std::uint32_t first, std::size_t room>
class Properties {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  Properties() = default;
  Properties(const Properties& other) noexcept { *this = other; }
  Properties& operator=(const Properties& other) noexcept {
    if (other.values_ != nullptr) other.high_ |= shared;
    values_ = other.values_;
    low_ = other.low_;
    high_ = other.high_;
    return *this;
  }

  const Value* find(std::uint32_t key) const {
    const std::uint32_t at = key - first;  // of a smaller number: huge
    if (at < 64) {
      const std::uint64_t bit = std::uint64_t{1} << at;
      return (low_ & bit) != 0 ? values_ + count(low_ & (bit - 1)) : nullptr;
    }
    if (at > last) return nullptr;
    const std::uint64_t bit = std::uint64_t{1} << (at - 64);
    return (high_ & bit) != 0 ? values_ + count(low_) + count(high_ & (bit - 1)) : nullptr;
  }
  // To be changed; null where there is none.
  Value* find(std::pmr::memory_resource& memory, std::uint32_t key) {
    const Value* found = find(key);
    if (found == nullptr) return nullptr;
    const std::ptrdiff_t at = found - values_;
    own(memory);
    return values_ + at;
  }

  Value& put(std::pmr::memory_resource& memory, std::uint32_t key, const Value& value) {
    if (Value* there = find(memory, key)) return *there = value;
    assert(key - first <= last);
    const std::size_t before = size();
    note(key, true);
    const auto at = static_cast<std::size_t>(find(key) - values_);
    Value* to = values_;
    if ((high_ & shared) != 0 || capacity(before) == before) {
      to = allocate(memory, before + 1);
      std::uninitialized_copy_n(values_, at, to);
      if ((high_ & shared) != 0) disown(to, at);
    }
    std::copy_backward(values_ + at, values_ + before, to + before + 1);
    if ((high_ & shared) != 0) disown(to + at + 1, before - at);
    values_ = to;
    high_ &= ~shared;
    return *std::construct_at(values_ + at, value);
  }

  void erase(std::pmr::memory_resource& memory, std::uint32_t key) {
    Value* found = find(memory, key);
    if (found == nullptr) return;
    std::copy(found + 1, values_ + size(), found);
    const std::size_t left = size() - 1;
    note(key, false);
    if (capacity(left) == capacity(left + 1)) return;
    Value* fewer = left == 0 ? nullptr : allocate(memory, left);  // as large as their number says
    std::uninitialized_copy_n(values_, left, fewer);
    values_ = fewer;
  }
  void clear() { *this = {}; }

  std::size_t size() const { return count(low_) + count(high_ & ~shared); }
  template <typename Function>
  void each(const Function& function) const {
    const Value* value = values_;
    for (std::uint32_t at = 0; at <= last; ++at) {
      const std::uint64_t word = at < 64 ? low_ : high_;
      if (((word >> (at % 64)) & 1) != 0) function(first + at, *value++);
    }
  }

 private:
  static constexpr std::uint32_t last = 126;
  static constexpr std::uint64_t shared = std::uint64_t{1} << 63;  // in high_

  // std::popcount is a call where the processor need not have it.
  static std::size_t count(std::uint64_t bits) {
    bits -= (bits >> 1) & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
    return (((bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101) >> 56;
  }
  static std::size_t capacity(std::size_t size) {
    if (size == 0) return 0;
    std::size_t places = room;
    while (places < size) places *= 2;
    return places;
  }
  static Value* allocate(std::pmr::memory_resource& memory, std::size_t size) {
    return static_cast<Value*>(memory.allocate(capacity(size) * sizeof(Value), alignof(Value)));
  }
  // A value may itself share with its copy.
  static void disown(Value* values, std::size_t size) {
    if constexpr (requires { values->disown(); })
      for (std::size_t i = 0; i < size; ++i) values[i].disown();
  }

  void note(std::uint32_t key, bool there) {
    const std::uint32_t at = key - first;
    std::uint64_t& word = at < 64 ? low_ : high_;
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    word = there ? word | bit : word & ~bit;
  }
  void own(std::pmr::memory_resource& memory) {
    if ((high_ & shared) == 0) return;
    Value* copy = allocate(memory, size());
    std::uninitialized_copy_n(values_, size(), copy);
    disown(copy, size());
    values_ = copy;
    high_ &= ~shared;
  }

  Value* values_ = nullptr;
  std::uint64_t low_ = 0;
  mutable std::uint64_t high_ = 0;
};

}  // namespace host::sql
