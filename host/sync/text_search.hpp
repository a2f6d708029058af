// SPDX-License-Identifier: MIT
// One thread's part of the search for what must not be in the target: looks at one text after the
// other, and notes for its place what the source's replaced values may be, and what shows by form.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "host/sync/patterns.hpp"
#include "host/sync/source_values.hpp"

namespace host::sync {

// What the texts of a place are. Where results are, what was made is no sign of a leak.
enum class Texts {
  copied,
  computed,  // from results, by the server: what shows by form may be made up
  replaced   // by strategies that leave something
};

class TextSearch {
 public:
  // The values outlive it.
  explicit TextSearch(const SourceValues& values) : values_(values) {}

  void look(std::size_t place, Texts kind, std::string_view text);

  // After the last text, before anything is asked.
  void settle();
  // What another search of other texts has found as well.
  void add(const TextSearch& other);

  const PatternCounts& patterns(std::size_t place) const;
  // Keys of values (of SourceValues::key_of) that may be there.
  std::unordered_set<std::uint64_t> keys() const;
  // How often those that are confirmed were seen; the columns that they are of, other than the
  // place's own where there are others, are added to `from`.
  std::uint64_t count(std::size_t place, const Confirmed& confirmed, const std::string& own,
                      std::set<std::string>& from) const;

 private:
  struct Findings {
    PatternCounts patterns;
    std::unordered_map<std::uint64_t, std::uint64_t> seen;  // how often, by key
  };

  struct Word {
    std::string_view text;
    std::uint64_t hash = 0;
  };
  // A value that may be there, asked for when memory is ready for it.
  struct Question {
    std::size_t place = 0;
    std::uint64_t hash = 0;
    bool derived = false, telling = false;
  };

  Findings& at(std::size_t place);
  void look_at_leaf(std::size_t place, Texts kind, std::string_view leaf);
  void look_within(std::size_t place, bool derived, bool has_long_words);
  void ask(const Question& question);

  const SourceValues& values_;
  std::vector<Findings> findings_;  // by place
  std::size_t noted_ = 0;           // different keys, by place
  std::vector<Word> words_;         // of one leaf
  std::vector<Question> questions_;
};

}  // namespace host::sync
