# Sourced by examples/run.sh and tests/run.sh: installs what is missing of a list of Debian packages.
# A package counts as there when what it is needed for is there, however that was installed.

# there PACKAGE: whether what the package is needed for is there.
there() {
    case $1 in
    g++) command -v g++ >/dev/null ;;
    cmake) command -v cmake >/dev/null && command -v ctest >/dev/null ;;
    ninja-build) command -v ninja >/dev/null ;;
    clang-14) command -v clang++-14 >/dev/null ;;
    clang-19) command -v clang++-19 >/dev/null ;;
    clang-format-19) command -v clang-format-19 >/dev/null ;;
    libclang-rt-19-dev) ls /usr/lib/llvm-19/lib/clang/*/lib/linux/libclang_rt.fuzzer-* >/dev/null 2>&1 ;;
    ca-certificates) [ -e /etc/ssl/certs/ca-certificates.crt ] ;;
    libboost-dev) header_is_there boost/hana.hpp ;;
    libxsimd-dev) header_is_there xsimd/xsimd.hpp ;;
    libxtensor-dev) header_is_there xtensor/xarray.hpp || header_is_there xtensor/containers/xarray.hpp ;;
    zlib1g-dev) header_is_there zlib.h ;;
    libpng-dev) header_is_there png.h ;;
    libturbojpeg0-dev) header_is_there turbojpeg.h ;;
    catch2) header_is_there catch2/catch.hpp || header_is_there catch2/catch_all.hpp ;;
    libbenchmark-dev) header_is_there benchmark/benchmark.h ;;
    *) dpkg -s "$1" >/dev/null 2>&1 ;;
    esac
}

header_is_there() {
    command -v g++ >/dev/null && printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$1" | g++ -E -x c++ - >/dev/null 2>&1
}

# missing PACKAGE...: those of them that are not there.
missing() {
    local package
    for package in "$@"; do there "$package" || printf '%s ' "$package"; done
}

# as_root COMMAND...: runs it as root, with sudo where need be.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# apt_install PACKAGE...: installs them, quietly unless it fails.
apt_install() {
    if ! command -v apt-get >/dev/null; then
        echo "strata: there is no apt-get here." >&2
        return 1
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        echo "strata: this needs root, and there is no sudo here." >&2
        return 1
    fi
    local log
    log=$(mktemp)
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
            install --no-install-recommends "$@" >>"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 5 "$log" >&2
    rm -f "$log"
    return 1
}

# require PACKAGE...: installs those that are missing; names those that still are and ends the script.
require() {
    local wanted
    wanted=$(missing "$@")
    if [ -n "$wanted" ]; then
        echo "strata: installing ${wanted% }"
        # shellcheck disable=SC2086
        apt_install $wanted || true
        wanted=$(missing "$@")
    fi
    if [ -n "$wanted" ]; then
        echo "strata: these packages are missing and could not be installed: ${wanted% }. Install them and run this again." >&2
        exit 1
    fi
}

# wish PACKAGE...: installs those that are missing, each for itself; what cannot be had is named, and its tests skip.
wish() {
    local package
    for package in $(missing "$@"); do
        echo "strata: installing $package"
        apt_install "$package" || echo "strata: $package is not available here; the tests that need it will be skipped."
    done
}

required_to_build="g++ cmake ninja-build libboost-dev libxsimd-dev libxtensor-dev zlib1g-dev"
required_to_test="$required_to_build catch2 libbenchmark-dev libpng-dev libturbojpeg0-dev"
wished_to_test="clang-14 clang-19 clang-format-19 libclang-rt-19-dev"
