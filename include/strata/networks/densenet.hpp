#pragma once
/// densenet121<Classes, Input> — four blocks in which each layer adds 32 channels to all those before it.
///   image<3, 224, 224> → 1,000 scores; 7,978,856 parameters
/// Names in files: "denseblock1.0.1.0.weight" for the first norm of the first layer; <strata/networks/torchvision.hpp>
/// maps torchvision's.
/// Source   Huang et al. 2017, table 1
#include <strata/layers/input/image.hpp>
#include <strata/layers/norm/batch_norm.hpp>
#include <strata/layers/pointwise/relu.hpp>
#include <strata/layers/pool/avg_pool.hpp>
#include <strata/layers/pool/global_avg_pool.hpp>
#include <strata/layers/pool/max_pool.hpp>
#include <strata/layers/product/conv.hpp>
#include <strata/layers/product/dense.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/network.hpp>
#include <strata/layers/structure/parallel.hpp>
#include <strata/layers/structure/pass.hpp>
#include <strata/layers/structure/repeat.hpp>

namespace strata::inline STRATA_ABI::networks {

namespace detail {
/// y = [x, Growth channels made of x]
template <int Growth>
using dense_layer = parallel<concat_all, pass,
                             sequence<batch_norm, relu, conv<4 * Growth, 1, no_bias>, //
                                      batch_norm, relu, conv<Growth, 3, padding<1>, no_bias>>>;
/// Half as many channels, of half the height and width.
template <int Channels>
using transition = sequence<batch_norm, relu, conv<Channels, 1, no_bias>, avg_pool<2>>;
} // namespace detail

template <int Classes = 1000, class Input = image<3, 224, 224>>
struct densenet121 : network<Input,                                                       //
                             named<"conv0", conv<64, 7, stride<2>, padding<3>, no_bias>>, //
                             named<"norm0", batch_norm>, relu,                            //
                             max_pool<3, stride<2>, padding<1>>,                          //
                             named<"denseblock1", repeat<6, detail::dense_layer<32>>>,    //
                             named<"transition1", detail::transition<128>>,               //
                             named<"denseblock2", repeat<12, detail::dense_layer<32>>>,   //
                             named<"transition2", detail::transition<256>>,               //
                             named<"denseblock3", repeat<24, detail::dense_layer<32>>>,   //
                             named<"transition3", detail::transition<512>>,               //
                             named<"denseblock4", repeat<16, detail::dense_layer<32>>>,   //
                             named<"norm5", batch_norm>, relu,                            //
                             global_avg_pool, named<"classifier", dense<Classes>>> {};

} // namespace strata::inline STRATA_ABI::networks
