#pragma once
/// strata on NVIDIA GPUs: everything of <strata/strata.hpp>, all layers and losses, and the policy `gpu`. For files
/// that nvcc compiles (.cu); link strata::cuda.
#include <strata/cuda/gpu.hpp>
#include <strata/layers.hpp>
#include <strata/losses.hpp>
#include <strata/strata.hpp>
