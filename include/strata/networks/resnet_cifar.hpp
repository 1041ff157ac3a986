#pragma once
/// ResNet for CIFAR-10: three stages of residual blocks, with 1x1 convolutions where a shortcut changes its shape (the
/// paper's option B). image<3, 32, 32> → 10 scores.
/// Names in files: "layer1.0.0.body.0.weight", "layer2.0.0.shortcut.0.weight"
/// Source   He et al. 2016, section 4.2
#include <strata/networks/resnet.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
template <int Classes, class Input, int Blocks>
using cifar_resnet_of = network<Input,                                                      //
                                named<"conv1", conv<16, 3, padding<1>, no_bias>>,           //
                                named<"bn1", batch_norm>, relu,                             //
                                residual_stage<"layer1", basic_body, 16, 1, Blocks, false>, //
                                residual_stage<"layer2", basic_body, 32, 2, Blocks>,        //
                                residual_stage<"layer3", basic_body, 64, 2, Blocks>,        //
                                global_avg_pool, named<"fc", dense<Classes>>>;
} // namespace detail

/// resnet20<Classes, Input> — ResNet-20 for CIFAR, 272,474 parameters.
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet20 : detail::cifar_resnet_of<Classes, Input, 3> {};
/// resnet32<Classes, Input> — ResNet-32 for CIFAR, 466,906 parameters.
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet32 : detail::cifar_resnet_of<Classes, Input, 5> {};
/// resnet44<Classes, Input> — ResNet-44 for CIFAR, 661,338 parameters.
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet44 : detail::cifar_resnet_of<Classes, Input, 7> {};
/// resnet56<Classes, Input> — ResNet-56 for CIFAR, 855,770 parameters.
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet56 : detail::cifar_resnet_of<Classes, Input, 9> {};
/// resnet110<Classes, Input> — ResNet-110 for CIFAR, 1,730,714 parameters.
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet110 : detail::cifar_resnet_of<Classes, Input, 18> {};

} // namespace strata::inline STRATA_ABI::networks
