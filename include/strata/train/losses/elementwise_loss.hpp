#pragma once
/// elementwise_loss<F> — a custom element-wise loss:
///   loss = sum_e f(x[e], t[e]) / E per sample, the mean over the batch
/// F is a named type with f and its derivative with respect to x, the output; t is the target:
///     struct fourth_power_function {
///         template <class V> static V f(V x, V t) { return (x - t) * (x - t) * (x - t) * (x - t); }
///         template <class V> static V df(V x, V t) { return V(4) * (x - t) * (x - t) * (x - t); }
///     };
///     using fourth_power = strata::elementwise_loss<fourth_power_function>;
/// V is float, double, or a register of them: write conditions with `strata::select`. A branch is a compile error that
/// says so. A function that takes plain `double`s instead of a template parameter runs element by element. For the
/// policy `gpu`, write STRATA_HD before `static` and STRATA_ANY_CALLER before `template` (base/host_device.hpp), and
/// declare no variable of type V.
/// Shapes   output and target are equal
#include <strata/base/select.hpp>
#include <strata/operations/loss/elementwise_loss.hpp>
#include <strata/train/losses/loss.hpp>

namespace strata::inline STRATA_ABI {

template <class F>
struct elementwise_loss {
    using function = F;
    static constexpr bool takes_class_index = false;

    static constexpr void build(graph& g) {
        if (g.padded_input(g.output) >= 0) {
            g.mistaken(mistake_kind::rule_of_the_loss, g.extents(g.output), {},
                       "the loss counts every position of the output ", g.extents(g.output),
                       ", but samples are padded. Use cross_entropy or binary_cross_entropy, which leave out what is "
                       "behind a sample's end, or an input without padding<...>.");
            return;
        }
        add(g);
    }
    /// The same where the function knows of targets that do not count.
    static constexpr void add(graph& g) {
        detail::add_loss<operations::elementwise_loss>(g, g.output, g.extents(g.output), shape(1),
                                                       g.function(&core::function_id<F>));
    }
};

} // namespace strata::inline STRATA_ABI
