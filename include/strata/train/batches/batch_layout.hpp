#pragma once
/// batch_layout — how the samples of a data set become the blocks of a batch: one for each input of the network,
/// then one for the targets of each loss. Samples stand one after the other in each.
/// Errors   shape_error for classes that the network does not have; exceptions of the data set's read
#include <strata/call/sample_length.hpp>
#include <strata/data/ports.hpp>
#include <strata/model/calls/token_check.hpp>
#include <strata/train/batches/ignored_targets.hpp>
#include <strata/train/batches/read_sample.hpp>
#include <strata/train/training_step.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Plan, class Step, class Loss, class T>
struct batch_layout {
    static constexpr int inputs = Step::inputs, losses = Step::losses, blocks = inputs + losses;
    using losses_list = typename losses_of<Loss>::types;
    static constexpr const auto& data = Plan::data;
    static constexpr shape output = Step::loss_output;
    static constexpr bool of_tokens = data.inputs[0].element == core::element::int32;
    static constexpr shape output_of(int loss) { return data.outputs[Step::output_of(loss)].extents; }
    /// What a plain data set reads its samples as.
    using read_type = std::conditional_t<of_tokens, std::int32_t, T>;

    /// Do the targets of a loss come as class numbers from that data set?
    template <class Data, int Which = 0>
    static constexpr bool holds_classes = [] {
        constexpr bool reads = reads_classes<typename losses_list::template at<Which>>;
        if constexpr (requires { typename Data::target_type; })
            return reads && !std::is_same_v<typename Data::target_type, data::values>;
        else return reads;
    }();

    /// What a data set of several ports calls block b. An only input or output may have no name in the network.
    static constexpr const char* name_of(int b) {
        const char* const name = b < inputs ? data.inputs[b].name : data.targets[b - inputs].name;
        return name[0] != 0 ? name : b < inputs ? "input" : "target";
    }
    /// Numbers, or integers, of a sample in block b.
    template <class Data>
    static constexpr std::size_t elements(int b) {
        if (b < inputs) return static_cast<std::size_t>(data.inputs[b].extents.size());
        const shape& of = data.outputs[Step::output_of(b - inputs)].extents;
        return is_of_integers<Data>(b) ? static_cast<std::size_t>(of.positions())
                                       : static_cast<std::size_t>(data.targets[b - inputs].extents.size());
    }
    template <class Data>
    static constexpr bool is_of_integers(int b) {
        if (b < inputs) return data.inputs[b].element == core::element::int32;
        return classes_of<Data>(std::make_integer_sequence<int, losses>{}, b - inputs);
    }
    template <class Data>
    static constexpr std::size_t bytes(int b) {
        return elements<Data>(b) * (is_of_integers<Data>(b) ? sizeof(std::int32_t) : sizeof(T));
    }

    /// Reads a sample; `to` has a place for each block.
    template <class Data>
    static void read(const Data& set, std::size_t from, const data::key& random, const class_numbers* known,
                     std::byte* const* to) {
        if constexpr (data::ported<Data, T>) {
            using part = typename data::parts<T>::part;
            part all[unsigned(blocks)];
            for (int b = 0; b < blocks; ++b) all[b] = {name_of(b), to[b], elements<Data>(b), is_of_integers<Data>(b)};
            set.read(from, random, data::parts<T>(all));
            for (int i = 0; i < losses; ++i)
                if (const part& t = all[inputs + i]; t.of_integers)
                    known[i].check({reinterpret_cast<std::int32_t*>(t.memory), t.size}, length_of(i, to, t.size), from);
        } else {
            const std::span<read_type> x{reinterpret_cast<read_type*>(to[0]), elements<Data>(0)};
            const auto length = [&](std::size_t positions) { return length_of(0, to, positions); };
            if constexpr (holds_classes<Data>)
                read_classes<read_type>(set, from, random, known[0], x,
                                        {reinterpret_cast<std::int32_t*>(to[1]), elements<Data>(1)}, length);
            else
                read_sample<T>(set, from, random, known[0], output, x, {reinterpret_cast<T*>(to[1]), elements<Data>(1)},
                               length);
        }
        ignore_padded_numbers<Data>(std::make_integer_sequence<int, losses>{}, to);
        for (int b = 0; b < inputs; ++b)
            if (data.inputs[b].vocabulary > 0)
                check_tokens(std::span(reinterpret_cast<const std::int32_t*>(to[b]), elements<Data>(b)), data.inputs[b],
                             from);
    }

  private:
    /// Positions of the sample that loss i counts: all, or those up to the sample's end.
    static std::size_t length_of(int i, std::byte* const* to, std::size_t positions) {
        const int like = data.outputs[Step::output_of(i)].padded_like;
        if (like < 0) return positions;
        return static_cast<std::size_t>(core::sample_length(reinterpret_cast<const std::int32_t*>(to[like]),
                                                            static_cast<long long>(positions),
                                                            data.inputs[like].padding));
    }
    template <class Data, int... Which>
    static void ignore_padded_numbers(std::integer_sequence<int, Which...>, std::byte* const* to) {
        (ignore_padded<Data, Which>(to), ...);
    }
    template <class Data, int Which>
    static void ignore_padded(std::byte* const* to) {
        using of = typename losses_list::template at<Which>;
        if constexpr (ignores_numbers<of> && data.outputs[Step::output_of(Which)].padded_like >= 0)
            ignore_from(length_of(Which, to, static_cast<std::size_t>(output_of(Which).positions())), output_of(Which),
                        false, static_cast<T>(of::ignored_target), reinterpret_cast<T*>(to[inputs + Which]));
    }
    template <class Data, int... Which>
    static constexpr bool classes_of(std::integer_sequence<int, Which...>, int i) {
        return ((Which == i && holds_classes<Data, Which>) || ...);
    }
};

} // namespace strata::inline STRATA_ABI::detail
