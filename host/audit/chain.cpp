// SPDX-License-Identifier: MIT
#include "host/audit/chain.hpp"

#include <fmt/format.h>

namespace host::audit {
namespace {

std::string named(std::int64_t from, std::int64_t to) {
  return from == to ? fmt::format("entry {} is", from)
                    : fmt::format("the entries from {} to {} are", from, to);
}

}  // namespace

std::string_view to_string(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::content:
      return "content";
    case Problem::Kind::link:
      return "link";
    case Problem::Kind::head:
      return "head";
    case Problem::Kind::seal:
      break;
  }
  return "seal";
}

void Chain::add(const Entry& entry) {
  if (entry.seq <= last_.seq)
    return report(Problem::Kind::link, entry.seq, fmt::format("entry {} has no place", entry.seq));
  if (entry.seq != last_.seq + 1)
    report(Problem::Kind::link, entry.seq,
           fmt::format("{} missing", named(last_.seq + 1, entry.seq - 1)));
  else if (entry.prev != last_.hash)
    report(Problem::Kind::link, entry.seq,
           fmt::format("entry {} does not follow what stands before it", entry.seq));
  if (entry_hash(entry) != entry.hash)
    report(Problem::Kind::content, entry.seq,
           fmt::format("entry {} ({}, {}) was changed", entry.seq, entry.event, entry.at));
  const auto [sealed, end] = sealed_.equal_range(entry.seq);
  for (auto each = sealed; each != end; ++each)
    if (each->second != entry.hash)
      report(Problem::Kind::seal, entry.seq,
             fmt::format("entry {} is not the one that was sealed", entry.seq));
  sealed_.erase(sealed, end);
  last_ = {entry.seq, entry.hash};
}

void Chain::end(const Head& head) {
  if (head.seq > last_.seq)
    report(Problem::Kind::head, head.seq, named(last_.seq + 1, head.seq) + " missing at the end");
  else if (head.seq != last_.seq || head.hash != last_.hash)
    report(Problem::Kind::head, last_.seq,
           head.seq < 0
               ? "the head is missing"
               : fmt::format("entry {} is the last, and the head names another", last_.seq));
  for (const auto& [seq, hash] : sealed_)
    report(Problem::Kind::seal, seq, fmt::format("entry {}, which was sealed, is missing", seq));
  sealed_.clear();
}

void Chain::report(Problem::Kind kind, std::int64_t seq, std::string text) {
  problems_.push_back({kind, seq, std::move(text)});
}

}  // namespace host::audit
