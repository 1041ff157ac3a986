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

namespace detail {
/// Can a dropout have this rate? If not, the mistake is recorded.
constexpr bool is_rate_of_dropout(graph& g, double rate, const char* layer) {
    if (!(rate >= 0 && rate < 1))
        g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "a rate of ", rate,
                   " is not possible. Use a rate of at least 0 and less than 1, such as ", layer, "<0.5>.");
    else if (static_cast<float>(rate) == 1)
        g.mistaken(mistake_kind::rate_is_out_of_range, {}, {}, "a rate of ", rate,
                   " is not possible: it rounds to 1 as a float. Use a lower rate, such as ", layer, "<0.99>.");
    return !g.failed();
}
} // namespace detail

template <real Rate>
struct dropout {
    static constexpr value build(graph& g, value x) {
        if (!detail::is_rate_of_dropout(g, Rate.number(), "dropout")) return {};
        return operations::dropout::append(g, x, Rate.number());
    }
    static constexpr void spell(text& t) { t.add("dropout<", Rate.number(), ">"); }
};

} // namespace strata::inline STRATA_ABI
