// SPDX-License-Identifier: MIT
// confiture/testing/classifier.hpp - runs a classifier against the fake host.
//
//   testing::Classifier billing(host, classifier<Billing>("acme.billing", "..."));
//   assert(billing.classify(statement)[0].risk == CONFITURE_RISK_CRITICAL);
#pragma once

#include <confiture/classifier.hpp>
#include <confiture/testing.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {

// What a classifier says of a statement.
struct Seen {
  std::int32_t risk;
  std::string form, lock;
  std::vector<std::string> reasons;
};

namespace detail {

class ClassifierCall : public FakeCall {
 public:
  using FakeCall::FakeCall;
  std::vector<Seen> seen;
};

inline const confiture_risk_v1 fake_risk = {
    [](confiture_call* call, const confiture_effect* effect) noexcept {
      Seen seen{effect->risk, text_of(effect->form), text_of(effect->lock), {}};
      for (std::uint32_t index = 0; index < effect->reason_count; ++index)
        seen.reasons.push_back(text_of(effect->reasons[index]));
      static_cast<ClassifierCall&>(FakeCall::from(call)).seen.push_back(std::move(seen));
    }};

// The fake host with one service more.
class ClassifierHost {
 public:
  explicit ClassifierHost(const Host& host) : host_(host.handle()) {
    host_.get_service = [](const confiture_host* handle, const char* id) noexcept -> const void* {
      const std::string_view asked = id;
      return asked == CONFITURE_SERVICE_RISK ? &fake_risk : find_service(handle, asked);
    };
  }
  const confiture_host& handle() const noexcept { return host_; }

 private:
  confiture_host host_;
};

}  // namespace detail

// A classifier on statements that were built by hand. The host must outlive it.
class Classifier {
 public:
  Classifier(Host& host, Subject subject, std::string_view parameters = "{}")
      : host_(host),
        services_(host),
        subject_(std::move(subject)),
        config_(extension().params, extension().param_count, detail::FlowReader::read(parameters),
                {}) {
    detail::ClassifierCall call(host_);
    call.finish(extension().create(&extension(), &services_.handle(), call.handle(),
                                   config_.handle(), &self_));
  }
  Classifier(const Classifier&) = delete;
  Classifier& operator=(const Classifier&) = delete;
  ~Classifier() {
    if (self_ != nullptr) extension().destroy(self_);
  }

  std::vector<Seen> classify(const Tree& statement) {
    detail::ClassifierCall call(host_);
    const auto& table = *static_cast<const confiture_classifier_v1*>(extension().vtable);
    call.finish(table.classify(self_, call.handle(), statement.handle()));
    return std::move(call.seen);
  }

 private:
  const confiture_extension& extension() const noexcept { return subject_.descriptor(); }

  Host& host_;
  detail::ClassifierHost services_;
  Subject subject_;
  detail::Config config_;
  void* self_ = nullptr;
};

}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
