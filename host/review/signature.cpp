// SPDX-License-Identifier: MIT
#include "host/review/signature.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/errors.hpp"
#include "host/review/program.hpp"

namespace host::review {
namespace {

namespace fs = std::filesystem;
using config::Person;

constexpr std::string_view install = "install OpenSSH's client programs: ssh-keygen signs";

// Type and key of the line of a .pub file.
std::string without_comment(const std::string& line) {
  const std::vector<std::string> words = split_text(trim(line), ' ');
  return words.size() < 2 ? std::string() : words[0] + " " + words[1];
}

// The public key of a key file, without its comment; empty where it has none that can be read.
std::string public_key(const fs::path& key) {
  const fs::path beside = key.extension() == ".pub" ? key : fs::path(key.string() + ".pub");
  if (fs::exists(beside)) return without_comment(read_file(beside));
  if (!fs::exists(key)) return {};
  const PrivateFolder folder;
  const fs::path output = folder.path("key");
  const auto status =
      run_program({"ssh-keygen", "-y", "-f", key.string()}, {"/dev/null", output, true});
  return status == 0 ? without_comment(read_file(output)) : std::string();
}

const Person* owner_of(const config::Review& review, const std::string& key) {
  for (const Person& person : review.people)
    if (!key.empty() && person.ssh_key == key) return &person;
  return nullptr;
}

const Person& person_named(const config::Review& review, const std::string& name) {
  if (const Person* person = review.find_person(name)) return *person;
  std::vector<std::string> known;
  for (const Person& person : review.people) known.push_back(person.name);
  throw Error(errors::unknown_person,
              fmt::format("'{}' is nobody of review.people", printable(name)),
              suggest_name(name, known));
}

// Keys of ~/.ssh that belong to somebody: the one, or an error where they are several people's.
Signer look_at_home(const config::Review& review, const Person* wanted) {
  const char* home = std::getenv("HOME");
  Signer found{wanted, {}};
  std::error_code none;
  for (const auto& entry :
       fs::directory_iterator(fs::path(home == nullptr ? "" : home) / ".ssh", none)) {
    if (entry.path().extension() != ".pub") continue;
    const Person* owner = owner_of(review, without_comment(read_file(entry.path())));
    if (owner == nullptr || (found.person != nullptr && owner != found.person && wanted != nullptr))
      continue;
    if (found.person != nullptr && owner != found.person)
      throw Error(
          errors::unknown_person,
          fmt::format("~/.ssh has keys of '{}' and of '{}'", found.person->name, owner->name),
          "say who you are: --as NAME");
    fs::path secret = entry.path();
    secret.replace_extension();
    found = {owner, fs::exists(secret) ? secret : entry.path()};
  }
  return found;
}

}  // namespace

Signer find_signer(const config::Review& review, const std::optional<std::string>& name,
                   const std::optional<fs::path>& key) {
  const Person* wanted = name ? &person_named(review, *name) : nullptr;
  if (!key) {
    const Signer found = look_at_home(review, wanted);
    if (found.person != nullptr) return found;
    throw Error(errors::unknown_person,
                "who signs is not known: no key in ~/.ssh is anybody's of review.people",
                "say who you are with --as NAME, or name your key with --key FILE");
  }
  if (!fs::exists(*key))
    throw Error(errors::not_signed, fmt::format("there is no key '{}'", key->string()),
                "--key takes the file of a private key, or of a .pub whose key an agent holds");
  const Person* owner = owner_of(review, public_key(*key));
  if (owner != nullptr && (wanted == nullptr || wanted == owner)) return {owner, *key};
  throw Error(errors::not_signed,
              wanted != nullptr
                  ? fmt::format("the key '{}' is not the one of '{}'", key->string(), wanted->name)
                  : fmt::format("the key '{}' is nobody's of review.people", key->string()),
              "review.people in db/confiture.yaml says whose key is which");
}

std::string sign(const std::string& text, const Signer& signer, const std::string& purpose) {
  if (signer.person->ssh_key.empty())
    throw Error(errors::not_signed, fmt::format("'{}' has no ssh_key", signer.person->name),
                "add it to review.people, in a change that somebody else reviews");
  const PrivateFolder folder;
  const fs::path message = folder.write("statement", text);
  const fs::path key =
      signer.key.empty() ? folder.write("key.pub", signer.person->ssh_key + "\n") : signer.key;
  const auto status = run_program(
      {"ssh-keygen", "-q", "-Y", "sign", "-n", purpose, "-f", key.string(), message.string()},
      {"/dev/null", folder.path("output"), true});
  if (!status) throw Error(errors::not_signed, "ssh-keygen is not there", std::string(install));
  if (*status != 0)
    throw Error(errors::not_signed,
                fmt::format("ssh-keygen did not sign with {}",
                            signer.key.empty() ? "the key in the agent"
                                               : fmt::format("'{}'", key.string())),
                "name your key with --key FILE, or add it to your agent with ssh-add");
  return read_file(folder.path("statement.sig"));
}

std::string check_signature(const std::string& text, const std::string& signature,
                            const Person& person, const std::string& purpose) {
  if (person.ssh_key.empty()) return fmt::format("'{}' has no ssh_key", person.name);
  const PrivateFolder folder;
  const fs::path allowed = folder.write(
      "allowed", fmt::format("{} namespaces=\"{}\" {}\n", person.name, purpose, person.ssh_key));
  const auto status =
      run_program({"ssh-keygen", "-Y", "verify", "-f", allowed.string(), "-I", person.name, "-n",
                   purpose, "-s", folder.write("signature", signature).string()},
                  {folder.write("statement", text), folder.path("output"), false});
  if (!status) throw Error(errors::bad_signature, "ssh-keygen is not there", std::string(install));
  return *status == 0 ? std::string() : "its signature does not fit";
}

}  // namespace host::review
