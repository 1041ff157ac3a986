#pragma once
/// The law of streams: T times, passed on step by step, give what the network gives for T times at once, to rounding.
///   strata_tests::check_stream<Net>();         one time per step, then so many: check_stream<Net, 1, 4>();
/// under `reference` and `cpu`, in float and double, from the beginning and after a reset. Running statistics are not
/// those of a new model, so that they matter.
#include "catch.hpp"

#include <algorithm>
#include <cmath>
#include <strata/inference.hpp>
#include <strata/reference/reference.hpp>
#include <vector>

namespace strata_tests {

/// A model whose buffers have numbers of their own: means around 0, deviations and variances around 1.
template <class Model>
Model with_statistics() {
    Model net{strata::seed{11}};
    const auto names = net.names();
    for (int i = 0; i < static_cast<int>(names.size()); ++i) {
        const strata::parameter_info& p = net.parameters()[static_cast<std::size_t>(i)];
        if (p.where != strata::core::storage::buffer) continue;
        const bool spread = names[static_cast<std::size_t>(i)].find("mean") == std::string_view::npos;
        std::vector<typename Model::number> numbers(static_cast<std::size_t>(p.extents.size()));
        for (std::size_t j = 0; j < numbers.size(); ++j)
            numbers[j] = static_cast<typename Model::number>(j * 7 % 5) / 10 + (spread ? 0.75f : -0.25f);
        net.set(i, numbers.data());
    }
    return net;
}

/// The positions [first, first + count) of a signal or sequence.
template <class T>
std::vector<T> positions_of(const std::vector<T>& whole, const strata::shape& s, int first, int count) {
    std::vector<T> part;
    const auto channels = static_cast<std::size_t>(s.channels()), all = static_cast<std::size_t>(s.positions());
    const auto begin = static_cast<std::size_t>(first), end = begin + static_cast<std::size_t>(count);
    if (s.axes == strata::role::sequence) {
        part.assign(whole.data() + begin * channels, whole.data() + end * channels);
    } else {
        for (std::size_t c = 0; c < channels; ++c)
            part.insert(part.end(), whole.data() + c * all + begin, whole.data() + c * all + end);
    }
    return part;
}

template <class T>
std::vector<T> a_signal(long long size) {
    std::vector<T> x(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<T>(static_cast<int>(i * i * 31 % 83) - 41) / 32;
    return x;
}

/// The largest difference between a stream's numbers and those of the whole, over the largest of these.
template <int Hop, class Stream, class T>
double distance_of(Stream& stream, const strata::shape& in, const strata::shape& out, const std::vector<T>& x,
                   const std::vector<T>& y) {
    const int steps = in.positions() / Hop, made = out.positions() / steps;
    double worst = 0, largest = 0;
    for (int step = 0; step < steps; ++step) {
        const std::vector<T> now = positions_of(x, in, step * Hop, Hop), all = positions_of(y, out, step * made, made);
        REQUIRE(now.size() == static_cast<std::size_t>(Stream::input_size));
        REQUIRE(all.size() == static_cast<std::size_t>(Stream::output_size));
        std::vector<T> given(all.size(), std::numeric_limits<T>::quiet_NaN());
        stream.step(now.data(), given.data());
        for (std::size_t i = 0; i < all.size(); ++i) {
            REQUIRE(std::isfinite(given[i]));
            worst = std::max(worst, static_cast<double>(std::abs(given[i] - all[i])));
            largest = std::max(largest, static_cast<double>(std::abs(all[i])));
        }
    }
    CHECK(stream.steps() == static_cast<std::uint64_t>(steps));
    CHECK(largest > 1e-3); // else nothing is compared
    return worst / largest;
}

template <class Net, int Hop, class Policy, class Precision>
void check_stream_of() {
    using model = strata::model<Net, Policy, Precision>;
    using T = typename model::number;
    INFO(Policy::name << ", " << (sizeof(T) == 4 ? "float" : "double") << ", " << Hop << " per step");
    constexpr strata::shape in = strata::input_shape<Net>, out = strata::output_shape<Net>;
    static_assert(in.positions() % Hop == 0, "the test needs whole steps");
    const model net = with_statistics<model>();
    const std::vector<T> x = a_signal<T>(in.size()), y = net(x);
    // Sums of some hundred terms in another order.
    const double rounding = sizeof(T) == 4 ? 2e-6 : 4e-15;
    auto stream = net.template stream<Hop>();
    CHECK(distance_of<Hop>(stream, in, out, x, y) <= rounding);
    stream.reset();
    CHECK(stream.steps() == 0);
    CHECK(distance_of<Hop>(stream, in, out, x, y) <= rounding);
}

template <class Net, int... Hops>
void check_stream() {
    (check_stream_of<Net, Hops, strata::reference, strata::fp64>(), ...);
    (check_stream_of<Net, Hops, strata::reference, strata::fp32>(), ...);
    (check_stream_of<Net, Hops, strata::cpu, strata::fp64>(), ...);
    (check_stream_of<Net, Hops, strata::cpu, strata::fp32>(), ...);
}

} // namespace strata_tests
