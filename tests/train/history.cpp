#include "catch.hpp"
#include <cmath>
#include <strata/train/history.hpp>

using strata::epoch_record;
using strata::history;

TEST_CASE("history: the best epoch has the lowest held-out loss", "[train]") {
    const history h{{{.epoch = 1, .loss = 0.5, .held_out_loss = 0.6, .has_held_out = true},
                     {.epoch = 2, .loss = 0.4, .held_out_loss = 0.3, .has_held_out = true},
                     {.epoch = 3, .loss = 0.1, .held_out_loss = 0.7, .has_held_out = true}}};
    CHECK(h.best().epoch == 2);
}

TEST_CASE("history: without held-out samples the training loss decides", "[train]") {
    const history h{{{.epoch = 1, .loss = 0.5}, {.epoch = 2, .loss = 0.25}, {.epoch = 3, .loss = 0.25}}};
    CHECK(h.best().epoch == 2); // the first of equal ones
}

TEST_CASE("history: epochs that were not evaluated are no candidates", "[train]") {
    const history h{{{.epoch = 1, .loss = 0.1},
                     {.epoch = 2, .loss = 0.4, .held_out_loss = 0.9, .has_held_out = true},
                     {.epoch = 3, .loss = 0.2}}};
    CHECK(h.best().epoch == 2);
}

TEST_CASE("history: not a number is never best", "[train]") {
    const history h{{{.epoch = 1, .loss = NAN}, {.epoch = 2, .loss = 7}, {.epoch = 3, .loss = NAN}}};
    CHECK(h.best().epoch == 2);
    CHECK_THROWS_AS((history{{{.epoch = 1, .loss = NAN}}}.best()), strata::error);
    CHECK_THROWS_AS(history{}.best(), strata::error);
}

TEST_CASE("history: the table", "[train]") {
    const history plain{{{.epoch = 1, .loss = 0.25, .metric = 0.9375, .seconds = 1.5},
                         {.epoch = 2, .loss = 1e-5, .metric = 1, .seconds = 120.25}}};
    CHECK(plain.to_text()
          == "epoch        loss      accuracy   seconds\n"
             "    1        0.25        0.9375      1.50\n"
             "    2       1e-05             1    120.25\n");
    const history held_out{{{.epoch = 1, .loss = 0.25, .metric = 0.5, .seconds = 1},
                            {.epoch = 2,
                             .loss = 0.125,
                             .metric = 0.75,
                             .held_out_loss = 0.5,
                             .held_out_metric = 0.625,
                             .seconds = 2,
                             .has_held_out = true}}};
    CHECK(held_out.to_text("top_5")
          == "epoch        loss         top_5  held-out loss      held-out top_5   seconds\n"
             "    1        0.25           0.5              -                   -      1.00\n"
             "    2       0.125          0.75            0.5               0.625      2.00\n");
}
