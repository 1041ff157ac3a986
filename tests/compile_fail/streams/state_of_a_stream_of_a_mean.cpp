// The state of a stream of a network that takes the mean over all positions.
// expect: strata: layer 2 of 2, mean_over_positions: is the mean over all positions, but the positions of a stream have no end. Run the network on pieces: net(x).
// expect-types: network_mistake<strata::core::layer<2, 2>, strata::mean_over_positions, strata::core::mistake_kind::layer_cannot_stream, strata::core::got<8, 8>, strata::core::needs<>>
#include <strata/inference.hpp>
#include <strata/sequences.hpp>

#include <array>

// [snippet]
struct filter : strata::network<
    strata::time_series<4, 64>, strata::conv1d<8, 3, strata::causal>,
#ifdef STRATA_BROKEN
    strata::mean_over_positions> {};
#else
    strata::avg_pool1d<8>> {};
#endif

void run(const strata::model<filter>& net, const std::array<float, 32>& x, std::array<float, 8>& y) {
    auto state = net.make_state<8>();
    auto space = net.make_workspace(state);
    net.run(x, y, space, state);
    state.reset();
}
// [/snippet]
