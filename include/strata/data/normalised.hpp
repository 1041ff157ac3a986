#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/normalisation.hpp>
#include <string>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// normalised<Data> — a view of a data set in which x = (x − mean) / deviation, per channel of an image, else
/// per element; see fit_normalisation. It holds a copy of the data set; targets stay as they are.
///
/// Errors   shape_error where the numbers are not as many as the samples' channels or elements; error for a
///          deviation of 0, a negative one, or one that is not finite
template <data_set Data>
class normalised {
  public:
    using target_type = typename Data::target_type;
    static constexpr int augmentations = augmentations_of<Data>;

    normalised(Data data, normalisation scale)
        : data_(std::move(data)), scale_(std::make_shared<const normalisation>(std::move(scale))) {
        const shape each = data_.sample_shape();
        const std::size_t groups = static_cast<std::size_t>(each.size()) / normalisation::run_of(each);
        if (scale_->mean.size() != groups || scale_->deviation.size() != groups)
            raise<shape_error>(
                sentence({"strata: a normalisation of ", scale_->mean.size(), " means and ", scale_->deviation.size(),
                          " deviations was given for samples of ", groups, each.rank == 3 ? " channels" : " elements",
                          ": fit it on data of the same shape."}));
        for (std::size_t g = 0; g < groups; ++g)
            if (!(scale_->deviation[g] > 0) || scale_->deviation[g] - scale_->deviation[g] != 0
                || scale_->mean[g] - scale_->mean[g] != 0)
                raise(sentence({"strata: mean or deviation ", g,
                                " of a normalisation is not finite, or the deviation is not above 0: fit it anew."}));
    }

    [[nodiscard]] std::size_t size() const { return data_.size(); }
    [[nodiscard]] shape sample_shape() const { return data_.sample_shape(); }
    [[nodiscard]] int classes() const
        requires labelled<Data>
    {
        return data_.classes();
    }
    [[nodiscard]] shape target_shape() const
        requires dense_targets<Data>
    {
        return data_.target_shape();
    }
    [[nodiscard]] const std::string& origin() const
        requires requires(const Data& d) { d.origin(); }
    {
        return data_.origin();
    }
    [[nodiscard]] const std::vector<std::string>& class_names() const
        requires requires(const Data& d) { d.class_names(); }
    {
        return data_.class_names();
    }
    [[nodiscard]] int label(std::size_t i) const
        requires requires(const Data& d) { d.label(std::size_t{}); }
    {
        return data_.label(i);
    }
    [[nodiscard]] const normalisation& scale() const { return *scale_; }

    void read(std::size_t i, key k, std::span<float> x, target_type& target) const {
        data_.read(i, k, x, target);
        const std::size_t run = normalisation::run_of(data_.sample_shape());
        for (std::size_t g = 0; g * run < x.size(); ++g) {
            const double mean = scale_->mean[g], deviation = scale_->deviation[g];
            for (float& v : x.subspan(g * run, run))
                v = static_cast<float>((static_cast<double>(v) - mean) / deviation);
        }
    }

  private:
    Data data_;
    std::shared_ptr<const normalisation> scale_;
};

} // namespace strata::inline STRATA_ABI::data
