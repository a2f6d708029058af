// SPDX-License-Identifier: MIT
// The properties of a node by their numbers: rules ask each column of a schema for dozens, most of
// which it does not have. A word of bits says which of the first 63 are there, and where they lie.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <utility>
#include <vector>

namespace host::sql {

// `first` is the lowest number; numbers outside the next 63 come last and are searched for. `room`
// is what most nodes need.
template <typename Value, std::uint32_t first, std::size_t room>
class Properties {
 public:
  using Entries = std::pmr::vector<std::pair<std::uint32_t, Value>>;

  explicit Properties(std::pmr::memory_resource* memory) : entries_(memory) {}

  const Value* find(std::uint32_t key) const {
    const std::uint64_t bit = bit_of(key);
    if (bit != 0) return (bits_ & bit) != 0 ? &entries_[rank(bit)].second : nullptr;
    const auto found = search(key);
    return found == entries_.end() ? nullptr : &found->second;
  }
  Value* find(std::uint32_t key) {
    return const_cast<Value*>(static_cast<const Properties&>(*this).find(key));
  }

  // Of one that is not there yet.
  void add(std::uint32_t key, Value value) {
    if (entries_.capacity() == 0) entries_.reserve(room);
    const std::uint64_t bit = bit_of(key);
    const std::size_t at = bit != 0 ? rank(bit) : entries_.size();
    entries_.emplace(entries_.begin() + static_cast<std::ptrdiff_t>(at), key, std::move(value));
    bits_ |= bit;
  }
  void put(std::uint32_t key, Value value) {
    if (Value* there = find(key))
      *there = std::move(value);
    else
      add(key, std::move(value));
  }
  void erase(std::uint32_t key) {
    if (find(key) == nullptr) return;
    std::erase_if(entries_, [key](const auto& entry) { return entry.first == key; });
    bits_ &= ~bit_of(key);
  }
  void clear() {
    entries_.clear();
    bits_ = 0;
  }

  std::pmr::memory_resource* memory() const { return entries_.get_allocator().resource(); }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }

 private:
  // 0: one of the others.
  static std::uint64_t bit_of(std::uint32_t key) {
    const std::uint32_t distance = key - first;  // of a smaller number: huge
    return distance < 63 ? std::uint64_t{1} << distance : 0;
  }
  std::size_t rank(std::uint64_t bit) const {
    return static_cast<std::size_t>(std::popcount(bits_ & (bit - 1)));
  }
  typename Entries::const_iterator search(std::uint32_t key) const {
    return std::find_if(entries_.begin() + std::popcount(bits_), entries_.end(),
                        [key](const auto& entry) { return entry.first == key; });
  }

  Entries entries_;  // those with bits in their order, then the others
  std::uint64_t bits_ = 0;
};

}  // namespace host::sql
