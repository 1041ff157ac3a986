#pragma once
/// parallel<Join, Branches...> — every branch gets the same input; Join combines their results:
///   concat_all  along the channels or features;   add_all  element by element
/// Shapes   concat_all: equal height and width;  add_all: equal shapes    (tests/compile_fail/structure/parallel_*.cpp)
/// Names in files: "3.0.weight" for the first branch
#include <strata/base/type_list.hpp>
#include <strata/layers/join/join.hpp>
#include <strata/layers/run_layer.hpp>

namespace strata::inline STRATA_ABI {

struct concat_all {
    static constexpr value join(graph& g, value joined, value branch, const text& whose) {
        return detail::join_by_concat(g, joined, branch, whose);
    }
    static constexpr void spell(text& t) { t.add("concat_all"); }
};
struct add_all {
    static constexpr value join(graph& g, value joined, value branch, const text& whose) {
        return detail::join_by_add(g, joined, branch, whose);
    }
    static constexpr void spell(text& t) { t.add("add_all"); }
};

template <class Join, class... Branches>
struct parallel {
    using layers = type_list<Branches...>;
    static constexpr value build(graph& g, value x) {
        if (sizeof...(Branches) == 0)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(0), shape(1),
                              "has no branches. Add at least one.");
        int i = 0;
        value joined{};
        int in_order[] = {(one<Branches>(g, x, joined, i++), 0)..., 0};
        (void)in_order;
        return joined;
    }
    static constexpr void spell(text& t) {
        t.add("parallel<");
        spell_layers<Join, Branches...>(t);
        t.add(">");
    }

  private:
    template <class Branch>
    static constexpr void one(graph& g, value x, value& joined, int i) {
        const value y = run_layer<Branch>(g, x, i, static_cast<int>(sizeof...(Branches)));
        if (g.failed()) return;
        joined = joined.exists() ? Join::join(g, joined, y, text{}.add("branch ", i + 1)) : y;
    }
};

} // namespace strata::inline STRATA_ABI
