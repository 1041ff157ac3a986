#pragma once
/// Layers that networks of sequences and tokens have, such as transformers, with their kernels; the inputs `tokens`,
/// `vectors` and `time_series`, conv1d and pools of signals are in <strata/inference.hpp>. They are no part of
/// <strata/strata.hpp>, so that other programs need not compile them.
#include <strata/cpu/sequence_kernels.hpp>
#include <strata/layers/move/embedding.hpp>
#include <strata/layers/norm/layer_norm.hpp>
#include <strata/layers/norm/rms_norm.hpp>
#include <strata/layers/pool/max_over_positions.hpp>
#include <strata/layers/pool/mean_over_positions.hpp>
#include <strata/layers/product/matmul.hpp>
