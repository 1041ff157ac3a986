// Streams: the time of one step, with one time or several per step. `per_time` is the same divided by the times of a
// step; at 48 kHz there are 20.8 µs for each.
//   build/release/bench/streams --benchmark_repetitions=9 --benchmark_enable_random_interleaving=true
#include <strata/inference.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <type_traits>

namespace {

using namespace strata; // NOLINT: a program

/// A small effect: eight channels, 22 times of the past.
struct effect : network<time_series<1, 64>, conv1d<8, 3, causal>, tanh_activation, conv1d<8, 3, causal, dilation<3>>,
                        tanh_activation, conv1d<8, 3, causal, dilation<7>>, tanh_activation, conv1d<1, 1>> {};

/// Blocks as in a WaveNet: sixteen channels, ten dilations, 1,023 times of the past.
template <int Dilation>
using wave = residual<sequence<conv1d<16, 2, causal, dilation<Dilation>>, tanh_activation, conv1d<16, 1>>>;
struct wavenet : network<time_series<1, 64>, conv1d<16, 1>, wave<1>, wave<2>, wave<4>, wave<8>, wave<16>, wave<32>,
                         wave<64>, wave<128>, wave<256>, wave<512>, relu, conv1d<1, 1>> {};

template <class Net, int Hop>
void step(benchmark::State& state) {
    const model<Net> net{seed{1}};
    auto stream = net.template stream<Hop>();
    std::array<float, Hop> x{}, y{};
    for (auto _ : state) {
        x[0] = 0.5f - x[0];
        stream.step(x, y);
        benchmark::DoNotOptimize(y.data());
        benchmark::ClobberMemory();
    }
    state.counters["per_time"] = benchmark::Counter(static_cast<double>(state.iterations()) * Hop,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["bytes"] = static_cast<double>(stream.bytes());
}

} // namespace

BENCHMARK(step<effect, 1>)->Name("effect/1");
BENCHMARK(step<effect, 16>)->Name("effect/16");
BENCHMARK(step<effect, 64>)->Name("effect/64");
BENCHMARK(step<wavenet, 1>)->Name("wavenet/1");
BENCHMARK(step<wavenet, 16>)->Name("wavenet/16");
BENCHMARK(step<wavenet, 64>)->Name("wavenet/64");
