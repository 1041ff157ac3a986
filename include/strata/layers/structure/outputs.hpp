#pragma once
/// outputs<"x", "y", ...> — the last layer of a network with several results: the values that tag<"x">, tag<"y"> named.
///
///   auto r = net(x);
///   r.get<"x">();              // or auto [x, y] = net(x), in the order of the list
///
/// A network without it has one result, what its last layer gives.
/// Rules    it is the outermost, last layer; each name is tagged, and stands once; what the layer before it gives is
///          among the outputs, or read      (tests/compile_fail/structure/outputs_*.cpp)
#include <strata/layers/structure/tag.hpp>

namespace strata::inline STRATA_ABI {

template <fixed_string... Names>
struct outputs {
    static constexpr int output_count = static_cast<int>(sizeof...(Names));

    static constexpr value build(graph& g, value x) {
        const core::layer_row& row = g.layers[g.current_layer];
        if (row.parent >= 0 || row.index + 1 != row.count)
            return g.mistaken(mistake_kind::outputs_are_not_last, {}, {},
                              "must be the last layer of the network, outside of blocks. Move it to the end.");
        if (sizeof...(Names) == 0)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(0), shape(1),
                              "names no output. Name at least one tagged value, or leave it out.");
        int in_order[] = {(one(g, Names.c_str()), 0)..., 0};
        (void)in_order;
        if (!g.failed() && !g.is_used(x))
            return g.mistaken(mistake_kind::result_is_dropped, g.extents(x), {},
                              "drops what the layers before it give, ", g.extents(x),
                              ", which no layer reads. Tag it and name it here, or remove those layers.");
        return g.output;
    }
    static constexpr void spell(text& t) {
        t.add("outputs<");
        bool first = true;
        int in_order[] = {(t.add(first ? "\"" : ", \"", Names.c_str(), "\""), first = false, 0)..., 0};
        (void)in_order;
        t.add(">");
    }

  private:
    static constexpr void one(graph& g, const char* name) {
        const value y = detail::recall_tag(g, name);
        for (const core::named_value& other : g.output_ports)
            if (same_text(other.name, name))
                g.mistaken_in_name(mistake_kind::port_is_given_twice, name, "names \"", name,
                                   "\" twice. Name each output once.");
        if (!g.failed()) g.add_output(name, y);
    }
};

} // namespace strata::inline STRATA_ABI
