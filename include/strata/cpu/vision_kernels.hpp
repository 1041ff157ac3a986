#pragma once
/// The kernels of the `cpu` policy that the layers of <strata/vision.hpp> need beside those of kernels.hpp.
#include <strata/cpu/join/multiply.hpp>
#include <strata/cpu/join/scale_channels.hpp>
#include <strata/cpu/move/border_pad.hpp>
#include <strata/cpu/move/pad.hpp>
#include <strata/cpu/move/pixel_shuffle.hpp>
#include <strata/cpu/norm/group_norm.hpp>
#include <strata/cpu/norm/local_response_norm.hpp>
#include <strata/cpu/pointwise/prelu.hpp>
#include <strata/cpu/pointwise/shared_dropout.hpp>
#include <strata/cpu/pool/adaptive_pool.hpp>
#include <strata/cpu/product/conv_transpose.hpp>
