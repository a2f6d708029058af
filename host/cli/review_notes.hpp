// SPDX-License-Identifier: MIT
// What the audit says of a review beside what people say: that a plan is a new one and puts an end
// to others, that the rules or who signs have changed, that an approval has expired. Each is noted
// by the first run that sees it.
#pragma once

#include "host/audit/trail.hpp"
#include "host/config/review.hpp"
#include "host/postgres/connection.hpp"
#include "host/review/plan_document.hpp"
#include "host/review/standing.hpp"

namespace host::cli {

// In the transaction in which the plan was kept.
void note_review(postgres::Connection& connection, const audit::Trail& trail,
                 const config::Review& review, const review::PlanDocument& plan,
                 const review::Standing& standing);

}  // namespace host::cli
