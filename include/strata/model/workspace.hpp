#pragma once
/// workspace — the memory of one running inference, one per thread: auto space = net.make_workspace();
#include <strata/run/host.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI {

template <class T, class Machine = core::host>
class workspace {
  public:
    /// For up to `max_batch` samples: `bytes` of scratch and arena, then those of all the samples of each input and of
    /// all the results of each output.
    template <class Policy>
    workspace(const Policy& p, long long bytes, std::span<const long long> in, std::span<const long long> out,
              int max_batch)
        : arena_(Machine::template allocate<std::byte>(p, bytes)), samples_(p, in[0]), results_(p, out[0]), machine_(p),
          max_batch_(max_batch), in_(in[0]), out_(out[0]) {
        for (std::size_t port = 1; port < in.size(); ++port) further_samples_.emplace_back(p, in[port]);
        for (std::size_t port = 1; port < out.size(); ++port) further_results_.emplace_back(p, out[port]);
    }

    [[nodiscard]] std::byte* arena() noexcept { return arena_.data(); }
    [[nodiscard]] int max_batch() const noexcept { return max_batch_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return arena_.bytes(); }
    /// Has the first input room for that many bytes, and the first output?
    [[nodiscard]] bool holds(long long in, long long out) const noexcept { return in <= in_ && out <= out_; }

    [[nodiscard]] auto& samples(std::size_t port) noexcept { return port == 0 ? samples_ : further_samples_[port - 1]; }
    [[nodiscard]] auto& results(std::size_t port) noexcept { return port == 0 ? results_ : further_results_[port - 1]; }
    [[nodiscard]] auto& machine() noexcept { return machine_; }

  private:
    typename Machine::template memory<std::byte> arena_;
    using staging = typename Machine::template staging<std::byte>;
    staging samples_, results_; ///< of the first input and the first output
    std::vector<staging> further_samples_, further_results_;
    typename Machine::inference machine_;
    int max_batch_;
    long long in_, out_;
};

} // namespace strata::inline STRATA_ABI
