#pragma once
/// loss_inputs — what the loss, or each of several, takes of a batch besides the network's results: targets, and what
/// each sample counts.
#include <strata/train/batches/batch_targets.hpp>
#include <strata/train/losses/losses.hpp>

#include <tuple>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// The losses of a trainer: one, or those of losses{...}.
template <class Loss>
struct losses_of {
    using types = type_list<Loss>;
    static const Loss& get(const Loss& loss, std::integral_constant<int, 0>) { return loss; }
    static double factor(const Loss&, std::integral_constant<int, 0>) { return 1; }
};
template <class... On>
struct losses_of<losses<On...>> {
    using types = type_list<typename On::loss_type...>;
    template <int Which>
    static const auto& get(const losses<On...>& all, std::integral_constant<int, Which>) {
        return std::get<static_cast<std::size_t>(Which)>(all.all).loss;
    }
    template <int Which>
    static double factor(const losses<On...>& all, std::integral_constant<int, Which>) {
        return std::get<static_cast<std::size_t>(Which)>(all.all).weight;
    }
};

/// The only one, or the first.
template <class Loss>
using first_loss = typename losses_of<Loss>::types::template at<0>;

template <class Loss, class Policy, class T, class Types = typename losses_of<Loss>::types,
          class Index = std::make_integer_sequence<int, Types::size>>
class loss_inputs;
template <class Loss, class Policy, class T, class... Losses, int... Index>
class loss_inputs<Loss, Policy, T, type_list<Losses...>, std::integer_sequence<int, Index...>> {
    using parts = losses_of<Loss>;

  public:
    static constexpr int count = static_cast<int>(sizeof...(Losses));

    loss_inputs(const Policy& p, const Loss& loss, const target_info* targets, int all_slots)
        : all_(batch_targets<Losses, Policy, T>(p, parts::get(loss, std::integral_constant<int, Index>{}),
                                                targets[Index], all_slots)...),
          factors_{parts::factor(loss, std::integral_constant<int, Index>{})...},
          terms_(static_cast<std::size_t>(all_slots * count)) {
        if constexpr (requires { loss.check_weights(); }) loss.check_weights();
    }

    /// Loss i's targets.
    template <int Which>
    [[nodiscard]] auto& get() noexcept {
        return std::get<static_cast<std::size_t>(Which)>(all_);
    }
    template <int Which>
    [[nodiscard]] const auto& get() const noexcept {
        return std::get<static_cast<std::size_t>(Which)>(all_);
    }

    /// Memory for batches of up to n samples, while none is in flight; and bytes of a sample.
    void reserve(const Policy& p, int n) { (get<Index>().reserve(p, n), ...); }
    [[nodiscard]] long long each() const { return (get<Index>().each() + ...); }
    /// The weights that a data set gives the samples of the batch, or none: all count alike.
    [[nodiscard]] std::vector<double>& sample_weights() noexcept { return weights_; }
    /// What the batch's mean loss counts beside other batches': of several losses, its samples.
    [[nodiscard]] double weight(int slot, int batch) const {
        if constexpr (count == 1) return get<0>().weight(slot, weights_, batch);
        double sum = weights_.empty() ? batch : 0;
        for (const double w : weights_) sum += w;
        return sum;
    }
    /// How many of the batch's samples count, of several losses all. Of a sample that the loss ignores a part of, it is
    /// the rest.
    [[nodiscard]] double counted(int slot, int batch) const {
        if constexpr (count == 1) return get<0>().counted(slot, 0, batch);
        return batch;
    }
    void upload(const Policy& p, frame<T>& f, int slot) {
        loss_terms<T>* const terms = terms_of(slot);
        (get<Index>().upload(p, f, slot, weights_, factors_[Index], terms[Index]), ...);
        f.losses = terms;
    }
    /// The same of a batch in flight once more.
    void upload_again(frame<T>& f, int slot) { (get<Index>().upload_again(f, slot, terms_of(slot)[Index]), ...); }

  private:
    [[nodiscard]] loss_terms<T>* terms_of(int slot) noexcept {
        return terms_.data() + static_cast<std::size_t>(slot * count);
    }

    std::tuple<batch_targets<Losses, Policy, T>...> all_;
    double factors_[static_cast<unsigned>(count)];
    std::vector<double> weights_;
    std::vector<loss_terms<T>> terms_;
};

} // namespace strata::inline STRATA_ABI::detail
