#pragma once
// The network, for both compilers. It is a named struct, so nvcc never has to print its layers.
#include <strata/layers.hpp>

struct lenet5 : strata::network<
    strata::image<1, 28, 28>,
    strata::conv<6, 5, strata::same>, strata::relu, strata::max_pool<2>,
    strata::conv<16, 5>,              strata::relu, strata::max_pool<2>,
    strata::flatten,
    strata::dense<120>, strata::relu,
    strata::dense<84>,  strata::relu,
    strata::dense<10>> {};
