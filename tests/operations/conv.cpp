/// conv: one weight in two convolutions, which need different forms of it for their input gradients.
#include "catch.hpp"
#include "laws/operation_laws.hpp"

#include <strata/layers.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {
/// Two convolutions of 3 x 3 with the same filters, of these dilations; the image keeps its size.
template <int First, int Second>
struct shared_filters {
    static constexpr value build(graph& g, value x) {
        const shape s = g.extents(x);
        const value w = g.parameter("weight", shape(s.d0, s.d0, 3, 3), init::kaiming, 9 * s.d0);
        for (const int dilation : {First, Second}) {
            const window win{.kernel_h = 3,
                             .kernel_w = 3,
                             .dilation_h = dilation,
                             .dilation_w = dilation,
                             .top = dilation,
                             .left = dilation,
                             .bottom = dilation,
                             .right = dilation};
            x = operations::conv::append(g, x, w, {}, win, 1, s);
        }
        return x;
    }
};
} // namespace

TEST_CASE("conv: a weight shared by two convolutions has a form for each input gradient") {
    check_laws<network<image<2, 4, 4>, shared_filters<1, 2>>>();
#if !defined(__CUDACC__)
    // as many channels as cpu needs to go by flipped filters; central differences of these would take minutes
    check_laws_of<cpu, network<image<16, 5, 5>, shared_filters<1, 2>>, network<image<16, 5, 5>, shared_filters<2, 1>>,
                  network<image<16, 5, 5>, shared_filters<1, 1>>>();
#endif
}
