#pragma once
/// summary<Net>() — the table people know from Keras: layers, output shapes, parameters, totals, memory; nested blocks are
/// indented below the layer they stand in.
#include <strata/plan/description.hpp>
#include <strata/train/memory.hpp>

#include <cstdio>
#include <string>

namespace strata::inline v0_1 {

namespace detail {

/// 61706 as "61,706".
[[gnu::cold, gnu::noinline]] inline std::string grouped(long long n) {
    std::string digits = std::to_string(n);
    for (int at = static_cast<int>(digits.size()) - 3; at > (n < 0 ? 1 : 0); at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

[[gnu::cold, gnu::noinline]] inline std::string table_line(const std::string& layer, const std::string& shape, const std::string& parameters) {
    char line[160];
    std::snprintf(line, sizeof line, "%-44.44s %-18s %12s\n", layer.c_str(), shape.c_str(), parameters.c_str());
    return line;
}

template <class Net>
[[gnu::cold, gnu::noinline]] std::string write_summary() {
    using words = description<Net>;
    const std::string rule_line(76, '-');
    std::string table = table_line("layer", "output shape", "parameters") + rule_line + "\n";
    table += table_line("input", words_of(input_shape<Net>), "0");
    for (int i = 0; i < words::layers; ++i) {
        const described_layer& row = words::layer(i);
        std::string name(static_cast<std::size_t>(2 * row.depth), ' ');
        name += std::to_string(row.index) + "  " + std::string(words::spelling(i));
        if (name.size() > 44) name = name.substr(0, 41) + "...";
        table += table_line(name, words_of(row.output), grouped(row.parameters));
    }
    table += rule_line + "\n";
    table += "parameters: " + grouped(parameter_count<Net>) + "\n";
    table += "flops of one inference: " + grouped(flops<Net>) + "\n";
    table += "memory: parameters " + grouped(parameter_bytes<Net>) + " bytes, inference " + grouped(inference_bytes<Net>(1))
             + " bytes for 1 sample, training " + grouped(training_bytes<Net, mean_squared_error>(32))
             + " bytes for 32 samples\n";
    return table;
}

} // namespace detail

template <class Net>
std::string summary() {
    if constexpr (is_sound<Net>) return detail::write_summary<Net>();
    else {
        [[maybe_unused]] const detail::facts<Net> reports{};
        return {};
    }
}

} // namespace strata::inline v0_1
