#pragma once
/// data_check — whether a data set fits a network and its loss: its samples, and its classes or targets.
/// Errors   shape_error naming the data set, what it has and what is taken; a compile error where the loss takes no
///          class numbers (tests/compile_fail/loss/class_numbers_*.cpp)
#include <strata/base/error.hpp>
#include <strata/base/shape.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/ports.hpp>
#include <strata/data/target.hpp>
#include <strata/plan/ports/port_info.hpp>
#include <strata/train/batches/refused_samples.hpp>

#include <concepts>
#include <cstddef>

namespace strata::inline STRATA_ABI::detail {

/// A class of its own, so that there is one error however many data sets are given.
template <class Loss, bool OfManyPositions>
struct accepts_class_numbers {
    static_assert(Loss::takes_class_index, "strata: this loss needs targets of the output's shape, but the data set "
                                           "has class numbers. Use cross_entropy, or a data set of values.");
    static_assert(!Loss::takes_class_index || !OfManyPositions,
                  "strata: the data set has one class number for each sample, but the network's output is an image or "
                  "a sequence. End it with flatten, dense<K>, or use a data set of class_indices, one for each "
                  "position.");
};

/// Are these extents those of the positions of an output: [H, W] or [1, H, W] of an image, [T] of a sequence or signal?
constexpr bool are_positions(const shape& given, const shape& output) {
    const auto is = [&](int a, int b = 0, int c = 0) {
        const int rank = c > 0 ? 3 : b > 0 ? 2 : 1;
        return given.rank == rank && given.d0 == a && (rank < 2 || given.d1 == b) && (rank < 3 || given.d2 == c);
    };
    if (output.axes == role::image) return is(output.d1, output.d2) || is(1, output.d1, output.d2);
    if (output.axes == role::signal) return is(output.d1) || is(1, output.d1);
    if (output.axes == role::sequence) return is(output.d0) || is(output.d0, 1);
    return is(1);
}

/// What a network and its loss take.
struct taken_data {
    shape sample, target, output;
    int classes; ///< where targets are class numbers
};
/// What a data set has.
struct facts_of_data {
    std::size_t size = 0;
    shape sample{}, target{};
    int classes = -1;          ///< none: its targets are values
    bool at_positions = false; ///< a class for each position of the target
};

/// All but the samples' shape, whose error may name the features.
[[gnu::cold, gnu::noinline]] inline void check_facts(const facts_of_data& given, const taken_data& taken,
                                                     const char* which) {
    if (given.classes > taken.classes)
        raise<shape_error>(
            sentence({"strata: the ", which, " data have ", given.classes, " classes, but the network's output is ",
                      words_of(taken.output), ". End the network with dense<", given.classes, ">."}));
    if (given.classes < 0 && !given.target.same_extents(taken.target))
        raise<shape_error>(sentence({"strata: the ", which, " data have targets ", words_of(given.target),
                                     ", but the loss takes ", words_of(taken.target), "."}));
    if (given.at_positions && !are_positions(given.target, taken.output))
        raise<shape_error>(sentence({"strata: the ", which, " data have classes of ", words_of(given.target),
                                     " positions, but the network's output is ", words_of(taken.output), ", which has ",
                                     taken.output.positions(), "."}));
    if (given.size == 0)
        raise<shape_error>(sentence({"strata: the ", which, " data set is empty. Pass at least one sample."}));
}

/// What a network and its losses take of a data set of several ports: inputs first.
struct port_fact {
    const char* name;
    std::size_t elements;
    int classes; ///< 0: it takes numbers or tokens
    shape extents, output;
};
template <class Layout, class Data>
std::vector<port_fact> port_facts_of() {
    std::vector<port_fact> facts;
    for (int b = 0; b < Layout::blocks; ++b) {
        const int i = b - Layout::inputs;
        const core::port_info& of = i < 0 ? Layout::data.inputs[b] : Layout::data.targets[i];
        const shape output = i < 0 ? shape{} : Layout::output_of(i);
        const bool of_classes = i >= 0 && Layout::template is_of_integers<Data>(b);
        facts.push_back({Layout::name_of(b), Layout::template elements<Data>(b), of_classes ? output.channels() : 0,
                         of_classes ? output.one_per_position() : of.extents, output});
    }
    return facts;
}
[[gnu::cold, gnu::noinline]] inline void check_ports(const std::vector<data::port>& given, std::size_t size,
                                                     const std::vector<port_fact>& taken, const char* which) {
    const auto named = [&](std::string_view name) -> const data::port* {
        for (const data::port& p : given)
            if (p.name == name) return &p;
        return nullptr;
    };
    std::string known;
    for (const port_fact& t : taken) known += sentence({known.empty() ? "\"" : ", \"", t.name, "\""});
    const auto count = [](const auto& all, std::string_view name) {
        int n = 0;
        for (const auto& p : all) n += p.name == name ? 1 : 0;
        return n;
    };
    for (const port_fact& t : taken) {
        if (count(taken, t.name) > 1)
            raise<shape_error>(sentence({"strata: the network has an input and a target called \"", t.name,
                                         "\", so a data set cannot tell them apart. Give one of them another name: an "
                                         "output gets its name from tag<\"...\"> and outputs<\"...\">."}));
        if (count(given, t.name) > 1)
            raise<shape_error>(sentence({"strata: the ", which, " data have \"", t.name, "\" twice in ports()."}));
    }
    for (const port_fact& t : taken) {
        const data::port* const p = named(t.name);
        if (p == nullptr)
            raise<shape_error>(sentence({"strata: the ", which, " data have no \"", t.name,
                                         "\". The network's inputs and targets are ", known, "."}));
        if (!p->extents.same_extents(t.extents) && !(t.classes > 0 && are_positions(p->extents, t.output)))
            raise<shape_error>(sentence({"strata: the ", which, " data have \"", t.name, "\" ", words_of(p->extents),
                                         ", but the network takes ", words_of(t.extents), "."}));
        if (p->classes > t.classes && t.classes > 0)
            raise<shape_error>(sentence({"strata: the ", which, " data have ", p->classes, " classes of \"", t.name,
                                         "\", but that output has ", t.classes, "."}));
    }
    for (const data::port& p : given) {
        bool is_taken = false;
        for (const port_fact& t : taken) is_taken = is_taken || p.name == t.name;
        if (named(p.name) != &p)
            raise<shape_error>(sentence({"strata: the ", which, " data have two parts \"", p.name, "\". Rename one."}));
        if (!is_taken)
            raise<shape_error>(sentence({"strata: the ", which, " data have \"", p.name,
                                         "\", but the network's inputs and targets are ", known, "."}));
    }
    if (size == 0)
        raise<shape_error>(sentence({"strata: the ", which, " data set is empty. Pass at least one sample."}));
}

/// `which` names the data set: "training".
template <class Loss, bool OfManyPositions, class Data>
void check_data(const Data& data, const taken_data& taken, const char* which) {
    facts_of_data given{data.size(), data.sample_shape()};
    if constexpr (std::same_as<typename Data::target_type, data::class_index>) {
        [[maybe_unused]] const accepts_class_numbers<Loss, OfManyPositions> said_once;
        given.classes = data.classes();
    } else if constexpr (std::same_as<typename Data::target_type, data::class_indices>) {
        [[maybe_unused]] const accepts_class_numbers<Loss, false> said_once;
        given.classes = data.classes(), given.target = data.target_shape(), given.at_positions = true;
    } else {
        given.target = data.target_shape();
    }
    check_facts(given, taken, which);
    if (!given.sample.same_extents(taken.sample))
        refuse_samples(sentence({"the ", which, " data"}).c_str(), given.sample, taken.sample, feature_names_of(data));
}

} // namespace strata::inline STRATA_ABI::detail
