#pragma once
/// oneDNN's convolutions, where CMake found it: each primitive with the layout it likes best, data already in
/// that layout.
#if defined(STRATA_BENCH_ONEDNN)
#include <dnnl.hpp>

#include <unordered_map>

namespace strata_bench {

enum class pass { forward, input_gradient, weight_gradient };

/// A convolution of oneDNN; `last` asks for channels-last images, else each primitive chooses.
class onednn_convolution {
  public:
    onednn_convolution(pass which, bool last, int batch, int channels, int size, int filters, int kernel, int padding)
        : engine_(dnnl::engine::kind::cpu, 0), stream_(engine_) {
        using tag = dnnl::memory::format_tag;
        const int out = size + 2 * padding - kernel + 1;
        const auto any = [](dnnl::memory::dims d, tag t) { return dnnl::memory::desc(d, dnnl::memory::data_type::f32, t); };
        const auto images = last ? tag::nhwc : tag::any;
        const auto x = any({batch, channels, size, size}, images), w = any({filters, channels, kernel, kernel}, tag::any);
        const auto b = any({filters}, tag::x), y = any({batch, filters, out, out}, images);
        const dnnl::memory::dims stride{1, 1}, pad{padding, padding};
        const auto direct = dnnl::algorithm::convolution_direct;
        const dnnl::convolution_forward::primitive_desc forward(
            {dnnl::prop_kind::forward_training, direct, x, w, b, y, stride, pad, pad}, engine_);
        if (which == pass::forward) {
            take(dnnl::convolution_forward(forward), {{DNNL_ARG_SRC, forward.src_desc()},
                                                      {DNNL_ARG_WEIGHTS, forward.weights_desc()},
                                                      {DNNL_ARG_BIAS, forward.bias_desc()},
                                                      {DNNL_ARG_DST, forward.dst_desc()}});
        } else if (which == pass::input_gradient) {
            const dnnl::convolution_backward_data::primitive_desc d({direct, x, w, y, stride, pad, pad}, engine_, forward);
            take(dnnl::convolution_backward_data(d), {{DNNL_ARG_DIFF_SRC, d.diff_src_desc()},
                                                      {DNNL_ARG_WEIGHTS, d.weights_desc()},
                                                      {DNNL_ARG_DIFF_DST, d.diff_dst_desc()}});
        } else {
            const dnnl::convolution_backward_weights::primitive_desc d({direct, x, w, b, y, stride, pad, pad}, engine_, forward);
            take(dnnl::convolution_backward_weights(d), {{DNNL_ARG_SRC, d.src_desc()},
                                                         {DNNL_ARG_DIFF_WEIGHTS, d.diff_weights_desc()},
                                                         {DNNL_ARG_DIFF_BIAS, d.diff_bias_desc()},
                                                         {DNNL_ARG_DIFF_DST, d.diff_dst_desc()}});
        }
    }
    void run() {
        primitive_.execute(stream_, memories_);
        stream_.wait();
    }

  private:
    void take(dnnl::primitive p, const std::unordered_map<int, dnnl::memory::desc>& descriptions) {
        primitive_ = p;
        for (const auto& [argument, description] : descriptions) {
            dnnl::memory memory(description, engine_);
            auto* const numbers = static_cast<float*>(memory.get_data_handle());
            const std::size_t count = description.get_size() / sizeof(float);
            for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<float>(i % 13) / 13 - 0.4f;
            memories_.emplace(argument, memory);
        }
    }
    dnnl::engine engine_;
    dnnl::stream stream_;
    dnnl::primitive primitive_;
    std::unordered_map<int, dnnl::memory> memories_;
};

} // namespace strata_bench
#endif
