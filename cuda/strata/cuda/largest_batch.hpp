#pragma once
/// require_bytes — compares what a batch needs with what is free before anything is asked for.
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>

namespace strata::inline STRATA_ABI::on_cuda {

/// The largest batch below `batch` whose bytes fit, 0 if none does. More samples never need fewer bytes.
template <class Bytes>
int largest_batch(int batch, long long free, const Bytes& bytes) {
    int fits = 0, too_many = batch;
    while (too_many - fits > 1) {
        const int middle = fits + (too_many - fits) / 2;
        (bytes(middle) <= free ? fits : too_many) = middle;
    }
    return fits;
}

/// Errors   device_error naming the bytes needed, the bytes free, and the largest batch that fits
template <class Bytes>
void require_bytes(int batch, long long free, const Bytes& bytes) {
    if (bytes(batch) <= free) return;
    const int fits = largest_batch(batch, free, bytes);
    raise<device_error>(
        sentence({"strata: a batch of ", batch, " needs ", bytes(batch), " bytes on the GPU, but only ", free,
                  " are free. ", fits > 0 ? "The largest batch that fits is " : "Not even one sample fits",
                  fits > 0 ? sentence({fits}) : std::string(), "."}));
}

} // namespace strata::inline STRATA_ABI::on_cuda
