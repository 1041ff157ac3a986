#pragma once
/// onednn_primitive — one operation of oneDNN, where CMake found it, with memory that holds numbers for each of its
/// arguments.
#if defined(STRATA_BENCH_ONEDNN)
#include <dnnl.hpp>

#include <unordered_map>

namespace strata_bench {

class onednn_primitive {
  public:
    void run() {
        primitive_.execute(stream_, memories_);
        stream_.wait();
    }

  protected:
    onednn_primitive() : engine_(dnnl::engine::kind::cpu, 0), stream_(engine_) {}
    [[nodiscard]] const dnnl::engine& engine() const { return engine_; }
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

  private:
    dnnl::engine engine_;
    dnnl::stream stream_;
    dnnl::primitive primitive_;
    std::unordered_map<int, dnnl::memory> memories_;
};

} // namespace strata_bench
#endif
