#pragma once
/// dropout<Rate> — in training, zeroes each element with probability Rate; in inference y = x.
/// In training, elements that are kept become x / (1 − Rate).
/// Shapes   x → y of the same shape
/// Rules    0 <= Rate < 1, as a float as well
/// Source   Srivastava et al. 2014
#include <strata/layers/real.hpp>
#include <strata/layers/run_layer.hpp>
#include <strata/operations/pointwise/dropout.hpp>

namespace strata::inline STRATA_ABI {

template <real Rate>
struct dropout {
    static constexpr value build(graph& g, value x) {
        if (!(Rate.number() >= 0 && Rate.number() < 1))
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "a rate of ", Rate.number(),
                              " is not possible. Use a rate of at least 0 and less than 1, such as dropout<0.5>.");
        if (static_cast<float>(Rate.number()) == 1)
            return g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "a rate of ", Rate.number(),
                              " is not possible: it rounds to 1 as a float. Use a lower rate, such as dropout<0.99>.");
        return operations::dropout::append(g, x, Rate.number());
    }
    static constexpr void spell(text& t) { t.add("dropout<", Rate.number(), ">"); }
};

} // namespace strata::inline STRATA_ABI
