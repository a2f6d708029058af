// SPDX-License-Identifier: MIT
#include "host/review/seal.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "host/audit/errors.hpp"
#include "host/foundation/error.hpp"

namespace host::review {
namespace {

constexpr std::string_view format_line = "confiture-seal-v1",
                           begin_signature = "-----BEGIN SSH SIGNATURE-----\n",
                           end_signature = "-----END SSH SIGNATURE-----\n";

[[noreturn]] void refuse(std::string_view why) {
  throw Error(audit::errors::bad_seal, fmt::format("this is no seal: {}", why),
              "confiture audit seal makes one; take the file as it was written");
}

// As ssh-keygen writes it, which reads it with other white space, too.
bool is_armored(std::string_view body) {
  constexpr std::size_t width = 70;
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (!body.empty()) {
    const std::string_view line = body.substr(0, body.find('\n'));
    if (line.size() == body.size()) return false;  // it does not end
    body.remove_prefix(line.size() + 1);
    const std::size_t end = line.find_first_not_of(digits);
    const std::string_view padding = end == line.npos ? std::string_view() : line.substr(end);
    const bool last = body.empty();
    if (!last && (line.size() != width || !padding.empty())) return false;
    if (line.empty() || line.size() > width || (padding != "" && padding != "=" && padding != "=="))
      return false;
  }
  return true;
}

}  // namespace

std::string to_text(const Seal& seal) {
  return fmt::format(
      "{}\ndatabase: {}\nenvironment: {}\nseq: {}\nhash: sha256:{}\nsealer: {}\nsealed: {}\n",
      format_line, seal.database, seal.environment, seal.seq, seal.hash, seal.sealer,
      format_moment(seal.sealed));
}

SignedSeal parse_seal(std::string_view file) {
  const std::size_t split = file.find(begin_signature);
  if (split == std::string_view::npos) refuse("it is not signed");
  SignedSeal read{{}, std::string(file.substr(0, split)), std::string(file.substr(split))};
  if (!read.signature.ends_with(end_signature) ||
      read.signature.find(end_signature) + end_signature.size() != read.signature.size())
    refuse("something follows its signature");
  const std::string_view armored = read.signature;
  if (!is_armored(armored.substr(begin_signature.size(),
                                 armored.size() - begin_signature.size() - end_signature.size())))
    refuse("its signature is not written as ssh-keygen writes it");
  constexpr std::array<std::string_view, 7> keys{
      "", "database: ", "environment: ", "seq: ", "hash: sha256:", "sealer: ", "sealed: "};
  std::array<std::string, keys.size()> values;
  std::string_view rest = read.text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (!line.starts_with(keys[i])) refuse("a line of it is missing");
    values[i] = line.substr(keys[i].size());
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  read.seal.database = values[1];
  read.seal.environment = values[2];
  const std::string& number = values[3];
  std::from_chars(number.data(), number.data() + number.size(), read.seal.seq);
  read.seal.hash = values[4];
  read.seal.sealer = values[5];
  const std::optional<Moment> moment = parse_moment(values[6]);
  if (!moment) refuse("it has no date");
  read.seal.sealed = *moment;
  if (to_text(read.seal) != read.text) refuse("it is not written as confiture writes it");
  return read;
}

}  // namespace host::review
