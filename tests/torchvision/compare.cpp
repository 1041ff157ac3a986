/// A network of the literature beside torchvision's own module with the same weights (compare.py writes the files):
///   compare FOLDER     reads before, case and after .safetensors, and prints the largest relative differences of the
///                      scores in inference, and of every gradient and running statistic over a step of training
/// All in double. Compiled once for each network: STRATA_NETWORK is its name, STRATA_NAMES its name map, if it needs
/// one.
#include <strata/files.hpp>
#include <strata/networks.hpp>
#include <strata/networks/torchvision.hpp>
#include <strata/strata.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {
using namespace strata;
using net_type = networks::STRATA_NETWORK<STRATA_CHOICES>;
using model_type = model<net_type, cpu, fp64>;

/// The largest difference, in units of the largest number, or of `least` where that is more.
double difference(const std::vector<double>& a, const std::vector<double>& b, double least = 0) {
    double most = 0, largest = least;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::max(most, std::fabs(a[i] - b[i])), largest = std::max(largest, std::fabs(b[i]));
    return a.size() != b.size() || std::isnan(most) || largest == 0 ? INFINITY : most / largest;
}
model_type loaded(const std::string& path) {
    model_type net;
#ifdef STRATA_NAMES
    net.load(path, networks::torchvision::STRATA_NAMES());
#else
    net.load(path);
#endif
    return net;
}
} // namespace

int main(int, char** arguments) {
    const std::string folder = arguments[1];
    const io::tensor_file torch = io::read_safetensors(folder + "/case.safetensors");
    const auto numbers = [&](const char* name) { return io::as_doubles(torch.at(name)); };
    model_type net = loaded(folder + "/before.safetensors");
    const model_type before = loaded(folder + "/before.safetensors"), after = loaded(folder + "/after.safetensors");
    const double outputs = difference(net(numbers("input")), numbers("output"));

    trainer step{net, cross_entropy{}, sgd{.rate = 1}};
    const std::vector<double> targets = numbers("target");
    const double loss = step.step(numbers("input"), std::vector<std::int32_t>(targets.begin(), targets.end()));
    const double losses = std::fabs(loss - numbers("loss")[0]) / numbers("loss")[0];
    // A bias that a later batch-norm takes out has a gradient of rounding errors: it counts by the largest of all.
    const std::vector<std::string_view> names = model_type::names();
    std::vector<std::vector<double>> mine, its;
    double largest = 0, moves = 0;
    for (const std::string_view name : names) {
        mine.push_back(net.get(name)), its.push_back(after.get(name));
        const std::vector<double> from = before.get(name);
        for (std::size_t e = 0; e < from.size(); ++e) {
            mine.back()[e] -= from[e], its.back()[e] -= from[e];
            largest = std::max(largest, std::fabs(its.back()[e]));
        }
    }
    std::string_view worst;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (const double d = difference(mine[i], its[i], 1e-6 * largest); d > moves || std::isinf(d))
            moves = d, worst = names[i];
    std::printf("%.1e %.1e %.1e %.*s\n", outputs, losses, moves, static_cast<int>(worst.size()), worst.data());
    return outputs < 1e-9 && losses < 1e-9 && moves < 1e-7 ? 0 : 1;
}
