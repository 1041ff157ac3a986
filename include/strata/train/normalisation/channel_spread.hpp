#pragma once
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// channel_spread — mean and standard deviation of each channel.
/// Samples are added one by one; the deviation is that of the population.
/// Errors   error for a number that is not finite, and where the squares' sum overflows
/// Source   Welford 1962
class channel_spread {
  public:
    channel_spread(int channels, long long positions, const char* of = "element ")
        : mean(static_cast<std::size_t>(channels)), of_(of), squares_(mean.size()), positions_(positions) {}

    /// A sample, its channels one after the other.
    template <class T>
    void add(std::span<const T> x, std::size_t sample) {
        std::size_t i = 0;
        for (std::size_t c = 0; c < mean.size(); ++c) {
            double count = count_;
            for (long long p = 0; p < positions_; ++p, ++i) {
                const auto value = static_cast<double>(x[i]), d = value - mean[c];
                if (!(value - value == 0)) refuse(i, sample);
                mean[c] += d / ++count;
                squares_[c] += d * (value - mean[c]);
            }
        }
        count_ += static_cast<double>(positions_);
    }
    [[nodiscard]] double deviation(std::size_t c) const {
        if (!(squares_[c] - squares_[c] == 0)) refuse_spread(c);
        return std::sqrt(squares_[c] / count_);
    }

    std::vector<double> mean;

  private:
    [[noreturn, gnu::cold, gnu::noinline]] void refuse(std::size_t element, std::size_t sample) const {
        raise(sentence({"strata: ", of_, element, " of sample ", sample,
                        " is not finite, so the mean is undefined. Remove such samples."}));
    }
    [[noreturn, gnu::cold, gnu::noinline]] void refuse_spread(std::size_t c) const {
        raise(sentence({"strata: the values of ", of_, static_cast<long long>(c) * positions_,
                        positions_ > 1 ? " and the rest of its channel" : "",
                        " are so large that the sum of their squares overflows. Use another unit."}));
    }
    const char* of_; ///< what a number is, for messages
    std::vector<double> squares_;
    long long positions_;
    double count_ = 0;
};

} // namespace strata::inline STRATA_ABI::detail
