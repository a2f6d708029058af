// SPDX-License-Identifier: MIT
// confiture/plugin.hpp - all that a plugin in C++ needs: include this, write a class or a function,
// and name it in CONFITURE_PLUGIN. Header-only, C++17, the standard library and nothing else.
//
//   CONFITURE_PLUGIN("acme", "1.0.0", "Acme's strategies",
//                    confiture::strategy<MaskIban>("acme.mask_iban", "Keep the last characters"))
//
// Beside extensions it takes confiture::Extensions, a list that is built by code, and
// confiture::vendor(), needs(), min_host_minor(), on_load() and on_unload().
#pragma once

#include <confiture/plugin.h>
#include <confiture/action.hpp>
#include <confiture/call.hpp>
#include <confiture/error.hpp>
#include <confiture/parameters.hpp>
#include <confiture/rule.hpp>
#include <confiture/schema.hpp>
#include <confiture/strategy.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

using Extensions = std::vector<Extension>;

namespace detail {

struct Vendor {
  const char* name;
};
struct Needs {
  std::vector<const char*> services;
};
struct MinHostMinor {
  std::uint32_t minor;
};
using Load = void (*)(Call&);
using Unload = void (*)() noexcept;
template <Load>
struct OnLoad {};
template <Unload>
struct OnUnload {};

}  // namespace detail

inline detail::Vendor vendor(const char* name) {
  return {name};
}
// Service ids that the plugin cannot work without: CONFITURE_SERVICE_DB.
template <typename... Ids>
detail::Needs needs(Ids... ids) {
  return {{ids..., nullptr}};
}
inline detail::MinHostMinor min_host_minor(std::uint32_t minor) {
  return {minor};
}
// Runs once after the plugin is loaded; may throw.
template <detail::Load function>
detail::OnLoad<function> on_load() {
  return {};
}
// Runs once at the end; joins the plugin's own threads.
template <detail::Unload function>
detail::OnUnload<function> on_unload() {
  return {};
}

// A plugin's descriptor and everything that it points to. CONFITURE_PLUGIN makes one; tests may.
class Plugin {
 public:
  template <typename... Parts>
  Plugin(std::string id, std::string version, std::string summary, Parts... parts)
      : id_(std::move(id)), version_(std::move(version)), summary_(std::move(summary)) {
    (add(std::move(parts)), ...);
    for (const Extension& extension : extensions_) table_.push_back(&extension.descriptor());
    descriptor_.struct_size = sizeof descriptor_;
    descriptor_.abi_minor = CONFITURE_ABI_MINOR;
    descriptor_.id = id_.c_str();
    descriptor_.version = version_.c_str();
    descriptor_.summary = summary_.c_str();
    descriptor_.extensions = table_.data();
    descriptor_.extension_count = static_cast<std::uint32_t>(table_.size());
  }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  const confiture_plugin& descriptor() const noexcept { return descriptor_; }

 private:
  void add(Extension extension) { extensions_.push_back(std::move(extension)); }
  void add(Extensions extensions) {
    for (Extension& extension : extensions) add(std::move(extension));
  }
  void add(detail::Vendor vendor) { descriptor_.vendor = vendor.name; }
  void add(detail::Needs needs) {
    needs_ = std::move(needs.services);
    descriptor_.needs = needs_.data();
  }
  void add(detail::MinHostMinor minimum) { descriptor_.min_host_minor = minimum.minor; }
  template <detail::Load function>
  void add(detail::OnLoad<function>) {
    descriptor_.init = [](const confiture_host* host,
                          confiture_call* call) noexcept -> confiture_status {
      return detail::guard(*host, call, [&] {
        Call loading(*host, call);
        function(loading);
      });
    };
  }
  template <detail::Unload function>
  void add(detail::OnUnload<function>) {
    descriptor_.deinit = function;
  }

  std::string id_, version_, summary_;
  Extensions extensions_;
  std::vector<const confiture_extension*> table_;
  std::vector<const char*> needs_;
  confiture_plugin descriptor_ = {};
};

namespace detail {

// The plugin of one entry function, made at its first call and never destroyed: the host reads
// its descriptors until the process ends. A plugin that cannot be made is refused.
template <typename Make>
const confiture_plugin* entry(const confiture_host* host, Make make) noexcept {
  try {
    static const Plugin& plugin = *make();
    return &plugin.descriptor();
  } catch (const std::exception& error) {
    host->log(host, nullptr, CONFITURE_LOG_ERROR, to_str(error.what()));
  } catch (...) {
    host->log(host, nullptr, CONFITURE_LOG_ERROR, to_str("the plugin's list cannot be made"));
  }
  return nullptr;
}

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop

// The entry of the plugin, and nothing else. Once per plugin, outside any namespace.
#define CONFITURE_PLUGIN(id, version, summary, ...)                                        \
  CONFITURE_EXPORT const confiture_plugin* confiture_plugin_v1(const confiture_host* host) \
      CONFITURE_NOEXCEPT {                                                                 \
    return ::confiture::detail::entry(                                                     \
        host, [] { return new ::confiture::Plugin(id, version, summary, __VA_ARGS__); });  \
  }
