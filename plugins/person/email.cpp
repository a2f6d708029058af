// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "plugins/common/keyed_rows.hpp"
#include "plugins/person/strategies.hpp"
#include "plugins/text_column.hpp"

namespace person {
namespace {

constexpr std::size_t local_size = 16;  // characters of 5 bits: 80 bits

bool is_domain(std::string_view text) {
  return !text.empty() && text.size() <= 190 && text.front() != '.' && text.back() != '.' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-';
         });
}

struct Email {
  std::vector<std::string> domains{"example.com", "example.org", "example.net"};
  bool keep_domain = false;
  static constexpr auto params = confiture::params(
      confiture::field("domains", &Email::domains,
                       "Domains of the new addresses; none of them should take mail"),
      confiture::field("keep_domain", &Email::keep_domain,
                       "Leave the domain as it is, where there is one and the column has room"));
  static constexpr auto flags =
      confiture::StrategyFlag::deterministic | confiture::StrategyFlag::row_local |
      confiture::StrategyFlag::keeps_unique | confiture::StrategyFlag::keyed;
  static constexpr const char* doc = R"doc(Replaces an e-mail address by another that nobody has.

The same address becomes the same new one, in every table and every run with the same key; two
addresses become two (80 bits of keyed BLAKE2b). The domains are those that RFC 2606 keeps free, so
that no mail sent by a test reaches a person.

| before | after (depends on the key) |
|---|---|
| `mary.smith@sakilacustomer.org` | `k5v2wq7gm4xz3tna@example.net` |
| `no address` | `p3ydc6hb2ovq4zsr@example.com` |
| (empty) | an address like any other |
| NULL | NULL |

```yaml
anonymization:
  key: { env: CONFITURE_KEY }
  tables:
    public.customer:
      email: person.email
    public.subscriber:
      email: { use: person.email, with: { domains: staging.acme.example } }
```

With `keep_domain: true` the part behind the @ stays: `mary.smith@sakilacustomer.org` becomes
`k5v2wq7gm4xz3tna@sakilacustomer.org`. A domain of few people says much about them, and mail that
is sent by mistake goes to somebody's server. What has no domain gets one of the list, and so does an
address that would be too long for its column.

Addresses that differ in upper and lower case are two addresses.
)doc";

  void prepare(confiture::Call& call) {
    if (domains.empty()) throw confiture::BadConfig("'domains' is empty");
    for (const std::string& domain : domains)
      if (!is_domain(domain))
        throw confiture::BadConfig("'" + domain + "' is no domain",
                                   "write letters, digits, hyphens and dots");
    hash.derive(call, "person.email/1");
  }

  void bind(const confiture::BatchColumns& columns, confiture::Call&) {
    std::size_t longest = 0;
    for (const std::string& domain : domains) longest = std::max(longest, domain.size());
    plugins::require_text_columns(columns, static_cast<std::int64_t>(local_size + 1 + longest));
    padded = columns[0].type_name() == "bpchar";
    room = static_cast<std::size_t>(columns[0].max_length());
  }

  void apply(confiture::Batch& batch) const {
    plugins::common::rewrite_keyed<24>(
        batch, hash,
        [&](std::string_view value, std::size_t, std::string&) {
          return plugins::canonical(value, padded);
        },
        [&](std::string_view value, std::size_t, const auto& bytes) {
          return address(plugins::canonical(value, padded), bytes, batch);
        });
  }

  std::string_view address(std::string_view before, const std::array<unsigned char, 24>& bytes,
                           const confiture::Call& call) const {
    constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    std::string_view domain = domains[bytes[local_size] % domains.size()];
    const std::size_t at = before.rfind('@');
    if (keep_domain && at != std::string_view::npos && is_domain(before.substr(at + 1)) &&
        (room == 0 || local_size + before.size() - at <= room))
      domain = before.substr(at + 1);
    const std::size_t size = local_size + 1 + domain.size();
    char* text = call.allocate(size);
    for (std::size_t i = 0; i < local_size; ++i) text[i] = letters[bytes[i] % 32];
    text[local_size] = '@';
    std::memcpy(text + local_size + 1, domain.data(), domain.size());
    return {text, size};
  }

  plugins::KeyedHash hash;
  bool padded = false;
  std::size_t room = 0;  // characters; 0: no limit
};

}  // namespace

confiture::StrategyExtension email_strategy() {
  return confiture::strategy<Email>("person.email", "Replace an e-mail address by one nobody has");
}

}  // namespace person
