#pragma once
/// The runs of tests on a GPU: a plan's memory is copied there, its steps run there, and everything comes back.
#include "host_run.hpp"
#include "placement.hpp"

#include <strata/cuda/gpu.hpp>

namespace strata_tests {

/// Is there a GPU that this program can use? The reason if not.
inline std::string no_gpu() {
    try {
        strata::gpu{}.require();
        return {};
    } catch (const strata::device_error& missing) {
        return missing.what();
    }
}

template <class Plan, class T>
struct run_type<Plan, strata::gpu, T> {
    struct type : any_run<T> {
        explicit type(int batch) : any_run<T>(facts_of<Plan>(batch), batch) {}
        void execute() override {
            strata::on_cuda::device_context context{strata::gpu{}};
            std::vector<strata::on_cuda::device_memory<T>> there;
            strata::core::frame<T> f = this->frame_;
            this->each_block([&](strata::core::storage where, std::span<T> numbers) {
                const auto n = static_cast<long long>(numbers.size());
                there.emplace_back(0, nullptr, n);
                there.back().write(0, n, numbers.data());
                if (where == strata::core::storage::fixed) f.set_arena(there.back().data(), Plan::data.sizes);
                else f.set(where, there.back().data());
            });
            context.template run<Plan, strata::gpu>(f);
            auto block = there.begin();
            this->each_block([&](strata::core::storage, std::span<T> numbers) {
                (block++)->read(0, static_cast<long long>(numbers.size()), numbers.data());
            });
        }
    };
};

/// A step in watched memory: all of it goes to the GPU and comes back, canaries included.
template <class Plan>
struct stepper<Plan, strata::gpu> {
    void operator()(int t, watched_memory& m) const {
        const auto n = static_cast<long long>(m.size());
        strata::on_cuda::device_context context{strata::gpu{}};
        strata::on_cuda::device_memory<float> there(0, nullptr, n);
        there.write(0, n, &m[0]);
        strata::core::frame<float> f = m.f;
        for (std::byte*& base : f.base)
            if (base != nullptr)
                base = reinterpret_cast<std::byte*>(there.data()) + (base - reinterpret_cast<std::byte*>(&m[0]));
        context.template run_one<Plan, strata::gpu>(t, f);
        there.read(0, n, &m[0]);
    }
};

} // namespace strata_tests

/// Leaves a test case where there is no GPU.
#define STRATA_NEEDS_GPU() \
    if (const std::string missing = strata_tests::no_gpu(); !missing.empty()) STRATA_SKIP(missing)
