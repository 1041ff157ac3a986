#include "catch.hpp"
#include "kernel_call.hpp"
#include <cmath>

using namespace strata_tests;
using strata::core::alignment_elements, strata::core::key, strata::core::op, strata::shape;
using numbers = std::vector<double>;

namespace {

constexpr key norm_key(op kind, shape x = shape(1)) {
    key k = key_of(kind, x, x);
    k.real = 0.25;
    k.momentum = 0.5;
    return k;
}

} // namespace

// The numbers 1, 3 and 8 of a batch of 3 in chunks of 2: mean 4, squared deviations 9 + 1 + 16 = 26.
TEST_CASE("batch_norm's statistics by hand, joined over two chunks", "[reference]") {
    numbers x{1, 3, 8}, partial(alignment_elements + 2), second(2);
    call_kernel<norm_key(operations::batch_moments::kind)>(
        {.batch = 3, .first = 0, .last = 2, .chunk_size = 2, .chunks = 2}, {&x, &partial});
    CHECK(partial[0] == 2); // mean of 1, 3
    CHECK(partial[1] == 2); // 1 + 1
    call_kernel<norm_key(operations::batch_moments::kind)>(
        {.batch = 3, .first = 2, .last = 3, .chunk_size = 2, .chunks = 2}, {&x, &second});
    CHECK(second == numbers{8, 0});
    partial[alignment_elements] = second[0];
    partial[alignment_elements + 1] = second[1];

    numbers running_mean{0}, running_variance{1}, statistics(2);
    call_kernel<norm_key(operations::batch_statistics::kind)>(
        {.batch = 3, .chunk_size = 2, .chunks = 2}, {&partial, &running_mean, &running_variance, &statistics});
    CHECK(statistics[0] == 4);
    CHECK(std::fabs(statistics[1] - 1 / std::sqrt(26.0 / 3 + 0.25)) <= 1e-15);
    CHECK(running_mean == numbers{2});     // half-way from 0 to 4
    CHECK(running_variance == numbers{7}); // half-way from 1 to 26 / 2
}

TEST_CASE("batch_norm's moments are per channel, over pixels and samples", "[reference]") {
    numbers x{1, 3, 10, 30, 5, 7, 50, 70}, partial(4); // two samples of [2, 1, 2]
    call_kernel<norm_key(operations::batch_moments::kind, shape(2, 1, 2))>({.batch = 2, .last = 2}, {&x, &partial});
    CHECK(partial == numbers{4, 40, 20, 2000});
}

TEST_CASE("batch_norm: a single number per channel has variance 0, and leaves the running variance alone",
          "[reference]") {
    numbers partial{5, 0}, running_mean{1}, running_variance{1}, statistics(2);
    call_kernel<norm_key(operations::batch_statistics::kind)>(
        {}, {&partial, &running_mean, &running_variance, &statistics});
    CHECK(statistics == numbers{5, 2}); // 1 / sqrt(0.25)
    CHECK(running_mean == numbers{3});
    CHECK(running_variance == numbers{1}); // of one number there is no unbiased variance
}

TEST_CASE("batch_norm, batch_norm_inference and fold_batch_norm by hand", "[reference]") {
    numbers x{4, 0}, statistics{2, 0.5}, gamma{3}, beta{1}, mean{2}, variance{3.75}, b{5}, y(2), scale(1), shift(1);
    call_kernel<norm_key(operations::batch_norm::kind)>({.batch = 2, .last = 2}, {&x, &statistics, &gamma, &beta, &y});
    CHECK(y == numbers{4, -2});
    call_kernel<norm_key(operations::batch_norm_inference::kind)>({.batch = 2, .last = 2},
                                                                  {&x, &gamma, &beta, &mean, &variance, &y});
    CHECK(y == numbers{4, -2});
    call_kernel<norm_key(operations::fold_batch_norm::kind)>({}, {&gamma, &beta, &mean, &variance, &scale, &shift});
    CHECK(scale == numbers{1.5});
    CHECK(shift == numbers{-2});
    call_kernel<with_bias(norm_key(operations::fold_batch_norm::kind))>(
        {}, {&gamma, &beta, &mean, &variance, &b, &scale, &shift});
    CHECK(scale == numbers{1.5});
    CHECK(shift == numbers{5.5});
}

TEST_CASE("batch_norm's gradients by hand", "[reference]") {
    numbers x{4, 0}, statistics{2, 0.5}, gamma{3}, dy{1, 2}, partial(2), dx(2); // xhat = 1, -1
    call_kernel<norm_key(operations::batch_norm_sums::kind)>({.batch = 2, .last = 2}, {&x, &statistics, &dy, &partial});
    CHECK(partial == numbers{3, -1});

    numbers partials(alignment_elements + 2), dgamma(1), dbeta(1);
    partials[0] = 3, partials[1] = -1;
    partials[alignment_elements] = 10, partials[alignment_elements + 1] = 20;
    call_kernel<norm_key(operations::batch_norm_parameter_gradient::kind)>({.batch = 4, .chunk_size = 2, .chunks = 2},
                                                                           {&partials, &dgamma, &dbeta});
    CHECK(dgamma == numbers{19});
    CHECK(dbeta == numbers{13});

    dgamma = {4}, dbeta = {2};
    call_kernel<norm_key(operations::batch_norm_input_gradient::kind)>(
        {.batch = 2, .last = 2}, {&x, &statistics, &gamma, &dy, &dgamma, &dbeta, &dx});
    CHECK(dx == numbers{-3, 4.5}); // 1.5 (1 - (2 + 4) / 2), 1.5 (2 - (2 - 4) / 2)
}
