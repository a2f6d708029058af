// SPDX-License-Identifier: MIT
// From libpg_query's JSON to values: some thirty bytes of it for each byte of SQL, so that reading
// it takes much of the time that a file of SQL takes.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <mutex>
#include <new>
#include <vector>

#include "host/sql/tree.hpp"

namespace host::sql::tree {
namespace {

struct Malformed {};

// The names of fields and types: some seven hundred, over and over. Each has a number, the same in
// all threads.
class Names {
 public:
  static std::string_view name(std::uint16_t number) { return all().texts_[number]; }

  // Each thread remembers those that it met.
  static std::uint16_t number(std::string_view name) {
    thread_local std::array<std::uint16_t, slots> met{};  // 0: free
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    std::size_t hash = name.size();
    if (!name.empty()) {
      hash = hash * 31 + at(0);
      hash = hash * 31 + at(name.size() / 2);
      hash = hash * 31 + at(name.size() - 1);
      hash = hash * 31 + at(name.size() / 4);
    }
    for (std::size_t slot = hash % slots;; slot = (slot + 1) % slots) {
      if (met[slot] == 0) return met[slot] = all().add(name);
      if (all().texts_[met[slot]] == name) return met[slot];
    }
  }

 private:
  static constexpr std::size_t slots = 8192, most = slots / 2;

  static Names& all() {
    static Names names;
    return names;
  }

  std::uint16_t add(std::string_view name) {
    const std::lock_guard lock(mutex_);
    for (std::uint16_t i = 1; i < count_; ++i)
      if (texts_[i] == name) return i;
    if (count_ == most) throw Malformed();
    char* copy = static_cast<char*>(memory_.allocate(name.size() + 1, 1));
    std::copy(name.begin(), name.end(), copy);
    texts_[count_] = {copy, name.size()};
    return count_++;
  }

  std::mutex mutex_;
  std::pmr::monotonic_buffer_resource memory_;
  std::array<std::string_view, most> texts_;  // one that has a number stays as it is
  std::uint16_t count_ = 1;
};

void put_utf8(std::uint32_t point, char*& out) {
  const auto put = [&](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

}  // namespace

class Reader {
 public:
  Reader(std::string_view json, std::pmr::memory_resource& memory)
      : at_(json.data()), end_(json.data() + json.size()), memory_(memory) {}

  const Value* run() {
    for (;;) {
      skip_space();
      read_key();
      if (read_value()) continue;  // one that was opened
      while (close()) {
      }
      if (open_.empty()) break;
    }
    skip_space();
    if (at_ != end_) refuse();
    return new (memory_.allocate(sizeof(Value), alignof(Value))) Value(values_.back());
  }

 private:
  struct Open {
    Value value;
    std::size_t first = 0;  // of its parts, in values_
  };

  [[noreturn]] static void refuse() { throw Malformed(); }
  char peek() const { return at_ == end_ ? '\0' : *at_; }
  void skip_space() {
    while (at_ != end_ && static_cast<unsigned char>(*at_) <= ' ') ++at_;
  }
  void expect(char wanted) {
    skip_space();
    if (peek() != wanted) refuse();
    ++at_;
  }

  bool in_object() const {
    return !open_.empty() && open_.back().value.kind_ == Value::Kind::object;
  }

  void read_key() {
    key_ = 0;
    mark_ = 0;
    if (!in_object() || peek() == '}') return;
    expect('"');
    const char* start = at_;
    at_ = find('"');
    const std::string_view name(start, static_cast<std::size_t>(at_ - start));
    key_ = Names::number(name);
    mark_ = Value::mark(name);
    ++at_;
    expect(':');
    skip_space();
  }

  const char* find(char wanted) const {
    const void* found = std::memchr(at_, wanted, static_cast<std::size_t>(end_ - at_));
    if (found == nullptr) refuse();
    return static_cast<const char*>(found);
  }

  // Whether that opened an object or an array, which has parts of its own or ends at once.
  bool read_value() {
    Value made;
    made.key_ = key_;
    made.mark_ = mark_;
    const char first = peek();
    if (first == '{' || first == '[') {
      ++at_;
      made.kind_ = first == '{' ? Value::Kind::object : Value::Kind::array;
      open_.push_back({made, values_.size()});
      skip_space();
      return peek() != '}' && peek() != ']';
    }
    if (first == '"')
      read_text(made);
    else
      read_word(made);
    values_.push_back(made);
    return false;
  }

  void read_text(Value& made) {
    const char* start = ++at_;
    const char* quote = find('"');
    const bool plain = std::memchr(start, '\\', static_cast<std::size_t>(quote - start)) == nullptr;
    if (!plain)
      for (quote = start; quote != end_ && *quote != '"'; ++quote)
        if (*quote == '\\' && ++quote == end_) refuse();
    if (quote == end_) refuse();
    const auto length = static_cast<std::size_t>(quote - start);
    char* copy = static_cast<char*>(memory_.allocate(length + 1, 1));
    char* last = plain ? std::copy(start, quote, copy) : unescape(start, quote, copy);
    made.kind_ = Value::Kind::text;
    made.text_ = copy;
    made.size_ = static_cast<std::uint32_t>(last - copy);
    at_ = quote + 1;
  }

  static char* unescape(const char* from, const char* end, char* out) {
    constexpr std::string_view letters = "bfnrt", meant = "\b\f\n\r\t";
    while (from != end) {
      if (*from != '\\') {
        *out++ = *from++;
        continue;
      }
      const char letter = from[1];
      from += 2;
      if (letter != 'u') {
        const std::size_t known = letters.find(letter);
        *out++ = known == std::string_view::npos ? letter : meant[known];
        continue;
      }
      std::uint32_t point = 0;  // the library escapes control characters alone: one unit
      if (end - from < 4 || std::from_chars(from, from + 4, point, 16).ptr != from + 4) refuse();
      put_utf8(point, out);
      from += 4;
    }
    return out;
  }

  // A number, true, false or null. A number that is no integer has nobody who reads it.
  void read_word(Value& made) {
    const char* start = at_;
    while (at_ != end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' &&
           static_cast<unsigned char>(*at_) > ' ')
      ++at_;
    const std::string_view word(start, static_cast<std::size_t>(at_ - start));
    if (word.empty()) refuse();
    if (word == "true" || word == "false") {
      made.kind_ = Value::Kind::truth;
      made.number_ = word == "true" ? 1 : 0;
    } else if (const auto [rest, error] = std::from_chars(start, at_, made.number_);
               error == std::errc() && rest == at_) {
      made.kind_ = Value::Kind::number;
    } else {
      made.number_ = 0;
    }
  }

  // After a value. Whether the object or array around it ended too.
  bool close() {
    if (open_.empty()) return false;
    skip_space();
    const char next = peek();
    if (next == ',') {
      ++at_;
      return false;
    }
    if (next != (in_object() ? '}' : ']')) refuse();
    ++at_;
    auto [value, first] = open_.back();
    open_.pop_back();
    const std::size_t count = values_.size() - first;
    value.size_ = static_cast<std::uint32_t>(count);
    if (count > 0) {
      auto* parts = static_cast<Value*>(memory_.allocate(count * sizeof(Value), alignof(Value)));
      std::uninitialized_copy(values_.begin() + static_cast<std::ptrdiff_t>(first), values_.end(),
                              parts);
      value.parts_ = parts;
      values_.resize(first);
    } else {
      value.parts_ = &none_;
    }
    values_.push_back(value);
    return true;
  }

  static const Value none_;
  const char* at_;
  const char* end_;
  std::pmr::memory_resource& memory_;
  std::uint16_t key_ = 0;
  std::uint8_t mark_ = 0;
  std::vector<Value> values_;  // those that are whole, of the objects and arrays that are open
  std::vector<Open> open_;
};

const Value Reader::none_{};

const Value* read(std::string_view json, std::pmr::memory_resource& memory) {
  try {
    return Reader(json, memory).run();
  } catch (const Malformed&) {
    return nullptr;
  }
}

std::string_view Value::key() const {
  return Names::name(key_);
}

const Value* Value::if_contains(std::string_view key) const {
  if (key.empty()) return nullptr;
  const std::uint8_t wanted = mark(key);
  for (const Value& field : *this)
    if (field.mark_ == wanted && field.key() == key) return &field;
  return nullptr;
}

}  // namespace host::sql::tree
