/// The line that is left of an epoch.
#include "catch.hpp"

#include <strata/train/fit/epoch_line.hpp>

#include <cmath>
#include <string>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace {

history one_epoch(std::vector<std::string> names, std::vector<double> values) {
    history h;
    h.metric_names = std::move(names);
    epoch_record e{.epoch = 3, .loss = 0.04751, .seconds = 2.13};
    e.set_metrics(std::move(values));
    h.epochs.push_back(e);
    return h;
}

} // namespace

TEST_CASE("epoch_line: loss, metrics, seconds", "[train]") {
    history h = one_epoch({"accuracy", "top_5"}, {0.98514, NAN});
    CHECK(detail::epoch_line(h, 10) == "epoch 3/10  loss 0.0475  accuracy 0.9851  2.1 s");
    h.epochs[0].set_held_out(0.0582, {0.981, 1});
    CHECK(detail::epoch_line(h, 10)
          == "epoch 3/10  loss 0.0475  accuracy 0.9851  held-out loss 0.0582  held-out accuracy 0.9810  "
             "held-out top_5 1.0000  2.1 s");
}

TEST_CASE("epoch_line: what is small, large or short keeps its digits", "[train]") {
    history h = one_epoch({"mean_squared_error"}, {1.5e-5});
    h.epochs[0].loss = 123456789, h.epochs[0].seconds = 0.0123;
    CHECK(detail::epoch_line(h, 3) == "epoch 3/3  loss 1.235e+08  mean_squared_error 1.500e-05  0.012 s");
    h.epochs[0].loss = 0, h.epochs[0].seconds = 0.996;
    CHECK(detail::epoch_line(h, 3) == "epoch 3/3  loss 0.0000  mean_squared_error 1.500e-05  1.0 s");
}

TEST_CASE("epoch_line: a confusion matrix is told as the accuracy, once", "[train]") {
    CHECK(detail::epoch_line(one_epoch({"confusion_matrix"}, {0.5}), 3)
          == "epoch 3/3  loss 0.0475  accuracy 0.5000  2.1 s");
    CHECK(detail::epoch_line(one_epoch({"confusion_matrix", "accuracy"}, {0.5, 0.5}), 3)
          == "epoch 3/3  loss 0.0475  accuracy 0.5000  2.1 s");
}
