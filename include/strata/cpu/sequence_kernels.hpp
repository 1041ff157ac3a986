#pragma once
/// The kernels of the `cpu` policy that the layers of <strata/sequences.hpp> need beside those of kernels.hpp.
#include <strata/cpu/move/embedding.hpp>
#include <strata/cpu/norm/group_norm.hpp>
#include <strata/cpu/norm/layer_norm.hpp>
#include <strata/cpu/product/matmul.hpp>
