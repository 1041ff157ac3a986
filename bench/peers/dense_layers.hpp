#pragma once
/// oneDNN's matmul with its own post-operations, where CMake found it: y = relu(x·wᵀ + b), the weights in the
/// layout it likes best.
#if defined(STRATA_BENCH_ONEDNN)
#include "onednn_primitive.hpp"

namespace strata_bench {

class onednn_dense_layer : public onednn_primitive {
  public:
    onednn_dense_layer(int batch, int units, int inputs) {
        using tag = dnnl::memory::format_tag;
        const auto f32 = dnnl::memory::data_type::f32;
        const dnnl::memory::desc x({batch, inputs}, f32, tag::ab), w({inputs, units}, f32, tag::any),
            b({1, units}, f32, tag::ab), y({batch, units}, f32, tag::ab);
        dnnl::post_ops relu;
        relu.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        dnnl::primitive_attr attributes;
        attributes.set_post_ops(relu);
        const dnnl::matmul::primitive_desc d({x, w, b, y}, attributes, engine());
        take(dnnl::matmul(d), {{DNNL_ARG_SRC, d.src_desc()},
                               {DNNL_ARG_WEIGHTS, d.weights_desc()},
                               {DNNL_ARG_BIAS, b},
                               {DNNL_ARG_DST, d.dst_desc()}});
    }
};

} // namespace strata_bench
#endif
