// A frozen layer that the network does not have.
// expect: strata: the network has no layer "backbon". Did you mean "backbone"? Its outermost layers are 0 to 3; the named ones are "backbone", "head". Use one of these, or give a layer a name: named<"head", ...>.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::layer_is_not_there, strata::core::the_name<'b', 'a', 'c', 'k', 'b', 'o', 'n'>, strata::core::layers_with_a_name<strata::core::the_name<'b', 'a', 'c', 'k', 'b', 'o', 'n', 'e'>, strata::core::the_name<'h', 'e', 'a', 'd'>>>
#include <strata/strata.hpp>
#include <strata/train/parameters/frozen.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"backbone", strata::conv<8, 5>, strata::relu, strata::max_pool<2>>,
    strata::flatten,
    strata::named<"head", strata::dense<10>>,
    strata::softmax> {};

double train(strata::model<net>& model, const strata::data::in_memory<strata::data::class_index>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<"backbon">{}};
#else
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<"backbone">{}};
#endif
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).loss;
}
// [/snippet]
