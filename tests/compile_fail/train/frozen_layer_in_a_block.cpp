// A frozen layer within a block, under a name that it does not have.
// expect: strata: the network has no layer "stem.convl". Did you mean "stem.conv1"? The layers in "stem" are 1, 3, and by name "conv1", "conv2". Use one of these, or give a layer a name: named<"head", ...>.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::layer_is_not_there, strata::core::the_name<'s', 't', 'e', 'm', '.', 'c', 'o', 'n', 'v', 'l'>, strata::core::layers_with_a_name<strata::core::the_name<'c', 'o', 'n', 'v', '1'>, strata::core::the_name<'c', 'o', 'n', 'v', '2'>>>
#include <strata/strata.hpp>
#include <strata/train/parameters/frozen.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"stem", strata::named<"conv1", strata::conv<8, 5>>, strata::relu,
                          strata::named<"conv2", strata::conv<8, 5>>, strata::relu>,
    strata::flatten,
    strata::dense<10>> {};

double train(strata::model<net>& model, const strata::data::in_memory<strata::data::class_index>& images) {
#ifdef STRATA_BROKEN
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<"stem.convl">{}};
#else
    strata::trainer trainer{model, strata::cross_entropy{}, strata::adam{}, strata::frozen<"stem.conv1">{}};
#endif
    trainer.fit(images, {.epochs = 3});
    return trainer.evaluate(images).loss;
}
// [/snippet]
