#pragma once
/// loss_inputs — what a loss takes of a batch besides the network's results: the targets, or its own form of them, and
/// what each sample counts (see losses/loss.hpp and sample_weights.hpp).
#include <strata/run/block.hpp>
#include <strata/train/sample_weights.hpp>

#include <cstddef>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Loss, class Policy, class T>
class loss_inputs {
  public:
    loss_inputs(const Policy& p, const Loss& loss, int target_size)
        : loss_(loss), target_size_(target_size), weights_(p) {}

    /// Memory for batches of up to n samples.
    void reserve(int n) {
        if constexpr (changes_targets)
            if (changed_.size() < static_cast<long long>(n) * target_size_)
                changed_ = block<T>(static_cast<long long>(n) * target_size_);
    }
    /// The weights that a data set gives the samples of the batch, or none: all count alike.
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return weights_.given(); }

    /// What the batch's mean loss counts beside other batches': its samples, or the weight that the loss gives them.
    [[nodiscard]] double weight(const T* targets, int batch) const {
        return weights_.empty() ? by_loss(targets, batch) : sum(targets, batch);
    }
    /// The targets, or what the loss makes of them.
    [[nodiscard]] const T* targets(const T* given, int batch) {
        if constexpr (changes_targets)
            if (loss_.change_targets(given, changed_.data(), batch, target_size_)) return changed_.data();
        return given;
    }
    /// The samples' weights where the machine finds them, in units of their mean (`most` is the largest batch to come);
    /// null: all count alike.
    [[nodiscard]] const T* weights(const Policy& p, const T* targets, int batch, int most) {
        if (weights_.empty()) return nullptr;
        return weights_.upload(p, batch, most, unit(targets, batch));
    }

  private:
    /// Does the loss make something of the targets before they reach its operation (class weights, smoothed labels)?
    static constexpr bool changes_targets =
        requires(const Loss& loss, const T* from, T* to) { loss.change_targets(from, to, 1, 1); };

    /// What the loss itself makes of samples, such as the weights of their classes.
    [[nodiscard]] double by_loss(const T* targets, int count) const {
        if constexpr (requires { loss_.weight(targets, count, 1); }) return loss_.weight(targets, count, target_size_);
        else return count;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] double sum(const T* targets, int batch) const {
        double sum = 0;
        for (int n = 0; n < batch; ++n)
            sum += weights_.given()[static_cast<std::size_t>(n)]
                   * by_loss(targets + static_cast<std::ptrdiff_t>(n) * target_size_, 1);
        return sum;
    }
    /// The loss's plain mean over the batch becomes sum w l / sum w: each sample's part in it counts w times this.
    [[nodiscard, gnu::cold, gnu::noinline]] double unit(const T* targets, int batch) const {
        const double all = sum(targets, batch);
        return all > 0 ? by_loss(targets, batch) / all : 0;
    }

    [[no_unique_address]] Loss loss_;
    int target_size_;
    detail::sample_weights<Policy, T> weights_;
    block<T> changed_;
};

} // namespace strata::inline STRATA_ABI::detail
