// A view of one input and one target, of a data set of ports.
// expect: strata: this data set has ports(). A trainer, learning_rate_finder, subset and split take it, where it has 'std::size_t size() const', 'std::vector<strata::data::port> ports() const' and 'void read(std::size_t i, strata::data::key, const strata::data::parts<float>& sample) const' (parts<double> for a model of fp64); all others take data sets of one input and one target.
// expect-types: strata: this data set has ports(). A trainer, learning_rate_finder, subset and split take it, where it has 'std::size_t size() const', 'std::vector<strata::data::port> ports() const' and 'void read(std::size_t i, strata::data::key, const strata::data::parts<float>& sample) const' (parts<double> for a model of fp64); all others take data sets of one input and one target.
#include <strata/data.hpp>

// [snippet]
struct pairs {
    std::size_t size() const { return 100; }
    std::vector<strata::data::port> ports() const {
        return {{"left", strata::shape(2)}, {"right", strata::shape(2)}, {"near", strata::shape(1)}};
    }
    void read(std::size_t i, strata::data::key, const strata::data::parts<float>& sample) const {
        for (const char* name : {"left", "right", "near"}) sample.numbers(name)[0] = static_cast<float>(i);
    }
};

void views(const pairs& all) {
#ifdef STRATA_BROKEN
    const auto scaled = strata::data::normalised(all, {});
#else
    const auto [train, test] = strata::data::split(all, 0.9, strata::seed{1});
#endif
}
// [/snippet]
