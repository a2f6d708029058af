// SPDX-License-Identifier: MIT
// Approvals in the database that they are about: confiture.approval_plan, confiture.approval and
// confiture.approval_use, which are only ever added to. Others add by functions that note who they
// are; that a text is in the table makes it no approval.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/audit/trail.hpp"
#include "host/config/review.hpp"
#include "host/postgres/connection.hpp"
#include "host/review/statement.hpp"

namespace host::review {

// As it was recorded, believed or not.
struct Recorded {
  std::string text;
  std::string signature;    // armored, or empty
  std::string recorded_by;  // the session's user
  std::string recorded_at;  // format_moment()
};

struct KnownPlan {
  std::string hash, environment, document;
};

// That a plan's approvals were used, for one of its migrations.
struct Use {
  std::string plan, migration, run, used_at, used_by;
  bool broke_glass = false;
};

// [serial], as the connection that it stands on.
class ApprovalStore {
 public:
  explicit ApprovalStore(postgres::Connection& connection) : connection_(connection) {}

  bool exists();
  // Makes the tables and the audit where they are missing, and lets the people's database roles
  // read what confiture keeps and add to it. Outside a transaction. Throws approval.no_store where
  // this role may not.
  void open(const config::Review& review);

  // Whether it was not there. A plan whose risk has changed has another document.
  bool keep_plan(const KnownPlan& plan);
  // Those whose hash begins so, each with its last document.
  std::vector<KnownPlan> plans(const std::string& prefix);
  // The environments whose plans for this very database were kept here, the latest first: a copy
  // of another's database is not meant.
  std::vector<std::string> environments();

  // Adds a statement about a plan, and to the audit that it was made; one that is there already is
  // not added again: false. `also`: statements of the same transaction, if it is added. Outside a
  // transaction.
  bool record(const Statement& said, const std::string& signature, audit::Trail trail,
              const std::string& also = {});
  std::vector<Recorded> statements(const std::string& plan);

  // In the transaction of what they are used for. `evidence`: the texts and signatures relied on.
  void use(const Use& use, const std::string& evidence);
  std::vector<Use> uses(const std::string& plan);
  std::vector<Use> broken_glass();

 private:
  std::vector<Use> read_uses(const std::string& condition);
  postgres::Connection& connection_;
};

}  // namespace host::review
