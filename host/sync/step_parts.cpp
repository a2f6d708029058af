// SPDX-License-Identifier: MIT
#include "host/sync/step_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/json_parts.hpp"
#include "host/sync/literal.hpp"

namespace host::sync {
namespace {

using Parts = std::vector<LiteralPart>;

std::string_view view(confiture_str value) {
  return {value.data, value.size};
}

// Takes the values of all rows apart, lets other steps replace the parts, and puts them together.
class PartsStep : public Step {
 public:
  void apply(const Rows& rows, confiture_str* values) override {
    split_.resize(rows.count);
    texts_.resize(std::max(texts_.size(), rows.count));
    for (std::size_t i = 0; i < rows.count; ++i) {
      split_[i].clear();
      if (values[i].data == nullptr) continue;
      std::optional<Parts> parts = split(view(values[i]));
      if (!parts)
        throw Error(
            errors::malformed,
            fmt::format("{} is no {}", place_.object_of(rows.first_row + rows.at(i)), what_));
      split_[i] = std::move(*parts);
    }
    replace_parts(rows);
    for (std::size_t i = 0; i < rows.count; ++i) {
      if (split_[i].empty()) continue;
      texts_[i] = join(view(values[i]), split_[i]);
      values[i] = {texts_[i].data(), texts_[i].size()};
    }
  }

 protected:
  PartsStep(const StepPlace& place, std::string_view what) : place_(place), what_(what) {}
  virtual std::optional<Parts> split(std::string_view text) const = 0;
  virtual std::string join(std::string_view text, const Parts& parts) const = 0;
  virtual void replace_parts(const Rows& rows) = 0;

  // Lets `step` replace the parts that `take` chooses by their group.
  template <typename Take>
  void replace(Step& step, const Rows& rows, const Take& take) {
    numbers_.clear();
    chosen_.clear();
    values_.clear();
    for (std::size_t i = 0; i < rows.count; ++i)
      for (LiteralPart& part : split_[i]) {
        if (!take(part.group)) continue;
        numbers_.push_back(static_cast<std::uint32_t>(rows.at(i)));
        chosen_.push_back(&part.value);
        values_.push_back(part.value ? confiture_str{part.value->data(), part.value->size()}
                                     : confiture_str{nullptr, 0});
      }
    if (values_.empty()) return;
    Rows some = rows;
    some.numbers = numbers_.data();
    some.count = numbers_.size();
    step.apply(some, values_.data());
    for (std::size_t i = 0; i < values_.size(); ++i)
      if (values_[i].data == nullptr) {
        chosen_[i]->reset();
      } else if (!*chosen_[i] || (*chosen_[i])->data() != values_[i].data ||
                 (*chosen_[i])->size() != values_[i].size) {
        *chosen_[i] = std::string(view(values_[i]));
      }
  }

 private:
  const StepPlace place_;
  const std::string_view what_;
  std::vector<Parts> split_;
  std::vector<std::string> texts_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::optional<std::string>*> chosen_;
  Values values_;
};

class ElementsStep : public PartsStep {
 public:
  ElementsStep(std::unique_ptr<Step> step, const StepPlace& place)
      : PartsStep(place, "array"), step_(std::move(step)) {}

 private:
  std::optional<Parts> split(std::string_view text) const override { return split_array(text); }
  std::string join(std::string_view text, const Parts& parts) const override {
    return join_array(text, parts);
  }
  void replace_parts(const Rows& rows) override {
    replace(*step_, rows, [](std::size_t) { return true; });
  }
  std::unique_ptr<Step> step_;
};

class FieldsStep : public PartsStep {
 public:
  FieldsStep(const Strategy& strategy, const Column& target, const StepPlace& place,
             extensions::Session& session)
      : PartsStep(place, "composite value"), fields_(strategy.fields) {
    for (std::size_t i = 0; i < fields_.size(); ++i)
      steps_.push_back(
          make_step(strategy.parts[i], target.attributes.at(fields_[i]), place, session));
  }

 private:
  std::optional<Parts> split(std::string_view text) const override { return split_composite(text); }
  std::string join(std::string_view text, const Parts& parts) const override {
    return join_composite(text, parts);
  }
  void replace_parts(const Rows& rows) override {
    for (std::size_t i = 0; i < fields_.size(); ++i)
      replace(*steps_[i], rows, [&](std::size_t group) { return group == fields_[i]; });
  }
  const std::vector<std::size_t>& fields_;
  std::vector<std::unique_ptr<Step>> steps_;
};

class JsonStep : public PartsStep {
 public:
  JsonStep(const Strategy& strategy, const Column& target, const StepPlace& place,
           extensions::Session& session)
      : PartsStep(place, "JSON document"), paths_(strategy.paths), counts_(*strategy.path_counts) {
    constexpr std::array<std::string_view, 6> types{"json",    "jsonb",  "text",
                                                    "varchar", "bpchar", "citext"};
    if (std::find(types.begin(), types.end(), target.type_name) == types.end())
      throw Error(errors::does_not_fit,
                  fmt::format("column '{}' of table {} has type {}, which holds no JSON documents",
                              printable(place.column.name), printable(place.table.name.sql()),
                              printable(target.sql_type)),
                  "give it a strategy for values of that type",
                  strategy.place.known() ? strategy.place : place.column.place);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      Column part;
      part.name = target.name;
      part.type_name = part.sql_type = strategy.path_types[i];
      steps_.push_back(make_step(strategy.parts[i], part, place, session));
    }
  }

 private:
  std::optional<Parts> split(std::string_view text) const override {
    std::optional<Parts> parts = split_json(text, paths_);
    if (!parts) return parts;
    ++counts_.documents;
    for (const LiteralPart& part : *parts) ++counts_.values[part.group];
    return parts;
  }
  std::string join(std::string_view text, const Parts& parts) const override {
    return join_json(text, parts);
  }
  void replace_parts(const Rows& rows) override {
    for (std::size_t i = 0; i < paths_.size(); ++i)
      replace(*steps_[i], rows, [&](std::size_t group) { return group == i; });
  }
  const std::vector<JsonPath>& paths_;
  PathCounts& counts_;
  std::vector<std::unique_ptr<Step>> steps_;
};

}  // namespace

Column element_of(const Column& column) {
  Column element = column;
  element.type_name.resize(element.type_name.size() - 2);  // "[]"
  element.type_oid = 0;
  element.array = false;
  element.not_null = false;
  return element;
}

std::unique_ptr<Step> make_elements_step(std::unique_ptr<Step> step, const StepPlace& place) {
  return std::make_unique<ElementsStep>(std::move(step), place);
}

std::unique_ptr<Step> make_parts_step(const Strategy& strategy, const Column& target,
                                      const StepPlace& place, extensions::Session& session) {
  if (strategy.kind == Strategy::Kind::json)
    return std::make_unique<JsonStep>(strategy, target, place, session);
  return std::make_unique<FieldsStep>(strategy, target, place, session);
}

}  // namespace host::sync
