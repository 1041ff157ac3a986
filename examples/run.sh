#!/usr/bin/env bash
# Builds an example and runs it, starting from a bare Debian:  bash examples/run.sh lenet5 [ARGUMENT...]
# Installs missing packages (as root or with sudo), and downloads MNIST if the example needs it and it is not found.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$top/cmake/install_packages.sh"

name=${1:-lenet5}
[ $# -gt 0 ] && shift
for source in "$top/examples/$name".cpp "$top/examples/$name".cu "$top/examples/$name/main.cpp" none; do
    [ -e "$source" ] && break
done
if [ "$source" = none ]; then
    echo "There is no example $name. There are: $(cd "$top/examples" && echo *.cpp *.cu */main.cpp | sed -E 's/\.(cpp|cu)|\/main\.cpp//g')" >&2
    exit 1
fi
# shellcheck disable=SC2086
require $required_to_build

# In a subshell: the program runs in the caller's folder, so that a relative --data is resolved there.
(
    cd "$top"
    cmake --preset release -DSTRATA_TESTS=OFF -DSTRATA_BENCH=OFF
    cmake --build --preset release --target "$name"
    if grep -q 'data::mnist' "$source" && [[ " $* " != *" --data "* ]]; then
        cmake --build --preset release --target find_mnist
        if ! build/release/examples/find_mnist >/dev/null; then
            there ca-certificates || apt_install ca-certificates || true
            cmake -P cmake/download_mnist.cmake || echo "strata: continuing without MNIST."
        fi
    fi
)
exec "$top/build/release/examples/$name" "$@"
