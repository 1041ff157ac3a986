#pragma once
/// Networks that several tests share.
#include <strata/layers.hpp>

namespace strata_tests {

struct lenet5
    : strata::network<strata::image<1, 28, 28>, strata::conv<6, 5, strata::same>, strata::relu, strata::max_pool<2>,
                      strata::conv<16, 5>, strata::relu, strata::max_pool<2>, strata::flatten, strata::dense<120>,
                      strata::relu, strata::dense<84>, strata::relu, strata::dense<10>> {};

/// Blocks within blocks, names, values used twice: every way a parameter gets its name.
struct blocks_in_blocks
    : strata::network<
          strata::image<3, 8, 8>, strata::named<"stem", strata::conv<6, 3, strata::same, strata::no_bias>>,
          strata::batch_norm, strata::repeat<2, strata::conv<6, 3, strata::same>, strata::relu>,
          strata::residual<strata::sequence<strata::conv<6, 3, strata::same>, strata::relu, strata::conv<8, 1>>,
                           strata::conv<8, 1>>,
          strata::tag<"early">, strata::named<"middle", strata::conv<8, 3, strata::same>, strata::leaky_relu<>>,
          strata::add<"early">,
          strata::parallel<strata::concat_all, strata::conv<2, 1>,
                           strata::sequence<strata::max_pool<3, strata::same, strata::stride<1>>, strata::conv<5, 1>>>,
          strata::concat<"early">, strata::dropout<0.25>, strata::avg_pool<2>, strata::flatten, strata::dense<17>,
          strata::tanh_activation, strata::dense<4>, strata::softmax> {};

} // namespace strata_tests
