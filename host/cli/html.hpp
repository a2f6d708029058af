// SPDX-License-Identifier: MIT
// Text for an HTML page, so that nothing from a file or a database is ever markup there, and
// nothing in it hides from who reads the page.
#pragma once

#include <string>
#include <string_view>

namespace host::cli {

// For an element's text and for an attribute in quotes. What printable() makes visible stands in a
// <mark>, where `marks` is set; in an attribute it must not be.
std::string html_text(std::string_view text, bool marks = true);

// SQL as spans of class kw, str and com within text.
std::string html_sql(std::string_view sql);

}  // namespace host::cli
