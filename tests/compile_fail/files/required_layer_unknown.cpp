// A layer that take requires, and that the network does not have.
// expect: strata: the network has no layer "backbon". Did you mean "backbone"? Its outermost layers are 0 to 2; the named ones are "backbone", "head". Use one of these, or give a layer a name: named<"head", ...>.
// expect-types: network_mistake<strata::core::the_call, net, strata::core::mistake_kind::layer_is_not_there, strata::core::the_name<'b', 'a', 'c', 'k', 'b', 'o', 'n'>, strata::core::layers_with_a_name<strata::core::the_name<'b', 'a', 'c', 'k', 'b', 'o', 'n', 'e'>, strata::core::the_name<'h', 'e', 'a', 'd'>>>
#include <strata/strata.hpp>
#include <strata/files.hpp>

// [snippet]
struct net : strata::network<
    strata::image<1, 28, 28>,
    strata::named<"backbone", strata::conv<8, 5>, strata::relu, strata::max_pool<2>>,
    strata::flatten,
    strata::named<"head", strata::dense<10>>> {};

void start(strata::model<net>& model) {
#ifdef STRATA_BROKEN
    (void)model.take("pretrained.safetensors", strata::required<"backbon">{});
#else
    (void)model.take("pretrained.safetensors", strata::required<"backbone">{});
#endif
}
// [/snippet]
