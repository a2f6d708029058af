// SPDX-License-Identifier: MIT
// The program: options, the command that they name, and the one place that prints errors.
#pragma once

namespace host::cli {

int main(int argc, char** argv);

}  // namespace host::cli
