// SPDX-License-Identifier: MIT
#include "host/sync/text_search.hpp"

#include <algorithm>

#include "host/sync/leaves.hpp"
#include "host/sync/words.hpp"

namespace host::sync {
namespace {

// Bounds the memory; that many are no chance.
constexpr std::size_t most_noted = 1'000'000;

}  // namespace

void TextSearch::look(std::size_t place, bool derived, std::string_view text) {
  if (!derived) at(place).patterns.add(text);
  each_leaf(text, [&](std::string_view leaf) { look_at_leaf(place, derived, leaf); });
}

void TextSearch::look_at_leaf(std::size_t place, bool derived, std::string_view leaf) {
  words_.clear();
  std::uint64_t all = 0;
  each_word(leaf, [&](std::string_view word) {
    words_.push_back(values_.hash()(word));
    all = add_word(all, words_.back());
  });
  if (words_.empty()) return;
  // A text that is a value and nothing else counts once.
  const bool whole = note(place, derived, all, true) || note(place, derived, all, false);
  if (whole && words_.size() == 1) return;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    std::uint64_t some = add_word(0, words_[i]);
    if (words_.size() > 1) note(place, derived, some, true);
    if (!values_.may_begin(words_[i])) continue;
    const std::size_t end = std::min(words_.size(), i + values_.longest());
    for (std::size_t k = i + 1; k < end; ++k) {
      some = add_word(some, words_[k]);
      if (i > 0 || k + 1 < words_.size()) note(place, derived, some, true);
    }
  }
}

bool TextSearch::note(std::size_t place, bool derived, std::uint64_t hash, bool telling) {
  const std::uint64_t key = SourceValues::key_of(hash, telling);
  if (!values_.may_hold(key) || (derived && values_.was_made(hash))) return false;
  auto& seen = at(place).seen;
  if (const auto known = seen.find(key); known != seen.end()) {
    ++known->second;
  } else if (noted_ < most_noted) {
    seen.emplace(key, 1);
    ++noted_;
  }
  return true;
}

TextSearch::Findings& TextSearch::at(std::size_t place) {
  if (findings_.size() <= place) findings_.resize(place + 1);
  return findings_[place];
}

void TextSearch::add(const TextSearch& other) {
  for (std::size_t place = 0; place < other.findings_.size(); ++place) {
    Findings& mine = at(place);
    mine.patterns.add(other.findings_[place].patterns);
    for (const auto& [key, count] : other.findings_[place].seen) mine.seen[key] += count;
  }
}

const PatternCounts& TextSearch::patterns(std::size_t place) const {
  static const PatternCounts none;
  return place < findings_.size() ? findings_[place].patterns : none;
}

std::unordered_set<std::uint64_t> TextSearch::keys() const {
  std::unordered_set<std::uint64_t> keys;
  for (const Findings& findings : findings_)
    for (const auto& [key, count] : findings.seen) keys.insert(key);
  return keys;
}

std::uint64_t TextSearch::count(std::size_t place,
                                const std::unordered_set<std::uint64_t>& confirmed) const {
  if (place >= findings_.size()) return 0;
  std::uint64_t count = 0;
  for (const auto& [key, times] : findings_[place].seen)
    if (confirmed.count(key) > 0) count += times;
  return count;
}

}  // namespace host::sync
