#pragma once
/// data_check — whether a data set fits a network and its loss: its samples, and its classes or targets.
/// Errors   shape_error naming the data set, what it has and what is taken; a compile error where the loss takes no
///          class numbers (tests/compile_fail/class_numbers_*.cpp)
#include <strata/base/error.hpp>
#include <strata/base/sentence.hpp>
#include <strata/base/shape.hpp>
#include <strata/data/target.hpp>
#include <strata/train/refused_samples.hpp>

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
    if (given.at_positions && given.target.size() != taken.output.positions())
        raise<shape_error>(sentence({"strata: the ", which, " data have classes of ", words_of(given.target),
                                     " positions, but the network's output is ", words_of(taken.output), ", which has ",
                                     taken.output.positions(), "."}));
    if (given.size == 0)
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
