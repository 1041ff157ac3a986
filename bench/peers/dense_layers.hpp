#pragma once
/// oneDNN's matmul with its own post-operations, where CMake found it: y = relu(x·wᵀ + b), the weights in the
/// layout it likes best.
#if defined(STRATA_BENCH_ONEDNN)
#include <dnnl.hpp>

#include <unordered_map>

namespace strata_bench {

class onednn_dense_layer {
  public:
    onednn_dense_layer(int batch, int units, int inputs) : engine_(dnnl::engine::kind::cpu, 0), stream_(engine_) {
        using tag = dnnl::memory::format_tag;
        const auto f32 = dnnl::memory::data_type::f32;
        const dnnl::memory::desc x({batch, inputs}, f32, tag::ab), w({inputs, units}, f32, tag::any), b({1, units}, f32, tag::ab),
            y({batch, units}, f32, tag::ab);
        dnnl::post_ops relu;
        relu.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(relu);
        const dnnl::matmul::primitive_desc d({x, w, b, y}, attributes, engine_);
        primitive_ = dnnl::matmul(d);
        const std::unordered_map<int, dnnl::memory::desc> all{
            {DNNL_ARG_SRC, d.src_desc()}, {DNNL_ARG_WEIGHTS, d.weights_desc()}, {DNNL_ARG_BIAS, b}, {DNNL_ARG_DST, d.dst_desc()}};
        for (const auto& [argument, description] : all) {
            dnnl::memory memory(description, engine_);
            auto* const numbers = static_cast<float*>(memory.get_data_handle());
            const std::size_t count = description.get_size() / sizeof(float);
            for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<float>(i % 13) / 13 - 0.4f;
            memories_.emplace(argument, memory);
        }
    }
    void run() {
        primitive_.execute(stream_, memories_);
        stream_.wait();
    }

  private:
    dnnl::engine engine_;
    dnnl::stream stream_;
    dnnl::primitive primitive_;
    std::unordered_map<int, dnnl::memory> memories_;
};

} // namespace strata_bench
#endif
