#pragma once
/// batch_memory — the memory of a training step over a batch: samples, targets and outputs on the caller's side, what
/// passes them to the machine and back, and the machine's arena. It grows with the largest batch that was asked for.
/// The caller's side has a slot for each batch that may be in flight: nothing that is passed waits, and a slot is free
/// again when its batch is known to have run.
/// Errors   shape_error for a batch above most_samples; an error where the machine has no such memory
#include <strata/run/batch_of.hpp>
#include <strata/run/block.hpp>

#include <cstddef>

namespace strata::inline STRATA_ABI::detail {

/// What a batch takes.
struct batch_sizes {
    long long input, target, output; ///< numbers of one sample
    long long (*arena)(int batch);   ///< bytes of the plan, without the threads' scratch
    long long positions;             ///< of one sample: as many class numbers
    long long most_samples;          ///< of a batch
};

template <class Policy, class T>
class batch_memory {
    using machine = typename Policy::machine;
    using memory = typename machine::template memory<std::byte>;
    using staging = typename machine::template staging<T>;
    using caller_memory = typename machine::template caller_memory<T>;
    using caller_integers = typename machine::template caller_memory<std::int32_t>;

  public:
    batch_memory(const Policy& p, const batch_sizes& sizes, int slots = 1)
        : sizes_(sizes), slots_(slots), inputs_there_(p, 0), targets_there_(p, 0), outputs_there_(p, 0),
          classes_there_(p, 0) {}

    /// Memory for batches of up to n samples; `scratch` is that of all threads, in numbers.
    [[gnu::cold, gnu::noinline]] void reserve(const Policy& p, int n, long long scratch) {
        if (n <= reserved_) return;
        if (n > sizes_.most_samples) refuse_batch(n, sizes_.most_samples);
        reserved_ = 0;     // until all is there
        arena_ = memory(); // given back before more is asked for
        inputs_there_ = targets_there_ = outputs_there_ = staging(p, 0);
        machine::require_memory(p, n, [this](int batch) { return bytes(batch); });
        arena_ = machine::template allocate<std::byte>(p, scratch * size_of_number + sizes_.arena(n));
        inputs_ = caller_memory(sizes_.input * n * slots_), inputs_there_ = staging(p, n * sizes_.input);
        targets_ = caller_memory(), classes_ = caller_integers();
        outputs_ = caller_memory(sizes_.output * n * slots_), outputs_there_ = staging(p, n * sizes_.output);
        reserved_ = n;
        make_targets(p);
    }
    /// Are the targets of the batches to come class numbers, one for each position? Else they are numbers.
    void expect_classes(const Policy& p, bool classes) {
        if (of_classes_ == classes) return;
        of_classes_ = classes;
        make_targets(p);
    }
    [[nodiscard]] bool of_classes() const noexcept { return of_classes_; }
    /// Does a batch of n fit, in reserved or free memory?
    [[nodiscard]] bool fits(const Policy& p, int n) const { return n <= reserved_ || machine::fits(p, bytes(n)); }
    [[nodiscard]] int reserved() const noexcept { return reserved_; }

    /// Places of a slot's samples, targets and, once its outputs have come down, outputs.
    [[nodiscard]] T* inputs(int slot = 0) noexcept { return inputs_.data() + place(slot, sizes_.input); }
    [[nodiscard]] T* targets(int slot = 0) noexcept { return targets_.data() + place(slot, sizes_.target); }
    [[nodiscard]] const T* targets(int slot = 0) const noexcept { return targets_.data() + place(slot, sizes_.target); }
    [[nodiscard]] const T* outputs(int slot = 0) const noexcept { return outputs_.data() + place(slot, sizes_.output); }
    [[nodiscard]] std::int32_t* classes(int slot = 0) noexcept {
        return classes_.data() + place(slot, sizes_.positions);
    }
    [[nodiscard]] const std::int32_t* classes(int slot = 0) const noexcept {
        return classes_.data() + place(slot, sizes_.positions);
    }

    /// Where the machine finds the samples and these targets, and where it leaves the outputs.
    [[nodiscard]] T* upload_inputs(int batch, int slot = 0) {
        return inputs_there_.begin_upload(inputs(slot), batch * sizes_.input);
    }
    [[nodiscard]] T* upload_targets(const T* from, int batch) {
        return targets_there_.begin_upload(from, batch * sizes_.target);
    }
    [[nodiscard]] T* output_slot(int slot = 0) {
        return outputs_there_.slot(outputs_.data() + place(slot, sizes_.output));
    }
    void download_outputs(int batch, int slot = 0) {
        outputs_there_.begin_download(outputs_.data() + place(slot, sizes_.output), batch * sizes_.output);
    }
    [[nodiscard]] std::int32_t* upload_classes(const std::int32_t* from, int batch) {
        return classes_there_.begin_upload(from, batch * sizes_.positions);
    }
    [[nodiscard]] std::byte* arena() noexcept { return arena_.data(); }

  private:
    [[nodiscard]] long long place(int slot, long long size) const noexcept { return size * reserved_ * slot; }
    [[nodiscard]] long long bytes(int batch) const {
        const long long targets = of_classes_ ? sizes_.positions * 4 : sizes_.target * size_of_number;
        return sizes_.arena(batch) + batch * ((sizes_.input + sizes_.output) * size_of_number + targets);
    }
    /// Of the kind that is expected; of the other there is none.
    [[gnu::cold, gnu::noinline]] void make_targets(const Policy& p) {
        const long long numbers = of_classes_ ? 0 : reserved_ * sizes_.target,
                        classes = of_classes_ ? reserved_ * sizes_.positions : 0;
        targets_ = caller_memory(numbers * slots_), targets_there_ = staging(p, numbers);
        classes_ = caller_integers(classes * slots_);
        classes_there_ = typename machine::template staging<std::int32_t>(p, classes);
    }

    static constexpr auto size_of_number = static_cast<long long>(sizeof(T));
    batch_sizes sizes_;
    int slots_, reserved_ = 0;
    memory arena_;
    caller_memory inputs_, targets_, outputs_;
    caller_integers classes_;
    staging inputs_there_, targets_there_, outputs_there_;
    typename machine::template staging<std::int32_t> classes_there_;
    bool of_classes_ = false;
};

} // namespace strata::inline STRATA_ABI::detail
