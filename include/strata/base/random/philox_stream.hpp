#pragma once
#include <cstdint>
#include <strata/base/random/philox.hpp>
#include <strata/base/random/seed.hpp>

namespace strata::inline STRATA_ABI {

/// The purpose of a stream of random numbers. It is part of the counter, so that two uses of one seed never share
/// numbers.
enum class random_use : std::uint32_t { split = 1, shuffle = 2, drawing = 3, augmentation = 4 };

/// philox_stream — a stream of random numbers from the counter-based generator Philox.
/// It serves work that is sequential by nature (a shuffle) or small (one drawn image). Counter: (block, index low,
/// index high, use); key: the seed. The period is 2^34 words.
class philox_stream {
  public:
    STRATA_HD constexpr philox_stream(seed s, random_use use, std::uint64_t index = 0)
        : key_(philox::key_of(s.value)),
          counter_{{0, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
                    static_cast<std::uint32_t>(use)}} {}

    /// The next 32 random bits.
    STRATA_HD constexpr std::uint32_t bits() {
        if (used_ == 4) draw();
        return words_.word[used_++];
    }

    /// Uniform in [low, high).
    STRATA_HD constexpr float uniform(float low = 0, float high = 1) {
        return low + (high - low) * philox::uniform_float(bits());
    }

    /// An unbiased integer in [0, n), n > 0: of the 2^64 words, the first 2^64 mod n are drawn again.
    STRATA_HD constexpr std::uint64_t below(std::uint64_t n) {
        const std::uint64_t unfair = (0 - n) % n;
        for (;;) {
            const std::uint64_t low = bits();
            const std::uint64_t word = std::uint64_t{bits()} << 32 | low;
            if (word >= unfair) return word % n;
        }
    }

  private:
    /// Out of line: ten rounds are long, and a loop asks for words in several places.
    [[gnu::noinline]] STRATA_HD constexpr void draw() {
        words_ = philox::draw(counter_, key_);
        ++counter_.word[0];
        used_ = 0;
    }

    philox::key_type key_;
    philox::counter_type counter_;
    philox::counter_type words_{};
    int used_ = 4;
};

} // namespace strata::inline STRATA_ABI
