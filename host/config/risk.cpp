// SPDX-License-Identifier: MIT
#include "host/config/risk.hpp"

#include "host/config/reader.hpp"
#include "host/config/sections.hpp"

namespace host::config {

Risk read_risk(const Value& section) {
  Risk risk;
  Reader reader(section, "risk");
  if (const Value* classifiers = reader.value("classifiers"))
    for (const auto& [name, with] : as_map(*classifiers, reader.name_of("classifiers")))
      risk.classifiers.push_back({name.text, with, name.place});
  reader.finish();
  return risk;
}

}  // namespace host::config
