// SPDX-License-Identifier: MIT
// What every first-party rule is written with: one file a rule, holding a class with a record and
// check(), and a function of the file's name that registers it. The plugin's list of rules is made
// from its files.
#pragma once

#include <confiture/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/common/names.hpp"

namespace plugins {

using confiture::field;
using confiture::Finding;
using confiture::Fix;
using confiture::Node;
using confiture::NodeKind;
using confiture::NodeList;
using confiture::Report;
using confiture::Risk;
using confiture::RuleExtension;
using confiture::RuleRecord;
using confiture::Scope;
using confiture::Severity;
using confiture::Tree;

}  // namespace plugins
