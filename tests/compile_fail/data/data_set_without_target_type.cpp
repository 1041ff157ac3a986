// A data set without a type of targets.
// expect: strata: this type is not a data set: it does not declare its target type. Add 'using target_type = strata::data::class_index;' and classes(), or 'using target_type = strata::data::values;' and target_shape().
// expect-types: strata: this type is not a data set: it does not declare its target type. Add 'using target_type = strata::data::class_index;' and classes(), or 'using target_type = strata::data::values;' and target_shape().
#include <strata/strata.hpp>

// [snippet]
struct rings {
#ifndef STRATA_BROKEN
    using target_type = strata::data::class_index;
#endif
    std::size_t size() const { return 1000; }
    strata::shape sample_shape() const { return strata::shape(2); }
    int classes() const { return 2; }
    void read(std::size_t i, strata::data::key, std::span<float> x, strata::data::class_index& target) const {
        x[0] = x[1] = static_cast<float>(i), target.value = i < 500;
    }
};
struct mlp : strata::network<strata::features<2>, strata::dense<16>, strata::relu, strata::dense<2>> {};

double train(strata::model<mlp>& net) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{.rate = 1e-3}};
    trainer.fit(rings{}, rings{}, {.epochs = 3});
    trainer.fit(rings{}, {.epochs = 3});
    return trainer.evaluate(rings{}).metric;
}
// [/snippet]
