#pragma once
// ResNet-50 and ResNet-152 (He et al. 2015, table 1) for 1,000 classes.
#include <strata/strata.hpp>

namespace resnet {
using namespace strata;
using namespace strata::core;

template <int Width, int Stride, int Out>
using bottleneck_body = sequence<conv<Width, 1, no_bias>, batch_norm, relu,                             //
                                 conv<Width, 3, stride<Stride>, padding<1>, no_bias>, batch_norm, relu, //
                                 conv<Out, 1, no_bias>, batch_norm>;
template <int Width>
using bottleneck = sequence<residual<bottleneck_body<Width, 1, 4 * Width>>, relu>;
template <int Width, int Stride>
using projected_bottleneck = sequence<residual<bottleneck_body<Width, Stride, 4 * Width>,
                                               sequence<conv<4 * Width, 1, stride<Stride>, no_bias>, batch_norm>>,
                                      relu>;
template <int Width, int Stride, int Blocks>
using stage = sequence<projected_bottleneck<Width, Stride>, repeat<Blocks - 1, bottleneck<Width>>>;

template <int A, int B, int C, int D>
using of_depth = network<image<3, 224, 224>, conv<64, 7, stride<2>, padding<3>, no_bias>, batch_norm, relu,
                         max_pool<3, stride<2>, padding<1>>, stage<64, 1, A>, stage<128, 2, B>, stage<256, 2, C>,
                         stage<512, 2, D>, global_avg_pool, dense<1000>>;
} // namespace resnet

template <class Net>
double train_once() {
    strata::model<Net> net{strata::seed{1}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1, .momentum = 0.9}};
    const std::vector<float> x(3 * 224 * 224, 0.5f), t(1000, 0.001f);
    return trainer.step(x, t);
}
