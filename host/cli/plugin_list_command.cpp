// SPDX-License-Identifier: MIT
// confiture plugin list: every plugin that this project would load, and what each offers.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/hash.hpp"

namespace host::cli {
namespace {

boost::json::object describe(const extensions::Plugin& plugin) {
  boost::json::array list;
  for (const auto& extension : plugin.extensions)
    list.push_back({{"id", extension->id},
                    {"kind", extensions::to_string(extension->kind)},
                    {"summary", extension->summary}});
  return {{"id", plugin.id},
          {"version", plugin.version},
          {"abi", fmt::format("{}.{}", CONFITURE_ABI_MAJOR, plugin.abi_minor)},
          {"file", plugin.file.string()},
          {"sha256", sha256_hex(read_file(plugin.file))},
          {"vendor", plugin.vendor},
          {"summary", plugin.summary},
          {"extensions", std::move(list)}};
}

Exit run(Context& context, const Arguments&) {
  const extensions::Registry& registry = context.registry();
  Output& output = context.output();
  if (output.json()) {
    boost::json::array plugins;
    for (const auto& plugin : registry.plugins()) plugins.push_back(describe(*plugin));
    output.document(true, {{"plugins", std::move(plugins)}});
    return Exit::done;
  }
  if (registry.plugins().empty()) {
    output.line("no plugins");
    return Exit::done;
  }
  std::vector<std::vector<std::string>> rows{{"plugin", "version", "extension", "kind", "summary"}};
  for (const auto& plugin : registry.plugins()) {
    if (plugin->extensions.empty())
      rows.push_back({plugin->id, plugin->version, "", "", plugin->summary});
    bool first = true;
    for (const auto& extension : plugin->extensions) {
      rows.push_back({first ? plugin->id : "", first ? plugin->version : "", extension->id,
                      std::string(extensions::to_string(extension->kind)), extension->summary});
      first = false;
    }
  }
  output.text(format_table(rows));
  return Exit::done;
}

}  // namespace

extern const Command plugin_list_command{.name = "plugin list",
                                         .arguments = "",
                                         .summary = "show the plugins and what they offer",
                                         .options = {},
                                         .run = run};

}  // namespace host::cli
