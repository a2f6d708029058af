// SPDX-License-Identifier: MIT
// national_id_formats.hpp - how states number people, each with its check digits.
#pragma once

#include <cstddef>
#include <string_view>

#include "plugins/common/keyed.hpp"

namespace person {

enum class IdFormat { us_ssn, fr_nir, de_tax_id, uk_nino, es_dni, ch_ahv };

inline constexpr std::size_t longest_id = 16;

// Writes the letters and digits of a valid number and returns their count.
std::size_t write_id(IdFormat format, plugins::common::Draw& draw, char* out);

// How it is usually written, '#' for each letter or digit: "###-##-####".
std::string_view usual_form(IdFormat format);

}  // namespace person
