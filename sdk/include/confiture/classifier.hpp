// SPDX-License-Identifier: MIT
// confiture/classifier.hpp - how risky a statement is, from a class with
// `void classify(const Node&, Effects&)` or from a function of the same shape.
//
//   confiture::classifier("acme.billing", "Whatever touches billing is critical",
//                         [](const Node& statement, Effects& effects) {
//                           if (statement.schema_name() == "billing")
//                             effects.add(Risk::critical, "billing is closed at night only");
//                         });
//
// The highest risk that any classifier sees counts: one can raise what the others say. Include it
// beside plugin.hpp; the host needs interface 1.2.
#pragma once

#include <confiture/classifier.h>
#include <confiture/extension.hpp>
#include <confiture/query.hpp>
#include <confiture/report.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {

enum class Truth : std::int32_t {
  unknown = CONFITURE_TRUTH_UNKNOWN,
  no = CONFITURE_TRUTH_NO,
  yes = CONFITURE_TRUTH_YES
};

struct Touched {
  std::string relation, lock;
  std::int64_t rows = -1, bytes = -1;
};

// What a statement does. What is not said stays unknown.
struct Effect {
  Risk risk = Risk::none;
  std::vector<std::string> reasons;
  std::string form, lock, lost, way_back, safer;
  Truth blocks_reads = Truth::unknown, blocks_writes = Truth::unknown, rewrites = Truth::unknown,
        scans = Truth::unknown, loses_data = Truth::unknown, reversible = Truth::unknown;
  std::vector<Touched> touched;
  std::int64_t blocked_bytes = 0;
};

// Collects the effects of one classify(); the host gets them when it returns without an exception.
class Effects : public Report {
 public:
  using Report::Report;

  // The reference lives as long as this.
  Effect& add(Risk risk, std::string reason) {
    Effect& effect = effects_.emplace_back();
    effect.risk = risk;
    effect.reasons.push_back(std::move(reason));
    return effect;
  }
  Effect& add(Effect effect) { return effects_.emplace_back(std::move(effect)); }

  // Of the database that the plan is for, through a connection that may only read. Throws
  // DatabaseError where there is none, and where it does not answer at once. Grant: db.
  Result query(std::string_view sql, const QueryParameters& parameters = {}) const {
    const auto* db = service<confiture_db_v1>(CONFITURE_SERVICE_DB);
    if (db == nullptr) throw DatabaseError(CONFITURE_DENIED);
    const std::vector<confiture_str> values = parameters.values();
    const confiture_result* result = nullptr;
    const confiture_status status =
        db->query(handle(), to_str(sql), values.data(), values.size(), &result);
    if (status != CONFITURE_OK) throw DatabaseError(status);
    return {*db, result};
  }

  void send() const {
    if (effects_.empty()) return;
    const auto& risk = require<confiture_risk_v1>(CONFITURE_SERVICE_RISK);
    for (const Effect& effect : effects_) send(risk, effect);
  }

 private:
  static confiture_str text_or_none(const std::string& text) {
    return text.empty() ? no_value() : to_str(text);
  }
  void send(const confiture_risk_v1& risk, const Effect& effect) const {
    std::vector<confiture_str> reasons;
    for (const std::string& reason : effect.reasons) reasons.push_back(to_str(reason));
    std::vector<confiture_touched> touched;
    for (const Touched& one : effect.touched)
      touched.push_back({to_str(one.relation), to_str(one.lock), one.rows, one.bytes});
    confiture_effect sent{};
    sent.struct_size = sizeof sent;
    sent.risk = static_cast<std::int32_t>(effect.risk);
    sent.blocks_reads = static_cast<std::int32_t>(effect.blocks_reads);
    sent.blocks_writes = static_cast<std::int32_t>(effect.blocks_writes);
    sent.rewrites = static_cast<std::int32_t>(effect.rewrites);
    sent.scans = static_cast<std::int32_t>(effect.scans);
    sent.loses_data = static_cast<std::int32_t>(effect.loses_data);
    sent.reversible = static_cast<std::int32_t>(effect.reversible);
    sent.form = text_or_none(effect.form);
    sent.lock = text_or_none(effect.lock);
    sent.lost = text_or_none(effect.lost);
    sent.way_back = text_or_none(effect.way_back);
    sent.safer = text_or_none(effect.safer);
    sent.reasons = reasons.empty() ? nullptr : reasons.data();
    sent.reason_count = static_cast<std::uint32_t>(reasons.size());
    sent.touched = touched.empty() ? nullptr : touched.data();
    sent.touched_count = static_cast<std::uint32_t>(touched.size());
    sent.blocked_bytes = effect.blocked_bytes;
    risk.effect(handle(), &sent);
  }

  std::deque<Effect> effects_;  // references stay
};

class ClassifierExtension;

namespace detail {

// What stands behind a ClassifierExtension, beside its Registration.
template <typename Object>
struct ClassifierParts {
  confiture_classifier_v1 table{};
  Object object;
};
struct NoObject {};
template <typename T>
ClassifierExtension make_classifier(std::string id, std::string summary,
                                    std::shared_ptr<const void> prototype,
                                    confiture_classifier_v1& table);

}  // namespace detail

// A registered classifier.
class ClassifierExtension : public Extension {
 public:
  ClassifierExtension& doc(std::string markdown) {
    set_doc(std::move(markdown));
    return *this;
  }
  // Static data: statements to prove it with, and what they all need.
  ClassifierExtension& examples(const std::vector<confiture_example>& list,
                                const char* playground) {
    table_->examples = list.data();
    table_->example_count = static_cast<std::uint32_t>(list.size());
    table_->playground = playground;
    return *this;
  }

 private:
  template <typename T>
  friend ClassifierExtension detail::make_classifier(std::string, std::string,
                                                     std::shared_ptr<const void>,
                                                     confiture_classifier_v1&);
  using Extension::Extension;
  confiture_classifier_v1* table_ = nullptr;  // the registration keeps it
};

namespace detail {

template <typename T>
confiture_status classify_statement(void* self, confiture_call* call,
                                    const confiture_node* statement) noexcept {
  auto& instance = *static_cast<Instance<T>*>(self);
  return guard(instance.host, call, [&] {
    Effects effects(instance.host, call);
    const Node classified(instance.schema, statement);
    if constexpr (IsFunctionObject<T>::value)
      instance.object.function(classified, effects);
    else
      instance.object.classify(classified, effects);
    effects.send();
  });
}

template <typename T>
ClassifierExtension make_classifier(std::string id, std::string summary,
                                    std::shared_ptr<const void> prototype,
                                    confiture_classifier_v1& table) {
  ClassifierExtension made(CONFITURE_KIND_CLASSIFIER, std::move(id), std::move(summary));
  made.template implement<T>(std::move(prototype));
  table.struct_size = sizeof table;
  table.classify = classify_statement<T>;
  made.table_ = &table;
  made.registration_->descriptor.vtable = &table;
  return made;
}

}  // namespace detail

template <typename T>
ClassifierExtension classifier(std::string id, std::string summary) {
  const auto parts = std::make_shared<detail::ClassifierParts<detail::NoObject>>();
  return detail::make_classifier<T>(std::move(id), std::move(summary),
                                    std::shared_ptr<const void>(parts, nullptr), parts->table);
}
template <typename F>
ClassifierExtension classifier(std::string id, std::string summary, F function) {
  using Object = detail::FunctionObject<F>;
  const auto parts = std::make_shared<detail::ClassifierParts<Object>>(
      detail::ClassifierParts<Object>{{}, Object{std::move(function)}});
  return detail::make_classifier<Object>(std::move(id), std::move(summary),
                                         std::shared_ptr<const void>(parts, &parts->object),
                                         parts->table);
}

}  // namespace confiture
#pragma GCC visibility pop
