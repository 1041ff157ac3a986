#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/views/normalisation.hpp>
#include <strata/data/views/view.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// Of what is no data set: one error says so.
template <class Data>
class normalised : public explained_view<Data> {
  public:
    normalised(const Data&, const normalisation&) {}
};
template <class Data>
normalised(Data, normalisation) -> normalised<Data>;

/// normalised<Data> — a view of a data set in which x = (x − mean) / deviation.
/// The numbers are per channel of an image, else per element; see fit_normalisation. It holds a copy of the data set;
/// targets are not changed. If the data set holds doubles, they are scaled before they are rounded: two timestamps a
/// second apart remain two different floats.
///
/// Errors   shape_error where the numbers do not match the samples' channels or elements; error for a deviation that is
///          not a positive, finite number
template <data_set Data>
class normalised<Data> : public view<Data> {
    using view<Data>::data_;

    static_assert(reads<Data, float> || reads<Data, double>,
                  "strata: normalised changes numbers, but the samples of this data set are tokens.");

  public:
    using typename view<Data>::target_type;

    normalised(Data data, normalisation scale)
        : view<Data>(std::move(data)), scale_(std::make_shared<const normalisation>(std::move(scale))) {
        const shape each = data_.sample_shape();
        const std::size_t groups = static_cast<std::size_t>(each.size()) / normalisation::run_of(each);
        if (scale_->mean.size() != groups || scale_->deviation.size() != groups)
            raise<shape_error>(
                sentence({"strata: a normalisation of ", scale_->mean.size(), " means and ", scale_->deviation.size(),
                          " deviations does not match samples of ", groups, each.rank == 3 ? " channels" : " elements",
                          ". Fit it to data of the same shape."}));
        for (std::size_t g = 0; g < groups; ++g)
            if (!(scale_->deviation[g] > 0) || scale_->deviation[g] - scale_->deviation[g] != 0
                || scale_->mean[g] - scale_->mean[g] != 0)
                raise(sentence({"strata: mean or deviation ", g,
                                " of a normalisation is not finite, or the deviation is not above 0. Fit it again."}));
    }

    [[nodiscard]] const normalisation& scale() const { return *scale_; }

    /// Floats are made of doubles where the data set holds any: what is near to the mean keeps its digits.
    void read(std::size_t i, key k, std::span<float> x, target_type& target) const {
        if constexpr (reads<Data, double>)
            if (!reads<Data, float> || data::holds_doubles(data_)) {
                read_as<float>(in_doubles{this}, i, k, x, target);
                return;
            }
        if constexpr (reads<Data, float>) {
            data_.read(i, k, x, target);
            apply(x);
        }
    }
    void read(std::size_t i, key k, std::span<double> x, target_for<target_type, double>& target) const
        requires reads<Data, double>
    {
        data_.read(i, k, x, target);
        apply(x);
    }

  private:
    /// This view, read as doubles alone.
    struct in_doubles {
        using target_type = typename Data::target_type;
        const normalised* all;
        void read(std::size_t i, key k, std::span<double> x, target_for<target_type, double>& target) const {
            all->read(i, k, x, target);
        }
    };
    template <class T>
    void apply(std::span<T> x) const {
        const std::size_t run = normalisation::run_of(data_.sample_shape());
        for (std::size_t g = 0; g * run < x.size(); ++g) {
            const double mean = scale_->mean[g], deviation = scale_->deviation[g];
            for (T& v : x.subspan(g * run, run)) v = static_cast<T>((static_cast<double>(v) - mean) / deviation);
        }
    }

    std::shared_ptr<const normalisation> scale_;
};

} // namespace strata::inline STRATA_ABI::data
