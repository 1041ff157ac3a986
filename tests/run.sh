#!/usr/bin/env bash
# Builds everything and passes all tests, from a bare Debian on:  bash tests/run.sh [PRESET]
# PRESET is release (the default), clang, asan or tsan. Installs the packages that are missing (root or sudo).
# Prints CTest's summary and then the time it all took.
set -euo pipefail
SECONDS=0
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/cmake/install_packages.sh"

preset=${1:-release}
# shellcheck disable=SC2086
require $required_to_test
# shellcheck disable=SC2086
wish $wished_to_test

cd "$top"
status=0
cmake --preset "$preset" && cmake --build --preset "$preset" && ctest --preset "$preset" || status=$?
printf 'elapsed: %d min %02d s\n' $((SECONDS / 60)) $((SECONDS % 60))
exit $status
