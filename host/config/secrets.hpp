// SPDX-License-Identifier: MIT
// Secrets by reference: the configuration says where one is, this reads it.
#pragma once

#include <string>

#include "host/config/project.hpp"
#include "host/foundation/secret.hpp"

namespace host::config {

// The value of an environment variable or the bytes of a file (one trailing newline removed).
// Throws config.variable_unset, file.not_found, or config.secret_exposed for a file that group or
// others may read.
Secret read_secret(const SecretSource& source);

// The secret of `secrets:` with this name. Throws config.unknown_secret with the nearest name, and
// what read_secret() throws.
Secret read_named_secret(const Project& project, const std::string& name);

// The project key for keyed strategies. Throws anonymization.no_key when none is configured or its
// variable is not set, anonymization.weak_key when it has fewer than 32 bytes or all of them are
// equal; both exit 10.
Secret read_anonymization_key(const Anonymization& anonymization);

}  // namespace host::config
