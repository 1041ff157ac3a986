// A data set without a number of classes, in every view and in what is made of views: one error.
// expect: strata: this type is not a data set: its targets are classes, but it does not declare how many there are. Add 'int classes() const'.
// expect-types: strata: this type is not a data set: its targets are classes, but it does not declare how many there are. Add 'int classes() const'.
#include <strata/data.hpp>
#include <strata/strata.hpp>

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

double train(strata::model<mlp>& net) {
    namespace data = strata::data;
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    const auto noisy = data::augmented(rings{}, [](std::span<float> x, strata::shape, strata::philox_stream& random) {
        x[0] += random.uniform(-0.1f, 0.1f);
    });
    const auto scaled = data::normalised(rings{}, data::fit_normalisation(rings{}));
    const auto of_both = data::normalised(noisy, data::fit_normalisation(noisy));
    const auto by_number = data::weighted(rings{}, [](const auto& sample) { return sample.label == 0 ? 2 : 1; });
    const auto listed = data::weighted(noisy, {1, 0.5, 2});
    const auto some = data::subset(rings{}, {1, 2, 3});
    const auto [fitted_on, held_out] = data::split(rings{}, 0.9, strata::seed{1});
    const auto [first, second, third] = data::split(noisy, 0.8, 0.1, strata::seed{1});
    const auto [left, right] = data::stratified_split(rings{}, 0.9, strata::seed{1});
    data::prefetched_batches batches(rings{}, strata::seed{1});
    batches.begin({1, 2, 3}, 2);
    while (const auto batch = batches.next()) (void)net(batch.samples.first(2));
    trainer.fit(noisy, held_out, {.epochs = 3});
    trainer.fit(scaled, {.epochs = 3});
    trainer.fit(fitted_on, first);
    trainer.fit(second, third);
    trainer.fit(by_number, listed);
    trainer.fit(left, right);
    return trainer.evaluate(some).loss + trainer.evaluate(of_both).loss;
}
// [/snippet]
