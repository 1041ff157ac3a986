#pragma once
/// gpu — the policy of NVIDIA GPUs, for files that nvcc compiles: `strata::model<net, strata::gpu>`. An instance says
/// which device, and on which stream: `strata::gpu{.device = 1, .stream = mine}`. Same seed, same card: the same bits
/// from run to run.
#include <strata/cuda/device.hpp>

namespace strata::inline STRATA_ABI {

struct gpu {
    int device = 0;
    cudaStream_t stream = nullptr; ///< the caller's, which must outlive the model; null: the default one
    int threads = 1;               ///< of the host, which gather a batch's samples in training

    template <class T>
    static constexpr core::target_numbers numbers() {
        return on_cuda::target<T>;
    }
    template <core::key K, class Function, class T>
    using kernel = on_cuda::launched<K, Function, T, on_cuda::device_context>;
    using machine = on_cuda::device;
    static constexpr const char* name = "gpu";

    /// Raises device_error if there is no such device here.
    void require() const {
        int devices = 0;
        const cudaError_t status = cudaGetDeviceCount(&devices);
        if (status != cudaSuccess)
            raise<device_error>(sentence({"strata: no NVIDIA GPU can be used here: ", cudaGetErrorString(status),
                                          ". Use strata::cpu, or install the driver."}));
        if (device < 0 || device >= devices)
            raise<device_error>(
                sentence({"strata: there is no GPU number ", device, "; there are ", devices, ", counted from 0."}));
        const on_cuda::on_device here(device);
        cudaFuncAttributes attributes{};
        if (cudaFuncGetAttributes(&attributes, on_cuda::code_for_this_gpu<float>) != cudaSuccess) {
            static_cast<void>(cudaGetLastError());
            cudaDeviceProp card{};
            on_cuda::check(cudaGetDeviceProperties(&card, device), "cudaGetDeviceProperties");
            raise<device_error>(sentence({"strata: this program has no code for GPU ", device, ", ", card.name,
                                          " of compute capability ", card.major, ".", card.minor,
                                          ". Compile it with CMAKE_CUDA_ARCHITECTURES=", card.major, card.minor,
                                          " (nvcc -arch=sm_", card.major, card.minor, ")."}));
        }
    }
};

} // namespace strata::inline STRATA_ABI
