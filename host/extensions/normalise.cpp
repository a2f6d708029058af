// SPDX-License-Identifier: MIT
#include "host/extensions/normalise.hpp"

#include <confiture/abi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <set>

#include "host/extensions/errors.hpp"
#include "host/extensions/parameter_table.hpp"
#include "host/foundation/text.hpp"

namespace host::extensions {
namespace {

// The sizes of interface 1.0: up to its last fields.
constexpr std::size_t plugin_size =
    offsetof(confiture_plugin, deinit) + sizeof(confiture_plugin::deinit);
constexpr std::size_t extension_size =
    offsetof(confiture_extension, destroy) + sizeof(confiture_extension::destroy);
constexpr std::size_t action_size =
    offsetof(confiture_action_v1, run) + sizeof(confiture_action_v1::run);
constexpr std::size_t strategy_size =
    offsetof(confiture_strategy_v1, apply) + sizeof(confiture_strategy_v1::apply);
constexpr std::size_t classifier_size =  // of 1.2
    offsetof(confiture_classifier_v1, classify) + sizeof(confiture_classifier_v1::classify);
constexpr std::size_t rule_size =
    offsetof(confiture_rule_v1, check) + sizeof(confiture_rule_v1::check);

// What went wrong, for whoever knows the file to throw.
struct Broken {
  std::string what;
};

template <typename... Arguments>
[[noreturn]] void broken(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  throw Broken{fmt::format(format, std::forward<Arguments>(arguments)...)};
}

// `least` is the struct's size in interface 1.0, which never changes.
template <typename Struct>
Struct copy_struct(const void* original, std::size_t least, std::string_view name) {
  std::uint32_t size = 0;
  std::memcpy(&size, original, sizeof size);
  if (size < least) broken("struct_size {} of its {} is shorter than 1.0's {}", size, name, least);
  Struct copy{};
  std::memcpy(&copy, original, std::min<std::size_t>(size, sizeof copy));
  return copy;
}

std::string text_or(const char* text, const char* otherwise) {
  return printable(text == nullptr ? otherwise : text);
}

bool is_id_part(std::string_view part) {
  return !part.empty() &&
         part.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == part.npos;
}

std::string check_extension_id(const char* id, const std::string& plugin_id) {
  if (id == nullptr) broken("an extension has no id");
  const std::string text = id;
  const std::size_t dot = text.find('.');
  if (dot == text.npos || !is_id_part(text.substr(0, dot)) || !is_id_part(text.substr(dot + 1)))
    broken("the extension id '{}' is not [a-z0-9_]+ on both sides of one dot", printable(text));
  if (text.substr(0, dot) != plugin_id)
    broken("the extension id '{}' does not begin with '{}.'", text, plugin_id);
  return text;
}

void take_action(Extension& extension, std::vector<std::string>& warnings) {
  constexpr std::uint32_t known_phases = (CONFITURE_PHASE_REMINDER << 1) - 1;
  extension.kind = Kind::action;
  extension.action = copy_struct<confiture_action_v1>(extension.descriptor.vtable, action_size,
                                                      "confiture_action_v1");
  if (extension.action.run == nullptr) broken("action '{}' has no run()", extension.id);
  if (const std::uint32_t unknown = extension.action.phases & ~known_phases; unknown != 0) {
    warnings.push_back(
        fmt::format("action '{}' names phases that this confiture does not know (bits {:#x}): they "
                    "are left out",
                    extension.id, unknown));
    extension.action.phases &= known_phases;
  }
}

void take_strategy(Extension& extension) {
  extension.kind = Kind::strategy;
  extension.strategy = copy_struct<confiture_strategy_v1>(extension.descriptor.vtable,
                                                          strategy_size, "confiture_strategy_v1");
  if (extension.strategy.apply == nullptr) broken("strategy '{}' has no apply()", extension.id);
}

void take_rule(Extension& extension) {
  extension.kind = Kind::rule;
  extension.rule =
      copy_struct<confiture_rule_v1>(extension.descriptor.vtable, rule_size, "confiture_rule_v1");
  const confiture_rule_v1& rule = extension.rule;
  if (rule.check == nullptr) broken("rule '{}' has no check()", extension.id);
  if (rule.category == nullptr) broken("rule '{}' has no category", extension.id);
  if (rule.severity < CONFITURE_SEVERITY_OFF || rule.severity > CONFITURE_SEVERITY_CRITICAL)
    broken("rule '{}' has the unknown severity {}", extension.id, rule.severity);
  if (rule.node_kinds == nullptr && rule.node_kind_count > 0)
    broken("rule '{}' counts {} node kinds and lists none", extension.id, rule.node_kind_count);
}

void take_classifier(Extension& extension) {
  extension.kind = Kind::classifier;
  extension.classifier = copy_struct<confiture_classifier_v1>(
      extension.descriptor.vtable, classifier_size, "confiture_classifier_v1");
  const confiture_classifier_v1& classifier = extension.classifier;
  if (classifier.classify == nullptr) broken("classifier '{}' has no classify()", extension.id);
  if (classifier.examples == nullptr && classifier.example_count > 0)
    broken("classifier '{}' counts {} examples and lists none", extension.id,
           classifier.example_count);
}

// False for a kind that this host does not know.
bool take_table(Extension& extension, std::vector<std::string>& warnings) {
  const char* given = extension.descriptor.kind;
  const std::string_view kind = given == nullptr ? "" : given;
  const bool known = kind == CONFITURE_KIND_ACTION || kind == CONFITURE_KIND_STRATEGY ||
                     kind == CONFITURE_KIND_RULE || kind == CONFITURE_KIND_CLASSIFIER;
  if (!known) {
    warnings.push_back(
        fmt::format("'{}' is of the kind '{}', which this confiture does not know: "
                    "it is left out",
                    extension.id, printable(kind)));
    return false;
  }
  if (extension.descriptor.vtable == nullptr) broken("'{}' has no vtable", extension.id);
  if (kind == CONFITURE_KIND_ACTION) take_action(extension, warnings);
  if (kind == CONFITURE_KIND_STRATEGY) take_strategy(extension);
  if (kind == CONFITURE_KIND_RULE) take_rule(extension);
  if (kind == CONFITURE_KIND_CLASSIFIER) take_classifier(extension);
  return true;
}

std::unique_ptr<Extension> take_extension(const confiture_extension* original, Plugin& plugin,
                                          std::vector<std::string>& warnings) {
  if (original == nullptr) broken("one of its extensions is not there");
  auto extension = std::make_unique<Extension>();
  extension->descriptor =
      copy_struct<confiture_extension>(original, extension_size, "confiture_extension");
  extension->original = original;
  extension->plugin = &plugin;
  extension->id = check_extension_id(extension->descriptor.id, plugin.id);
  extension->summary = text_or(extension->descriptor.summary, "");
  extension->doc = text_or(extension->descriptor.doc, "");
  if (!take_table(*extension, warnings)) return nullptr;
  std::string wrong = read_parameter_table(extension->descriptor, extension->parameters);
  if (wrong.empty()) wrong = config::check_specs(extension->parameters);
  if (!wrong.empty()) broken("{} '{}': {}", to_string(extension->kind), extension->id, wrong);
  return extension;
}

void take_plugin(const confiture_plugin& descriptor, const std::string& id, Plugin& plugin) {
  if (descriptor.id == nullptr) broken("it has no id");
  plugin.id = descriptor.id;
  if (!is_id_part(plugin.id)) broken("its id '{}' is not [a-z0-9_]+", printable(plugin.id));
  if (plugin.id != id)
    broken("its id '{}' is not the one of its file name, confiture-{}.so", plugin.id, id);
  if (descriptor.version == nullptr) broken("it has no version");
  plugin.version = printable(descriptor.version);
  plugin.vendor = text_or(descriptor.vendor, "");
  plugin.summary = text_or(descriptor.summary, "");
  plugin.abi_minor = descriptor.abi_minor;
  if (descriptor.extensions == nullptr && descriptor.extension_count > 0)
    broken("it counts {} extensions and lists none", descriptor.extension_count);
}

void take_all(const confiture_plugin* original, const std::string& id, Normalised& result) {
  if (original == nullptr) broken("its confiture_plugin_v1() returned NULL: it refuses to load");
  result.descriptor = copy_struct<confiture_plugin>(original, plugin_size, "confiture_plugin");
  take_plugin(result.descriptor, id, *result.plugin);
  std::set<std::string> ids;
  for (std::uint32_t i = 0; i < result.descriptor.extension_count; ++i) {
    auto extension =
        take_extension(result.descriptor.extensions[i], *result.plugin, result.warnings);
    if (extension == nullptr) continue;
    if (!ids.insert(extension->id).second)
      broken("two of its extensions have the id '{}'", extension->id);
    result.plugin->extensions.push_back(std::move(extension));
  }
}

}  // namespace

Normalised normalise(const confiture_plugin* original, const std::filesystem::path& file,
                     const std::string& id, const Place& place) {
  Normalised result;
  result.plugin = std::make_unique<Plugin>();
  result.plugin->file = file;
  try {
    take_all(original, id, result);
  } catch (const Broken& reason) {
    throw Error(errors::invalid,
                fmt::format("plugin file '{}' breaks the contract: {}", file.string(), reason.what),
                "`confiture/plugin.h` says what a plugin is made of", place);
  }
  if (result.descriptor.min_host_minor > CONFITURE_ABI_MINOR)
    throw Error(errors::incompatible,
                fmt::format("plugin '{}' needs interface 1.{}; this confiture has 1.{}", id,
                            result.descriptor.min_host_minor, CONFITURE_ABI_MINOR),
                "update confiture", place);
  for (std::string& warning : result.warnings)
    warning = fmt::format("plugin '{}': {}", id, warning);
  return result;
}

}  // namespace host::extensions
