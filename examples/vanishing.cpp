// Vanishing gradients in a network of 30 layers: the gradient's norm by depth, with sigmoid, relu, batch-norm and
// residual blocks.
// Source: Hochreiter 1991; Ioffe & Szegedy 2015; He et al. 2016
#include <strata/pictures.hpp>
#include <strata/strata.hpp>

#include "arguments.hpp"
#include "claims.hpp"

using namespace strata;

constexpr int depth = 30, width = 32, batch = 64;
template <class... Layer>
struct tower : network<image<1, 28, 28>, flatten, dense<width>, repeat<depth, Layer...>, dense<10>> {};

using with_sigmoid = tower<dense<width>, sigmoid>;
using with_relu = tower<dense<width>, relu>;
using with_batch_norm = tower<dense<width>, batch_norm, relu>;
using with_residual = tower<residual<sequence<dense<width>, batch_norm, relu>>>;

// The norm of the gradient of each layer's weights, from the first to the last.
template <class Net>
std::vector<double> gradient_norms(const arguments& given, const std::vector<float>& x, const std::vector<float>& t) {
    model<Net> net{seed{given.seed}, cpu{.threads = given.threads}};
    trainer step{net, cross_entropy{}, sgd{.rate = 1e-6}};
    step.step(x, t);
    std::vector<double> norms;
    for (const parameter_info& p : net.parameters()) {
        if (p.extents != shape(width, width)) continue;
        double square = 0;
        const auto at = static_cast<std::size_t>(p.offset), n = static_cast<std::size_t>(p.elements);
        for (const float g : step.gradient_block().subspan(at, n)) square += 1.0 * g * g;
        norms.push_back(std::sqrt(square));
    }
    return norms;
}

// ctest quick:
int main(int argc, char** argv) try {
    const arguments given(argc, argv, {});
    const auto digits = data::mnist(given.data).train;
    std::printf("data: %s\n", digits.origin().c_str());
    std::vector<float> x(batch * 28 * 28), t(batch * 10);
    for (std::size_t i = 0; i < batch; ++i) {
        data::class_index c;
        digits.read(i, {}, std::span(x).subspan(i * 28 * 28, 28 * 28), c);
        t[i * 10 + static_cast<std::size_t>(c.value)] = 1;
    }

    claims claim;
    line_plot plot{.title = "The gradient by depth", .x_label = "layer", .y_label = "norm of its gradient",
                   .log_y = true};
    const auto run = [&]<class Net>(std::type_identity<Net>, const char* name) {
        const std::vector<double> norms = gradient_norms<Net>(given, x, t);
        plot.series.push_back({name, norms});
        std::printf("%-10s layer 1: %.2e, layer %d: %.2e\n", name, norms.front(), depth, norms.back());
        return norms.front() / norms.back();
    };
    const double of_sigmoid = run(std::type_identity<with_sigmoid>{}, "sigmoid");
    const double of_relu = run(std::type_identity<with_relu>{}, "relu");
    const double of_norm = run(std::type_identity<with_batch_norm>{}, "batch-norm");
    const double of_residual = run(std::type_identity<with_residual>{}, "residual");
    plot.save("vanishing.svg");
    claim(of_sigmoid < 1e-6, "with sigmoid the first layer gets less than a millionth of the last's gradient: %.1e",
          of_sigmoid);
    claim(of_relu > of_sigmoid, "with relu it gets more: %.1e", of_relu);
    claim(of_norm > 0.01, "with batch-norm it gets more than a hundredth: %.2g", of_norm);
    claim(of_residual > 0.01, "and so it does with residual blocks: %.2g", of_residual);
    return claim.exit_status();
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
