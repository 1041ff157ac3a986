/// A program compiled without optimisation says so, once, on stderr, when a fit shows its progress.
#include "catch.hpp"
#include "files.hpp"
#include "files/written_to.hpp"

#undef __OPTIMIZE__ // as -O0 has it
#include <strata/data/in_memory.hpp>
#include <strata/layers.hpp>
#include <strata/train/trainer.hpp>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

struct slow : network<features<1>, dense<2>> {};

void fit(bool progress) {
    data::contents c;
    c.sample = shape(1), c.floats = {1, 2}, c.labels = {0, 1}, c.classes = 2;
    model<slow> net{seed{1}};
    trainer trainer{net, cross_entropy{}, adam{}};
    trainer.fit(data::in_memory<>(c), {.progress = progress});
}

} // namespace

TEST_CASE("a fit without optimisation says so once, and not where no progress is wanted") {
    CHECK(written_to(2, [] { fit(false); }).empty());
    std::string out;
    const std::string first = written_to(2, [&] { out = written_to(1, [] { fit(true); }); });
    CHECK(says(first, "strata: this program was compiled without optimisation", "-O2"));
    CHECK(says(out, "epoch 1/1"));
    CHECK(written_to(2, [&] { out = written_to(1, [] { fit(true); }); }).empty());
}
