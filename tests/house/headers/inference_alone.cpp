/// A program for a device that only infers: compiled with -fno-exceptions -fno-rtti, it includes <strata/inference.hpp>
/// alone.
#include <strata/inference.hpp>

#include <array>

namespace {
struct net_type : strata::network<strata::image<1, 6, 6>, strata::conv<4, 3>, strata::batch_norm, strata::relu,
                                  strata::max_pool<2>, strata::flatten, strata::dense<3>, strata::softmax> {};
} // namespace

int main(int argc, char** argv) {
    strata::model<net_type> net{strata::seed{1}};
    if (argc > 1) {
        net.save(argv[1]);
        net.load(argv[1]);
    }
    auto space = net.make_workspace();
    const std::array<float, 36> image{};
    std::array<float, 3> shares{};
    net.run(image, shares, space);
    const float sum = shares[0] + shares[1] + shares[2];
    return sum > 0.999f && sum < 1.001f && net(image)[0] == shares[0] ? 0 : 1;
}
