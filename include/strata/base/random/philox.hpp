#pragma once
#include <cstdint>
#include <strata/base/host_device.hpp>

namespace strata::inline STRATA_ABI {

/// N 32-bit words, as Philox takes and gives them. A plain aggregate instead of std::array, whose operator[]
/// is a host function to nvcc.
template <unsigned N>
struct philox_words {
    std::uint32_t word[N];

    STRATA_HD constexpr std::uint32_t& operator[](int i) { return word[i]; }
    STRATA_HD constexpr const std::uint32_t& operator[](int i) const { return word[i]; }
    friend constexpr bool operator==(const philox_words&, const philox_words&) = default;
};

/// philox — the counter-based random generator Philox4x32-10: four random words are a pure function of a
/// counter and a key, so any sample can be drawn by any thread, in any order, on any device, with the same
/// bits.
///
/// Errors   none
/// Source   Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3" (Random123)
struct philox {
    using counter_type = philox_words<4>;
    using key_type = philox_words<2>;
    static constexpr int rounds = 10;

    /// The four words that belong to `counter` under `key`.
    STRATA_HD static constexpr counter_type draw(counter_type counter, key_type key) {
        for (int round = 0; round < rounds; ++round) {
            const std::uint64_t a = std::uint64_t{0xD2511F53u} * counter.word[0];
            const std::uint64_t b = std::uint64_t{0xCD9E8D57u} * counter.word[2];
            counter = {
                {static_cast<std::uint32_t>(b >> 32) ^ counter.word[1] ^ key.word[0], static_cast<std::uint32_t>(b),
                 static_cast<std::uint32_t>(a >> 32) ^ counter.word[3] ^ key.word[1], static_cast<std::uint32_t>(a)}};
            key.word[0] += 0x9E3779B9u; // the golden ratio
            key.word[1] += 0xBB67AE85u; // sqrt(3) - 1
        }
        return counter;
    }

    /// A 64-bit seed as a key, low word first.
    STRATA_HD static constexpr key_type key_of(std::uint64_t seed) {
        return {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
    }

    /// Uniform in [0, 1) from the upper 24 bits: every value is exact in float, and 1 is never reached.
    STRATA_HD static constexpr float uniform_float(std::uint32_t bits) {
        return static_cast<float>(bits >> 8) * 0x1p-24f;
    }

    /// Uniform in [0, 1) from the upper 53 of 64 bits.
    STRATA_HD static constexpr double uniform_double(std::uint32_t high, std::uint32_t low) {
        return static_cast<double>((std::uint64_t{high} << 32 | low) >> 11) * 0x1p-53;
    }
};

} // namespace strata::inline STRATA_ABI
