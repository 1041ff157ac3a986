#pragma once
/// ResNet for images of about 224 x 224: four stages of residual blocks. image<3, 224, 224> → 1,000 scores.
/// Names in files: "layer1.0.0.body.0.weight", "layer1.0.0.shortcut.0.weight";
/// <strata/networks/torchvision.hpp> maps torchvision's.
/// Source   He et al. 2016, table 1; the stride of a bottleneck is in its 3x3 convolution, as in torchvision
#include <strata/layers/input/image.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/repeat.hpp>
#include <strata/layers/structure/residual.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
/// Two 3x3 convolutions, Out channels.
template <int Out, int Stride>
using basic_body = sequence<conv<Out, 3, stride<Stride>, padding<1>, no_bias>, batch_norm, relu, //
                            conv<Out, 3, padding<1>, no_bias>, batch_norm>;
/// A 3x3 convolution between 1x1 ones, Out channels and a quarter of them within.
template <int Out, int Stride>
using bottleneck_body = sequence<conv<Out / 4, 1, no_bias>, batch_norm, relu,                             //
                                 conv<Out / 4, 3, stride<Stride>, padding<1>, no_bias>, batch_norm, relu, //
                                 conv<Out, 1, no_bias>, batch_norm>;

template <class Body>
using plain_block = sequence<residual<Body>, relu>;
template <class Body, int Out, int Stride>
using projected_block = sequence<residual<Body, sequence<conv<Out, 1, stride<Stride>, no_bias>, batch_norm>>, relu>;

/// Blocks of Out channels, of which the first may change the shape.
template <fixed_string Name, template <int, int> class Body, int Out, int Stride, int Blocks, bool Projects = true>
using residual_stage = named<Name,
                             std::conditional_t<Projects, projected_block<Body<Out, Stride>, Out, Stride>, //
                                                plain_block<Body<Out, Stride>>>,
                             repeat<Blocks - 1, plain_block<Body<Out, 1>>>>;

template <int Classes, class Input, template <int, int> class Body, int Narrowest, int A, int B, int C, int D>
using resnet_of = network<Input,                                                              //
                          named<"conv1", conv<64, 7, stride<2>, padding<3>, no_bias>>,        //
                          named<"bn1", batch_norm>, relu, max_pool<3, stride<2>, padding<1>>, //
                          residual_stage<"layer1", Body, Narrowest, 1, A, Narrowest != 64>,   //
                          residual_stage<"layer2", Body, 2 * Narrowest, 2, B>,                //
                          residual_stage<"layer3", Body, 4 * Narrowest, 2, C>,                //
                          residual_stage<"layer4", Body, 8 * Narrowest, 2, D>,                //
                          global_avg_pool, named<"fc", dense<Classes>>>;
} // namespace detail

/// resnet18<Classes, Input> — ResNet-18, 11,689,512 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>>
struct resnet18 : detail::resnet_of<Classes, Input, detail::basic_body, 64, 2, 2, 2, 2> {};
/// resnet34<Classes, Input> — ResNet-34, 21,797,672 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>>
struct resnet34 : detail::resnet_of<Classes, Input, detail::basic_body, 64, 3, 4, 6, 3> {};
/// resnet50<Classes, Input> — ResNet-50, 25,557,032 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>>
struct resnet50 : detail::resnet_of<Classes, Input, detail::bottleneck_body, 256, 3, 4, 6, 3> {};
/// resnet101<Classes, Input> — ResNet-101, 44,549,160 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>>
struct resnet101 : detail::resnet_of<Classes, Input, detail::bottleneck_body, 256, 3, 4, 23, 3> {};
/// resnet152<Classes, Input> — ResNet-152, 60,192,808 parameters.
template <int Classes = 1000, class Input = image<3, 224, 224>>
struct resnet152 : detail::resnet_of<Classes, Input, detail::bottleneck_body, 256, 3, 8, 36, 3> {};

} // namespace strata::inline STRATA_ABI::networks
