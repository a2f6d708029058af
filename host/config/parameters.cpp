// SPDX-License-Identifier: MIT
#include "host/config/parameters.hpp"

#include <confiture/parameters.h>
#include <fmt/format.h>

#include "host/config/errors.hpp"
#include "host/config/range.hpp"
#include "host/config/reader.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"

namespace host::config {
namespace {

// One parameter set under check, and how messages name its parameters.
struct Check {
  std::string_view extension;  // "action 'sql.assert'"
  std::string path;            // "replace." within the object `replace`
  std::vector<std::string>& warnings;

  std::string name_of(const ParameterSpec& spec) const {
    return fmt::format("parameter '{}{}' of {}", path, spec.name, extension);
  }
};

Parameters check_map(const Value* with, std::span<const ParameterSpec> specs, const Check& check,
                     const Place& use);

// "between 1 and 64", "at least 1", "at most 10".
std::string describe_range(const Range& range, const ParameterSpec& spec) {
  const auto show = [&](double number) {
    return spec.type == CONFITURE_PARAM_DURATION
               ? format_duration(std::chrono::milliseconds(static_cast<std::int64_t>(number)))
               : fmt::format("{}", number);
  };
  if (!range.least) return fmt::format("at most {}", show(*range.most));
  if (!range.most) return fmt::format("at least {}", show(*range.least));
  return fmt::format("between {} and {}", show(*range.least), show(*range.most));
}

void check_range(const ParameterSpec& spec, double number, const Value& value,
                 const std::string& what) {
  const Range range = parse_range(spec.range).value_or(Range{});
  if (range.contains(number)) return;
  if (spec.type == CONFITURE_PARAM_STRING)
    throw Error(errors::out_of_range,
                fmt::format("{} must have {} bytes, not {}", what, describe_range(range, spec),
                            value.text.size()),
                {}, value.place);
  throw Error(errors::out_of_range,
              fmt::format("{} must be {}, not {}", what, describe_range(range, spec), value.text),
              {}, value.place);
}

Parameters::Entry read_scalar(const ParameterSpec& spec, const Value& value,
                              const std::string& what) {
  Parameters::Entry entry;
  entry.set = true;
  entry.type = spec.type;
  switch (spec.type) {
    case CONFITURE_PARAM_INT:
      entry.integer = as_integer(value, what);
      entry.real = static_cast<double>(entry.integer);
      check_range(spec, entry.real, value, what);
      break;
    case CONFITURE_PARAM_REAL:
      entry.real = as_real(value, what);
      check_range(spec, entry.real, value, what);
      break;
    case CONFITURE_PARAM_BOOL:
      entry.integer = as_boolean(value, what) ? 1 : 0;
      break;
    case CONFITURE_PARAM_ENUM:
      as_choice(value, spec.choices, what);
      break;
    case CONFITURE_PARAM_DURATION:
      entry.integer = as_duration(value, what).count();
      check_range(spec, static_cast<double>(entry.integer), value, what);
      break;
    case CONFITURE_PARAM_STRING:
      check_range(spec, static_cast<double>(as_text(value, what).size()), value, what);
      break;
    default:
      as_text(value, what);
      break;  // COLUMN, SECRET: names
  }
  entry.text = value.text;
  return entry;
}

// An object's fields, or a scalar under the key "".
Parameters read_item(const ParameterSpec& spec, const Value& value, const std::string& what,
                     const Check& check) {
  Parameters item;
  if (spec.type != CONFITURE_PARAM_OBJECT) {
    item.put("", read_scalar(spec, value, what));
    return item;
  }
  as_map(value, what);
  const Check inner{check.extension, check.path + spec.name + ".", check.warnings};
  return check_map(&value, spec.fields, inner, value.place);
}

Parameters::Entry read_value(const ParameterSpec& spec, const Value& value, const Check& check) {
  const std::string what = check.name_of(spec);
  if (!spec.list && spec.type != CONFITURE_PARAM_OBJECT) return read_scalar(spec, value, what);
  Parameters::Entry entry;
  entry.set = true;
  entry.composite = true;
  entry.type = spec.type;
  if (spec.list && value.kind == Value::Kind::list) {
    for (const Value& item : value.items)
      entry.items.push_back(read_item(spec, item, "an item of " + what, check));
  } else {
    entry.items.push_back(read_item(spec, value, what, check));
  }
  return entry;
}

Parameters::Entry read_default(const ParameterSpec& spec, const Check& check) {
  if (!spec.default_yaml) {
    Parameters::Entry entry;
    entry.type = spec.type;
    return entry;
  }
  return read_value(spec, parse_yaml(*spec.default_yaml, ""), check);
}

const ParameterSpec* find_spec(std::span<const ParameterSpec> specs, std::string_view name) {
  for (const ParameterSpec& spec : specs)
    if (spec.name == name) return &spec;
  return nullptr;
}

void refuse_unknown(const Value& with, std::span<const ParameterSpec> specs, const Check& check) {
  for (const auto& [name, value] : with.entries) {
    if (find_spec(specs, name.text) != nullptr) continue;
    std::vector<std::string> known;
    for (const ParameterSpec& spec : specs)
      if (!spec.deprecated) known.push_back(check.path + spec.name);
    const std::string given = check.path + name.text;
    throw Error(errors::unknown_parameter,
                fmt::format("unknown parameter '{}' of {}", printable(given), check.extension),
                known.empty() ? "it has no parameters" : suggest_name(given, known), name.place);
  }
}

Parameters check_map(const Value* with, std::span<const ParameterSpec> specs, const Check& check,
                     const Place& use) {
  Parameters parameters;
  if (with != nullptr) refuse_unknown(*with, specs, check);
  for (const ParameterSpec& spec : specs) {
    const Value* value = with == nullptr ? nullptr : with->find(spec.name);
    if (value == nullptr) {
      if (spec.required)
        throw Error(
            errors::missing_parameter,
            fmt::format("{} needs the parameter '{}{}'", check.extension, check.path, spec.name),
            spec.doc, use);
      parameters.put(spec.name, read_default(spec, check));
      continue;
    }
    if (spec.deprecated)
      check.warnings.push_back(fmt::format("{}: {} is deprecated: {}", to_string(value->place),
                                           check.name_of(spec), spec.doc));
    parameters.put(spec.name, read_value(spec, *value, check));
  }
  return parameters;
}

}  // namespace

const Parameters::Entry* Parameters::find(std::string_view key) const {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

Parameters::Entry* Parameters::find(std::string_view key) {
  const auto found = entries_.find(key);
  return found == entries_.end() ? nullptr : &found->second;
}

void Parameters::put(std::string key, Entry entry) {
  entries_.insert_or_assign(std::move(key), std::move(entry));
}

Parameters check_parameters(const Value* with, std::span<const ParameterSpec> specs,
                            std::string_view extension, const Place& use) {
  if (with != nullptr) as_map(*with, fmt::format("the parameters of {}", extension));
  std::vector<std::string> warnings;
  Parameters parameters = check_map(with, specs, {extension, "", warnings}, use);
  parameters.warnings = std::move(warnings);
  return parameters;
}

}  // namespace host::config
