// A composed layer that does not name its function.
// expect: strata: a layer that adds an elementwise function in its own build must name it: using function = F; (several: using layers = strata::type_list<strata::elementwise<F>, strata::elementwise<G>>; likewise the layers that it runs: type_list<Layers...>)
// expect-types: strata: a layer that adds an elementwise function in its own build must name it: using function = F;
#include <strata/strata.hpp>

// [snippet]
struct square {
    template <class V> static V f(V x) { return x * x; }
    template <class V> static V df(V x) { return V(2) * x; }
};

template <int Units>
struct dense_squared {
#ifdef STRATA_BROKEN
    // (no word of square here)
#else
    using function = square;
#endif
    static constexpr strata::value build(strata::graph& g, strata::value x) {
        x = strata::dense<Units>::build(g, x);
        return strata::operations::elementwise::append<square>(g, x);
    }
};

struct net : strata::network<strata::features<4>, dense_squared<8>, strata::relu, dense_squared<2>> {};

double use(const strata::data::in_memory<strata::data::class_index>& samples) {
    strata::model<net> model{strata::seed{1}};
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}};
    return trainer.fit(samples, {.epochs = 1}).epochs.size() + model(std::vector<float>(4))[0];
}
// [/snippet]
