// Weights of samples that are no numbers.
// expect: strata: data::weighted needs a weight for each sample: a list of numbers, such as a std::vector<double>, or a function of a sample that returns a number.
// expect-types: strata: data::weighted needs a weight for each sample: a list of numbers, such as a std::vector<double>, or a function of a sample that returns a number.
#include <strata/strata.hpp>
#include <strata/data/views/weighted.hpp>

#include <string>
#include <vector>

// [snippet]
auto weigh(const strata::data::in_memory<>& train) {
#ifdef STRATA_BROKEN
    const std::vector<std::string> weights{"1", "0.5", "2"};
#else
    const std::vector<int> weights{1, 0, 2};
#endif
    return strata::data::weighted(train, weights);
}
// [/snippet]
