// SPDX-License-Identifier: MIT
// Small things that many messages need: the nearest known name, quoting, lists, globs, UTF-8.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace host {

// The known name that a person most likely meant (Damerau-Levenshtein distance, case folded, at
// most a third of the name's length), or nothing where none is near.
std::optional<std::string> nearest_name(std::string_view given, std::span<const std::string> known);

// "did you mean 'email'?", or "known: a, b and c" where no name is near (at most 20 names, then how
// many more); empty where nothing is known.
std::string suggest_name(std::string_view given, std::span<const std::string> known);

// "a", "a and b", "a, b and c".
std::string join_words(std::span<const std::string> words, std::string_view last = "and");

std::vector<std::string> split_text(std::string_view text, char separator);
std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);

// Whether all of `text` matches a pattern with * (any run), ? (one character) and [abc], [a-z],
// [!a]. With `path` true, * and ? stop at '/' and ** crosses it, as in .gitignore files.
bool matches_glob(std::string_view text, std::string_view pattern, bool path = false);

// Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool is_utf8(std::string_view text);
// The number of code points, of well-formed UTF-8.
std::size_t count_characters(std::string_view text);

// Control characters, bidirectional controls and malformed bytes made visible as \u{202e} or \x1b,
// so that text from a file or a database cannot fool the person who reads it. Keeps newline and
// tab.
std::string printable(std::string_view text);

}  // namespace host
