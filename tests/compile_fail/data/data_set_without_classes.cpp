// A data set with class numbers, but without a number of classes.
// expect: strata: this type is not a data set: its targets are classes, but it does not declare how many there are. Add 'int classes() const'.
// expect-types: strata: this type is not a data set: its targets are classes, but it does not declare how many there are. Add 'int classes() const'.
#include <strata/strata.hpp>
#include <strata/train/fit/learning_rate_finder.hpp>

// [snippet]
struct rings {
    using target_type = strata::data::class_index;
    std::size_t size() const { return 1000; }
    strata::shape sample_shape() const { return strata::shape(2); }
#ifndef STRATA_BROKEN
    int classes() const { return 2; }
#endif
    void read(std::size_t i, strata::data::key, std::span<float> x, strata::data::class_index& target) const {
        x[0] = x[1] = static_cast<float>(i), target.value = i < 500;
    }
};
struct mlp : strata::network<strata::features<2>, strata::dense<16>, strata::relu, strata::dense<2>> {};

double search(strata::model<mlp>& net) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    return strata::learning_rate_finder{}.search(trainer, rings{}).suggestion();
}
// [/snippet]
