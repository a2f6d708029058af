// SPDX-License-Identifier: MIT
#include "host/extensions/parameter_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace host::extensions {
namespace {

constexpr std::size_t size_in_1_0 =
    offsetof(confiture_param, reserved) + sizeof(confiture_param::reserved);
constexpr int most_levels = 8;

std::string text_of(const char* text) {
  return text == nullptr ? "" : text;
}

config::ParameterSpec read_one(const confiture_param& param) {
  config::ParameterSpec spec;
  spec.name = text_of(param.name);
  spec.doc = text_of(param.doc);
  if (param.default_yaml != nullptr) spec.default_yaml = param.default_yaml;
  spec.range = text_of(param.range);
  for (const char* const* choice = param.choices; choice != nullptr && *choice != nullptr; ++choice)
    spec.choices.emplace_back(*choice);
  spec.type = param.type;
  spec.required = (param.flags & CONFITURE_PARAM_REQUIRED) != 0;
  spec.list = (param.flags & CONFITURE_PARAM_LIST) != 0;
  spec.deprecated = (param.flags & CONFITURE_PARAM_DEPRECATED) != 0;
  return spec;
}

std::string read_table(const confiture_param* first, std::uint32_t count, std::size_t step,
                       int level, std::vector<config::ParameterSpec>& specs) {
  if (count == 0) return {};
  if (first == nullptr) return fmt::format("it counts {} parameters and lists none", count);
  if (level > most_levels) return fmt::format("its parameters nest deeper than {}", most_levels);
  const auto* bytes = reinterpret_cast<const char*>(first);
  for (std::uint32_t i = 0; i < count; ++i) {
    confiture_param param{};
    std::memcpy(&param, bytes + i * step, std::min(step, sizeof param));
    config::ParameterSpec spec = read_one(param);
    if (std::string wrong =
            read_table(param.fields, param.field_count, step, level + 1, spec.fields);
        !wrong.empty())
      return wrong;
    specs.push_back(std::move(spec));
  }
  return {};
}

}  // namespace

std::string read_parameter_table(const confiture_extension& extension,
                                 std::vector<config::ParameterSpec>& specs) {
  const std::size_t step = extension.param_size;
  if (extension.param_count > 0 && step < size_in_1_0)
    return fmt::format("param_size {} is shorter than 1.0's {}", step, size_in_1_0);
  if (step % alignof(confiture_param) != 0)
    return fmt::format("param_size {} is no multiple of {}", step, alignof(confiture_param));
  return read_table(extension.params, extension.param_count, step, 1, specs);
}

}  // namespace host::extensions
