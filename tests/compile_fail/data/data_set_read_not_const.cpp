// A data set whose read is not const.
// expect: strata: this type is not a data set: its samples cannot be read. Add 'void read(std::size_t i, strata::data::key, std::span<float> sample, target_type& target) const', or the same with std::span<double>.
// expect-types: strata: this type is not a data set: its samples cannot be read. Add 'void read(std::size_t i, strata::data::key, std::span<float> sample, target_type& target) const', or the same with std::span<double>.
#include <strata/strata.hpp>

// [snippet]
struct sine {
    using target_type = strata::data::values;
    std::size_t size() const { return 1000; }
    strata::shape sample_shape() const { return strata::shape(1); }
    strata::shape target_shape() const { return strata::shape(1); }
#ifdef STRATA_BROKEN
    void read(std::size_t i, strata::data::key, std::span<float> x, strata::data::values& target) {
#else
    void read(std::size_t i, strata::data::key, std::span<float> x, strata::data::values& target) const {
#endif
        x[0] = static_cast<float>(i) / 1000, target.into[0] = std::sin(x[0]);
    }
};
struct mlp : strata::network<strata::features<1>, strata::dense<16>, strata::tanh_activation, strata::dense<1>> {};

double loss(strata::model<mlp>& net) {
    strata::trainer trainer{net, strata::mean_squared_error{}, strata::adam{}};
    return trainer.evaluate(sine{}).loss;
}
// [/snippet]
