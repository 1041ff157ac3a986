#pragma once
#include <strata/data/views/mixed_pair.hpp>

namespace strata::inline STRATA_ABI::data {

/// mixup<Data> — a view whose samples are weighted means of two, drawn anew in every pass.
///   x = s · x[i] + (1 − s) · x[j],  t = s · one-hot[i] + (1 − s) · one-hot[j],  s drawn from Beta(alpha, alpha)
///
///   auto mixed = data::mixup(data::augmented(train, data::crop{}, data::flip{}), 0.2);
///   trainer.fit(mixed, held_out);     // cross_entropy takes shares of classes
///
/// Sample i has the random j and s that seed, pass and i determine, whatever the threads.
/// Options  alpha (0.2): the smaller, the more samples are nearly one of the two
/// Errors   error for an alpha that makes no sense
/// Source   Zhang, Cissé, Dauphin & Lopez-Paz 2018
template <data_set Data>
    requires labelled<Data>
class mixup : public detail::mixed_pair<Data> {
  public:
    explicit mixup(Data data, double alpha = 0.2) : detail::mixed_pair<Data>(std::move(data), alpha, "mixup") {}

    void read(std::size_t i, key k, std::span<float> x, values& target) const {
        this->template read_pair<float>(i, k, x, target.into, mix<float>);
    }
    void read(std::size_t i, key k, std::span<double> x, double_values& target) const
        requires reads<Data, double>
    {
        this->template read_pair<double>(i, k, x, target.into, mix<double>);
    }

  private:
    template <class T>
    static double mix(std::span<T> x, std::span<const T> other, philox_stream&, double share) {
        for (std::size_t e = 0; e < x.size(); ++e)
            x[e] = static_cast<T>(share * static_cast<double>(x[e]) + (1 - share) * static_cast<double>(other[e]));
        return share;
    }
};

} // namespace strata::inline STRATA_ABI::data
