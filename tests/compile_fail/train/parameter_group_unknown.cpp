// A parameter group of a layer that the network does not have.
// expect: strata: the network has no layer "heed". Did you mean "head"? Its outermost layers are 0 to 2; the named ones are "head". Use one of these, or give a layer a name: named<"head", ...>.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::layer_is_not_there, strata::core::the_name<'h', 'e', 'e', 'd'>, strata::core::layers_with_a_name<strata::core::the_name<'h', 'e', 'a', 'd'>>>
#include <strata/strata.hpp>
#include <strata/train/parameters/parameter_group.hpp>

// [snippet]
struct net : strata::network<
    strata::features<784>,
    strata::dense<64>, strata::relu,
    strata::named<"head", strata::dense<10>>> {};

double train(strata::model<net>& model, const strata::data::in_memory<>& images) {
    using strata::all_biases;
#ifdef STRATA_BROKEN
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adamw{},
                            strata::parameter_group<all_biases, "heed">{.rate_factor = 10}};
#else
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adamw{},
                            strata::parameter_group<all_biases, "head">{.rate_factor = 10}};
#endif
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).loss;
}
// [/snippet]
