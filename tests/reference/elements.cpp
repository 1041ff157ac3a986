#include "catch.hpp"
#include "kernel_call.hpp"
#include <cmath>
#include <limits>
#include <strata/layers/pointwise/leaky_relu.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/operations/join/concat.hpp>
#include <strata/operations/norm/softmax.hpp>
#include <strata/operations/pool/avg_pool.hpp>

using namespace strata_tests;
using strata::core::key, strata::shape;
using numbers = std::vector<double>;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A user's function of plain double, its derivative taken at x.
struct cube_function {
    static double f(double x) { return x * x * x; }
    static double df(double x) { return 3 * x * x; }
};

} // namespace

TEST_CASE("max_pool by hand: the first of equals gets the gradient", "[reference]") {
    constexpr strata::core::window win{.kernel_h = 2, .kernel_w = 2, .stride_h = 2, .stride_w = 2};
    numbers x{1, 1, 0, 1}, y(1), dy{5}, dx(4, -7);
    call_kernel<with_window(key_of(operations::max_pool::kind, shape(1, 2, 2), shape(1, 1, 1)), win)>({}, {&x, &y});
    CHECK(y == numbers{1});
    call_kernel<with_window(key_of(operations::max_pool_gradient::kind, shape(1, 2, 2), shape(1, 1, 1)), win)>(
        {}, {&x, &y, &dy, &dx});
    CHECK(dx == numbers{5, 0, 0, 0});
}

TEST_CASE("max_pool: overlapping windows add their gradients; padding is never the largest", "[reference]") {
    constexpr strata::core::window win{.kernel_w = 3, .stride_w = 2, .left = 1, .right = 1}; // {-1 0 1} {1 2 3} {3 4 5}
    numbers x{-4, -3, -5, -1, -2}, y(3), dy{1, 10, 100}, dx(5, -7);
    call_kernel<with_window(key_of(operations::max_pool::kind, shape(1, 1, 5), shape(1, 1, 3)), win)>({}, {&x, &y});
    CHECK(y == numbers{-3, -1, -1});
    call_kernel<with_window(key_of(operations::max_pool_gradient::kind, shape(1, 1, 5), shape(1, 1, 3)), win)>(
        {}, {&x, &y, &dy, &dx});
    CHECK(dx == numbers{0, 1, 0, 110, 0});
}

TEST_CASE("max_pool: not-a-number stays visible; a window of padding alone has no maximum", "[reference]") {
    numbers x{1, not_a_number, 2, 3}, y(2), dy{1, 10}, dx(4);
    constexpr strata::core::window win{.kernel_w = 2, .stride_w = 2};
    call_kernel<with_window(key_of(operations::max_pool::kind, shape(1, 1, 4), shape(1, 1, 2)), win)>({}, {&x, &y});
    CHECK(std::isnan(y[0]));
    CHECK(y[1] == 3);
    call_kernel<with_window(key_of(operations::max_pool_gradient::kind, shape(1, 1, 4), shape(1, 1, 2)), win)>(
        {}, {&x, &y, &dy, &dx});
    CHECK(dx == numbers{0, 1, 0, 10});

    constexpr strata::core::window around{.kernel_w = 2, .dilation_w = 3, .left = 1, .right = 1}; // {-1, 2} of two
    call_kernel<with_window(key_of(operations::max_pool::kind, shape(1, 1, 2), shape(1, 1, 1)), around)>({}, {&x, &y});
    CHECK(y[0] == -infinity);
}

// Windows over x_{-1} … x_3 padded:  {-1, 0} of area 2, {1, 2} of area 2, {3, beyond} of area 1.
TEST_CASE("avg_pool by hand: padding counts, what lies beyond it does not", "[reference]") {
    constexpr strata::core::window win{.kernel_w = 2, .stride_w = 2, .left = 1, .right = 1};
    numbers x{3, 6, 9}, y(3), dy{2, 4, 8}, dx(3);
    call_kernel<with_window(key_of(operations::avg_pool::kind, shape(1, 1, 3), shape(1, 1, 3)), win)>({}, {&x, &y});
    CHECK(y == numbers{1.5, 7.5, 0});
    call_kernel<with_window(key_of(operations::avg_pool_gradient::kind, shape(1, 1, 3), shape(1, 1, 3)), win)>(
        {}, {&dy, &dx});
    CHECK(dx == numbers{1, 2, 2});
}

TEST_CASE("elementwise by hand, with the derivative from y and from x", "[reference]") {
    constexpr key f = key_of(operations::elementwise::kind, shape(4), shape(4));
    constexpr key d = key_of(operations::elementwise_gradient::kind, shape(4), shape(4));
    numbers x{-2, -0.5, 0, 3}, y(4), dy{1, 10, 100, 1000}, dx(4);
    call_kernel<f, strata::relu_function>({}, {&x, &y});
    CHECK(y == numbers{0, 0, 0, 3});
    call_kernel<d, strata::relu_function>({}, {&y, &dy, &dx});
    CHECK(dx == numbers{0, 0, 0, 1000});
    call_kernel<f, strata::leaky_relu_function<0.25>>({}, {&x, &y});
    CHECK(y == numbers{-0.5, -0.125, 0, 3});
    call_kernel<d, strata::leaky_relu_function<0.25>>({}, {&x, &dy, &dx});
    CHECK(dx == numbers{0.25, 2.5, 25, 1000});
    call_kernel<f, cube_function>({}, {&x, &y});
    CHECK(y == numbers{-8, -0.125, 0, 27});
    call_kernel<d, cube_function>({}, {&x, &dy, &dx});
    CHECK(dx == numbers{12, 7.5, 0, 27000});
}

// Bounds of 1e-15: a few roundings of numbers near 1 by exp and log.
TEST_CASE("softmax by hand, over features and over the channels of each pixel", "[reference]") {
    const double ln3 = std::log(3.0);
    numbers x{0, ln3}, y(2), dy{1, 0}, dx(2);
    call_kernel<key_of(operations::softmax::kind, shape(2), shape(2))>({}, {&x, &y});
    CHECK(std::fabs(y[0] - 0.25) <= 1e-15);
    CHECK(std::fabs(y[1] - 0.75) <= 1e-15);
    y = {0.25, 0.75};
    call_kernel<key_of(operations::softmax_gradient::kind, shape(2), shape(2))>({}, {&y, &dy, &dx});
    CHECK(dx == numbers{0.1875, -0.1875});

    numbers image{0, 1000, ln3, 1000}, out(4); // pixel 0: {0, ln 3}; pixel 1: {1000, 1000}
    call_kernel<key_of(operations::softmax::kind, shape(2, 1, 2), shape(2, 1, 2))>({}, {&image, &out});
    CHECK(std::fabs(out[0] - 0.25) <= 1e-15);
    CHECK(out[1] == 0.5);
    CHECK(std::fabs(out[2] - 0.75) <= 1e-15);
    CHECK(out[3] == 0.5);
    numbers to_image{1, 1, 0, 0}, from_image(4);
    out = {0.25, 0.5, 0.75, 0.5};
    call_kernel<key_of(operations::softmax_gradient::kind, shape(2, 1, 2), shape(2, 1, 2))>(
        {}, {&out, &to_image, &from_image});
    CHECK(from_image == numbers{0.1875, 0.25, -0.1875, -0.25});
}

TEST_CASE("add, concat, slice, copy and reorder by hand", "[reference]") {
    constexpr key sum = with(key_of(operations::add::kind, shape(2), shape(2)), [](key& k) { k.w = shape(2); });
    numbers a{1, 2, 3, 4}, b{10, 20, 30, 40}, y(4, -7);
    call_kernel<sum>({.batch = 2, .first = 1, .last = 2}, {&a, &b, &y});
    CHECK(y == numbers{-7, -7, 33, 44});

    constexpr key joined =
        with(key_of(operations::concat::kind, shape(1, 1, 2), shape(3, 1, 2)), [](key& k) { k.w = shape(2, 1, 2); });
    numbers one{1, 2, 3, 4}, two{5, 6, 7, 8, 9, 10, 11, 12}, three(12);
    call_kernel<joined>({.batch = 2, .last = 2}, {&one, &two, &three});
    CHECK(three == numbers{1, 2, 5, 6, 7, 8, 3, 4, 9, 10, 11, 12});

    constexpr key cut =
        with(key_of(operations::slice::kind, shape(3, 1, 2), shape(2, 1, 2)), [](key& k) { k.begin = 1; });
    numbers back(8);
    call_kernel<cut>({.batch = 2, .last = 2}, {&three, &back});
    CHECK(back == two);

    numbers copied(8);
    call_kernel<key_of(operations::copy::kind, shape(4), shape(4))>({.batch = 2, .last = 2}, {&two, &copied});
    CHECK(copied == two);

    constexpr key to_last = key_of(operations::reorder::kind, shape(2, 1, 3), shape(2, 1, 3));
    constexpr key to_first = with(key_of(operations::reorder::kind, shape(2, 1, 3), shape(2, 1, 3)),
                                  [](key& k) { k.from_channels_last = true; });
    numbers first{1, 2, 3, 4, 5, 6}, last(6), again(6);
    call_kernel<to_last>({}, {&first, &last});
    CHECK(last == numbers{1, 4, 2, 5, 3, 6});
    call_kernel<to_first>({}, {&last, &again});
    CHECK(again == first);
}
