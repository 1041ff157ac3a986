#pragma once
/// evaluation — the result of `evaluate` over all samples: the mean loss, the first metric's value, and the metrics.
#include <strata/base/abi.hpp>

#include <limits>
#include <tuple>
#include <type_traits>

namespace strata::inline STRATA_ABI {

template <class... Metrics>
struct evaluation {
    double loss = 0;
    double metric = std::numeric_limits<double>::quiet_NaN();
    std::tuple<Metrics...> metrics{};

    template <class Metric>
    [[nodiscard]] const Metric& get() const& {
        return find<Metric>(metrics);
    }
    template <class Metric>
    [[nodiscard]] Metric get() && { // a copy: the evaluation is gone by the end of the line
        return find<Metric>(metrics);
    }

  private:
    template <class Metric, class All>
    static const Metric& find(const All& all) {
        constexpr bool measured = (std::is_same_v<Metric, Metrics> || ...);
        static_assert(measured, "strata: the trainer of this evaluation does not measure the requested metric. Pass it "
                                "to the trainer, after the optimiser: strata::trainer{net, strata::cross_entropy{}, "
                                "strata::adam{}, strata::accuracy{}, strata::top_k<5>{}}.");
        if constexpr (measured) {
            return std::get<Metric>(all);
        } else {
            static const Metric none{};
            return none;
        }
    }
};

} // namespace strata::inline STRATA_ABI
