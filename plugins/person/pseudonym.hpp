// SPDX-License-Identifier: MIT
// pseudonym.hpp - a made-up person for a real one, and what the strategies for names and addresses
// share. Strategies that are given the same `by` column make the same person of a row, so that
// first name, full name, user name and address fit together, in one table and across tables.
#pragma once

#include <confiture/plugin.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plugins/common/columns.hpp"
#include "plugins/common/keyed.hpp"
#include "plugins/common/keyed_rows.hpp"
#include "plugins/common/utf8.hpp"
#include "plugins/person/locale.hpp"

namespace person {

enum class Language { en, fr, de };

struct Identity {
  bool female = false;
  std::string_view first_name, last_name, street;
  std::uint32_t house_number = 1;
  City city;
};

class Pseudonym {
 public:
  Language locale = Language::en;
  confiture::Column by, gender;
  static constexpr auto flags = confiture::StrategyFlag::deterministic |
                                confiture::StrategyFlag::row_local | confiture::StrategyFlag::keyed;

  void prepare(confiture::Call& call);

 protected:
  static constexpr auto locale_field() {
    return confiture::field("locale", &Pseudonym::locale, "The language of names and places",
                            confiture::choices("en", "fr", "de"));
  }
  static constexpr auto by_field() {
    return confiture::field(
        "by", &Pseudonym::by,
        "The column that says whose value it is: one person has one name, address and so on");
  }
  static constexpr auto gender_field() {
    return confiture::field("gender", &Pseudonym::gender,
                            "A column that begins with f or w for women, m or h for men");
  }

  void bind_text(const confiture::BatchColumns& columns, std::string_view id);
  plugins::common::Draw draw(std::string_view value, const confiture::Row& row,
                             std::string_view id) const;
  Identity identity(plugins::common::Draw& draw, const confiture::Row& row) const {
    return identity(draw, row[gender]);
  }

  // Each value becomes the text that `write(identity)` makes, cut to the column. Another one than
  // it was, unless the row's person has it: a name that depended on the old one would not fit the
  // rest.
  template <typename Write>
  void choose(confiture::Batch& batch, std::string_view id, Write write) const {
    const auto of = [&](const confiture::Column& column, std::size_t row) {
      return column ? batch.value(column.index, row) : std::nullopt;
    };
    plugins::common::rewrite_keyed<plugins::common::Draw::block_size>(
        batch, hash_,
        [&](std::string_view value, std::size_t row, std::string& room) {
          const auto whose = of(by, row);
          return whose ? plugins::common::Draw::seed(*whose, "by", room)
                       : plugins::common::Draw::seed(plugins::common::unpadded(value), id, room);
        },
        [&](std::string_view value, std::size_t row, const plugins::common::Draw::Block& block) {
          const std::string_view before = plugins::common::unpadded(value);
          if (before.empty()) return value;
          plugins::common::Draw drawn(hash_, block);
          std::string_view text = write(identity(drawn, of(gender, row)));
          while (text == before && !of(by, row)) text = write(identity(drawn, of(gender, row)));
          return plugins::common::cut(text, limit_);
        });
  }

 private:
  Identity identity(plugins::common::Draw& draw, std::optional<std::string_view> said) const;

  plugins::KeyedHash hash_;
  const Locale* names_ = nullptr;
  std::size_t limit_ = 0;
};

}  // namespace person
