#pragma once
/// summary<Net>() — the table people know from Keras: layers, output shapes, parameters, totals, memory; nested blocks
/// are indented below the layer they stand in. summary<Net, Loss, Policy>() says as well what training under that loss
/// takes, on that policy's machine.
#include <strata/base/sentence.hpp>
#include <strata/plan/description.hpp>
#include <strata/train/memory.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace strata::inline STRATA_ABI {

namespace detail {

/// 61706 as "61,706".
[[gnu::cold, gnu::noinline]] inline std::string grouped(long long n) {
    if (-1000 < n && n < 1000) return sentence({n});
    const long long last = n < 0 ? -(n % 1000) : n % 1000;
    return sentence({grouped(n / 1000), last < 10 ? ",00" : last < 100 ? ",0" : ",", last});
}

/// All that the table says of a network.
struct summary_facts {
    shape input;
    int layers;
    const described_layer* rows;
    std::string_view (*spelling)(int layer);
    long long parameters, flops, parameter_bytes, inference_bytes, training_bytes = -1; ///< −1: not told
};

[[gnu::cold, gnu::noinline]] inline std::string table_line(const char* layer, const shape& output,
                                                           const std::string& parameters) {
    char line[160];
    std::snprintf(line, sizeof line, "%-44.44s %-18s %12s\n", layer, words_of(output).c_str(), parameters.c_str());
    return sentence({line});
}

/// Not a template: what a program's second network costs is its facts.
[[gnu::cold, gnu::noinline]] inline std::string write_summary(const summary_facts& facts) {
    char rule_line[78];
    std::snprintf(rule_line, sizeof rule_line, "%.*s\n", 76,
                  "----------------------------------------"
                  "----------------------------------------");
    char head[160];
    std::snprintf(head, sizeof head, "%-44s %-18s %12s\n", "layer", "output shape", "parameters");
    std::string table = sentence({head, rule_line, table_line("input", facts.input, "0")});
    for (int i = 0; i < facts.layers; ++i) {
        const described_layer& row = facts.rows[i];
        const std::string_view words = facts.spelling(i);
        char name[46];
        const int length = std::snprintf(name, sizeof name, "%*s%d  %.*s", 2 * row.depth, "", row.index,
                                         static_cast<int>(words.size()), words.data());
        if (length > 44) std::snprintf(name + 41, 4, "...");
        table += table_line(name, row.output, grouped(row.parameters));
    }
    const std::string training =
        facts.training_bytes < 0 ? std::string()
                                 : sentence({", training ", grouped(facts.training_bytes), " bytes for 32 samples"});
    return sentence({table, rule_line, "parameters: ", grouped(facts.parameters), "\nflops of one inference: ",
                     grouped(facts.flops), "\nmemory: parameters ", grouped(facts.parameter_bytes),
                     " bytes, inference ", grouped(facts.inference_bytes), " bytes for 1 sample", training, "\n"});
}

} // namespace detail

template <class Net, class Loss = no_loss, class Policy = cpu>
std::string summary() {
    if constexpr (is_sound<Net>) {
        using words = description<Net>;
        long long training = -1;
        if constexpr (!std::is_same_v<Loss, no_loss>) training = training_bytes<Net, Loss, Policy>(32);
        return detail::write_summary(detail::summary_facts{.input = input_shape<Net>,
                                                           .layers = words::layers,
                                                           .rows = words::table.rows,
                                                           .spelling = &words::spelling,
                                                           .parameters = parameter_count<Net>,
                                                           .flops = flops<Net>,
                                                           .parameter_bytes = parameter_bytes<Net, Policy>,
                                                           .inference_bytes = inference_bytes<Net, Policy>(1),
                                                           .training_bytes = training});
    } else {
        [[maybe_unused]] const detail::facts<Net> reports{};
        return {};
    }
}

} // namespace strata::inline STRATA_ABI
