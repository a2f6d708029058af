// SPDX-License-Identifier: MIT
#include "host/cli/main.hpp"

int main(int argc, char** argv) { return host::cli::main(argc, argv); }
