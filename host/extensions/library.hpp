// SPDX-License-Identifier: MIT
// The one door to dlopen: from a trusted file to the plugin's entry function.
#pragma once

#include <confiture/plugin.h>

#include "host/extensions/trust.hpp"

namespace host::extensions {

using EntryFunction = decltype(&confiture_plugin_v1);

// Reads the symbol table before any foreign code runs, then loads the file for good (there is no
// unloading). Throws plugin.invalid where there is no entry, plugin.incompatible where it is of
// another major, plugin.not_loadable with the system's reason.
EntryFunction load_entry(const TrustedFile& file, const Place& place);

}  // namespace host::extensions
