/// What is added to xsimd's registers: multiply-adds, quotients and roots that are rounded once, parts of registers in
/// memory.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/cpu/registers.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using strata_tests::random_numbers;
using namespace strata::on_cpu;
using arch = xsimd::default_arch;

namespace {

template <class T>
using limits = std::numeric_limits<T>;

/// Numbers of all sizes, and those at the ends.
template <class T>
std::vector<T> numbers(std::uint64_t seed) {
    const auto mantissas = random_numbers<T>(4000, seed), exponents = random_numbers<T>(4000, seed + 1);
    std::vector<T> x{0,
                     1,
                     9,
                     limits<T>::infinity(),
                     limits<T>::quiet_NaN(),
                     limits<T>::max(),
                     limits<T>::min(),
                     limits<T>::denorm_min()};
    for (std::size_t i = 0; i < mantissas.size(); ++i)
        x.push_back(std::ldexp(mantissas[i], static_cast<int>(exponents[i] * static_cast<T>(limits<T>::max_exponent))));
    return x;
}
template <class T>
bool same(T x, T y) {
    return std::memcmp(&x, &y, sizeof(T)) == 0 || (std::isnan(x) && std::isnan(y));
}

/// How many results of f, which takes and gives registers, are not those of g, of numbers.
template <class T, class F, class G>
int differences(F f, G g) {
    constexpr std::size_t lanes = vec<T, arch>::size;
    const auto a = numbers<T>(1), b = numbers<T>(3);
    int found = 0;
    for (std::size_t shift = 0; shift < 8; ++shift) // each special number beside each
        for (std::size_t i = 0; i + lanes <= a.size(); i += lanes) {
            alignas(64) T x[lanes], y[lanes], z[lanes];
            for (std::size_t l = 0; l < lanes; ++l) x[l] = a[i + l], y[l] = b[(i + l) / 8 * 8 + (i + l + shift) % 8];
            f(vec<T, arch>::load_aligned(x), vec<T, arch>::load_aligned(y)).store_aligned(z);
            for (std::size_t l = 0; l < lanes; ++l) found += !same(z[l], g(x[l], y[l]));
        }
    return found;
}

} // namespace

TEMPLATE_TEST_CASE("registers: quotients and square roots are rounded once, as those of numbers are", "", float,
                   double) {
    using V = vec<TestType, arch>;
    const auto quotients = [](V a, V b) { return quotient<TestType, arch>(a, b); };
    const auto roots = [](V a, V) { return square_root<TestType, arch>(a); };
    CHECK(differences<TestType>(quotients, [](TestType a, TestType b) { return a / b; }) == 0);
    CHECK(differences<TestType>(roots, [](TestType a, TestType) { return std::sqrt(a); }) == 0);
}

TEMPLATE_TEST_CASE("registers: a multiply-add is rounded once where the instruction set has one", "", float, double) {
    using V = vec<TestType, arch>;
    const TestType small = limits<TestType>::epsilon();
    const V sum = multiply_add<TestType, arch>(V(1 + small), V(1 - small), V(TestType(-1)));
#if defined(__FMA__) || defined(__AVX512F__) || defined(__ARM_FEATURE_FMA)
    CHECK(sum.get(0) == -small * small);
#else
    CHECK(sum.get(0) == 0);
#endif
}

TEMPLATE_TEST_CASE("registers: of two numbers the larger one, and not-a-number stays", "", float, double) {
    using V = vec<TestType, arch>;
    constexpr TestType floor(-0.5);
    const auto larger = [](V a, V) { return at_least<TestType, arch>(a, V(floor)); };
    CHECK(differences<TestType>(larger, [](TestType a, TestType) { return a < floor ? floor : a; }) == 0);
}

TEMPLATE_TEST_CASE("registers: a part is loaded beside zeros, and stored beside what was there", "", float, double) {
    constexpr int lanes = lanes_of<TestType, arch>;
    for (int n = 1; n <= lanes; ++n) {
        INFO(n << " of " << lanes);
        std::vector<TestType> from(static_cast<std::size_t>(n)), to(static_cast<std::size_t>(lanes), TestType(-1)),
            all = to;
        for (int i = 0; i < n; ++i) from[static_cast<std::size_t>(i)] = static_cast<TestType>(i + 1);
        const auto x = load<TestType, arch>(from.data(), n);
        x.store_unaligned(all.data());
        store<TestType, arch>(to.data(), x, n);
        for (int i = 0; i < lanes; ++i) {
            CHECK(all[static_cast<std::size_t>(i)] == static_cast<TestType>(i < n ? i + 1 : 0));
            CHECK(to[static_cast<std::size_t>(i)] == static_cast<TestType>(i < n ? i + 1 : -1));
        }
    }
}
