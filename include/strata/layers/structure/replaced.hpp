#pragma once
/// replaced<Net, From, Layers...> — a network with its layers from a cut onwards replaced:
///
///   struct five_classes : strata::replaced<ten_classes, strata::from<"head">,
///                                          strata::named<"new_head", strata::dense<5>>> {};
///   strata::model<five_classes> net{strata::seed{1}};
///   (void)net.take(trained);                              // all but the new head
///   strata::trainer trainer{net, strata::cross_entropy{}, strata::adam{}, strata::frozen<"trunk">{}};
///
/// Shapes   the output is that of the last of Layers: losses and classes follow. Without Layers the rest is cut off.
/// Names    the layers that remain keep theirs, so net.take(whole) and net.take(file) find them; new layers have their
///          positions from there on, or names of their own. A new layer with the name and the shapes of an old one
///          takes its numbers too.
/// Rules    as of layers_between; at least one layer remains     (tests/compile_fail/surgery/replaced_*.cpp)
#include <strata/layers/structure/cuts.hpp>
#include <strata/layers/structure/find_part.hpp>

namespace strata::inline STRATA_ABI {

template <class Net, layer_cut From, class... Layers>
struct replaced : detail::part_between<Net, detail::the_beginning<Net>, From, Layers...>::type {};

} // namespace strata::inline STRATA_ABI
