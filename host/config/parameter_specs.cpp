// SPDX-License-Identifier: MIT
// Descriptors themselves: are they sound, and how are they shown.
#include <confiture/parameters.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "host/config/parameters.hpp"
#include "host/config/range.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

struct Type {
  const char* one;
  const char* many;
};
// By CONFITURE_PARAM_*, from 1.
constexpr std::array<Type, 9> types{{{"text", "texts"},
                                     {"whole number", "whole numbers"},
                                     {"number", "numbers"},
                                     {"truth", "truths"},
                                     {"choice", "choices"},
                                     {"duration", "durations"},
                                     {"column", "columns"},
                                     {"secret", "secrets"},
                                     {"object", "objects"}}};

bool is_known_type(std::uint32_t type) {
  return type >= 1 && type <= types.size();
}

bool takes_range(std::uint32_t type) {
  return type == CONFITURE_PARAM_STRING || type == CONFITURE_PARAM_INT ||
         type == CONFITURE_PARAM_REAL || type == CONFITURE_PARAM_DURATION;
}

bool is_name(std::string_view name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == name.npos;
}

std::string check_shape(const ParameterSpec& spec) {
  if (!is_name(spec.name))
    return fmt::format("the parameter name '{}' is not made of a-z, 0-9 and _",
                       printable(spec.name));
  if (!is_known_type(spec.type))
    return fmt::format("parameter '{}' has the unknown type {}", spec.name, spec.type);
  if (!spec.range.empty() && !takes_range(spec.type))
    return fmt::format("parameter '{}' is a {}, which has no range", spec.name, type_name(spec));
  if (!parse_range(spec.range))
    return fmt::format("the range '{}' of parameter '{}' is none", spec.range, spec.name);
  if (spec.type == CONFITURE_PARAM_ENUM && spec.choices.empty())
    return fmt::format("parameter '{}' is a choice of nothing", spec.name);
  if (spec.type == CONFITURE_PARAM_OBJECT && spec.fields.empty())
    return fmt::format("parameter '{}' is an object without fields", spec.name);
  return {};
}

// Lets the check of values judge the default, which is one.
std::string check_default(const ParameterSpec& spec) {
  if (!spec.default_yaml) return {};
  ParameterSpec alone = spec;
  alone.required = false;
  try {
    check_parameters(nullptr, {&alone, 1}, "its own descriptor", {});
  } catch (const Error& error) {
    return fmt::format("the default '{}' of parameter '{}' is refused: {}",
                       printable(*spec.default_yaml), spec.name, error.message());
  }
  return {};
}

}  // namespace

std::string check_specs(std::span<const ParameterSpec> specs) {
  std::set<std::string_view> names;
  for (const ParameterSpec& spec : specs) {
    if (std::string wrong = check_shape(spec); !wrong.empty()) return wrong;
    if (!names.insert(spec.name).second)
      return fmt::format("there are two parameters named '{}'", spec.name);
    if (std::string wrong = check_specs(spec.fields); !wrong.empty())
      return fmt::format("in parameter '{}': {}", spec.name, wrong);
    if (std::string wrong = check_default(spec); !wrong.empty()) return wrong;
  }
  return {};
}

std::string type_name(const ParameterSpec& spec) {
  if (!is_known_type(spec.type)) return "unknown";
  const Type& type = types[spec.type - 1];
  return spec.list ? fmt::format("list of {}", type.many) : type.one;
}

}  // namespace host::config
