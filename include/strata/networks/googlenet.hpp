#pragma once
/// googlenet<Classes, Input, Dropout> — nine inception modules: four branches side by side, concatenated.
///   image<3, 224, 224> → 1,000 scores; 6,624,904 parameters
/// As torchvision has it, without the auxiliary heads: batch-norm behind each convolution, and a 3x3 kernel where the
/// paper has 5x5.
/// Names in files: "inception3a.1.0.0.weight" for the first convolution of the second branch;
/// <strata/networks/torchvision.hpp> maps torchvision's.
/// Source   Szegedy et al. 2015
#include <strata/layers/input/image.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/parallel.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
template <int Filters, kernel Kernel, class... Options>
using conv_norm_relu = sequence<conv<Filters, Kernel, Options..., no_bias>, batch_norm_with<epsilon<0.001>>, relu>;

/// Filters of the 1x1 branch; before and in the two 3x3 branches; behind the pool.
template <int One, int Before3, int Three, int Before5, int Five, int Pooled>
using inception = parallel<concat_all,                                                                 //
                           conv_norm_relu<One, 1>,                                                     //
                           sequence<conv_norm_relu<Before3, 1>, conv_norm_relu<Three, 3, padding<1>>>, //
                           sequence<conv_norm_relu<Before5, 1>, conv_norm_relu<Five, 3, padding<1>>>,  //
                           sequence<max_pool<3, stride<1>, padding<1>>, conv_norm_relu<Pooled, 1>>>;
} // namespace detail

template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.2>
struct googlenet : network<Input,                                                                //
                           named<"conv1", detail::conv_norm_relu<64, 7, stride<2>, padding<3>>>, //
                           max_pool<3, stride<2>, ceil_mode>,                                    //
                           named<"conv2", detail::conv_norm_relu<64, 1>>,                        //
                           named<"conv3", detail::conv_norm_relu<192, 3, padding<1>>>,           //
                           max_pool<3, stride<2>, ceil_mode>,                                    //
                           named<"inception3a", detail::inception<64, 96, 128, 16, 32, 32>>,     //
                           named<"inception3b", detail::inception<128, 128, 192, 32, 96, 64>>,   //
                           max_pool<3, stride<2>, ceil_mode>,                                    //
                           named<"inception4a", detail::inception<192, 96, 208, 16, 48, 64>>,    //
                           named<"inception4b", detail::inception<160, 112, 224, 24, 64, 64>>,   //
                           named<"inception4c", detail::inception<128, 128, 256, 24, 64, 64>>,   //
                           named<"inception4d", detail::inception<112, 144, 288, 32, 64, 64>>,   //
                           named<"inception4e", detail::inception<256, 160, 320, 32, 128, 128>>, //
                           max_pool<2, stride<2>, ceil_mode>,                                    //
                           named<"inception5a", detail::inception<256, 160, 320, 32, 128, 128>>, //
                           named<"inception5b", detail::inception<384, 192, 384, 48, 128, 128>>, //
                           global_avg_pool, dropout<Dropout>, named<"fc", dense<Classes>>> {};

} // namespace strata::inline STRATA_ABI::networks
