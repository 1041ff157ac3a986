#pragma once
/// sample_weights — what the samples of a batch count in the loss, where a data set tells: the plain mean over the
/// batch becomes sum_n w[n] l[n] / sum_n w[n]. A loss may weigh samples as well, as cross_entropy does by their
/// classes.
/// Errors   error for a weight that is negative or not finite
#include <strata/data/data_set.hpp>
#include <strata/data/readers/refused_reads.hpp>

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

    /// Memory for batches of up to `most` samples, as many as may be in flight.
    [[gnu::cold, gnu::noinline]] void reserve(const Policy& p, int all_slots, int most) {
        if (most <= most_) return;
        most_ = most;
        factors_ = caller_memory(static_cast<long long>(all_slots) * most);
        there_ = staging(p, most);
    }
    /// The factors unit · w[n] of the samples' parts in the loss's plain mean, where the machine finds them.
    /// (Without weights, all have 1.)
    [[nodiscard, gnu::cold, gnu::noinline]] const T* upload(const std::vector<double>& given, int batch, int slot,
                                                            double unit) {
        for (int n = 0; n < batch; ++n)
            of(slot)[n] = static_cast<T>(given.empty() ? unit : unit * given[static_cast<std::size_t>(n)]);
        return upload_again(batch, slot);
    }
    const T* upload_again(int batch, int slot) { return there_.begin_upload(of(slot), batch); }

  private:
    using caller_memory = typename Policy::machine::template caller_memory<T>;
    [[nodiscard]] T* of(int slot) noexcept { return factors_.data() + static_cast<long long>(slot) * most_; }

    int most_ = 0;
    caller_memory factors_;
    staging there_;
};

} // namespace strata::inline STRATA_ABI::detail
