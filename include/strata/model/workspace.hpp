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
        for (std::size_t port = 1; port < in.size(); ++port)
            further_samples_.push_back({staging(p, in[port]), in[port]});
        for (std::size_t port = 1; port < out.size(); ++port)
            further_results_.push_back({staging(p, out[port]), out[port]});
    }

    [[nodiscard]] std::byte* arena() noexcept { return arena_.data(); }
    [[nodiscard]] int max_batch() const noexcept { return max_batch_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return arena_.bytes(); }
    /// Has the first input room for that many bytes, and the first output?
    [[nodiscard]] bool holds(long long in, long long out) const noexcept { return in <= in_ && out <= out_; }

    /// Has input `port` room for that many bytes, and output `port`?
    [[nodiscard]] bool takes(std::size_t port, long long bytes) const noexcept {
        return port == 0 ? bytes <= in_ : has(further_samples_, port, bytes);
    }
    [[nodiscard]] bool gives(std::size_t port, long long bytes) const noexcept {
        return port == 0 ? bytes <= out_ : has(further_results_, port, bytes);
    }

    [[nodiscard]] auto& samples(std::size_t port) noexcept {
        return port == 0 ? samples_ : further_samples_[port - 1].memory;
    }
    [[nodiscard]] auto& results(std::size_t port) noexcept {
        return port == 0 ? results_ : further_results_[port - 1].memory;
    }
    [[nodiscard]] auto& machine() noexcept { return machine_; }

  private:
    typename Machine::template memory<std::byte> arena_;
    using staging = typename Machine::template staging<std::byte>;
    staging samples_, results_; ///< of the first input and the first output
    struct further_port {
        staging memory;
        long long bytes;
    };
    static bool has(const std::vector<further_port>& ports, std::size_t port, long long bytes) noexcept {
        return port <= ports.size() && bytes <= ports[port - 1].bytes;
    }
    std::vector<further_port> further_samples_, further_results_;
    typename Machine::inference machine_;
    int max_batch_;
    long long in_, out_;
};

} // namespace strata::inline STRATA_ABI
