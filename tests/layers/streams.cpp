/// The law of streams over networks of every layer that streams.
#include "laws/stream_law.hpp"

#include <strata/sequences.hpp>
#include <strata/surgery.hpp>

using namespace strata;
using namespace strata_tests;

namespace {

/// A block of a WaveNet, whose dilation doubles from one to the next.
template <int Dilation>
using wave = residual<sequence<conv1d<6, 2, causal, dilation<Dilation>>, tanh_activation, conv1d<6, 1>>>;
struct wavenet : network<time_series<1, 24>, conv1d<6, 2, causal>, tag<"first">, wave<1>, wave<2>, wave<4>, wave<8>,
                         add<"first">, relu, conv1d<4, 1>, relu, conv1d<1, 1>> {};

struct normed : network<time_series<3, 12>, normalise, conv1d<8, 3, causal, no_bias>, batch_norm, relu, dropout<0.5>,
                        conv1d<4, 2, causal>, batch_norm, leaky_relu<>, softmax, denormalise> {};
struct joined : network<time_series<2, 12>, tag<"x">, parallel<concat_all, conv1d<3, 3, causal>, conv1d<2, 1, same>>,
                        sigmoid, concat<"x">, repeat<2, conv1d<5, 2, causal>, softplus>> {};
struct halved_by_pools : network<time_series<2, 24>, conv1d<5, 3, causal>, max_pool1d<2>, conv1d<4, 2, causal>,
                                 avg_pool1d<2>, conv1d<3, 1>> {};

struct positions : network<vectors<12, 3>, normalise, dense<7>, batch_norm, relu, layer_norm, residual<dense<7>>,
                           rms_norm, dense<4>, softmax> {};

} // namespace

TEST_CASE("a stream's T steps are one run over T times: residual blocks as in a WaveNet") {
    check_stream<wavenet, 1, 6>();
}
TEST_CASE("a stream's T steps are one run over T times: norms, joins, functions") {
    check_stream<normed, 1, 4>();
    check_stream<joined, 1, 3>();
}
TEST_CASE("a stream's T steps are one run over T times: poolings of windows one beside the other") {
    check_stream<halved_by_pools, 4, 12>();
}
TEST_CASE("a stream's T steps are one run over T positions of a sequence") { check_stream<positions, 1, 4>(); }
TEST_CASE("a stream of a part of a network") {
    struct tail : layers_between<wavenet, 1, 6> {};
    check_stream<tail, 4>();
}
