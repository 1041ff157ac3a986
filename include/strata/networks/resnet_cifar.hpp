#pragma once
/// resnet20, 32, 44, 56, 110 <Classes, Input> — residual networks for CIFAR-10, with 1x1 convolutions where a shortcut
/// changes its shape (the paper's option B).
///   image<3, 32, 32> → 10 scores; 272,474, 466,906, 661,338, 855,770 and 1,730,714 parameters
/// Names in files: "layer1.0.0.body.0.weight", "layer2.0.0.shortcut.0.weight"
/// Source   He et al. 2016, section 4.2
#include <strata/networks/resnet.hpp>

namespace strata::inline STRATA_ABI::networks {

template <int Classes, class Input, int Blocks>
using cifar_resnet_of = network<Input,                                                      //
                                named<"conv1", conv<16, 3, padding<1>, no_bias>>,           //
                                named<"bn1", batch_norm>, relu,                             //
                                residual_stage<"layer1", basic_body, 16, 1, Blocks, false>, //
                                residual_stage<"layer2", basic_body, 32, 2, Blocks>,        //
                                residual_stage<"layer3", basic_body, 64, 2, Blocks>,        //
                                global_avg_pool, named<"fc", dense<Classes>>>;

template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet20 : cifar_resnet_of<Classes, Input, 3> {};
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet32 : cifar_resnet_of<Classes, Input, 5> {};
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet44 : cifar_resnet_of<Classes, Input, 7> {};
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet56 : cifar_resnet_of<Classes, Input, 9> {};
template <int Classes = 10, class Input = image<3, 32, 32>>
struct resnet110 : cifar_resnet_of<Classes, Input, 18> {};

} // namespace strata::inline STRATA_ABI::networks
