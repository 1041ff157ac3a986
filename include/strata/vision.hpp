#pragma once
/// Layers that mostly networks for images have (U-Net, generators, super-resolution), with their kernels. They are no
/// part of <strata/strata.hpp>, so that other programs need not compile them.
#include <strata/cpu/vision_kernels.hpp>
#include <strata/layers/join/mul.hpp>
#include <strata/layers/move/crop.hpp>
#include <strata/layers/move/crop1d.hpp>
#include <strata/layers/move/pad.hpp>
#include <strata/layers/move/pad1d.hpp>
#include <strata/layers/move/pixel_shuffle.hpp>
#include <strata/layers/move/pixel_unshuffle.hpp>
#include <strata/layers/norm/group_norm.hpp>
#include <strata/layers/norm/instance_norm.hpp>
#include <strata/layers/norm/local_response_norm.hpp>
#include <strata/layers/pointwise/prelu.hpp>
#include <strata/layers/pointwise/spatial_dropout.hpp>
#include <strata/layers/pointwise/stochastic_depth.hpp>
#include <strata/layers/pool/adaptive_avg_pool.hpp>
#include <strata/layers/pool/adaptive_max_pool.hpp>
#include <strata/layers/pool/global_max_pool.hpp>
#include <strata/layers/product/conv_transpose.hpp>
#include <strata/layers/product/conv_transpose1d.hpp>
#include <strata/layers/structure/squeeze_excite.hpp>
