#pragma once
// Many equal layers, each written out: the list itself is what the compiler has to work through.
#include <strata/strata.hpp>

#include <utility>

template <std::size_t... I>
auto alternating(std::index_sequence<I...>)
    -> strata::network<strata::image<8, 8, 8>,
                       std::conditional_t<I % 2 == 0, strata::conv<8, 3, strata::same>, strata::relu>...>;

template <int Layers>
struct equal_layers : decltype(alternating(std::make_index_sequence<2 * Layers>{})){};

template <int Layers>
double train_once() {
    strata::model<equal_layers<Layers>> net{strata::seed{1}};
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::sgd{.rate = 0.1}};
    const std::vector<float> x(8 * 8 * 8, 0.5f);
    return trainer.step(x, x);
}
