// A change of images whose pixels have classes, which does not say whether it moves them.
// expect: strata: the data set has a class at each position, so a change that augmented is given must say what it does to them: 'void move_labels(std::span<std::int32_t> map, strata::shape, strata::philox_stream&) const' moves them as it moves pixels, and 'static constexpr bool keeps_positions = true' leaves them where they are.
// expect-types: strata: the data set has a class at each position, so a change that augmented is given must say what it does to them: 'void move_labels(std::span<std::int32_t> map, strata::shape, strata::philox_stream&) const' moves them as it moves pixels, and 'static constexpr bool keeps_positions = true' leaves them where they are.
#include <strata/data.hpp>
#include <strata/strata.hpp>

// [snippet]
struct cells : strata::network<strata::image<1, 8, 8>, strata::conv<2, 3, strata::same>> {};

struct darker {
#ifndef STRATA_BROKEN
    static constexpr bool keeps_positions = true;
#endif
    void operator()(std::span<float> x, strata::shape, strata::philox_stream&) const {
        for (float& v : x) v /= 2;
    }
};

double train(strata::model<cells>& net, const strata::data::in_memory<strata::data::class_indices>& samples) {
    strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}};
    const auto more = strata::data::augmented(samples, strata::data::flip{}, darker{});
    trainer.fit(more, {.epochs = 3});
    return trainer.evaluate(more).loss;
}
// [/snippet]
