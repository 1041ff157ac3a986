// A broken network whose results are asked for by name and by place, at once and kept: one error, that of the network.
// expect: strata: layer 4 of 5, add<"stat">: no earlier value is tagged "stat". Tagged so far: "start".
// expect-types: network_mistake<strata::core::layer<4, 5>, strata::add<
// expect-types: strata::core::mistake_kind::name_was_never_tagged
#include <strata/inference.hpp>

// [snippet]
struct net : strata::network<
    strata::features<4>, strata::tag<"start">, strata::dense<4>, strata::relu,
#ifdef STRATA_BROKEN
    strata::add<"stat">, strata::outputs<"start", "sum">> {};
#else
    strata::tag<"sum">, strata::outputs<"start", "sum">> {};
#endif

float use(const std::vector<float>& samples) {
    const strata::model<net> model;
    const auto results = model(samples);
    const std::vector<float>& start = results.get<"start">();
    const std::vector<float> sum = model(samples).get<"sum">();
    return start[0] + sum[0] + results.get<1>()[0] + model(samples).get<0>()[0];
}
// [/snippet]
