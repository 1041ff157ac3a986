#pragma once
/// facts — numbers of a network that are known at compile time, for static_assert:
///   input_shape<Net>, output_shape<Net>   of one sample
///   parameter_count<Net>                  trainable numbers (running statistics are buffers and not counted)
///   flops<Net>                            of one sample's inference; a multiply-add counts as two
#include <strata/plan/any_number.hpp>
#include <strata/plan/diagnosis.hpp>
#include <strata/plan/plan.hpp>

namespace strata::inline STRATA_ABI::core {

namespace parts {

struct network_numbers {
    shape input{}, output{};
    long long parameters = 0, flops = 0;
};
template <class Net>
constexpr network_numbers count_numbers() {
    const graph g = build<Net>(request{});
    network_numbers n{g.extents(g.input), g.extents(g.output)};
    for (const parameter_info& p : g.parameters)
        if (p.where == storage::parameter) n.parameters += p.extents.size();
    for (const operation& o : g.operations) n.flops += o.rule->flops(o.k);
    return n;
}

template <class Net, bool Sound = is_sound<Net>>
struct facts : private diagnosis<Net> {
    static constexpr network_numbers numbers = count_numbers<Net>();
    static constexpr shape input = numbers.input, output = numbers.output;
    static constexpr long long parameters = numbers.parameters, flops = numbers.flops;
};
template <class Net>
struct facts<Net, false> : private diagnosis<Net> {
    static constexpr any_number input{}, output{}, parameters{}, flops{};
};

} // namespace parts

template <class Net>
inline constexpr auto input_shape = parts::facts<Net>::input;
template <class Net>
inline constexpr auto output_shape = parts::facts<Net>::output;
template <class Net>
inline constexpr auto parameter_count = parts::facts<Net>::parameters;
template <class Net>
inline constexpr auto flops = parts::facts<Net>::flops;

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::flops;
using core::input_shape;
using core::output_shape;
using core::parameter_count;
} // namespace strata::inline STRATA_ABI
