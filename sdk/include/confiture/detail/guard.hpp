// SPDX-License-Identifier: MIT
// confiture/detail/guard.hpp - the boundary: runs a plugin's code and turns whatever it throws into
// a status and a message. Allocates nothing, so that it works when memory ran out.
#pragma once

#include <cxxabi.h>
#include <confiture/error.hpp>
#include <confiture/text.hpp>

#include <cstdio>
#include <cstdlib>
#include <new>
#include <typeinfo>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

// Whether the text of a foreign exception may be shown: a strategy's could quote a cell.
enum class Texts { shown, withheld };

inline confiture_status report_bug(const confiture_host& host, confiture_call* call,
                                   const char* type, const char* text) noexcept {
  char message[512];
  int status = 0;
  char* readable = abi::__cxa_demangle(type, nullptr, nullptr, &status);
  std::snprintf(message, sizeof message, "bug in plugin: uncaught %s%s%s",
                readable == nullptr ? type : readable, *text == '\0' ? "" : ": ", text);
  std::free(readable);
  host.fail(call, CONFITURE_BUG, to_str(message), no_value());
  return CONFITURE_BUG;
}

// To be called in a catch block.
inline confiture_status report_exception(const confiture_host& host, confiture_call* call,
                                         Texts texts) noexcept {
  try {
    throw;
  } catch (const ServiceError& error) {
    return error.status();
  } catch (const Error& error) {
    const confiture_status status = error.status() == CONFITURE_OK ? CONFITURE_BUG : error.status();
    host.fail(call, status, to_str(error.message()),
              error.hint().empty() ? no_value() : to_str(error.hint()));
    return status;
  } catch (const std::bad_alloc&) {
    host.fail(call, CONFITURE_NO_MEMORY, to_str("out of memory"), no_value());
    return CONFITURE_NO_MEMORY;
  } catch (const std::exception& error) {
    return report_bug(host, call, typeid(error).name(), texts == Texts::shown ? error.what() : "");
  } catch (...) {
    const std::type_info* type = abi::__cxa_current_exception_type();
    return report_bug(host, call, type == nullptr ? "exception" : type->name(), "");
  }
}

template <typename Function>
confiture_status guard(const confiture_host& host, confiture_call* call, Function&& function,
                       Texts texts = Texts::shown) noexcept {
  try {
    function();
    return CONFITURE_OK;
  } catch (...) {
    return report_exception(host, call, texts);
  }
}

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop
