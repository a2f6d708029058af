// SPDX-License-Identifier: MIT
// confiture/detail/instance.hpp - what stands behind `self`: an author's object with the host that
// it was created for, and the create and destroy functions of every extension.
#pragma once

#include <confiture/plugin.h>
#include <confiture/call.hpp>
#include <confiture/detail/codec.hpp>
#include <confiture/detail/guard.hpp>
#include <confiture/schema.hpp>

#include <memory>
#include <type_traits>
#include <utility>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

// A function or lambda in place of a class; each instance has a copy of its own.
template <typename F>
struct FunctionObject {
  F function;
};

template <typename T>
struct IsFunctionObject : std::false_type {};
template <typename F>
struct IsFunctionObject<FunctionObject<F>> : std::true_type {};

template <typename T, typename = void>
struct HasPrepare : std::false_type {};
template <typename T>
struct HasPrepare<T, std::void_t<decltype(std::declval<T&>().prepare(std::declval<Call&>()))>>
    : std::true_type {};

// True where a member of the name exists, whatever its shape: one that would never be called is
// refused when the plugin is compiled.
template <typename T, typename = void>
struct NamesPrepare : std::false_type {};
template <typename T>
struct NamesPrepare<T, std::void_t<decltype(&T::prepare)>> : std::true_type {};

template <typename T>
struct Instance {
  static_assert(HasPrepare<T>::value || !NamesPrepare<T>::value,
                "prepare() is called as prepare(confiture::Call&)");

  const confiture_host& host;
  const confiture_schema_v1* schema;
  T object;

  // The create() and destroy() of confiture_extension.
  static confiture_status create(const confiture_extension* extension, const confiture_host* host,
                                 confiture_call* call, const confiture_config* config,
                                 void** self) noexcept {
    return guard(*host, call, [&] {
      Call setup(*host, call);
      const auto* nodes = setup.service<confiture_schema_v1>(CONFITURE_SERVICE_SCHEMA);
      std::unique_ptr<Instance> instance(new Instance{*host, nodes, make_object(extension->user)});
      if constexpr (HasParams<T>::value) {
        const auto* api = setup.service<confiture_config_v1>(CONFITURE_SERVICE_CONFIG);
        if (api == nullptr || config == nullptr) throw Error("the host gave no parameters");
        read_fields(instance->object, *api, config);
      }
      if constexpr (HasPrepare<T>::value) instance->object.prepare(setup);
      *self = instance.release();
    });
  }
  static void destroy(void* self) noexcept { delete static_cast<Instance*>(self); }

 private:
  static T make_object(const void* prototype) {
    if constexpr (IsFunctionObject<T>::value)
      return *static_cast<const T*>(prototype);
    else
      return (void)prototype, T{};
  }
};

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop
