#include "catch.hpp"
#include "kernel_call.hpp"
#include <strata/layers/pointwise/relu.hpp>

using namespace strata_tests;
using strata::core::key, strata::core::op, strata::shape;
using numbers = std::vector<double>;

namespace {

/// Windows over x_{-1} … x_5:  {-1, 1}, {1, 3}, {3, 5}; the ends are padding.
constexpr key spread_key(op kind) {
    return with_window(key_of(kind, shape(1, 1, 5), shape(1, 1, 3)),
                       {.kernel_w = 2, .stride_w = 2, .dilation_w = 2, .left = 1, .right = 1});
}

} // namespace

TEST_CASE("affine by hand", "[reference]") {
    numbers x{1, 2, 3, 0, 1, 0}, w{1, 0, -1, 2, 1, 0}, b{0.5, 1}, y(4);
    constexpr key k = with_bias(key_of(operations::affine::kind, shape(3), shape(2)));
    call_kernel<k>({.batch = 2, .last = 2}, {&x, &w, &b, &y});
    CHECK(y == numbers{-1.5, 5, 0.5, 2});

    SECTION("without a bias") {
        call_kernel<key_of(operations::affine::kind, shape(3), shape(2))>({.batch = 2, .last = 2}, {&x, &w, &y});
        CHECK(y == numbers{-2, 4, 0, 1});
    }
    SECTION("with relu behind it, and only the first sample") {
        constexpr key fused = with(k, [](key& k) { k.function = 0; });
        y = {7, 7, 7, 7};
        call_kernel<fused, strata::relu_function>({.batch = 2, .last = 1}, {&x, &w, &b, &y});
        CHECK(y == numbers{0, 5, 7, 7});
    }
}

TEST_CASE("affine's gradients by hand", "[reference]") {
    numbers dy{2, 3}, w{1, 0, -1, 2, 1, 0}, dx(3);
    call_kernel<key_of(operations::affine_input_gradient::kind, shape(3), shape(2))>({}, {&dy, &w, &dx});
    CHECK(dx == numbers{8, 3, -2});

    // One task of rows writes its own inputs' columns; the first also the bias.
    constexpr key k = with_bias(key_of(operations::affine_weight_gradient::kind, shape(2), shape(1)));
    numbers x{1, 2, 3, 4}, by{1, 10}, dw{-7, -7}, db{-7};
    call_kernel<k>({.batch = 2, .first = 1, .last = 2}, {&x, &by, &dw, &db});
    CHECK(dw == numbers{-7, 42});
    CHECK(db == numbers{-7});
    call_kernel<k>({.batch = 2, .first = 0, .last = 1}, {&x, &by, &dw, &db});
    CHECK(dw == numbers{31, 42});
    CHECK(db == numbers{11});
}

TEST_CASE("conv in groups by hand", "[reference]") {
    constexpr key plain =
        with(with_window(key_of(operations::conv::kind, shape(2, 1, 2), shape(2, 1, 1)), {.kernel_w = 2}),
             [](key& k) { k.groups = 2; });
    numbers x{1, 2, 3, 4}, w{1, 10, 100, 1000}, b{0.5, 0}, y(2);
    call_kernel<with_bias(plain)>({}, {&x, &w, &b, &y});
    CHECK(y == numbers{21.5, 4300});

    SECTION("scaled and shifted by a folded batch-norm") {
        constexpr key scaled = with(plain, [](key& k) { k.scaled = true; });
        numbers scale{2, 0.5}, shift{1, -1};
        call_kernel<scaled>({}, {&x, &w, &scale, &shift, &y});
        CHECK(y == numbers{43, 2149});
    }
}

TEST_CASE("conv with stride, dilation and padding, and its gradients, by hand", "[reference]") {
    numbers x{1, 2, 4, 8, 16}, w{3, 5}, y(3), dy{1, 10, 100}, dx(5), dw(2), db(1);
    call_kernel<spread_key(operations::conv::kind)>({}, {&x, &w, &y});
    CHECK(y == numbers{10, 46, 24});
    call_kernel<spread_key(operations::conv_input_gradient::kind)>({}, {&dy, &w, &dx});
    CHECK(dx == numbers{0, 35, 0, 350, 0});
    call_kernel<with_bias(spread_key(operations::conv_weight_gradient::kind))>({}, {&x, &dy, &dw, &db});
    CHECK(dw == numbers{820, 82});
    CHECK(db == numbers{111});
}

TEST_CASE("conv_weight_gradient sums its own chunk only", "[reference]") {
    numbers x{1, 2, 4}, dy{1, 10, 100}, dw(1);
    call_kernel<key_of(operations::conv_weight_gradient::kind, shape(1, 1, 1), shape(1, 1, 1))>(
        {.batch = 3, .first = 1, .last = 2, .chunk_size = 1, .chunks = 3}, {&x, &dy, &dw});
    CHECK(dw == numbers{20});
}

TEST_CASE("transpose_weight makes each packed filter one row", "[reference]") {
    // conv_panels [G, KH·KW·C/G, F/G] to [F, KH·KW·C/G], behind each row room for a register that begins with its last
    // number
    strata::parameter_info p;
    p.lanes = 2;
    p.extents = shape(10, 3, 1, 2);
    p.groups = 2;
    p.format = strata::core::weight_format::conv_panels;
    constexpr key k =
        with(key_of(operations::transpose_weight::kind, shape(10, 3, 1, 2), shape(10, 3, 1, 2)), [](key& k) {
            k.lanes = 2;
            k.groups = 2;
        });
    numbers w(std::size_t(strata::core::memory_elements(p))), t(10 * 8, -7);
    for (int i = 0; i < 60; ++i)
        w[std::size_t(strata::core::memory_index(p, i))] = i + 1; // w[f,c,v] = 6 f + 2 c + v + 1
    call_kernel<k>({.last = 10}, {&w, &t});
    for (int f = 0; f < 10; ++f) {
        INFO("filter " << f);
        const auto row = t.begin() + 8 * f;
        CHECK(numbers(row, row + 8)
              == numbers{6. * f + 1, 6. * f + 3, 6. * f + 5, 6. * f + 2, 6. * f + 4, 6. * f + 6, 0, 0});
    }
}

TEST_CASE("transpose_weight flips packed filters for a convolution that leads back", "[reference]") {
    // conv_panels [KH·KW·C, F] to conv_panels [KH·KW·F, C], the last tap first
    strata::parameter_info p;
    p.lanes = 2;
    p.extents = shape(7, 5, 1, 3);
    p.format = strata::core::weight_format::conv_panels;
    constexpr key k =
        with(key_of(operations::transpose_weight::kind, shape(7, 5, 1, 3), shape(7, 5, 1, 3)), [](key& k) {
            k.lanes = 2;
            k.flipped = true;
        });
    const strata::parameter_info back = strata::core::flipped(p);
    CHECK(back.extents == shape(5, 7, 1, 3));
    numbers w(std::size_t(strata::core::memory_elements(p))), t(std::size_t(strata::core::memory_elements(back)), -7);
    for (int i = 0; i < 105; ++i)
        w[std::size_t(strata::core::memory_index(p, i))] = i + 1; // w[f,c,v] = 15 f + 3 c + v + 1
    call_kernel<k>({.last = 3}, {&w, &t});
    call_kernel<k>({.first = 3, .last = 7}, {&w, &t});
    numbers expected(t.size());
    for (int c = 0; c < 5; ++c)
        for (int f = 0; f < 7; ++f)
            for (int v = 0; v < 3; ++v)
                expected[std::size_t(strata::core::memory_index(back, (c * 7 + f) * 3 + v))] =
                    15 * f + 3 * c + 2 - v + 1;
    CHECK(t == expected); // padding included
}

TEST_CASE("packed weights lie in panels of two registers, the last as wide as what is left", "[reference]") {
    strata::parameter_info p;
    p.lanes = 2;
    p.extents = shape(5, 3); // [U, F]: a panel of 4 outputs and one of 1, padded to 2
    p.format = strata::core::weight_format::affine_panels;
    numbers w(std::size_t(strata::core::memory_elements(p)));
    for (int i = 0; i < 15; ++i)
        w[std::size_t(strata::core::memory_index(p, i))] = 10 * (i / 3 + 1) + i % 3; // 10 (u + 1) + i
    CHECK(w == numbers{10, 20, 30, 40, 11, 21, 31, 41, 12, 22, 32, 42, 50, 0, 51, 0, 52, 0});
}

TEST_CASE("sum_partials adds the chunks, each begins at a multiple of the alignment", "[reference]") {
    numbers x(2 * strata::core::alignment_elements + 3, 1e9), y{-7, -7, -7};
    for (int chunk = 0; chunk < 3; ++chunk)
        for (int e = 0; e < 3; ++e)
            x[std::size_t(chunk * strata::core::alignment_elements + e)] = (e + 1) * (chunk + 1);
    call_kernel<key_of(operations::sum_partials::kind, shape(3), shape(3))>({.first = 1, .last = 3, .chunks = 3},
                                                                            {&x, &y});
    CHECK(y == numbers{-7, 12, 18});
}
