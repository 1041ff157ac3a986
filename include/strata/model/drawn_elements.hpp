#pragma once
/// drawn_elements — the numbers of the initial distributions that layers/initial.hpp names. Each element has words of
/// its own of the seed, the parameter's ordinal and its place, so that nothing depends on the order in which they are
/// drawn; what lies outside a truncated distribution is drawn again with another counter.
/// Source   Box & Muller 1958; Saxe, McClelland & Ganguli 2014 (orthogonal); Giraud et al. 2005 (twice is enough)
#include <strata/base/random/philox.hpp>
#include <strata/base/random/random_key.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/plan/graph.hpp>
#include <strata/run/block.hpp>

#include <cmath>
#include <cstdint>

namespace strata::inline STRATA_ABI::detail {

/// A number of the normal distribution, of two words: one of a pair, the sine's or the cosine's. (In double, so that
/// the roundings of different libraries' functions hardly ever show in a float.)
inline double normal_number(std::uint32_t radius, std::uint32_t angle, bool sine) {
    const double r = std::sqrt(-2 * std::log((radius + 1.0) * 0x1p-32)), a = 6.283185307179586 * (angle * 0x1p-32);
    return r * (sine ? std::sin(a) : std::cos(a));
}

/// The random numbers of a parameter's elements.
struct element_numbers {
    philox::key_type key;

    [[nodiscard]] philox::counter_type words(long long e, std::uint32_t attempt = 0) const {
        return philox::draw({{attempt, 0, static_cast<std::uint32_t>(e >> 34), static_cast<std::uint32_t>(e / 4)}},
                            key);
    }
    [[nodiscard]] double uniform(long long e) const {
        return 2 * static_cast<double>(philox::uniform_float(words(e)[static_cast<int>(e % 4)])) - 1;
    }
    [[nodiscard]] double normal(long long e, std::uint32_t attempt = 0) const {
        const auto four = words(e, attempt);
        const int word = static_cast<int>(e % 4);
        return normal_number(four[word & 2], four[word | 1], word % 2 == 1);
    }
    [[nodiscard]] double truncated(long long e) const {
        for (std::uint32_t attempt = 0;; ++attempt)
            if (const double x = normal(e, attempt); x >= -2 && x <= 2) return x;
    }
};

/// Makes `vectors` vectors of `size` numbers orthogonal and as long as `length`; element e of vector v is
/// x[v · along + e · across]. Each is freed of those before it, twice, since roundings leave a part the first time.
/// (It is the Q of a QR decomposition whose R has a positive diagonal, which makes Q uniform among all.)
[[gnu::noinline]] inline void make_orthogonal(double* x, long long vectors, long long size, long long along,
                                              long long across, double length) {
    for (long long v = 0; v < vectors; ++v) {
        double* const own = x + v * along;
        for (int turn = 0; turn < 2; ++turn)
            for (long long u = 0; u < v; ++u) {
                const double* const other = x + u * along;
                double product = 0;
                for (long long e = 0; e < size; ++e) product += own[e * across] * other[e * across];
                for (long long e = 0; e < size; ++e) own[e * across] -= product * other[e * across];
            }
        double squares = 0;
        for (long long e = 0; e < size; ++e) squares += own[e * across] * own[e * across];
        const double scale = 1 / std::sqrt(squares);
        for (long long e = 0; e < size; ++e) own[e * across] *= scale;
    }
    for (long long i = 0; i < vectors * size; ++i) x[i] *= length;
}

/// y = x: of a weight [F, C, ...] filter f of each group reads channel f alone, in the middle of the kernel.
inline void fill_dirac(double* w, const shape& s, int groups) {
    const long long taps = s.size() / s.d0 / s.d1,
                    middle = (s.rank > 2 ? s.d2 / 2 : 0) * (s.rank > 3 ? s.d3 : 1) + (s.rank > 3 ? s.d3 / 2 : 0);
    const int filters = s.d0 / groups;
    for (int f = 0; f < s.d0; ++f)
        if (f % filters < s.d1) w[(1LL * f * s.d1 + f % filters) * taps + middle] = 1;
}

/// In the conventional order.
[[nodiscard, gnu::noinline]] inline block<double> drawn_elements(const parameter_info& p, seed s) {
    block<double> all(p.extents.size());
    const element_numbers random{random_key(s.value, p.ordinal)};
    const double number = p.spread, scale = number / std::sqrt(static_cast<double>(p.fan_in));
    double* const x = all.data();
    if (p.start == init::dirac) {
        fill_dirac(x, p.extents, static_cast<int>(number));
        return all;
    }
    for (long long e = 0; e < all.size(); ++e) switch (p.start) {
        case init::constant: x[e] = number; break;
        case init::uniform: x[e] = random.uniform(e) * scale; break;
        case init::truncated: x[e] = random.truncated(e) * scale; break;
        case init::orthogonal: x[e] = random.normal(e); break;
        default: x[e] = random.normal(e) * scale; break;
        }
    if (p.start == init::orthogonal) {
        const long long rows = p.extents.d0, columns = all.size() / rows;
        if (rows <= columns) make_orthogonal(x, rows, columns, columns, 1, number);
        else make_orthogonal(x, columns, rows, 1, columns, number);
    }
    return all;
}

} // namespace strata::inline STRATA_ABI::detail
