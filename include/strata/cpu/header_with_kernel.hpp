#pragma once
/// header_with_kernel(operation) — the header to include for a kernel of the `cpu` policy that <strata/strata.hpp> does
/// not bring, for the error message of a program without it. Null for all others. The test house.facades compares the
/// list with the headers.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::on_cpu {

struct kernel_elsewhere {
    const char* operation;
    const char* header;
};
// clang-format off
inline constexpr kernel_elsewhere kernels_elsewhere[]{
    {"adaptive_avg_pool", "<strata/vision.hpp>"},
    {"adaptive_avg_pool_gradient", "<strata/vision.hpp>"},
    {"adaptive_max_pool", "<strata/vision.hpp>"},
    {"adaptive_max_pool_gradient", "<strata/vision.hpp>"},
    {"channel_products", "<strata/vision.hpp>"},
    {"channel_sums", "<strata/vision.hpp>"},
    {"conv_transpose", "<strata/vision.hpp>"},
    {"crop", "<strata/vision.hpp>"},
    {"group_norm", "<strata/vision.hpp>"},
    {"group_norm_input_gradient", "<strata/vision.hpp>"},
    {"group_norm_sums", "<strata/vision.hpp>"},
    {"local_response_norm", "<strata/vision.hpp>"},
    {"local_response_norm_gradient", "<strata/vision.hpp>"},
    {"multiply", "<strata/vision.hpp>"},
    {"pad", "<strata/vision.hpp>"},
    {"pixel_shuffle", "<strata/vision.hpp>"},
    {"pixel_unshuffle", "<strata/vision.hpp>"},
    {"prelu", "<strata/vision.hpp>"},
    {"prelu_input_gradient", "<strata/vision.hpp>"},
    {"prelu_slope_gradient", "<strata/vision.hpp>"},
    {"reflect_pad", "<strata/vision.hpp>"},
    {"reflect_pad_gradient", "<strata/vision.hpp>"},
    {"replicate_pad", "<strata/vision.hpp>"},
    {"replicate_pad_gradient", "<strata/vision.hpp>"},
    {"scale_channels", "<strata/vision.hpp>"},
    {"shared_dropout", "<strata/vision.hpp>"},
    {"embedding", "<strata/sequences.hpp>"},
    {"embedding_gradient", "<strata/sequences.hpp>"},
    {"layer_norm", "<strata/sequences.hpp>"},
    {"layer_norm_input_gradient", "<strata/sequences.hpp>"},
    {"layer_norm_parameter_gradient", "<strata/sequences.hpp>"},
    {"matmul", "<strata/sequences.hpp>"},
    {"weighted_cross_entropy", "<strata/losses.hpp>"},
};
// clang-format on

constexpr const char* header_with_kernel(const char* operation) {
    for (const kernel_elsewhere& k : kernels_elsewhere) {
        int i = 0;
        while (operation[i] != 0 && operation[i] == k.operation[i]) ++i;
        if (operation[i] == k.operation[i]) return k.header;
    }
    return nullptr;
}

} // namespace strata::inline STRATA_ABI::on_cpu
