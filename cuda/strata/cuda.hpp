#pragma once
/// strata on NVIDIA GPUs: everything of <strata/strata.hpp> and the policy `gpu`. For files that nvcc compiles (.cu);
/// link strata::cuda.
#include <strata/cuda/gpu.hpp>
#include <strata/strata.hpp>
