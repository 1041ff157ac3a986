#pragma once
/// call_mistakes — what is said at compile time about a call of a model whose extents do not fit, and how many numbers
/// a call is given.
#include <strata/plan/diagnosis.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace strata::inline STRATA_ABI::detail {

/// A call of model::run with extents that do not fit.
template <class Net, long long In, long long Out, bool Static>
struct extent_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        const shape in = g.extents(g.input), out = g.extents(g.output);
        mistake m;
        m.why = Static ? mistake_kind::shapes_differ : mistake_kind::extents_are_not_static;
        if (Static) m.got = shape(static_cast<int>(In), static_cast<int>(Out));
        m.needs = shape(static_cast<int>(in.size()), static_cast<int>(out.size()));
        if (!Static)
            m.sentence.add("strata: run needs spans of static extent. Pass std::span<const float, ", in.size(),
                           "> and std::span<float, ", out.size(), ">, or call net(x), which checks at run time.");
        else
            m.sentence.add("strata: run was given ", In, " input and ", Out, " output elements, but each sample has ",
                           in.size(), " inputs, ", in, ", and ", out.size(), " outputs, ", out,
                           ". Pass both for the same number of samples.");
        return m;
    }
};
/// A call of the model with a range whose static extent is no number of whole samples.
template <class Net, long long In>
struct samples_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        const shape in = g.extents(g.input);
        mistake m;
        m.why = mistake_kind::shapes_differ;
        m.got = shape(static_cast<int>(In));
        m.needs = in;
        m.sentence.add("strata: the model was given ", In, " elements, but takes samples of ", in, ", ", in.size(),
                       " elements each. Pass one sample or a batch of whole samples.");
        return m;
    }
};
template <class Source>
struct reported_here : decltype(reported<Source>::mistake()){};

/// How many numbers a call of run is given: what a type says, and of a pointer one sample's.
template <class X, int Sample>
inline constexpr std::size_t given_extent = decltype(std::span(std::declval<X&>()))::extent;
template <class T, int Sample>
inline constexpr std::size_t given_extent<T*, Sample> = static_cast<std::size_t>(Sample);
template <class X>
[[gnu::always_inline]] constexpr auto first_of(X& x) noexcept {
    if constexpr (std::is_pointer_v<X>) return x;
    else return std::span(x).data();
}

/// How many elements a container holds, where its type says so.
template <class X>
inline constexpr std::size_t static_extent = std::dynamic_extent;
template <class X>
    requires requires(const X& x) { std::span(x); }
inline constexpr std::size_t static_extent<X> = decltype(std::span(std::declval<const X&>()))::extent;

} // namespace strata::inline STRATA_ABI::detail
