#pragma once
/// mixed_pair<Data> — what views share that make each sample of two: mixup and cutmix. The second is any sample, drawn
/// by seed, pass and the first's number.
#include <strata/base/error.hpp>
#include <strata/base/random/philox_stream.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/changes/random_normal.hpp>
#include <strata/data/views/view.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data::detail {

[[gnu::cold, gnu::noinline, noreturn]] inline void refuse_alpha(const char* what, double alpha) {
    raise(sentence({"strata: ", what, " was given an alpha of ", static_cast<long long>(alpha),
                    ", but it must be above 0 and at most 4. Use 0.2 for mixup, 1 for cutmix."}));
}

template <class Data>
class mixed_pair : public view<Data> {
  public:
    using target_type = values;
    static constexpr int augmentations = augmentations_of<Data> + 1;

    mixed_pair(Data data, double alpha, const char* what) : view<Data>(std::move(data)), alpha_(alpha) {
        if (!(alpha > 0.001 && alpha <= 4)) refuse_alpha(what, alpha);
    }
    /// Shares of the classes.
    [[nodiscard]] shape target_shape() const { return shape(static_cast<int>(this->data_.classes())); }
    int label(std::size_t) const = delete; // it has two

  protected:
    /// x and t become sample i and another: mix(x, other, random, share) changes x, and returns the share of it that is
    /// left; `share` is what was drawn for it.
    template <class T, class Mix>
    void read_pair(std::size_t i, key k, std::span<T> x, std::span<T> t, const Mix& mix) const {
        const auto use = static_cast<std::uint32_t>(random_use::augmentation)
                         | static_cast<std::uint32_t>(augmentations - 1) << 8
                         | static_cast<std::uint32_t>(static_cast<std::uint64_t>(i) >> 32) << 16;
        philox_stream random{seed{k.seed}, static_cast<random_use>(use),
                             k.epoch << 32 | (static_cast<std::uint64_t>(i) & 0xffffffff)};
        const auto j = static_cast<std::size_t>(random.below(static_cast<std::uint64_t>(this->size())));
        const double drawn = random_share(random, alpha_);
        std::vector<T> other(x.size());
        class_index first, second;
        read_as<T>(this->data_, i, k, x, first);
        read_as<T>(this->data_, j, k, std::span<T>(other), second);
        const double share = mix(x, std::span<const T>(other), random, drawn);
        for (T& of : t) of = T(0);
        t[static_cast<std::size_t>(first.value)] += static_cast<T>(share);
        t[static_cast<std::size_t>(second.value)] += static_cast<T>(1 - share);
    }

  private:
    double alpha_;
};

} // namespace strata::inline STRATA_ABI::data::detail
