#pragma once
/// batch_memory — the memory of a training step over a batch: samples, targets and outputs on the caller's side, what
/// passes them to the machine and back, and the machine's arena. It grows with the largest batch that was asked for.
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

  public:
    batch_memory(const Policy& p, const batch_sizes& sizes)
        : sizes_(sizes), inputs_there_(p, 0), targets_there_(p, 0), outputs_there_(p, 0), classes_there_(p, 0) {}

    /// Memory for batches of up to n samples; `scratch` is that of all threads, in numbers.
    [[gnu::cold, gnu::noinline]] void reserve(const Policy& p, int n, long long scratch) {
        if (n <= reserved_) return;
        if (n > sizes_.most_samples) refuse_batch(n, sizes_.most_samples);
        reserved_ = 0;     // until all is there
        arena_ = memory(); // given back before more is asked for
        inputs_there_ = targets_there_ = outputs_there_ = staging(p, 0);
        machine::require_memory(p, n, [this](int batch) { return bytes(batch); });
        arena_ = machine::template allocate<std::byte>(p, scratch * size_of_number + sizes_.arena(n));
        inputs_ = block<T>(n * sizes_.input), inputs_there_ = staging(p, n * sizes_.input);
        targets_ = block<T>(), classes_ = block<std::int32_t>();
        outputs_ = block<T>(n * sizes_.output), outputs_there_ = staging(p, n * sizes_.output);
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

    /// Places of a batch's samples, targets and, after `download_outputs`, outputs.
    [[nodiscard]] T* inputs() noexcept { return inputs_.data(); }
    [[nodiscard]] T* targets() noexcept { return targets_.data(); }
    [[nodiscard]] const T* inputs() const noexcept { return inputs_.data(); }
    [[nodiscard]] const T* targets() const noexcept { return targets_.data(); }
    [[nodiscard]] std::int32_t* classes() noexcept { return classes_.data(); }
    [[nodiscard]] const std::int32_t* classes() const noexcept { return classes_.data(); }
    [[nodiscard]] const T* outputs() const noexcept { return outputs_.data(); }

    /// Where the machine finds the samples and these targets, and where it leaves the outputs.
    [[nodiscard]] T* upload_inputs(int batch) { return inputs_there_.upload(inputs_.data(), batch * sizes_.input); }
    [[nodiscard]] T* upload_targets(const T* from, int batch) {
        return targets_there_.upload(from, batch * sizes_.target);
    }
    [[nodiscard]] std::int32_t* upload_classes(int batch) {
        return classes_there_.upload(classes_.data(), batch * sizes_.positions);
    }
    [[nodiscard]] T* output_slot() { return outputs_there_.slot(outputs_.data()); }
    void download_outputs(int batch) { outputs_there_.download(outputs_.data(), batch * sizes_.output); }
    [[nodiscard]] std::byte* arena() noexcept { return arena_.data(); }

  private:
    [[nodiscard]] long long bytes(int batch) const {
        const long long targets = of_classes_ ? sizes_.positions * 4 : sizes_.target * size_of_number;
        return sizes_.arena(batch) + batch * ((sizes_.input + sizes_.output) * size_of_number + targets);
    }
    /// Of the kind that is expected; of the other there is none.
    [[gnu::cold, gnu::noinline]] void make_targets(const Policy& p) {
        const long long numbers = of_classes_ ? 0 : reserved_ * sizes_.target,
                        classes = of_classes_ ? reserved_ * sizes_.positions : 0;
        targets_ = block<T>(numbers), targets_there_ = staging(p, numbers);
        classes_ = block<std::int32_t>(classes);
        classes_there_ = typename machine::template staging<std::int32_t>(p, classes);
    }

    static constexpr auto size_of_number = static_cast<long long>(sizeof(T));
    batch_sizes sizes_;
    int reserved_ = 0;
    memory arena_;
    block<T> inputs_, targets_, outputs_;
    block<std::int32_t> classes_;
    staging inputs_there_, targets_there_, outputs_there_;
    typename machine::template staging<std::int32_t> classes_there_;
    bool of_classes_ = false;
};

} // namespace strata::inline STRATA_ABI::detail
