#pragma once
/// A model's parameters and buffers by their names in files: net.get("0.weight"), net.set("0.weight", numbers); and
/// which there are:
///
///   for (const strata::named_parameter& p : net.named_parameters())
///       std::printf("%s %s\n", std::string(p.name).c_str(), strata::words_of(p.extents).c_str());
#include <strata/base/words/near_names.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/description.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

/// A parameter or buffer: `net.get(p.name)` are its extents.size() numbers, in PyTorch's order.
struct named_parameter {
    std::string_view name; ///< in files: "0.weight"
    shape extents;
    bool is_buffer = false; ///< saved, and not trained: running statistics
};

namespace detail {

/// The sentence about a name that no parameter or buffer has: those that are near, and the first twenty.
template <class = void>
[[noreturn, gnu::cold, gnu::noinline]] void refuse_name(std::string_view name,
                                                        std::span<const std::string_view> names) {
    constexpr std::size_t most = 20;
    std::string known;
    for (std::size_t i = 0; i < names.size() && (i < most || names.size() == most + 1); ++i)
        known += sentence({i == 0 ? "" : ", ", names[i]});
    if (names.size() > most + 1) known += sentence({", ... and ", names.size() - most, " more (see net.names())"});
    raise(sentence({"strata: the network has no parameter or buffer '", name, "'. ", near_names(name, names),
                    known.empty() ? std::string_view("It has none") : std::string_view("It has "), known, "."}));
}

/// The place of a parameter or buffer among the model's. Raises an error that lists the names there are.
template <class Net>
[[gnu::cold, gnu::noinline]] int place_of_parameter(std::string_view name, std::span<const parameter_info> all) {
    using words = description<Net>;
    std::vector<std::string_view> names;
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
        if (words::name(i) == name) return i;
        names.push_back(words::name(i));
    }
    refuse_name(name, names);
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] auto working_model<Net, Policy, Precision>::get(std::string_view name) const
    -> std::vector<number> {
    const int i = place_of_parameter<Net>(name, parameters());
    std::vector<number> elements(static_cast<std::size_t>(inference_plan::data.parameters[i].extents.size()));
    get(i, elements.data());
    return elements;
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] void working_model<Net, Policy, Precision>::set(std::string_view name,
                                                                             std::span<const number> elements) {
    const int i = place_of_parameter<Net>(name, parameters());
    const auto size = static_cast<std::size_t>(inference_plan::data.parameters[i].extents.size());
    if (elements.size() != size)
        raise<shape_error>(
            sentence({"strata: '", name, "' has ", size, " elements, ",
                      words_of(inference_plan::data.parameters[i].extents), ", but was given ", elements.size(), "."}));
    set(i, elements.data());
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] std::vector<named_parameter> working_model<Net, Policy, Precision>::named_parameters() {
    std::vector<named_parameter> all;
    for (int i = 0; i < static_cast<int>(parameters().size()); ++i) {
        const parameter_info& p = inference_plan::data.parameters[i];
        all.push_back({description<Net>::name(i), p.extents, p.where != storage::parameter});
    }
    return all;
}

template <class Net, class Policy, class Precision>
[[gnu::cold, gnu::noinline]] std::vector<std::string_view> working_model<Net, Policy, Precision>::names() {
    std::vector<std::string_view> all;
    for (int i = 0; i < static_cast<int>(parameters().size()); ++i) all.push_back(description<Net>::name(i));
    return all;
}

} // namespace detail

} // namespace strata::inline STRATA_ABI
