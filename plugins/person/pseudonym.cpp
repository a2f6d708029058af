// SPDX-License-Identifier: MIT
#include "plugins/person/pseudonym.hpp"

namespace person {
namespace {

using plugins::common::Draw;

template <typename T>
const T& one_of(std::span<const T> list, Draw& draw) {
  return list[draw.below(static_cast<std::uint32_t>(list.size()))];
}

// Whether the first letter says so: 1 for a woman, 0 for a man, -1 for neither.
int female_by(std::string_view gender) {
  const char first = gender.empty() ? ' ' : plugins::common::to_lower(gender.front());
  if (first == 'f' || first == 'w') return 1;
  return first == 'm' || first == 'h' ? 0 : -1;
}

}  // namespace

void Pseudonym::prepare(confiture::Call& call) {
  hash_.derive(call, "person/1");
  names_ = locale == Language::en ? &english : locale == Language::fr ? &french : &german;
}

void Pseudonym::bind_text(const confiture::BatchColumns& columns, std::string_view id) {
  plugins::common::require_types(columns, id, plugins::common::text_types);
  limit_ = plugins::common::shortest_limit(columns);
}

Draw Pseudonym::draw(std::string_view value, const confiture::Row& row, std::string_view id) const {
  const auto whose = row[by];
  return whose ? Draw(hash_, *whose, "by") : Draw(hash_, value, id);
}

// Always takes the same number of choices, so that every strategy makes the same person.
Identity Pseudonym::identity(Draw& draw, std::optional<std::string_view> said) const {
  Identity made;
  made.female = draw.below(2) == 0;
  if (const int female = female_by(said.value_or("")); female >= 0) made.female = female == 1;
  made.first_name = one_of(made.female ? names_->female_names : names_->male_names, draw);
  made.last_name = one_of(names_->last_names, draw);
  made.house_number = 1 + draw.below(120);
  made.street = one_of(names_->streets, draw);
  made.city = one_of(names_->cities, draw);
  return made;
}

}  // namespace person
