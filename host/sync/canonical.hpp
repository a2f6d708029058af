// SPDX-License-Identifier: MIT
// One text for values that their type calls equal ('1.0' and '1.00', 'A' and 'a' of citext), so
// that a keyed strategy makes them equal too and a foreign key still meets its parent.
#pragma once

#include <string>
#include <string_view>

#include "host/sync/catalog.hpp"

namespace host::sync {

enum class CanonicalForm { as_it_is, lower, without_padding, number, real };

CanonicalForm canonical_form(const Column& column);

// The value's text in that form: a part of `value`, or written to `storage`.
std::string_view canonical_text(CanonicalForm form, std::string_view value, std::string& storage);

}  // namespace host::sync
