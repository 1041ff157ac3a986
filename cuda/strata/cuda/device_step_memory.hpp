#pragma once
/// device_step_memory — the state of a training step in the memory of a GPU, and its way to the host: copies of it are
/// sent behind the work that they tell of, and read some steps later (see <strata/run/step_state.hpp>).
#include <strata/cuda/device_memory.hpp>
#include <strata/cuda/pinned_memory.hpp>
#include <strata/run/step_state.hpp>

#include <memory>

namespace strata::inline STRATA_ABI::on_cuda {

class device_step_memory {
  public:
    static constexpr int batches_in_flight = 4;

    template <class Policy>
    explicit device_step_memory(const Policy& p) : device_step_memory(p.device, p.stream) {}
    device_step_memory(const device_step_memory& other) : device_step_memory(other.device_, other.stream_) {
        core::step_state now;
        other.there_.read(0, 1, &now);
        write(now);
    }
    device_step_memory(device_step_memory&&) noexcept = default;
    device_step_memory& operator=(device_step_memory&&) noexcept = default;
    device_step_memory& operator=(const device_step_memory& other) { return *this = device_step_memory(other); }
    ~device_step_memory() = default;

    /// As the host has seen it last. What was not finite is told with the batches.
    [[nodiscard]] const core::step_state& known() const noexcept { return known_; }
    /// The state behind all work so far: waits for it.
    const core::step_state& read() {
        there_.read(0, 1, &known_);
        return known_;
    }
    void write(const core::step_state& s) {
        there_.write(0, 1, &s);
        known_ = s, steps_ = s.step;
    }
    [[nodiscard]] std::int64_t steps() const noexcept { return steps_; }
    void count_step() noexcept { ++steps_; }
    [[nodiscard]] const std::int64_t* counter() const noexcept { return &there()->step; }

    void post(int slot) {
        const on_device here(device_);
        check(
            cudaMemcpyAsync(posted_.data() + slot, there(), sizeof(core::step_state), cudaMemcpyDeviceToHost, stream_),
            "cudaMemcpyAsync");
        check(cudaEventRecord(events_[slot].get(), stream_), "cudaEventRecord");
    }
    [[nodiscard]] bool arrived(int slot) const {
        const on_device here(device_);
        const cudaError_t status = cudaEventQuery(events_[slot].get());
        if (status == cudaErrorNotReady) return false;
        check(status, "cudaEventQuery");
        return true;
    }
    [[nodiscard]] const core::step_state& posted(int slot) const {
        const on_device here(device_);
        check(cudaEventSynchronize(events_[slot].get()), "cudaEventSynchronize");
        return posted_.data()[slot];
    }

    /// Where the GPU has it, and room for an optimiser's rule.
    [[nodiscard]] core::step_state* there() const noexcept { return there_.data(); }
    template <class Rule>
    [[nodiscard]] Rule* rule() const noexcept {
        static_assert(sizeof(Rule) <= most_of_a_rule && alignof(Rule) <= alignof(double),
                      "strata: the rule of an optimiser must fit into 256 bytes.");
        return reinterpret_cast<Rule*>(rule_.data());
    }

  private:
    static constexpr std::size_t most_of_a_rule = 256;
    struct destroy {
        void operator()(cudaEvent_t event) const noexcept { static_cast<void>(cudaEventDestroy(event)); }
    };
    using event = std::unique_ptr<std::remove_pointer_t<cudaEvent_t>, destroy>;

    device_step_memory(int device, cudaStream_t stream)
        : device_(device), stream_(stream), there_(device, stream, 1),
          rule_(device, stream, most_of_a_rule / sizeof(double)), posted_(batches_in_flight) {
        const on_device here(device_);
        for (event& each : events_) {
            cudaEvent_t made = nullptr;
            check(cudaEventCreateWithFlags(&made, cudaEventDisableTiming), "cudaEventCreate");
            each.reset(made);
        }
        write({});
    }

    int device_ = 0;
    cudaStream_t stream_ = nullptr;
    device_memory<core::step_state> there_;
    device_memory<double> rule_;
    pinned_memory<core::step_state> posted_;
    event events_[batches_in_flight];
    core::step_state known_{};
    std::int64_t steps_ = 0;
};

} // namespace strata::inline STRATA_ABI::on_cuda
