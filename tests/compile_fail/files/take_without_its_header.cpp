// Required layers of another file, without the header that reads it.
// expect: strata: net.take(...) needs #include <strata/files.hpp>.
// expect-types: strata: net.take(...) needs #include <strata/files.hpp>.
#include <strata/strata.hpp>
#include <strata/model/required.hpp>
#ifndef STRATA_BROKEN
#include <strata/files.hpp>
#endif

// [snippet]
struct net : strata::network<strata::features<2>, strata::named<"trunk", strata::dense<8>>, strata::dense<1>> {};

void start(strata::model<net>& model) {
    (void)model.take("pretrained.safetensors", strata::required<"trunk">{});
}
// [/snippet]
