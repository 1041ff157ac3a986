#pragma once
/// A network at work, compiled once for each of two instruction sets. All of this is the translation unit's own (it
/// stands in an unnamed namespace), but the network is one type in both: what strata makes of it must not be.
#include <strata/strata.hpp>

#include <cstdio>
#include <vector>

/// Writes what each unit computed, a line a number, all bits of it.
void report_first(std::FILE* to);
void report_second(std::FILE* to);

namespace two_instruction_sets {

struct net
    : strata::network<strata::image<3, 9, 7>, strata::conv<17, 3, strata::same>, strata::batch_norm, strata::relu,
                      strata::max_pool<2>, strata::conv<9, 2, strata::groups<1>>, strata::tanh_activation,
                      strata::flatten, strata::dense<33>, strata::sigmoid, strata::dense<5>> {};

namespace {

void report(std::FILE* to) {
    std::fprintf(to, "instruction set %s\n", xsimd::default_arch::name());
    constexpr int batch = 11, input = 3 * 9 * 7, classes = 5;
    std::vector<float> x(batch * input), t(batch * classes, 0.0f);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(static_cast<int>(i * 37 % 101) - 50) / 64.0f;
    for (std::size_t n = 0; n < batch; ++n) t[n * classes + n % classes] = 1;

    strata::model<net> model{strata::seed{7}};
    std::fprintf(to, "parameter block %zu\n", model.parameter_block().size());
    for (const float y : model(x)) std::fprintf(to, "result %a\n", static_cast<double>(y));

    strata::trainer trainer{model, strata::cross_entropy{}, strata::sgd{.rate = 0.1}};
    std::fprintf(to, "loss %a\n", trainer.step(x, t));
    // In PyTorch's order: the layout in memory is the instruction set's.
    const auto gradients = trainer.gradient_block();
    for (const strata::parameter_info& p : model.parameters())
        if (p.where == strata::core::storage::parameter)
            for (long long e = 0; e < p.extents.size(); ++e)
                std::fprintf(to, "gradient %a\n",
                             static_cast<double>(
                                 gradients[static_cast<std::size_t>(p.offset + strata::core::memory_index(p, e))]));
}

} // namespace
} // namespace two_instruction_sets
