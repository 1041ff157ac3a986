#pragma once
/// layers_between<Net, From, Until> — the layers of a network between two cuts, as a separate network:
///
///   struct body : strata::layers_between<resnet, "stem", "head"> {};         // with the stem, without the head
///   struct tail : strata::layers_between<resnet, strata::after<"stem">, strata::through<"head">> {};
///   strata::model<body> net;
///   (void)net.take(whole);                                // a model of resnet, or its file
///
/// Shapes   the input is what the layers before it give, the output that of the last layer
/// Names    parameters have the names that they have in Net, so net.take(whole) and net.take(file) find them
/// Rules    a layer is given by its name or its position, or by a word of <strata/layers/structure/cuts.hpp>; it is an
///          outermost one; there is at least one layer in between; a tag<...> and what reads it are in the same part,
///          and so are padded tokens and what leaves their padding out
///          (tests/compile_fail/surgery/part_*.cpp)
/// Fusion depends on the layers that follow, so numbers may differ by rounding from those inside the whole network.
#include <strata/layers/structure/cuts.hpp>
#include <strata/layers/structure/find_part.hpp>

namespace strata::inline STRATA_ABI {

template <class Net, layer_cut From, layer_cut Until>
struct layers_between : detail::part_between<Net, From, Until>::type {};

} // namespace strata::inline STRATA_ABI
