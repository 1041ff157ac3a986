#pragma once
#include <cmath>
#include <cstddef>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>
#include <strata/data/target_memory.hpp>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// normalisation — the means and deviations that data::normalised subtracts and divides by.
/// There is one of each per channel where samples are images [C, H, W], else one per element. They are plain numbers,
/// to be saved with the model.
struct normalisation {
    std::vector<double> mean;
    std::vector<double> deviation; ///< of the whole data (divided by n, not n − 1); 1 where all values are the same

    /// How many consecutive elements of a sample share one mean.
    [[nodiscard]] static std::size_t run_of(const shape& sample) {
        return sample.rank == 3 ? static_cast<std::size_t>(sample.d1) * static_cast<std::size_t>(sample.d2) : 1;
    }
};

namespace detail {

template <class number, class Data>
[[nodiscard]] normalisation fit_normalisation(const Data& data) {
    const shape each = data.sample_shape();
    const auto size = static_cast<std::size_t>(each.size());
    if (data.size() == 0 || size == 0)
        raise<shape_error>("strata: a normalisation cannot be fitted to zero samples. Pass the training data.");
    const std::size_t run = normalisation::run_of(each), groups = size / run;
    normalisation fitted{std::vector<double>(groups), std::vector<double>(groups)};
    std::vector<number> x(size);
    target_memory<Data, number> memory(data);
    for (std::size_t i = 0; i < data.size(); ++i) {
        data.read(i, key{}, std::span<number>(x), memory.target);
        for (std::size_t g = 0; g < groups; ++g) {
            double mean = fitted.mean[g], squares = fitted.deviation[g];
            for (std::size_t j = g * run; j < (g + 1) * run; ++j) {
                const auto value = static_cast<double>(x[j]);
                if (!std::isfinite(value))
                    raise(sentence({"strata: element ", j, " of sample ", i,
                                    " is not finite, so the mean is undefined. Correct the data."}));
                const double before = value - mean;
                mean += before / static_cast<double>(i * run + (j - g * run) + 1);
                squares += before * (value - mean);
            }
            fitted.mean[g] = mean, fitted.deviation[g] = squares;
        }
    }
    for (std::size_t g = 0; g < groups; ++g) {
        double& d = fitted.deviation[g];
        if (!std::isfinite(d))
            raise(sentence({"strata: the values of element ", g * run, run > 1 ? " and the rest of its channel" : "",
                            " are so large that the sum of their squares overflows. Use another unit."}));
        d = std::sqrt(d / static_cast<double>(data.size() * run));
        if (!(d > 0)) d = 1;
    }
    return fitted;
}

} // namespace detail

/// The means and deviations of a data set, to be fitted on the training part alone: what is known of the test
/// must not enter. It reads each sample once, with the key of no pass, so fit before augmenting. Sums are
/// kept in double; equal values give exactly their value, and the deviation 1.
///
///   const auto scale = data::fit_normalisation(train);
///   const auto x = data::normalised(train, scale), y = data::normalised(test, scale);
///
/// Errors   shape_error for a data set without samples; error where a value is not finite, naming sample and
///          element, or where the squares' sum overflows
/// Source   B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", 1962
template <class Data>
[[nodiscard]] normalisation fit_normalisation(const Data& data) {
    if constexpr (!data_set<Data>) {
        [[maybe_unused]] const explained_data_set<Data> said_once;
        return {};
    } else {
        if constexpr (reads<Data, double>)
            if (!reads<Data, float> || holds_doubles(data)) return detail::fit_normalisation<double>(data);
        if constexpr (reads<Data, float>) return detail::fit_normalisation<float>(data);
    }
}

} // namespace strata::inline STRATA_ABI::data
