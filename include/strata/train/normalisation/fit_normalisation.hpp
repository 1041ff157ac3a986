#pragma once
/// fit_normalisation(net, data) — fills the normalise layers of a model from the training data.
/// They get the mean and standard deviation (of the population) of their input, per feature, or per channel over all
/// pixels.
///
///   struct net_type : strata::network<strata::features<8>, strata::normalise, strata::dense<1>> {};
///   strata::fit_normalisation(net, train);
///
/// A feature that is equal in all samples has std 1, so that it becomes 0 instead of a division by zero. A normalise
/// after other layers is filled from their outputs, one normalise after the other.
/// Rules    a normalise is an outermost layer, or the first one in a named or sequence that is
/// Errors   shape_error where the data are empty or their samples do not fit the network; error for a number that is
///          not finite: nothing is changed then
/// Source   Welford 1962
#include <strata/layers/norm/normalise.hpp>
#include <strata/layers/structure/named.hpp>
#include <strata/layers/structure/sequence.hpp>
#include <strata/model/first_layers.hpp>
#include <strata/train/batches/sample_reader.hpp>
#include <strata/train/normalisation/channel_spread.hpp>
#include <strata/train/predict.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Is the first thing that a layer does a normalise?
template <class Layer>
inline constexpr bool begins_with_normalise = std::is_same_v<Layer, normalise>;
template <class First, class... Layers>
inline constexpr bool begins_with_normalise<sequence<First, Layers...>> = begins_with_normalise<First>;
template <fixed_string Name, class First, class... Layers>
inline constexpr bool begins_with_normalise<named<Name, First, Layers...>> = begins_with_normalise<First>;

template <class... Layers>
constexpr int count_normalise(type_list<Layers...>) {
    int count = 0;
    int in_order[] = {(count += begins_with_normalise<Layers> ? 1 : 0)..., 0};
    (void)in_order;
    return count;
}

/// The numbers of a buffer of the model.
template <class number>
struct fitted_buffer {
    int place;
    std::vector<number> numbers;
};

/// Fits the normalise that layer I begins with, behind those that are fitted already. The model stays as it is.
template <int Index, class Net, class Policy, class Precision, class Data>
[[gnu::noinline]] void fit_one_normalise(const model<Net, Policy, Precision>& net, const Data& data,
                                         std::vector<fitted_buffer<typename Precision::type>>& fitted) {
    using number = typename Precision::type;
    const auto fill = [&](const shape& extents, int place, auto&& each) {
        channel_spread spread(extents.d0, extents.size() / extents.d0);
        each(spread);
        std::vector<number> mean, deviation;
        for (std::size_t c = 0; c < spread.mean.size(); ++c) {
            mean.push_back(static_cast<number>(spread.mean[c]));
            deviation.push_back(static_cast<number>(spread.deviation(c)));
            if (!(deviation.back() > 0)) deviation.back() = 1;
        }
        fitted.push_back({place, std::move(mean)});
        fitted.push_back({place + 1, std::move(deviation)});
    };
    const std::size_t size = data.size();
    if constexpr (Index == 0) {
        fill(data.sample_shape(), 0, [&](channel_spread& spread) {
            sample_reader<Data, number> read(data, {net.initial_seed().value, 0});
            for (std::size_t i = 0; i < size; ++i) spread.add(read(i), i);
        });
    } else {
        auto before = first_layers<Index>(net);
        using body = decltype(before);
        for (const auto& each : fitted) before.set(each.place, each.numbers.data());
        constexpr auto in = static_cast<std::size_t>(body::input_size),
                       out = static_cast<std::size_t>(body::output_size);
        fill(body::inference_plan::data.output, static_cast<int>(before.parameters().size()),
             [&](channel_spread& spread) {
                 sample_reader<Data, number> read(data, {net.initial_seed().value, 0});
                 auto space = before.make_workspace();
                 std::vector<number> x(in), y(out);
                 for (std::size_t i = 0; i < size; ++i) {
                     const auto sample = read(i);
                     std::copy(sample.begin(), sample.end(), x.begin());
                     before.run(x.data(), y.data(), space);
                     spread.add(std::span<const number>(y), i);
                 }
             });
    }
}

} // namespace detail

template <class Net, class Policy, class Precision, class Data>
void fit_normalisation(model<Net, Policy, Precision>& net, const Data& data) {
    if constexpr (!core::has_plain_ports<Net>) {
        [[maybe_unused]] const core::one_port<Net, "fit_normalisation"> said_once{};
    } else if constexpr (core::is_sound<Net>) {
        using layers = typename Net::layers;
        static_assert(detail::count_normalise(layers{}) > 0,
                      "strata: fit_normalisation fills the normalise layers of a network, but this one has none among "
                      "its outermost layers. Put normalise after its input.");
        if constexpr (data::data_set<Data>) {
            detail::check_samples(data, std::remove_reference_t<decltype(net)>::inference_plan::data.input);
            if (data.size() == 0) raise<shape_error>("strata: the data set is empty. Pass at least one sample.");
            [&]<int... Index>(std::integer_sequence<int, Index...>) {
                std::vector<detail::fitted_buffer<typename Precision::type>> fitted;
                const auto one = [&]<int K>(std::integral_constant<int, K>) {
                    if constexpr (detail::begins_with_normalise<typename layers::template at<K>>)
                        detail::fit_one_normalise<K>(net, data, fitted);
                    return 0;
                };
                int in_order[] = {one(std::integral_constant<int, Index>{})..., 0};
                (void)in_order;
                for (const auto& each : fitted) net.set(each.place, each.numbers.data());
            }(std::make_integer_sequence<int, layers::size>{});
        } else {
            [[maybe_unused]] const data::explained_data_set<Data> said_once;
        }
    }
}

} // namespace strata::inline STRATA_ABI
