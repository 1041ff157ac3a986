// A change of an augmented data set that takes other arguments.
// expect: strata: a change that was given to augmented cannot be called as one. Give it 'void operator()(std::span<float> sample, strata::shape, strata::philox_stream&) const', or use a lambda of these arguments.
// expect-types: strata: a change that was given to augmented cannot be called as one. Give it 'void operator()(std::span<float> sample, strata::shape, strata::philox_stream&) const', or use a lambda of these arguments.
#include <strata/data.hpp>
#include <strata/strata.hpp>

// [snippet]
struct mlp : strata::network<strata::features<2>, strata::dense<16>, strata::relu, strata::dense<2>> {};

double train(strata::model<mlp>& net, const strata::data::in_memory<>& samples) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
#ifdef STRATA_BROKEN
    const auto noisy = strata::data::augmented(samples, [](std::span<float> x) { x[0] += 0.1f; });
#else
    const auto noisy = strata::data::augmented(
        samples, [](std::span<float> x, strata::shape, strata::philox_stream&) { x[0] += 0.1f; });
#endif
    trainer.fit(noisy, {.epochs = 3});
    return trainer.evaluate(noisy).loss;
}
// [/snippet]
