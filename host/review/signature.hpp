// SPDX-License-Identifier: MIT
// A text signed with a person's SSH key, by ssh-keygen: it knows agents, hardware keys and
// passphrases, and what it signs, everybody can verify without this program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "host/config/review.hpp"

namespace host::review {

// What a text is signed for: a signature of one kind is none of another.
inline constexpr const char* approval_signature = "confiture-approval@v1";
inline constexpr const char* seal_signature = "confiture-seal@v1";

// Who signs, and with what.
struct Signer {
  const config::Person* person = nullptr;
  std::filesystem::path key;  // a private key, or a .pub whose private one an agent holds; empty:
                              // the person's key in an agent
};

// The person of that name, or the one whose key it is, or the one whose key lies in ~/.ssh. Throws
// approval.unknown_person, or approval.not_signed where name and key do not belong together.
Signer find_signer(const config::Review& review, const std::optional<std::string>& name,
                   const std::optional<std::filesystem::path>& key);

// The armored signature. May ask for a passphrase at the terminal, or for a touch of the key.
// Throws approval.not_signed.
std::string sign(const std::string& text, const Signer& signer,
                 const std::string& purpose = approval_signature);

// Whether that person signed that text; else what is wrong: "its signature does not fit".
std::string check_signature(const std::string& text, const std::string& signature,
                            const config::Person& person,
                            const std::string& purpose = approval_signature);

}  // namespace host::review
