// SPDX-License-Identifier: MIT
// Steps for values that are made of others: arrays, composite types, JSON documents.
#pragma once

#include <memory>

#include "host/sync/step.hpp"

namespace host::sync {

// What each element of an array column is.
Column element_of(const Column& column);

// Lets `step` replace each element.
std::unique_ptr<Step> make_elements_step(std::unique_ptr<Step> step, const StepPlace& place);

// A strategy of the kinds fields and json, for a value that is no array. Throws sync.does_not_fit
// for paths in a column of another type than json, jsonb or a text.
std::unique_ptr<Step> make_parts_step(const Strategy& strategy, const Column& target,
                                      const StepPlace& place, extensions::Session& session);

}  // namespace host::sync
