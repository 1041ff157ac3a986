#pragma once
/// batch_memory — the memory of a training step over a batch: the samples of each input and the results of each output
/// on the caller's side, what passes them to the machine and back, and the machine's arena. It grows with the largest
/// batch that was asked for. There is a slot for each batch that may be in flight.
/// Errors   shape_error for a batch above `most_samples`; an error where the machine has no such memory
#include <strata/plan/ports/port_info.hpp>
#include <strata/run/batch_of.hpp>
#include <strata/run/block.hpp>
#include <strata/run/executor.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// One input, output or target: its samples one after the other, for each slot.
template <class Policy>
class port_memory {
    using machine = typename Policy::machine;

  public:
    /// `each`: bytes of a sample.
    port_memory(const Policy& p, storage where, long long each) : where_(where), each_(each), there_(p, 0) {}

    void reserve(const Policy& p, long long samples, int all_slots) {
        samples_ = samples;
        here_ = caller_memory(each_ * samples * all_slots), there_ = staging(p, each_ * samples);
    }
    void release(const Policy& p) { here_ = caller_memory(), there_ = staging(p, 0); }

    [[nodiscard]] long long each() const noexcept { return each_; }
    [[nodiscard]] std::byte* slot(int i) noexcept { return here_.data() + each_ * samples_ * i; }
    [[nodiscard]] const std::byte* slot(int i) const noexcept { return here_.data() + each_ * samples_ * i; }

    /// The frame finds the samples, or leaves results.
    template <class T>
    void begin_upload(frame<T>& f, const std::byte* from) {
        f.set(where_, there_.begin_upload(from, each_ * f.batch));
    }
    template <class T>
    void begin_upload(frame<T>& f, int from_slot) {
        begin_upload(f, slot(from_slot));
    }
    template <class T>
    void give_slot(frame<T>& f, int to) {
        f.set(where_, there_.slot(slot(to)));
    }
    void begin_download(int to, int batch) { there_.begin_download(slot(to), each_ * batch); }

  private:
    using caller_memory = typename machine::template caller_memory<std::byte>;
    using staging = typename machine::template staging<std::byte>;

    storage where_;
    long long each_, samples_ = 0;
    caller_memory here_;
    staging there_;
};

/// What a batch takes.
struct batch_sizes {
    std::span<const port_info> inputs, outputs;
    int number_bytes;
    long long (*arena)(int batch); ///< bytes of the plan, without the threads' scratch
    long long most_samples;        ///< of a batch
};

template <class Policy>
class batch_memory {
    using machine = typename Policy::machine;
    using memory = typename machine::template memory<std::byte>;

  public:
    batch_memory(const Policy& p, const batch_sizes& sizes, int all_slots = 1)
        : inputs_(ports(p, sizes.inputs, sizes.number_bytes)), outputs_(ports(p, sizes.outputs, sizes.number_bytes)),
          arena_bytes_(sizes.arena), most_samples_(sizes.most_samples), slots_(all_slots) {}

    /// Memory for batches of up to n samples; `scratch` is that of all threads, in bytes, and `further` those of a
    /// sample that others will ask for.
    [[gnu::cold, gnu::noinline]] void reserve(const Policy& p, int n, long long scratch, long long further = 0) {
        if (n <= reserved_) return;
        if (n > most_samples_) refuse_batch(n, most_samples_);
        reserved_ = 0;     // until all is there
        arena_ = memory(); // given back before more is asked for
        for (auto* const all : {&inputs_, &outputs_})
            for (port_memory<Policy>& port : *all) port.release(p);
        machine::require_memory(p, n, [&](int batch) { return bytes(batch, further); });
        arena_ = machine::template allocate<std::byte>(p, scratch + arena_bytes_(n));
        for (auto* const all : {&inputs_, &outputs_})
            for (port_memory<Policy>& port : *all) port.reserve(p, n, slots_);
        reserved_ = n;
    }
    /// Does a batch of n fit, in reserved or free memory?
    [[nodiscard]] bool fits(const Policy& p, int n, long long further = 0) const {
        return n <= reserved_ || machine::fits(p, bytes(n, further));
    }
    [[nodiscard]] int reserved() const noexcept { return reserved_; }

    /// Places of a slot's samples and, once they have come down, results.
    [[nodiscard]] port_memory<Policy>& input(int port) noexcept { return inputs_[static_cast<std::size_t>(port)]; }
    template <class T>
    [[nodiscard]] const T* output(int port, int slot) const noexcept {
        return reinterpret_cast<const T*>(outputs_[static_cast<std::size_t>(port)].slot(slot));
    }

    template <class T>
    void upload_inputs(frame<T>& f, int slot) {
        for (port_memory<Policy>& port : inputs_) port.begin_upload(f, slot);
    }
    template <class T>
    void give_output_slots(frame<T>& f, int slot) {
        for (port_memory<Policy>& port : outputs_) port.give_slot(f, slot);
    }
    void download_outputs(int batch, int slot) {
        for (port_memory<Policy>& port : outputs_) port.begin_download(slot, batch);
    }
    [[nodiscard]] std::byte* arena() noexcept { return arena_.data(); }

  private:
    [[nodiscard]] static std::vector<port_memory<Policy>> ports(const Policy& p, std::span<const port_info> given,
                                                                int number_bytes) {
        std::vector<port_memory<Policy>> all;
        for (const port_info& port : given)
            all.emplace_back(p, port.where, port.extents.size() * bytes_of(port.element, number_bytes));
        return all;
    }
    [[nodiscard]] long long bytes(int batch, long long each) const {
        for (const auto* const all : {&inputs_, &outputs_})
            for (const port_memory<Policy>& port : *all) each += port.each();
        return arena_bytes_(batch) + batch * each;
    }

    std::vector<port_memory<Policy>> inputs_, outputs_;
    long long (*arena_bytes_)(int batch);
    long long most_samples_;
    int slots_, reserved_ = 0;
    memory arena_;
};

} // namespace strata::inline STRATA_ABI::detail
