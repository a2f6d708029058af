// SPDX-License-Identifier: MIT
#include "host/sync/text_search.hpp"

#include <algorithm>
#include <bit>

#include "host/sync/leaves.hpp"
#include "host/sync/words.hpp"

namespace host::sync {
namespace {

// Bounds the memory; that many are no chance.
constexpr std::size_t most_noted = 1'000'000;
// As many as memory is asked for at once.
constexpr std::size_t enough_questions = 64;

}  // namespace

void TextSearch::look(std::size_t place, Texts kind, std::string_view text) {
  if (kind == Texts::copied) at(place).patterns.add(text);
  each_leaf(text, [&](std::string_view leaf) { look_at_leaf(place, kind, leaf); });
  if (questions_.size() >= enough_questions) settle();
}

// The words of a leaf, and all of them together.
void TextSearch::look_at_leaf(std::size_t place, Texts kind, std::string_view leaf) {
  const bool derived = kind != Texts::copied;
  words_.clear();
  std::uint64_t all = 0;
  Extent extent;
  each_word(
      leaf,
      [&](std::string_view word) {
        words_.push_back({word, values_.hash()(word)});
        all = add_word(all, words_.back().hash);
        extent.size += word.size();
        extent.capitals = extent.capitals && Extent::begins_with_capital(word);
      },
      [&](const ByteClasses& classes) {
        extent.digits += static_cast<std::size_t>(std::popcount(classes.digits));
        extent.address = extent.address || classes.at != 0;
      });
  extent.words = words_.size();
  if (extent.words == 0 || extent.too_short()) return;
  // An @ may also stand between words: what it would tell, they tell by themselves.
  const bool has_long_words = extent.address || extent.digits >= 6;
  if (extent.address) {
    extent = {};
    for (const Word& word : words_) extent.add(word.text);
  }
  if (kind == Texts::replaced && !values_.was_made(all)) at(place).patterns.add(leaf);
  // As a whole, a name may be written with or without its capitals.
  ask({place, all, derived, extent.telling() && !extent.is_name()});
  if (words_.size() > 1) look_within(place, derived, has_long_words);
}

// Telling words and rows of words that are not all of the leaf.
void TextSearch::look_within(std::size_t place, bool derived, bool has_long_words) {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const bool may_begin = values_.may_begin(words_[i].hash);
    if (!may_begin && !has_long_words) continue;
    Extent extent;
    extent.add(words_[i].text);
    std::uint64_t some = add_word(0, words_[i].hash);
    if (extent.telling()) ask({place, some, derived, true});
    if (!may_begin) continue;
    const std::size_t end = std::min(words_.size(), i + values_.longest());
    for (std::size_t k = i + 1; k < end && (i > 0 || k + 1 < words_.size()); ++k) {
      some = add_word(some, words_[k].hash);
      extent.add(words_[k].text);
      if (extent.telling()) ask({place, some, derived, true});
    }
  }
}

void TextSearch::ask(const Question& question) {
  values_.expect(SourceValues::key_of(question.hash, question.telling));
  questions_.push_back(question);
}

void TextSearch::settle() {
  for (const Question& question : questions_) {
    const std::uint64_t key = SourceValues::key_of(question.hash, question.telling);
    if (!values_.may_hold(key) || (question.derived && values_.was_made(question.hash))) continue;
    auto& seen = at(question.place).seen;
    if (const auto known = seen.find(key); known != seen.end()) {
      ++known->second;
    } else if (noted_ < most_noted) {
      seen.emplace(key, 1);
      ++noted_;
    }
  }
  questions_.clear();
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

std::uint64_t TextSearch::count(std::size_t place, const Confirmed& confirmed,
                                const std::string& own, std::set<std::string>& from) const {
  if (place >= findings_.size()) return 0;
  std::uint64_t count = 0;
  for (const auto& [key, times] : findings_[place].seen) {
    const auto columns = confirmed.find(key);
    if (columns == confirmed.end()) continue;
    count += times;
    for (const auto& column : columns->second)
      if (columns->second.size() == 1 || *column != own) from.insert(*column);
  }
  return count;
}

}  // namespace host::sync
