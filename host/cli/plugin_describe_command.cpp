// SPDX-License-Identifier: MIT
// confiture plugin describe ID: a plugin, or one of its extensions with its parameters.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/config/phases.hpp"
#include "host/extensions/errors.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

using config::ParameterSpec;
using extensions::Extension;
using extensions::Plugin;

constexpr const char* severities[] = {"off", "info", "warning", "error", "critical"};

std::vector<std::string> phases_of(const Extension& extension) {
  std::vector<std::string> names;
  for (const config::Phase& phase : config::phases())
    if ((extension.action.phases & phase.bit) != 0) names.emplace_back(phase.name);
  return names;
}

// What a strategy promises of its results, for those who choose one.
std::vector<std::string> promises_of(const Extension& extension) {
  constexpr std::pair<std::uint32_t, const char*> promises[] = {
      {CONFITURE_STRATEGY_DETERMINISTIC, "equal values get equal results"},
      {CONFITURE_STRATEGY_KEEPS_UNIQUE, "distinct values stay distinct"},
      {CONFITURE_STRATEGY_ROW_LOCAL, "each row by itself"},
      {CONFITURE_STRATEGY_KEYED, "needs the project's key"},
      {CONFITURE_STRATEGY_WANTS_KEY, "sees the row's primary key"}};
  std::vector<std::string> names;
  for (const auto& [flag, name] : promises)
    if ((extension.strategy.flags & flag) != 0) names.emplace_back(name);
  return names;
}

boost::json::array describe(const std::vector<ParameterSpec>& specs) {
  boost::json::array list;
  for (const ParameterSpec& spec : specs) {
    boost::json::object parameter{{"name", spec.name},
                                  {"type", config::type_name(spec)},
                                  {"doc", spec.doc},
                                  {"required", spec.required}};
    if (spec.default_yaml) parameter["default"] = *spec.default_yaml;
    if (!spec.range.empty()) parameter["range"] = spec.range;
    if (!spec.choices.empty()) parameter["choices"] = boost::json::value_from(spec.choices);
    if (spec.deprecated) parameter["deprecated"] = true;
    if (!spec.fields.empty()) parameter["fields"] = describe(spec.fields);
    list.push_back(std::move(parameter));
  }
  return list;
}

boost::json::object describe(const Extension& extension) {
  boost::json::object document{{"id", extension.id},
                               {"kind", extensions::to_string(extension.kind)},
                               {"plugin", extension.plugin->id},
                               {"summary", extension.summary},
                               {"doc", extension.doc},
                               {"parameters", describe(extension.parameters)}};
  if (extension.kind == extensions::Kind::action)
    document["phases"] = boost::json::value_from(phases_of(extension));
  if (extension.kind == extensions::Kind::strategy)
    document["promises"] = boost::json::value_from(promises_of(extension));
  if (extension.kind == extensions::Kind::rule) {
    document["category"] = extension.rule.category;
    document["severity"] = severities[extension.rule.severity];
  }
  return document;
}

std::string facts_of(const ParameterSpec& spec) {
  std::vector<std::string> facts{config::type_name(spec)};
  if (!spec.choices.empty()) facts.push_back("one of " + join_words(spec.choices, "or"));
  if (!spec.range.empty()) facts.push_back(spec.range);
  if (spec.required) facts.push_back("required");
  if (spec.default_yaml) facts.push_back("default " + *spec.default_yaml);
  if (spec.deprecated) facts.push_back("deprecated");
  return fmt::format("{}", fmt::join(facts, ", "));
}

void print_parameters(Output& output, const std::vector<ParameterSpec>& specs,
                      const std::string& indent) {
  for (const ParameterSpec& spec : specs) {
    output.line(fmt::format("{}{}: {}", indent, spec.name, facts_of(spec)));
    if (!spec.doc.empty()) output.line(fmt::format("{}    {}", indent, spec.doc));
    print_parameters(output, spec.fields, indent + "    ");
  }
}

void print(Output& output, const Extension& extension) {
  output.line(fmt::format("{} ({})", extension.id, extensions::to_string(extension.kind)));
  output.line(extension.summary);
  if (extension.kind == extensions::Kind::action)
    output.line("phases: " + join_words(phases_of(extension)));
  if (extension.kind == extensions::Kind::strategy && !promises_of(extension).empty())
    output.line("promises: " + join_words(promises_of(extension)));
  if (extension.kind == extensions::Kind::rule)
    output.line(fmt::format("category: {}, severity: {}", extension.rule.category,
                            severities[extension.rule.severity]));
  if (!extension.doc.empty()) output.line("\n" + std::string(trim(extension.doc)));
  if (extension.parameters.empty()) return;
  output.line("\nparameters:");
  print_parameters(output, extension.parameters, "  ");
}

boost::json::object describe(const Plugin& plugin) {
  boost::json::array list;
  for (const auto& extension : plugin.extensions) list.push_back(describe(*extension));
  return {{"id", plugin.id},
          {"version", plugin.version},
          {"abi", fmt::format("{}.{}", CONFITURE_ABI_MAJOR, plugin.abi_minor)},
          {"vendor", plugin.vendor},
          {"summary", plugin.summary},
          {"file", plugin.file.string()},
          {"extensions", std::move(list)}};
}

void print(Output& output, const Plugin& plugin) {
  output.line(fmt::format("{} {}", plugin.id, plugin.version));
  if (!plugin.summary.empty()) output.line(plugin.summary);
  if (!plugin.vendor.empty()) output.line("by " + plugin.vendor);
  output.line(fmt::format("{}, interface {}.{}", plugin.file.string(), CONFITURE_ABI_MAJOR,
                          plugin.abi_minor));
  std::vector<std::vector<std::string>> rows{{"extension", "kind", "summary"}};
  for (const auto& extension : plugin.extensions)
    rows.push_back(
        {extension->id, std::string(extensions::to_string(extension->kind)), extension->summary});
  output.line("");
  output.text(format_table(rows));
}

Exit run(Context& context, const Arguments& arguments) {
  const std::string& id = arguments.positionals().front();
  Output& output = context.output();
  std::vector<std::string> known;
  for (const auto& plugin : context.registry().plugins()) {
    if (plugin->id == id) {
      print(output, *plugin);
      output.document(true, describe(*plugin));
      return Exit::done;
    }
    known.push_back(plugin->id);
    for (const auto& extension : plugin->extensions) {
      if (extension->id == id) {
        print(output, *extension);
        output.document(true, describe(*extension));
        return Exit::done;
      }
      known.push_back(extension->id);
    }
  }
  throw Error(extensions::errors::not_found,
              fmt::format("no plugin or extension '{}'", printable(id)), suggest_name(id, known));
}

}  // namespace

extern const Command plugin_describe_command{
    .name = "plugin describe",
    .arguments = "ID",
    .summary = "explain a plugin, or one of its extensions and its parameters",
    .options = {},
    .least_positionals = 1,
    .most_positionals = 1,
    .run = run};

}  // namespace host::cli
