#pragma once
/// self_test — samples in a model's file with the outputs that the network must reproduce.
/// A file with a self-test is only loaded by a network that computes the same:
///
///   self_test.input [N, ...]    samples
///   self_test.output [N, ...]   the outputs of the saved network
///   self_test.tolerance [1]     t: |y − output| ≤ t · (1 + |output|) must hold for every number y
#include <strata/io/tensors/copy_numbers.hpp>
#include <strata/model/files/tensor_match.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>

namespace strata::inline STRATA_ABI::detail {

/// What a model makes of samples, a few at a time.
template <class Model>
[[gnu::cold, gnu::noinline]] std::vector<typename Model::number>
outputs_of(const Model& net, std::span<const typename Model::number> samples) {
    constexpr std::size_t in = Model::input_size, most = 64;
    std::vector<typename Model::number> all;
    if constexpr (Model::plain_ports) // others have no self-test
        for (std::size_t n = 0; n < samples.size() / in; n += most) {
            const auto some = net(samples.subspan(n * in, std::min(most * in, samples.size() - n * in)));
            all.insert(all.end(), some.begin(), some.end());
        }
    return all;
}

/// Says in m.differences what is wrong with the form of a self-test, where there is one.
[[gnu::cold, gnu::noinline]] inline void check_self_test_shapes(tensor_match& m, const shape& input,
                                                                const shape& output) {
    const auto& [in, out, tolerance] = m.self_test;
    if (in == nullptr && out == nullptr && tolerance == nullptr) return;
    const auto differs = [&](std::string_view name, std::initializer_list<sentence_part> why) {
        m.differences += sentence({"\n  ", name, ": ", sentence(why)});
    };
    for (int part = 0; part < 3; ++part)
        if (m.self_test[part] == nullptr)
            differs(self_test_names[part], {"not in the file, but the rest of its self-test is"});
        else if (!holds_numbers(*m.self_test[part]))
            differs(self_test_names[part],
                    {io::fact_of(m.self_test[part]->dtype).name, " in the file, but must be floating-point numbers"});
    const auto batched = [](const io::tensor_view& t, const shape& one) {
        std::vector<long long> extents = extents_of(one);
        extents.insert(extents.begin(), t.shape.empty() ? 0 : t.shape[0]);
        return extents[0] > 0 && same_but_for_ones(t.shape, extents);
    };
    if (in != nullptr && !batched(*in, input))
        differs(in->name, {words_of_extents(in->shape), " in the file, but must be N samples of ",
                           words_of_extents(extents_of(input)), ", N first"});
    if (out != nullptr && !batched(*out, output))
        differs(out->name, {words_of_extents(out->shape), " in the file, but must be N outputs of ",
                            words_of_extents(extents_of(output)), ", N first"});
    else if (in != nullptr && out != nullptr && !in->shape.empty() && in->shape[0] != out->shape[0])
        differs(out->name, {out->shape[0], " outputs for ", in->shape[0], " samples"});
    if (tolerance != nullptr && tolerance->size() != 1)
        differs(tolerance->name, {tolerance->size(), " numbers in the file, but must be one"});
}

/// The sentence that says which output is not what the file says, or nothing.
template <class Model>
[[nodiscard, gnu::cold, gnu::noinline]] std::string fault_of_self_test(const Model& net, const tensor_match& m,
                                                                       const char* path) {
    using number = typename Model::number;
    std::vector<number> input(m.self_test[0]->size());
    io::copy_numbers(*m.self_test[0], std::span<number>(input));
    const std::vector<double> expected = io::as_doubles(*m.self_test[1]);
    const double tolerance = io::as_doubles(*m.self_test[2])[0];
    const auto y = outputs_of(net, input);
    for (std::size_t i = 0; i < y.size(); ++i)
        if (const auto got = static_cast<double>(y[i]);
            !(std::abs(got - expected[i]) <= tolerance * (1 + std::abs(expected[i])))) {
            char numbers[128];
            std::snprintf(numbers, sizeof numbers, "%.9g, but the file expects %.9g, within %g * (1 + its magnitude)",
                          got, expected[i], tolerance);
            return sentence({"strata: ", path, " fails its self-test, and nothing was loaded: output ",
                             i % Model::output_size, " for self_test.input ", i / Model::output_size, " is ", numbers,
                             ". Was it saved from a network with different options, or modified?"});
        }
    return {};
}

} // namespace strata::inline STRATA_ABI::detail
