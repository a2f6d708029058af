// SPDX-License-Identifier: MIT
// confiture audit verify and seal: whether the audit is what was written, and a signed note of
// where it ends.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cstdint>
#include <utility>

#include "host/audit/chain.hpp"
#include "host/audit/errors.hpp"
#include "host/cli/audit_filter.hpp"
#include "host/cli/audit_trail.hpp"
#include "host/cli/command.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/review_gate.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/review/seal.hpp"
#include "host/review/signature.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using audit::Problem;

// As a plan names its database.
std::string database_of(postgres::Connection& connection) {
  const postgres::DatabaseIdentity identity = postgres::identify(connection);
  return identity.system_identifier + "/" + identity.database;
}

audit::Chain walk(AuditView& view, audit::Sealed sealed) {
  audit::Chain chain(std::move(sealed));
  audit::read_entries(view.connection(), {}, [&](const audit::Entry& entry) { chain.add(entry); });
  chain.end(audit::read_head(view.connection()));
  return chain;
}

// Throws audit.bad_seal where it is not what its sealer signed, or not of this database.
review::Seal read_seal(const config::Review& review, const std::string& file,
                       const std::string& database) {
  const auto refuse = [&](const std::string& why, const std::string& hint) {
    throw Error(audit::errors::bad_seal, fmt::format("'{}': {}", printable(file), why), hint);
  };
  const review::SignedSeal read = review::parse_seal(read_file(file));
  const config::Person* sealer = review.find_person(read.seal.sealer);
  if (sealer == nullptr)
    refuse(
        fmt::format("'{}', who sealed it, is nobody of review.people", printable(read.seal.sealer)),
        "whose key it is has to be known: review.people in db/confiture.yaml");
  const std::string wrong =
      review::check_signature(read.text, read.signature, *sealer, review::seal_signature);
  if (!wrong.empty()) refuse(wrong, "it was changed after it was signed, or another key signed it");
  if (read.seal.database != database)
    refuse(fmt::format("it is of database '{}', and this is '{}'", printable(read.seal.database),
                       database),
           "name the environment that was sealed with --env");
  return read.seal;
}

// "24:HASH", as messages say it.
std::pair<std::int64_t, std::string> read_head(const std::string& text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string hash = text.substr(std::min(colon + 1, text.size()));
  std::int64_t seq = 0;
  const char* const end = text.data() + colon;
  const auto [stop, error] = std::from_chars(text.data(), end, seq);
  if (error != std::errc() || stop != end || seq < 1 || hash.size() != 64 ||
      hash.find_first_not_of("0123456789abcdef") != hash.npos)
    throw Error(host::errors::usage,
                fmt::format("--head takes NUMBER:HASH, not '{}'", printable(text)),
                "the number of an entry and its hash, as messages of notify.webhook have it in "
                "metadata, under chain.head");
  return {seq, hash};
}

Exit run_verify(Context& context, const Arguments& arguments) {
  const config::Review& review = context.project().review;
  AuditView view(context);
  audit::Sealed sealed;
  std::vector<review::Seal> seals;
  for (const std::string& file : arguments.texts("seal")) {
    seals.push_back(read_seal(review, file, database_of(view.connection())));
    sealed.emplace(seals.back().seq, seals.back().hash);
  }
  for (const std::string& head : arguments.texts("head")) sealed.insert(read_head(head));
  const audit::Chain chain = walk(view, std::move(sealed));
  Output& output = context.output();
  json::array problems, shown;
  for (const Problem& problem : chain.problems()) {
    output.line(problem.text);
    problems.push_back(json::object{
        {"kind", audit::to_string(problem.kind)}, {"seq", problem.seq}, {"message", problem.text}});
  }
  const bool holds = problems.empty();
  view.close();
  // What does not hold is left as it was found.
  if (holds)
    note_reading(context, view.connection(), "audit.verified",
                 {{"seq", chain.last().seq}, {"hash", chain.last().hash}, {"seals", seals.size()}});
  for (const review::Seal& seal : seals) {
    if (holds)
      output.line(fmt::format("goes on from entry {}, sealed by '{}' at {}", seal.seq, seal.sealer,
                              review::format_moment(seal.sealed)));
    shown.push_back(json::object{{"seq", seal.seq},
                                 {"sealer", seal.sealer},
                                 {"sealed", review::format_moment(seal.sealed)}});
  }
  output.line(
      holds
          ? fmt::format("the audit holds: {}, the last has the hash {}",
                        chain.last().seq == 1 ? std::string("1 entry")
                                              : fmt::format("{} entries", chain.last().seq),
                        chain.last().hash)
          : fmt::format("the audit does not hold: {} found", counted(problems.size(), "problem")));
  output.document(holds, {{"entries", chain.last().seq},
                          {"hash", chain.last().hash},
                          {"seals", std::move(shown)},
                          {"problems", std::move(problems)}});
  return holds ? Exit::done : Exit::findings;
}

Exit run_seal(Context& context, const Arguments& arguments) {
  const config::Review& review = context.project().review;
  AuditView view(context);
  const audit::Chain chain = walk(view, {});
  if (!chain.problems().empty())
    throw Error(audit::errors::broken,
                fmt::format("the audit does not hold, and is not sealed: {}",
                            chain.problems().front().text),
                "confiture audit verify says all that is wrong");
  if (chain.last().seq == 0)
    throw Error(audit::errors::none, "the audit is empty: there is nothing to seal",
                "the first migration writes the first entry");
  const review::Signer signer =
      review::find_signer(review, arguments.text("as"), arguments.text("key"));
  const review::Seal seal{database_of(view.connection()),
                          context.globals().environment,
                          chain.last().seq,
                          chain.last().hash,
                          signer.person->name,
                          review::now_in_milliseconds()};
  view.close();
  const std::string text = to_text(seal);
  const std::string file = text + review::sign(text, signer, review::seal_signature);
  audit_trail(context, view.connection(), seal.sealer)
      .append(view.connection(), "audit.sealed", {{"seq", seal.seq}, {"hash", seal.hash}});
  context.output().text(file);
  context.output().document(true, {{"seal", file},
                                   {"seq", seal.seq},
                                   {"hash", seal.hash},
                                   {"sealer", seal.sealer},
                                   {"sealed", review::format_moment(seal.sealed)}});
  return Exit::done;
}

}  // namespace

extern const Command audit_verify_command, audit_seal_command;
const Command audit_verify_command{
    "audit verify",
    "",
    "check that no entry was changed, taken out or cut off",
    {{"seal", "FILE", "that it goes on from what was sealed; may be given several times", true},
     {"head", "NUMBER:HASH", "the same of a head that was noted elsewhere, such as in a message",
      true}},
    0,
    0,
    run_verify};
const Command audit_seal_command{"audit seal",
                                 "",
                                 "sign where the audit ends; keep the seal elsewhere",
                                 {as_option, key_option},
                                 0,
                                 0,
                                 run_seal};

}  // namespace host::cli
