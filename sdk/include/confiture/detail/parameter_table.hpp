// SPDX-License-Identifier: MIT
// confiture/detail/parameter_table.hpp - the contract's descriptors of a class's fields, with the
// members of a default-constructed object as their defaults. Built once, then never changed.
#pragma once

#include <confiture/detail/codec.hpp>

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace detail {

class ParameterTable {
 public:
  ParameterTable() = default;
  ParameterTable(const ParameterTable&) = delete;
  ParameterTable& operator=(const ParameterTable&) = delete;

  // Describes T's fields; the table must outlive the pointer.
  template <typename T>
  const std::vector<confiture_param>& describe(const T& defaults) {
    std::vector<confiture_param> fields;
    const auto describe_one = [&](const auto& field) {
      fields.push_back(descriptor(field, defaults.*field.member));
    };
    std::apply([&](const auto&... field) { (describe_one(field), ...); }, T::params.fields);
    return sets_.emplace_back(std::move(fields));
  }

 private:
  template <typename Owner, typename Member, std::size_t ChoiceCount>
  confiture_param descriptor(const Field<Owner, Member, ChoiceCount>& field, const Member& value) {
    static_assert(ChoiceCount == 0 || Codec<Member>::type == CONFITURE_PARAM_STRING ||
                      Codec<Member>::type == CONFITURE_PARAM_ENUM,
                  "only a text or an enum has choices");
    confiture_param param{};
    param.name = field.name;
    param.doc = field.doc;
    param.range = field.range != nullptr ? field.range : Codec<Member>::range;
    param.choices = words_of(field);
    param.type = ChoiceCount > 0 ? std::uint32_t{CONFITURE_PARAM_ENUM} : Codec<Member>::type;
    param.flags = field.flags | Codec<Member>::list;
    if ((field.flags & CONFITURE_PARAM_REQUIRED) == 0)
      if (const Yaml yaml = Codec<Member>::yaml(value, param.choices))
        param.default_yaml = texts_.emplace_back(*yaml).c_str();
    describe_object(param, value);
    return param;
  }

  template <typename T>
  void describe_object(confiture_param& param, const T& value) {
    if constexpr (HasParams<T>::value) {
      const std::vector<confiture_param>& fields = describe(value);
      param.fields = fields.data();
      param.field_count = static_cast<std::uint32_t>(fields.size());
    } else {
      (void)param, (void)value;
    }
  }
  template <typename T>
  void describe_object(confiture_param& param, const std::vector<T>&) {
    describe_object(param, T{});
  }
  template <typename T>
  void describe_object(confiture_param& param, const std::optional<T>& value) {
    describe_object(param, value ? *value : T{});
  }

  std::deque<std::string> texts_;                  // addresses stay
  std::deque<std::vector<confiture_param>> sets_;  // addresses stay
};

}  // namespace detail
}  // namespace confiture
#pragma GCC visibility pop
