#pragma once
/// batch_targets<Loss, Policy, T> — a batch's targets for one loss: numbers, or class numbers at each position where
/// the loss reads those and the data have them; and its own form of them, and what each sample counts (see
/// losses/loss.hpp and sample_weights.hpp). There is a slot of memory for each batch that may be in flight.
#include <strata/base/error.hpp>
#include <strata/call/call.hpp>
#include <strata/train/batches/batch_memory.hpp>
#include <strata/train/batches/given_targets.hpp>
#include <strata/train/batches/sample_weights.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// Does the loss's operation read class numbers?
template <class Loss>
inline constexpr bool reads_classes =
    requires(const Loss& loss, const std::int32_t* of, double* t) { loss.class_values(of, 1LL, 1, t, t); };

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_numbers_at_positions() {
    raise<shape_error>("strata: the loss takes a class number for each position of the output, not numbers. Give "
                       "std::int32_t, or a data set of class_indices.");
}

/// A target: where it is, how many numbers a sample has, and the positions and classes of its output.
struct target_info {
    storage where = storage::target;
    int numbers = 0;
    shape output{};
};

template <class Loss, class Policy, class T>
class batch_targets {
  public:
    batch_targets(const Policy& p, const Loss& loss, const target_info& of, int all_slots)
        : loss_(loss), of_(of), slots_(all_slots),
          numbers_(p, of.where, of.numbers * static_cast<long long>(sizeof(T))),
          classes_(p, of.where, of.output.positions() * static_cast<long long>(sizeof(std::int32_t))), weights_(p),
          values_there_(p, 0) {
        if constexpr (requires { loss.check(1); }) loss.check(of.output.channels());
    }

    /// Memory for batches of up to n samples, while none is in flight.
    void reserve(const Policy& p, int n) {
        if (n <= most_) return;
        most_ = n;
        make(p);
    }
    /// Are the targets of the batches to come class numbers, one for each position?
    [[nodiscard]] bool of_classes() const noexcept { return are_classes_; }
    void expect_classes(const Policy& p, bool classes) {
        if (are_classes_ == classes) return;
        are_classes_ = classes;
        make(p);
    }
    /// The place of a slot's targets, and bytes of a sample's.
    [[nodiscard]] std::byte* slot(int i) noexcept { return kind().slot(i); }
    [[nodiscard]] long long each() const noexcept { return are_classes_ ? classes_.each() : numbers_.each(); }
    [[nodiscard]] given_targets<T> given(int i) const noexcept {
        if (are_classes_) return {nullptr, reinterpret_cast<const std::int32_t*>(classes_.slot(i))};
        return {reinterpret_cast<const T*>(numbers_.slot(i)), nullptr, ignored_targets::of(loss_)};
    }

    /// What the loss itself makes of `count` samples from `first` on, such as the weights of their classes: their
    /// number, if nothing.
    [[nodiscard]] double counts(int i, int first, int count) const {
        const given_targets<T> targets = given(i);
        if constexpr (reads_classes<Loss>)
            if (targets.classes != nullptr) {
                const long long positions = of_.output.positions();
                return loss_.weight(targets.classes + first * positions, count * positions);
            }
        if constexpr (requires { loss_.weight(targets.numbers, count, 1); })
            return loss_.weight(targets.numbers + 1LL * first * of_.numbers, count, of_.numbers);
        else if constexpr (ignores_numbers<Loss>) return counted(i, first, count);
        else return count;
    }
    /// How many of `count` samples from `first` on the loss does not ignore; of some, it ignores a part.
    [[nodiscard]] double counted(int i, int first, int count) const {
        const given_targets<T> targets = given(i);
        if (targets.classes != nullptr) {
            const long long positions = of_.output.positions();
            long long n = 0;
            for (long long p = first * positions; p < (first + count) * positions; ++p) n += targets.classes[p] >= 0;
            return static_cast<double>(n) / static_cast<double>(positions);
        }
        if (!targets.ignored.any) return count;
        return static_cast<double>(
                   targets.ignored.counted(targets.numbers + 1LL * first * of_.numbers, 1LL * count * of_.numbers))
               / of_.numbers;
    }
    /// What the batch's mean loss counts beside other batches'; `weights` are the samples' (none: all count alike).
    [[nodiscard]] double weight(int i, const std::vector<double>& weights, int batch) const {
        return weights.empty() ? counts(i, 0, batch) : sum(i, weights, batch);
    }

    /// The frame finds the targets, or what the loss makes of them, and the loss its terms. The loss counts `factor`.
    void upload(const Policy& p, frame<T>& f, int i, const std::vector<double>& weights, double factor,
                loss_terms<T>& terms) {
        terms = {};
        if (are_classes_) {
            classes_.begin_upload(f, i);
            if constexpr (reads_classes<Loss>) terms.classes = values(i, f.batch);
        } else {
            numbers_.begin_upload(f, changed(i, f.batch));
        }
        if constexpr (ignores_numbers<Loss>) { // the operation's mean is that of all
            const double n = counted(i, 0, f.batch);
            factor *= n > 0 ? f.batch / n : 0;
        }
        if (weights.empty() && factor == 1) return;
        weights_.reserve(p, slots_, most_);
        terms.weights =
            weights_.upload(weights, f.batch, i, weights.empty() ? factor : factor * unit(i, weights, f.batch));
    }
    /// The same of a batch in flight once more: addresses and numbers are as they were.
    void upload_again(frame<T>& f, int i, const loss_terms<T>& terms) {
        if (are_classes_) {
            classes_.begin_upload(f, i);
            static_cast<void>(values_there_.begin_upload(values_of(i), 2LL * of_.output.channels()));
        } else {
            numbers_.begin_upload(f, is_changed_ ? bytes_of_changed(i) : numbers_.slot(i));
        }
        if (terms.weights != nullptr) weights_.upload_again(f.batch, i);
    }

  private:
    using staging = typename Policy::machine::template staging<T>;
    using caller_memory = typename Policy::machine::template caller_memory<T>;
    /// Does the loss make something of the targets before they reach its operation (class weights, smoothed labels)?
    static constexpr bool changes_targets =
        requires(const Loss& loss, const T* from, T* to) { loss.change_targets(from, to, 1, 1); };

    [[nodiscard]] port_memory<Policy>& kind() noexcept { return are_classes_ ? classes_ : numbers_; }
    /// Of the kind that is expected; of the other there is none.
    [[gnu::cold, gnu::noinline]] void make(const Policy& p) {
        numbers_.release(p), classes_.release(p);
        kind().reserve(p, most_, slots_);
        if constexpr (changes_targets) changed_ = caller_memory(are_classes_ ? 0 : 1LL * slots_ * most_ * of_.numbers);
        if constexpr (reads_classes<Loss>) {
            const long long n = are_classes_ ? 2LL * of_.output.channels() : 0;
            values_ = caller_memory(slots_ * n), values_there_ = staging(p, n);
        }
    }
    [[nodiscard]] std::byte* bytes_of_changed(int i) {
        return reinterpret_cast<std::byte*>(changed_.data() + 1LL * i * most_ * of_.numbers);
    }
    [[nodiscard, gnu::noinline]] const std::byte* changed(int i, int batch) {
        if constexpr (changes_targets) {
            T* const to = reinterpret_cast<T*>(bytes_of_changed(i));
            is_changed_ = loss_.change_targets(given(i).numbers, to, batch, of_.numbers);
            if (is_changed_) return bytes_of_changed(i);
        }
        return numbers_.slot(i);
    }
    [[nodiscard]] T* values_of(int i) { return values_.data() + 2LL * i * of_.output.channels(); }
    /// What class targets stand for, where the machine finds it.
    [[nodiscard]] class_values<T> values(int i, int batch) {
        const int classes = of_.output.channels();
        T *const is = values_of(i), *const is_not = is + classes;
        const bool others =
            loss_.class_values(given(i).classes, 1LL * batch * of_.output.positions(), classes, is, is_not);
        const T* const there = values_there_.begin_upload(is, 2LL * classes);
        return {there, others ? there + classes : nullptr};
    }
    [[nodiscard, gnu::cold, gnu::noinline]] double sum(int i, const std::vector<double>& weights, int batch) const {
        double sum = 0;
        for (int n = 0; n < batch; ++n) sum += weights[static_cast<std::size_t>(n)] * counts(i, n, 1);
        return sum;
    }
    /// The loss's plain mean over the batch becomes sum w l / sum w: each sample's part in it counts w times this.
    [[nodiscard, gnu::cold, gnu::noinline]] double unit(int i, const std::vector<double>& weights, int batch) const {
        const double all = sum(i, weights, batch);
        return all > 0 ? counts(i, 0, batch) / all : 0;
    }

    [[no_unique_address]] Loss loss_;
    target_info of_;
    int slots_, most_ = 0;
    port_memory<Policy> numbers_, classes_;
    detail::sample_weights<Policy, T> weights_;
    caller_memory changed_, values_; ///< `values_`: see class_values
    staging values_there_;
    bool are_classes_ = false, is_changed_ = false;
};

} // namespace strata::inline STRATA_ABI::detail
