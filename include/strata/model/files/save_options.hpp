#pragma once
/// save_options — options of net.save: the element type of the file, and a self-test.
///
///   net.save("small.safetensors", {.stored = strata::io::dtype::bf16});  // half the size
///   net.save("sure.safetensors", {.self_test = samples});                // load checks the outputs
///   auto bytes = net.save_bytes({.stored = strata::io::dtype::f16});     // no file
///
/// The outputs are computed from the numbers as they are stored; self_test.hpp tells what load does with them.
/// Errors   error for another dtype, a number that the dtype cannot hold, an output that is not finite, an invalid
///          tolerance; shape_error for incomplete samples: all before writing
#include <strata/io/tensors/round_small.hpp>
#include <strata/model/files/model_file.hpp>

#include <cmath>
#include <cstring>

namespace strata::inline STRATA_ABI {

template <class T>
struct save_options {
    io::dtype stored = sizeof(T) == 4 ? io::dtype::f32 : io::dtype::f64; ///< f64, f32, f16 or bf16
    std::span<const T> self_test = {};                                   ///< whole samples, one after the other
    double tolerance = 1e-4; ///< of the self-test: |y − output| ≤ tolerance · (1 + |output|)
};

namespace detail {

/// Numbers as the nearest ones of a dtype, as bytes.
template <class T>
[[gnu::cold, gnu::noinline]] std::vector<std::byte> stored_as(io::dtype type, std::span<const T> numbers) {
    std::vector<std::byte> bytes(numbers.size() * static_cast<std::size_t>(io::fact_of(type).bytes));
    const auto store = [&](auto convert) {
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const auto stored = convert(numbers[i]);
            std::memcpy(bytes.data() + i * sizeof stored, &stored, sizeof stored);
        }
    };
    switch (type) {
    case io::dtype::f64: store([](T x) { return static_cast<double>(x); }); break;
    case io::dtype::f32: store([](T x) { return static_cast<float>(x); }); break;
    case io::dtype::f16: store([](T x) { return io::half_of(static_cast<double>(x)); }); break;
    case io::dtype::bf16: store([](T x) { return io::brain_of(static_cast<double>(x)); }); break;
    default:
        raise(sentence(
            {"strata: a model cannot be saved as ", io::fact_of(type).name, ". Choose f64, f32, f16 or bf16."}));
    }
    return bytes;
}

template <class Net, class Policy, class Precision>
template <class Write>
[[gnu::cold, gnu::noinline]] auto working_model<Net, Policy, Precision>::saved(const char* path,
                                                                               const save_options<number>& o,
                                                                               const Write& write) const {
    using words = description<Net>;
    const std::size_t samples = o.self_test.size() / input_size;
    if (o.self_test.size() != samples * input_size)
        raise<shape_error>(
            sentence({"strata: the self-test of ", path, " was given ", o.self_test.size(),
                      " elements, but the network takes "
                      "samples of ",
                      words_of(inference_plan::data.input), ", ", input_size, " each. Pass whole samples."}));
    if (!(o.tolerance >= 0 && o.tolerance < 1))
        raise(sentence(
            {"strata: the self-test tolerance for ", path, " must be at least 0 and less than 1, for example 1e-4."}));

    working_model reader(*this); // what a reader of the file will have
    std::vector<std::vector<std::byte>> bytes;
    std::vector<io::tensor_view> tensors;
    for (int i = 0; i < static_cast<int>(parameters().size()); ++i) {
        const parameter_info& p = inference_plan::data.parameters[i];
        if (p.where == storage::state) continue;
        std::vector<number> elements(static_cast<std::size_t>(p.extents.size())), rounded(elements.size());
        get(i, elements.data());
        bytes.push_back(stored_as(o.stored, std::span<const number>(elements)));
        tensors.push_back({std::string(words::name(i)), extents_of(p.extents), o.stored, bytes.back()});
        io::copy_numbers(tensors.back(), std::span<number>(rounded));
        for (std::size_t e = 0; e < elements.size(); ++e)
            if (std::isfinite(elements[e]) && !std::isfinite(rounded[e]))
                raise(sentence({"strata: cannot write ", path, ": element ", e, " of ", words::name(i),
                                " is too large for ", io::fact_of(o.stored).name, ". Save it as ",
                                !std::isfinite(static_cast<float>(elements[e])) ? "f64."
                                : o.stored == io::dtype::f16                    ? "bf16 or f32."
                                                                                : "f32."}));
        reader.set(i, rounded.data());
    }
    std::vector<number> outputs;
    if (samples > 0) {
        if constexpr (!plain_ports)
            raise(sentence({"strata: ", path,
                            " cannot have a self-test: its network has several inputs or outputs, or "
                            "some of integers, and a self-test is of one input and one output of numbers. Save it "
                            "without."}));
        outputs = outputs_of(reader, o.self_test);
        for (std::size_t i = 0; i < outputs.size(); ++i)
            if (!std::isfinite(outputs[i]))
                raise(sentence({"strata: cannot write ", path, ": the network's output for sample ", i / output_size,
                                " of its self-test is not finite. Use other samples."}));
        const auto batched = [&](const shape& one) {
            auto extents = extents_of(one);
            extents.insert(extents.begin(), static_cast<long long>(samples));
            return extents;
        };
        tensors.push_back(
            io::view_of(std::string(self_test_names[0]), batched(inference_plan::data.input), o.self_test));
        tensors.push_back(io::view_of(std::string(self_test_names[1]), batched(inference_plan::data.output),
                                      std::span<const number>(outputs)));
        tensors.push_back(io::view_of(std::string(self_test_names[2]), {1}, std::span(&o.tolerance, 1)));
    }
    return write(tensors, words::network_spelling());
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::save(const char* path,
                                                                              const save_options<number>& o) const {
    saved(path, o, [&](const auto& tensors, std::string_view spelling) { write_model_file(path, tensors, spelling); });
}
template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] std::vector<std::byte>
working_model<Net, Policy, Precision>::save_bytes(const save_options<number>& o) const {
    return saved("the bytes", o,
                 [](const auto& tensors, std::string_view spelling) { return model_file_bytes(tensors, spelling); });
}

} // namespace detail

} // namespace strata::inline STRATA_ABI
