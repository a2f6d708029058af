// SPDX-License-Identifier: MIT
#include "host/sync/step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "host/extensions/errors.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/literal.hpp"

namespace host::sync {
namespace {

std::string_view view(confiture_str value) {
  return {value.data, value.size};
}

bool passes(const Test& test, confiture_str value) {
  using Kind = config::ConditionTest::Kind;
  if (test.kind == Kind::null) return (value.data == nullptr) == test.null;
  if (value.data == nullptr) return false;
  const std::string_view text = view(value);
  const auto any = [&](const auto& matches) {
    return std::any_of(test.texts.begin(), test.texts.end(), matches);
  };
  switch (test.kind) {
    case Kind::starts_with:
      return any([&](const std::string& t) { return text.substr(0, t.size()) == t; });
    case Kind::ends_with:
      return any([&](const std::string& t) {
        return text.size() >= t.size() && text.substr(text.size() - t.size()) == t;
      });
    case Kind::contains:
      return any([&](const std::string& t) { return text.find(t) != std::string_view::npos; });
    case Kind::not_equals:
      return !any([&](const std::string& t) { return text == t; });
    default:
      return any([&](const std::string& t) { return text == t; });
  }
}

class WhenStep : public Step {
 public:
  WhenStep(const Strategy& strategy, const Column& target, const StepPlace& place,
           extensions::Session& session)
      : tests_(strategy.tests) {
    for (const Strategy& part : strategy.parts)
      branches_.push_back({make_step(part, target, place, session), {}, {}, {}});
  }

  void apply(const Rows& rows, confiture_str* values) override {
    for (Branch& branch : branches_) branch.clear();
    for (std::size_t i = 0; i < rows.count; ++i) {
      const std::size_t row = rows.at(i);
      const bool holds = std::all_of(tests_.begin(), tests_.end(), [&](const Test& test) {
        return passes(test, (*rows.read)[test.field][row]);
      });
      Branch& branch = branches_[holds ? 0 : 1];
      branch.numbers.push_back(static_cast<std::uint32_t>(row));
      branch.positions.push_back(i);
      branch.values.push_back(values[i]);
    }
    for (Branch& branch : branches_) {
      if (branch.values.empty()) continue;
      Rows some = rows;
      some.numbers = branch.numbers.data();
      some.count = branch.numbers.size();
      branch.step->apply(some, branch.values.data());
      for (std::size_t i = 0; i < branch.values.size(); ++i)
        values[branch.positions[i]] = branch.values[i];
    }
  }

 private:
  struct Branch {
    std::unique_ptr<Step> step;
    std::vector<std::uint32_t> numbers;
    std::vector<std::size_t> positions;
    Values values;
    void clear() {
      numbers.clear();
      positions.clear();
      values.clear();
    }
  };
  const std::vector<Test>& tests_;
  std::vector<Branch> branches_;  // then, else
};

class ChainStep : public Step {
 public:
  ChainStep(const Strategy& strategy, const Column& target, const StepPlace& place,
            extensions::Session& session) {
    for (const Strategy& part : strategy.parts)
      steps_.push_back(make_step(part, target, place, session));
  }
  void apply(const Rows& rows, confiture_str* values) override {
    for (const auto& step : steps_) step->apply(rows, values);
  }

 private:
  std::vector<std::unique_ptr<Step>> steps_;
};

class TextStep : public Step {
 public:
  explicit TextStep(const Strategy& strategy) : parts_(strategy.text) {}
  // NULL stays NULL; a column that is NULL adds nothing.
  void apply(const Rows& rows, confiture_str* values) override {
    texts_.resize(std::max(texts_.size(), rows.count));
    for (std::size_t i = 0; i < rows.count; ++i) {
      if (values[i].data == nullptr) continue;
      std::string& text = texts_[i];
      text.clear();
      for (const TextPart& part : parts_) {
        text += part.words;
        if (part.column.empty()) continue;
        const confiture_str value = part.from == TextPart::From::self ? values[i]
                                    : part.from == TextPart::From::replaced
                                        ? (*rows.replaced)[part.field][rows.at(i)]
                                        : (*rows.read)[part.field][rows.at(i)];
        if (value.data != nullptr) text += view(value);
      }
      values[i] = {text.data(), text.size()};
    }
  }

 private:
  const std::vector<TextPart>& parts_;
  std::vector<std::string> texts_;
};

// Takes the values of all rows apart, lets others replace the parts, and puts them together.
class PartsStep : public Step {
 public:
  void apply(const Rows& rows, confiture_str* values) override {
    split_.resize(rows.count);
    texts_.resize(std::max(texts_.size(), rows.count));
    for (std::size_t i = 0; i < rows.count; ++i) {
      split_[i].clear();
      if (values[i].data == nullptr) continue;
      auto parts = array_ ? split_array(view(values[i])) : split_composite(view(values[i]));
      if (!parts)
        throw Error(errors::bad_stream,
                    fmt::format("{} is no {}", place_.object_of(rows.first_row + rows.at(i)),
                                array_ ? "array" : "composite value"));
      split_[i] = std::move(*parts);
    }
    replace_parts(rows);
    for (std::size_t i = 0; i < rows.count; ++i) {
      if (values[i].data == nullptr) continue;
      texts_[i] = array_ ? join_array(view(values[i]), split_[i])
                         : join_composite(view(values[i]), split_[i]);
      values[i] = {texts_[i].data(), texts_[i].size()};
    }
  }

 protected:
  PartsStep(const StepPlace& place, bool array) : place_(place), array_(array) {}
  virtual void replace_parts(const Rows& rows) = 0;

  // Lets `step` replace the parts that `take` chooses: by row, and number within the row.
  template <typename Take>
  void replace(Step& step, const Rows& rows, const Take& take) {
    numbers_.clear();
    chosen_.clear();
    values_.clear();
    for (std::size_t i = 0; i < rows.count; ++i)
      for (std::size_t part = 0; part < split_[i].size(); ++part) {
        if (!take(part)) continue;
        std::optional<std::string>& value = split_[i][part].value;
        numbers_.push_back(static_cast<std::uint32_t>(rows.at(i)));
        chosen_.push_back(&value);
        values_.push_back(value ? confiture_str{value->data(), value->size()}
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
  const bool array_;
  std::vector<std::vector<LiteralPart>> split_;
  std::vector<std::string> texts_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::optional<std::string>*> chosen_;
  Values values_;
};

class ElementsStep : public PartsStep {
 public:
  ElementsStep(std::unique_ptr<Step> step, const StepPlace& place)
      : PartsStep(place, true), step_(std::move(step)) {}

 private:
  void replace_parts(const Rows& rows) override {
    replace(*step_, rows, [](std::size_t) { return true; });
  }
  std::unique_ptr<Step> step_;
};

class FieldsStep : public PartsStep {
 public:
  FieldsStep(const Strategy& strategy, const Column& target, const StepPlace& place,
             extensions::Session& session)
      : PartsStep(place, false), fields_(strategy.fields) {
    for (std::size_t i = 0; i < fields_.size(); ++i)
      steps_.push_back(
          make_step(strategy.parts[i], target.attributes.at(fields_[i]), place, session));
  }

 private:
  void replace_parts(const Rows& rows) override {
    for (std::size_t i = 0; i < fields_.size(); ++i)
      replace(*steps_[i], rows, [&](std::size_t part) { return part == fields_[i]; });
  }
  const std::vector<std::size_t>& fields_;
  std::vector<std::unique_ptr<Step>> steps_;
};

Column element_of(const Column& column) {
  Column element = column;
  element.type_name.resize(element.type_name.size() - 2);  // "[]"
  element.type_oid = 0;
  element.array = false;
  element.not_null = false;
  return element;
}

// Elements one by one, unless the strategy says that it takes the array as one.
std::unique_ptr<Step> make_leaf(const Strategy& strategy, const Column& target,
                                const StepPlace& place, extensions::Session& session) {
  if (!target.array) return make_plugin_step(strategy, target, place, session);
  if (strategy.extension->strategy.bind != nullptr) {
    try {
      return make_plugin_step(strategy, target, place, session);
    } catch (const Error& error) {
      if (error.code().exit == Exit::anonymization) throw;  // no key
    }
  }
  return std::make_unique<ElementsStep>(
      make_plugin_step(strategy, element_of(target), place, session), place);
}

}  // namespace

std::unique_ptr<Step> make_step(const Strategy& strategy, const Column& target,
                                const StepPlace& place, extensions::Session& session) {
  switch (strategy.kind) {
    case Strategy::Kind::when:
      return std::make_unique<WhenStep>(strategy, target, place, session);
    case Strategy::Kind::chain:
      return std::make_unique<ChainStep>(strategy, target, place, session);
    case Strategy::Kind::text:
      return std::make_unique<TextStep>(strategy);
    case Strategy::Kind::fields:
      if (!target.array) return std::make_unique<FieldsStep>(strategy, target, place, session);
      return std::make_unique<ElementsStep>(
          std::make_unique<FieldsStep>(strategy, element_of(target), place, session), place);
    case Strategy::Kind::plugin:
      break;
  }
  return make_leaf(strategy, target, place, session);
}

}  // namespace host::sync
