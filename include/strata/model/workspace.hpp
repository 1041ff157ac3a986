#pragma once
/// workspace — the memory of one running inference, one per thread: auto space = net.make_workspace();
#include <strata/run/host.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI {

template <class T, class Machine = core::host>
class workspace {
  public:
    /// For up to `max_batch` samples: `bytes` of scratch and arena, `in` and `out` numbers of all the samples and results.
    template <class Policy>
    workspace(const Policy& p, long long bytes, long long in, long long out, int max_batch)
        : arena_(Machine::template allocate<std::byte>(p, bytes)), samples_(p, in), results_(p, out), machine_(p),
          max_batch_(max_batch) {}

    [[nodiscard]] std::byte* arena() noexcept { return arena_.data(); }
    [[nodiscard]] int max_batch() const noexcept { return max_batch_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return arena_.bytes(); }

    [[nodiscard]] auto& samples() noexcept { return samples_; }
    [[nodiscard]] auto& results() noexcept { return results_; }
    [[nodiscard]] auto& machine() noexcept { return machine_; }

  private:
    typename Machine::template memory<std::byte> arena_;
    typename Machine::template staging<T> samples_, results_;
    typename Machine::inference machine_;
    int max_batch_;
};

} // namespace strata::inline STRATA_ABI
