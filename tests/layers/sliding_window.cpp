/// How many windows there are: PyTorch's rule for all small sizes.
#include "catch.hpp"

#include <strata/layers.hpp>
#include <strata/plan/facts.hpp>

using namespace strata;
using namespace strata::core;

namespace {

/// pooling_output_shape of PyTorch (ATen/native/Pool.h), 0 where it refuses: a quotient rounded down, to which
/// ceil_mode adds stride - 1 before; and the last window must begin inside the input or the padding before it.
long long of_pytorch(long long in, long long kernel, long long stride, long long dilation, long long padding,
                     bool ceil_mode) {
    const long long room = in + 2 * padding - dilation * (kernel - 1) - 1 + (ceil_mode ? stride - 1 : 0);
    long long out = (room >= 0 ? room / stride : -((-room + stride - 1) / stride)) + 1;
    if (ceil_mode && (out - 1) * stride >= in + padding) --out;
    return out < 1 ? 0 : out;
}

struct lower_than_its_kernel : network<image<1, 2, 2>, max_pool<3, ceil_mode>> {};
struct lower_on_average : network<image<1, 2, 7>, avg_pool<3, stride<2>, ceil_mode>> {};

} // namespace

static_assert(output_shape<lower_than_its_kernel> == shape(1, 1, 1));
static_assert(output_shape<lower_on_average> == shape(1, 1, 3));

TEST_CASE("windows are as many as PyTorch's, rounded up and down", "[layers]") {
    int differ = 0, compared = 0;
    for (int in = 1; in < 8; ++in)
        for (int kernel = 1; kernel < 7; ++kernel)
            for (int stride = 1; stride < 8; ++stride)
                for (int dilation = 1; dilation < 4; ++dilation)
                    for (int padding = 0; padding <= kernel / 2; ++padding)
                        for (const bool ceil_mode : {false, true}) {
                            const auto mine =
                                strata::detail::slide(in, kernel, stride, dilation, padding, false, ceil_mode);
                            differ += mine.out != of_pytorch(in, kernel, stride, dilation, padding, ceil_mode);
                            ++compared;
                        }
    CHECK(differ == 0);
    CHECK(compared == 4410);
}
