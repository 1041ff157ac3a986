#pragma once
/// stream_mistakes — what is said at compile time about a network that cannot run in a stream, and about a step whose
/// extents do not fit.
#include <strata/model/calls/call_mistakes.hpp>

namespace strata::inline STRATA_ABI::detail {

/// A stream of Net, with Hop positions per step.
template <class Net, int Hop>
struct stream_source {
    using outermost = Net;
    using outside = std::conditional_t<(Hop < 1), the_call, the_input>;
    static constexpr mistake find() {
        mistake m;
        if (Hop < 1) {
            m.why = mistake_kind::size_is_not_positive;
            m.got = shape(Hop), m.needs = shape(1);
            m.sentence.add("strata: a stream with ", Hop, " positions per step is not possible. Use at least 1.");
            return m;
        }
        const graph g = build<Net>(request{.hop = Hop < 1 ? 1 : Hop});
        if (g.failed()) return g.first_mistake();
        // The parameters are the model's, so they must be the same ones.
        const graph whole = build<Net>(request{});
        int at = 0;
        for (const parameter_info& p : g.parameters) {
            if (p.where == storage::state) continue;
            if (at < whole.parameters.size() && whole.parameters[at].extents == p.extents) {
                ++at;
                continue;
            }
            m.why = mistake_kind::layer_cannot_stream;
            m.got = p.extents;
            if (at < whole.parameters.size()) m.needs = whole.parameters[at].extents;
            m.sentence.add("strata: in a stream the parameter \"",
                           g.file_name(static_cast<int>(&p - g.parameters.begin())), "\" would be ", p.extents,
                           ", but in the model it is ", m.needs,
                           ": its size depends on the number of positions. Leave its layer out.");
            return m;
        }
        // A window over all positions would be one over those of a step.
        for (const operation& o : g.operations)
            if (o.rule->has_by_position && g.extents(o.in[0]).has_order() && !is_in(whole, o)) {
                m.why = mistake_kind::layer_cannot_stream;
                m.got = o.k.x;
                m.sentence.add("strata: in a stream the window of the operation ", o.rule->name,
                               " would be another one than in the model: it depends on the number of positions. Leave "
                               "its layer out.");
                return m;
            }
        return m;
    }

  private:
    /// Has the graph this operation, with the same window?
    static constexpr bool is_in(const graph& whole, const operation& o) {
        for (const operation& same : whole.operations)
            if (same.layer == o.layer && same.k.kind == o.k.kind && same.k.win == o.k.win) return true;
        return false;
    }
};
template <class Net, int Hop>
inline constexpr bool can_run_in_steps = stream_source<Net, Hop>::find().why == mistake_kind::nothing;

/// A step with extents that do not fit.
template <class Net, int Hop, long long In, long long Out, bool Static>
struct step_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{.hop = Hop});
        const shape in = g.extents(g.input), out = g.extents(g.output);
        mistake m;
        m.why = Static ? mistake_kind::shapes_differ : mistake_kind::extents_are_not_static;
        if (Static) m.got = shape(static_cast<int>(In), static_cast<int>(Out));
        m.needs = shape(static_cast<int>(in.size()), static_cast<int>(out.size()));
        if (!Static)
            m.sentence.add(
                "strata: a stream's step needs spans of static extent, or pointers. Pass std::span<const float, ",
                in.size(), "> and std::span<float, ", out.size(), ">.");
        else
            m.sentence.add("strata: a stream's step was given ", In, " input and ", Out, " output elements, but has ",
                           in.size(), " inputs, ", in, ", and ", out.size(), " outputs, ", out, ".");
        return m;
    }
};

} // namespace strata::inline STRATA_ABI::detail
