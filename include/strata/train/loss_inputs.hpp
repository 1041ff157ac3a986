#pragma once
/// loss_inputs — what a loss takes of a batch besides the network's results: the targets, or its own form of them, and
/// what each sample counts (see losses/loss.hpp and sample_weights.hpp). There is a slot of memory for each batch that
/// may be in flight.
#include <strata/call/call.hpp>
#include <strata/train/sample_weights.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// Does the loss's operation read class numbers?
template <class Loss>
inline constexpr bool reads_classes =
    requires(const Loss& loss, const std::int32_t* of, double* t) { loss.class_values(of, 1LL, 1, t, t); };

/// A batch's targets: numbers, or class numbers at each position, where one that is negative is ignored.
template <class T>
struct batch_targets {
    const T* numbers = nullptr;
    const std::int32_t* classes = nullptr;
};

/// How many there are of one sample.
struct target_sizes {
    int numbers, positions, classes;
};

template <class Loss, class Policy, class T>
class loss_inputs {
  public:
    loss_inputs(const Policy& p, const Loss& loss, const target_sizes& sizes, int slots)
        : loss_(loss), sizes_(sizes), slots_(slots), weights_(p), values_there_(p, 0) {}

    /// Memory for batches of up to n samples, while none is in flight.
    void reserve(const Policy& p, int n, bool of_classes) {
        most_ = n;
        if constexpr (changes_targets)
            if (!of_classes && changed_.size() < slots_ * targets_of_slot())
                changed_ = caller_memory(slots_ * targets_of_slot());
        if constexpr (reads_classes<Loss>)
            if (of_classes && values_.size() == 0)
                values_ = caller_memory(slots_ * values_of_slot()), values_there_ = staging(p, values_of_slot());
    }
    /// The weights that a data set gives the samples of the batch, or none: all count alike.
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return weights_.given(); }

    /// What the batch's mean loss counts beside other batches': its samples, or the weight that the loss gives them.
    [[nodiscard]] double weight(const batch_targets<T>& targets, int batch) const {
        return weights_.empty() ? by_loss(targets, 0, batch) : sum(targets, batch);
    }
    /// The targets, or what the loss makes of them.
    [[nodiscard]] const T* targets(const T* given, int batch, int slot) {
        if constexpr (changes_targets) {
            T* const changed = changed_.data() + slot * targets_of_slot();
            if (loss_.change_targets(given, changed, batch, sizes_.numbers)) return changed;
        }
        return given;
    }
    /// What class targets stand for, where the machine finds it.
    [[nodiscard]] class_values<T> values_of(const std::int32_t* classes, int batch, int slot) {
        if constexpr (reads_classes<Loss>) {
            T *const is = values_.data() + slot * values_of_slot(), *const is_not = is + sizes_.classes;
            const bool others = loss_.class_values(classes, 1LL * batch * sizes_.positions, sizes_.classes, is, is_not);
            const T* const there = values_there_.begin_upload(is, values_of_slot());
            return {there, others ? there + sizes_.classes : nullptr};
        }
        return {};
    }
    /// The same of a batch in flight once more.
    void upload_values_again(int slot) {
        static_cast<void>(values_there_.begin_upload(values_.data() + slot * values_of_slot(), values_of_slot()));
    }
    /// The samples' weights where the machine finds them, in units of their mean; null: all count alike.
    [[nodiscard]] const T* weights(const Policy& p, const batch_targets<T>& targets, int batch, int slot) {
        if (weights_.empty()) return nullptr;
        weights_.reserve(p, slots_, most_);
        return weights_.upload(batch, slot, unit(targets, batch));
    }
    /// The weights of a batch in flight once more.
    void upload_weights_again(int batch, int slot) { weights_.upload_again(batch, slot); }

  private:
    using staging = typename Policy::machine::template staging<T>;
    using caller_memory = typename Policy::machine::template caller_memory<T>;

    [[nodiscard]] long long targets_of_slot() const noexcept { return static_cast<long long>(most_) * sizes_.numbers; }
    [[nodiscard]] long long values_of_slot() const noexcept { return 2LL * sizes_.classes; }

    /// Does the loss make something of the targets before they reach its operation (class weights, smoothed labels)?
    static constexpr bool changes_targets =
        requires(const Loss& loss, const T* from, T* to) { loss.change_targets(from, to, 1, 1); };

    /// What the loss itself makes of samples, such as the weights of their classes. (Of class numbers, each sample is
    /// its positions.)
    [[nodiscard]] double by_loss(const batch_targets<T>& targets, int first, int count) const {
        if constexpr (reads_classes<Loss>)
            if (targets.classes != nullptr)
                return loss_.weight(targets.classes + 1LL * first * sizes_.positions, 1LL * count * sizes_.positions);
        if constexpr (requires { loss_.weight(targets.numbers, count, 1); })
            return loss_.weight(targets.numbers + 1LL * first * sizes_.numbers, count, sizes_.numbers);
        else return count;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] double sum(const batch_targets<T>& targets, int batch) const {
        double sum = 0;
        for (int n = 0; n < batch; ++n) sum += weights_.given()[static_cast<std::size_t>(n)] * by_loss(targets, n, 1);
        return sum;
    }
    /// The loss's plain mean over the batch becomes sum w l / sum w: each sample's part in it counts w times this.
    [[nodiscard, gnu::cold, gnu::noinline]] double unit(const batch_targets<T>& targets, int batch) const {
        const double all = sum(targets, batch);
        return all > 0 ? by_loss(targets, 0, batch) / all : 0;
    }

    [[no_unique_address]] Loss loss_;
    target_sizes sizes_;
    int slots_, most_ = 0;
    detail::sample_weights<Policy, T> weights_;
    caller_memory changed_, values_; ///< `values_`: see class_values
    staging values_there_;
};

} // namespace strata::inline STRATA_ABI::detail
