// A layer's own header, without the one that has the kernels of its operations as well.
// expect: strata: the operation pad has no kernel for the policy cpu here. Its header is missing: #include <strata/vision.hpp>.
// expect-types: strata::core::the_operation<'p', 'a', 'd'>, strata::core::mistake_kind::policy_has_no_kernel
#include <strata/inference.hpp>

// [snippet]
#ifdef STRATA_BROKEN
#include <strata/layers/move/pad.hpp>
#else
#include <strata/vision.hpp>
#endif

struct net : strata::network<
    strata::image<1, 8, 8>,
    strata::pad<1>, strata::conv<4, 3>, strata::flatten, strata::dense<2>> {};

std::vector<float> classify(const strata::model<net>& model, const std::vector<float>& image) {
    return model(image);
}
// [/snippet]
