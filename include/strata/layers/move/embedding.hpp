#pragma once
/// embedding<Vocabulary, D> — a vector for each token, a row of a table that is trained:  y[t] = weight[token[t]]
/// Shapes   x tokens [T] → y [T, D], a sequence;  weight [Vocabulary, D]
/// Rules    the input is tokens, all of them below Vocabulary         (tests/compile_fail/move/embedding_*.cpp)
/// Start    weight of the normal distribution with mean 0 and variance 1, as in PyTorch
/// The gradient of a row is summed over the batch in the order of its positions, so its bits do not depend on threads.
#include <strata/layers/run_layer.hpp>
#include <strata/operations/move/embedding.hpp>

namespace strata::inline STRATA_ABI {

template <int Vocabulary, int D>
struct embedding {
    static constexpr value build(graph& g, value x) {
        const shape in = g.extents(x);
        if (Vocabulary < 1 || D < 1)
            return g.mistaken(mistake_kind::size_is_not_positive, shape(Vocabulary, D), shape(1, 1), "a table of ",
                              Vocabulary, " rows of ", D, " numbers is not possible. Use at least 1 of each.");
        if (in.axes != role::tokens)
            return g.mistaken(mistake_kind::input_is_not_tokens, in, shape::tokens(1),
                              "needs tokens, but its input is ", in, ". Begin with tokens<T, ", Vocabulary,
                              ">, or use dense<", D, "> on numbers.");
        if (const int known = g.values[x.index].vocabulary; known > Vocabulary)
            return g.mistaken(mistake_kind::shapes_differ, shape(known), shape(Vocabulary), "has a table of ",
                              Vocabulary, " rows, but its input has ", known, " different tokens. Use embedding<",
                              known, ", ", D, ">.");
        return operations::embedding::append(g, x, g.parameter("weight", shape(Vocabulary, D), init::normal));
    }
    static constexpr void spell(text& t) { t.add("embedding<", Vocabulary, ", ", D, ">"); }
};

} // namespace strata::inline STRATA_ABI
