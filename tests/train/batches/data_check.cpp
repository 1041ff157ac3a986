/// Whether a data set fits a network and its loss: each refusal names the set, what it has, and what is taken.
#include "files.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/train/batches/data_check.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

using namespace strata;
using strata_tests::message_of;
using strata_tests::says;

namespace {

const detail::taken_data three{shape(2), shape(3), shape(3), 3};

data::in_memory<> of_classes(int classes) {
    return data::in_memory<>{{.sample = shape(2), .floats = {1, 2}, .labels = {0}, .classes = classes}};
}
data::in_memory<data::values> of_values(shape sample, shape target) {
    return data::in_memory<data::values>{{.sample = sample,
                                          .floats = std::vector<float>(static_cast<std::size_t>(sample.size())),
                                          .targets = std::vector<float>(static_cast<std::size_t>(target.size())),
                                          .target = target}};
}
template <class Loss, class Data>
std::string refusal(const Data& data) {
    return message_of<shape_error>([&] { detail::check_data<Loss, false>(data, three, "held-out"); });
}

} // namespace

TEST_CASE("data_check: what fits passes") {
    CHECK_NOTHROW(detail::check_data<cross_entropy, false>(of_classes(3), three, "training"));
    CHECK_NOTHROW(detail::check_data<cross_entropy, false>(of_classes(2), three, "training")); // fewer than outputs
    CHECK_NOTHROW(detail::check_data<mean_squared_error, false>(of_values(shape(2), shape(3)), three, "training"));
}

TEST_CASE("data_check: what does not fit is named") {
    CHECK(says(refusal<cross_entropy>(of_classes(4)), "the held-out data have 4 classes", "output is [3]", "dense<4>"));
    CHECK(says(refusal<mean_squared_error>(of_values(shape(2), shape(1))), "have targets [1]", "takes [3]"));
    CHECK(says(refusal<mean_squared_error>(of_values(shape(5), shape(3))), "the held-out data have samples [5]",
               "takes [2]", "features<5>"));
}

TEST_CASE("data_check: a data set without a sample is refused") {
    const data::in_memory<> none{{.sample = shape(2), .classes = 3}};
    CHECK(says(refusal<cross_entropy>(none), "the held-out data set is empty"));
}
