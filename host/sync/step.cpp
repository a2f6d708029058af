// SPDX-License-Identifier: MIT
#include "host/sync/step.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/extensions/errors.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/row_tests.hpp"
#include "host/sync/step_parts.hpp"

namespace host::sync {
namespace {

std::string_view view(confiture_str value) {
  return {value.data, value.size};
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
  return make_elements_step(make_plugin_step(strategy, element_of(target), place, session), place);
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
    case Strategy::Kind::json:
      if (!target.array) return make_parts_step(strategy, target, place, session);
      return make_elements_step(make_parts_step(strategy, element_of(target), place, session),
                                place);
    case Strategy::Kind::plugin:
      break;
  }
  return make_leaf(strategy, target, place, session);
}

}  // namespace host::sync
