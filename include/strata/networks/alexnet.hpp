#pragma once
/// alexnet<Classes, Input, Dropout> — five convolutions and three dense layers, as torchvision has it.
///   image<3, 224, 224> → 1,000 scores, 61,100,840 parameters
/// Names in files are torchvision's, "features.0.weight" to "classifier.6.bias".
/// Source   Krizhevsky 2014 ("One weird trick for parallelizing convolutional neural networks", one tower, without
///          local response normalisation)
#include <strata/layers/input/image.hpp>
#include <strata/layers/move/flatten.hpp>
#include <strata/layers/pointwise/dropout.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/adaptive_avg_pool.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>

namespace strata::inline STRATA_ABI::networks {

template <int Classes = 1000, class Input = image<3, 224, 224>, real Dropout = 0.5>
struct alexnet : network<Input,                                           //
                         named<"features",                                //
                               conv<64, 11, stride<4>, padding<2>>, relu, //
                               max_pool<3, stride<2>>,                    //
                               conv<192, 5, padding<2>>, relu,            //
                               max_pool<3, stride<2>>,                    //
                               conv<384, 3, padding<1>>, relu,            //
                               conv<256, 3, padding<1>>, relu,            //
                               conv<256, 3, padding<1>>, relu,            //
                               max_pool<3, stride<2>>>,                   //
                         adaptive_avg_pool<6>,                            // nothing at 224 x 224
                         flatten,                                         //
                         named<"classifier",                              //
                               dropout<Dropout>, dense<4096>, relu,       //
                               dropout<Dropout>, dense<4096>, relu,       //
                               dense<Classes>>> {};

} // namespace strata::inline STRATA_ABI::networks
