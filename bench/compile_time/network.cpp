// A network of the literature, with training: -DSTRATA_NETWORK=googlenet.
#include <strata/networks.hpp>
#include <strata/strata.hpp>

int main() {
    using net_type = strata::networks::STRATA_NETWORK<>;
    strata::model<net_type> net{strata::seed{1}};
    strata::trainer trainer{net, strata::cross_entropy{}, strata::sgd{.rate = 0.1, .momentum = 0.9}};
    const std::vector<float> x(net.input_size, 0.5f), t(net.output_size, 0.001f);
    return trainer.step(x, t) > 0 ? 0 : 1;
}
