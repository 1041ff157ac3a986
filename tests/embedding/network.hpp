#pragma once
#include <strata/layers.hpp>

// [network]
struct net_type : strata::network<strata::features<4>, strata::normalise, strata::dense<16>, strata::tanh_activation,
                                  strata::dense<2>> {};
// [/network]
