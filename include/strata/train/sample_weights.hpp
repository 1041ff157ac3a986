#pragma once
/// sample_weights — what the samples of a batch count in the loss, where a data set tells: the plain mean over the
/// batch becomes sum_n w[n] l[n] / sum_n w[n]. A loss may weigh samples as well, as cross_entropy does by their
/// classes.
/// Errors   error for a weight that is negative or not finite
#include <strata/data/data_set.hpp>
#include <strata/data/refused_reads.hpp>
#include <strata/run/block.hpp>

#include <cstddef>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

/// The weight of sample `from` of a data set; 1 where it has none.
template <class Data>
double weight_of(const Data& data, std::size_t from) {
    if constexpr (requires { static_cast<double>(data.weight(from)); }) {
        const auto weight = static_cast<double>(data.weight(from));
        if (!data::counts_as_weight(weight)) data::refuse_weight(from);
        return weight;
    } else {
        return 1;
    }
}

template <class Policy, class T>
class sample_weights {
    using staging = typename Policy::machine::template staging<T>;

  public:
    explicit sample_weights(const Policy& p) : there_(p, 0) {}

    /// Of the batch that was gathered, as the data set gives them, or none: all count alike.
    [[nodiscard]] std::vector<double>& given() noexcept { return given_; }
    [[nodiscard]] const std::vector<double>& given() const noexcept { return given_; }
    [[nodiscard]] bool empty() const noexcept { return given_.empty(); }

    /// The factors unit · w[n] of the samples' parts in the loss's plain mean, where the machine finds them; `most` is
    /// the largest batch to come.
    [[nodiscard, gnu::cold, gnu::noinline]] const T* upload(const Policy& p, int batch, int most, double unit) {
        if (factors_.size() < batch) {
            factors_ = block<T>(most);
            there_ = staging(p, most);
        }
        for (int n = 0; n < batch; ++n) factors_.data()[n] = static_cast<T>(unit * given_[static_cast<std::size_t>(n)]);
        return there_.upload(factors_.data(), batch);
    }

  private:
    std::vector<double> given_;
    block<T> factors_;
    staging there_;
};

} // namespace strata::inline STRATA_ABI::detail
