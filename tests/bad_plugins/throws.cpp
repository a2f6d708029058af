// SPDX-License-Identifier: MIT
// Throws behind the SDK, which catches it at the boundary: what nobody expects, and an expected
// failure. The text of an exception from a strategy could quote a cell, and is withheld.
#include <confiture/plugin.hpp>

#include <stdexcept>
#include <string>

namespace {

struct Unexpected {
  std::string rewrite(std::string_view value) {
    throw std::runtime_error("cannot read " + std::string(value));
  }
};

struct Expected {
  std::string rewrite(std::string_view) {
    throw confiture::Error("only ASCII is supported", "use another strategy");
  }
};

}  // namespace

CONFITURE_PLUGIN("throws", "1.0.0", "Throws", confiture::vendor("Bad Plugins Inc"),
                 confiture::strategy<Unexpected>("throws.unexpected", "Throw a foreign exception"),
                 confiture::strategy<Expected>("throws.expected", "Throw confiture::Error"))
