#pragma once
/// fit_target_scale(net, data) — fills the denormalise layer that ends a model from the training targets.
/// It gets their mean and standard deviation (of the population), per output, or per channel over all pixels.
///
///   struct net_type : strata::network<strata::features<8>, strata::normalise, strata::dense<16>, strata::relu,
///                                     strata::dense<1>, strata::denormalise> {};
///   strata::fit_target_scale(net, train);
///
/// A target that is equal in all samples has std 1. Call it before the fit: later it changes what the model computes.
/// Rules    denormalise is the last layer, or the last one in a named or sequence that is
/// Errors   shape_error where the data are empty or their targets do not fit the network; error for a target that is
///          not finite: nothing is changed then
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>
#include <strata/layers/norm/denormalise.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/sequence.hpp>
#include <strata/model/model.hpp>
#include <strata/train/normalisation/channel_spread.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Is the last thing that layers do a denormalise?
template <class Layers>
inline constexpr bool end_with_denormalise = false;
template <class Layer>
inline constexpr bool ends_with_denormalise = std::is_same_v<Layer, denormalise>;
template <class... Layers>
inline constexpr bool ends_with_denormalise<sequence<Layers...>> = end_with_denormalise<type_list<Layers...>>;
template <fixed_string Name, class... Layers>
inline constexpr bool ends_with_denormalise<named<Name, Layers...>> = end_with_denormalise<type_list<Layers...>>;
template <class First, class... Layers>
inline constexpr bool end_with_denormalise<type_list<First, Layers...>> =
    ends_with_denormalise<typename type_list<First, Layers...>::template at<static_cast<int>(sizeof...(Layers))>>;

[[noreturn, gnu::cold, gnu::noinline]] inline void refuse_targets(const shape& got, const shape& needed) {
    raise<shape_error>(sentence({"strata: the data have targets ", words_of(got), ", but the network outputs ",
                                 words_of(needed), ". Choose other target columns, or change the last dense."}));
}

} // namespace detail

template <class Net, class Policy, class Precision, class Data>
void fit_target_scale(model<Net, Policy, Precision>& net, const Data& data) {
    if constexpr (!core::has_plain_ports<Net>) {
        [[maybe_unused]] const core::one_port<Net, "fit_target_scale"> said_once{};
    } else if constexpr (core::is_sound<Net>) {
        static_assert(detail::end_with_denormalise<typename Net::layers>,
                      "strata: fit_target_scale fills the denormalise layer at the end of a network, but this network "
                      "does not end in one. Put denormalise after its last layer.");
        if constexpr (!data::data_set<Data>) {
            [[maybe_unused]] const data::explained_data_set<Data> said_once;
        } else {
            static_assert(data::dense_targets<Data>,
                          "strata: fit_target_scale needs numeric targets, but the targets of this data set are "
                          "classes. Leave out denormalise and fit_target_scale.");
            if constexpr (data::dense_targets<Data>) {
                using number = typename Precision::type;
                const shape x = data.sample_shape(), t = data.target_shape();
                constexpr shape output = std::remove_reference_t<decltype(net)>::inference_plan::data.output;
                if (!(t == output)) detail::refuse_targets(t, output);
                if (data.size() == 0) raise<shape_error>("strata: the data set is empty. Pass at least one sample.");
                std::vector<number> sample(static_cast<std::size_t>(x.size())),
                    wanted(static_cast<std::size_t>(t.size()));
                detail::channel_spread spread(t.d0, t.size() / t.d0, "target element ");
                const std::size_t size = data.size();
                for (std::size_t i = 0; i < size; ++i) {
                    data::target_for<data::values, number> into{wanted};
                    data::read_as<number>(data, i, {net.initial_seed().value, 0}, std::span<number>(sample), into);
                    spread.add(std::span<const number>(wanted), i);
                }
                std::vector<number> mean, deviation;
                for (std::size_t c = 0; c < spread.mean.size(); ++c) {
                    mean.push_back(static_cast<number>(spread.mean[c]));
                    deviation.push_back(static_cast<number>(spread.deviation(c)));
                    if (!(deviation.back() > 0)) deviation.back() = 1;
                }
                const int behind = static_cast<int>(net.parameters().size()); // denormalise's buffers are the last two
                net.set(behind - 2, mean.data());
                net.set(behind - 1, deviation.data());
            }
        }
    }
}

} // namespace strata::inline STRATA_ABI
