// SPDX-License-Identifier: MIT
// An event as text, to be told later: what it says of the run, its migration and the plan. Of the
// plan's migrations it keeps what names them, not their SQL.
#pragma once

#include <map>
#include <string>

#include "host/hooks/event.hpp"
#include "host/sql/node.hpp"

namespace host::hooks {

using Metadata = std::map<std::string, std::string>;

std::string pack_event(const Event& event, const Metadata& metadata);

// What pack_event() wrote; the event refers to it.
class PackedEvent {
 public:
  PackedEvent(Phase phase, const std::string& text);
  PackedEvent(const PackedEvent&) = delete;
  PackedEvent& operator=(const PackedEvent&) = delete;

  const Event& event() const { return event_; }
  const Metadata& metadata() const { return metadata_; }

 private:
  sql::Arena arena_;
  Event event_;
  Metadata metadata_;
};

}  // namespace host::hooks
