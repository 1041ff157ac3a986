/// One-channel images as the taps of a kernel row meet them: against the definition, at widths around a register and
/// far below one.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/cpu/cpu.hpp>

#include <vector>

using namespace strata;
using namespace strata::core;
using strata_tests::random_numbers;
using arch = cpu::instruction_set;

namespace {

template <class T>
int wrong_taps(int height, int width, int kernel, int padding, int stride) {
    const int rows = height + 2 * padding - kernel + 1, columns = (width + 2 * padding - kernel) / stride + 1;
    if (rows < 1 || width + 2 * padding < kernel) return 0;
    const window win{.kernel_h = kernel,
                     .kernel_w = kernel,
                     .stride_h = 1,
                     .stride_w = stride,
                     .top = padding,
                     .left = padding,
                     .bottom = padding,
                     .right = padding};
    const on_cpu::conv_geometry g{{win, 1, height, width, rows, columns}, 1, 1, on_cpu::lanes_of<T, arch>};
    const auto x = random_numbers<T>(height * width, 1);
    const int count = g.spread_rows() * kernel * columns;
    std::vector<T> taps(static_cast<std::size_t>(count + on_cpu::lanes_of<T, arch>), T(77));
    on_cpu::im2col_row<T, arch>(g, x.data(), taps.data());
    int wrong = 0;
    for (int h = 0, i = 0; h < g.spread_rows(); ++h)
        for (int v = 0; v < kernel; ++v)
            for (int e = 0; e < columns; ++e, ++i) {
                const int row = h - padding, column = e * stride + v - padding;
                const bool inside = row >= 0 && row < height && column >= 0 && column < width;
                const T expected = inside ? x[static_cast<std::size_t>(row * width + column)] : T(0);
                wrong += taps[static_cast<std::size_t>(i)] == expected ? 0 : 1;
            }
    return wrong;
}

} // namespace

TEMPLATE_TEST_CASE("im2col_row: every tap of every row", "", float, double) {
    const int most = 2 * on_cpu::lanes_of<TestType, arch> + 3;
    for (int width = 1; width <= most; ++width)
        for (int kernel = 1; kernel <= 6; ++kernel)
            for (const int padding : {0, 1, 3})
                for (const int stride : {1, 2}) {
                    CAPTURE(width, kernel, padding, stride);
                    CHECK(wrong_taps<TestType>(6, width, kernel, padding, stride) == 0);
                }
}
