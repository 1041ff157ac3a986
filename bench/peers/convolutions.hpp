#pragma once
/// oneDNN's convolutions, where CMake found it: each primitive with the layout it likes best, data already in
/// that layout.
#if defined(STRATA_BENCH_ONEDNN)
#include "onednn_primitive.hpp"

namespace strata_bench {

enum class pass { forward, input_gradient, weight_gradient };

/// A convolution of oneDNN; `last` asks for channels-last images, else each primitive chooses.
class onednn_convolution : public onednn_primitive {
  public:
    onednn_convolution(pass which, bool last, int batch, int channels, int size, int filters, int kernel, int padding) {
        using tag = dnnl::memory::format_tag;
        const int out = size + 2 * padding - kernel + 1;
        const auto any = [](dnnl::memory::dims d, tag t) {
            return dnnl::memory::desc(d, dnnl::memory::data_type::f32, t);
        };
        const auto images = last ? tag::nhwc : tag::any;
        const auto x = any({batch, channels, size, size}, images),
                   w = any({filters, channels, kernel, kernel}, tag::any);
        const auto b = any({filters}, tag::x), y = any({batch, filters, out, out}, images);
        const dnnl::memory::dims stride{1, 1}, pad{padding, padding};
        const auto direct = dnnl::algorithm::convolution_direct;
        const dnnl::convolution_forward::primitive_desc forward(
            {dnnl::prop_kind::forward_training, direct, x, w, b, y, stride, pad, pad}, engine());
        if (which == pass::forward) {
            take(dnnl::convolution_forward(forward), {{DNNL_ARG_SRC, forward.src_desc()},
                                                      {DNNL_ARG_WEIGHTS, forward.weights_desc()},
                                                      {DNNL_ARG_BIAS, forward.bias_desc()},
                                                      {DNNL_ARG_DST, forward.dst_desc()}});
        } else if (which == pass::input_gradient) {
            const dnnl::convolution_backward_data::primitive_desc d({direct, x, w, y, stride, pad, pad}, engine(),
                                                                    forward);
            take(dnnl::convolution_backward_data(d), {{DNNL_ARG_DIFF_SRC, d.diff_src_desc()},
                                                      {DNNL_ARG_WEIGHTS, d.weights_desc()},
                                                      {DNNL_ARG_DIFF_DST, d.diff_dst_desc()}});
        } else {
            const dnnl::convolution_backward_weights::primitive_desc d({direct, x, w, b, y, stride, pad, pad}, engine(),
                                                                       forward);
            take(dnnl::convolution_backward_weights(d), {{DNNL_ARG_SRC, d.src_desc()},
                                                         {DNNL_ARG_DIFF_WEIGHTS, d.diff_weights_desc()},
                                                         {DNNL_ARG_DIFF_BIAS, d.diff_bias_desc()},
                                                         {DNNL_ARG_DIFF_DST, d.diff_dst_desc()}});
        }
    }
};

} // namespace strata_bench
#endif
