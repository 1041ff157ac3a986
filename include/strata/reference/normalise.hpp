#pragma once
/// Kernel of normalise:  y = (x − mean[c]) / deviation[c];  backward: dx = dy / deviation[c]
/// scaled:  y = x · deviation[c] + mean[c];  backward: dx = dy · deviation[c]
/// Operands: x, mean, deviation → y
#include <strata/call/views.hpp>
#include <strata/operations/norm/normalise.hpp>
#include <strata/reference/kernel.hpp>

namespace strata::inline STRATA_ABI::on_reference {

template <key K, class F, class T>
struct kernel<operations::normalise::kind, K, F, T> {
    static void run(const call<T>& c) noexcept {
        for (int n = c.first; n < c.last; ++n) {
            const auto x = channels_of(c.at[0], n, K.x), y = channels_of(c.at[3], n, K.x);
            for (int ch = 0; ch < K.x.d0; ++ch) {
                const double mean = K.scale_only ? T(0) : c.at[1][ch], deviation = c.at[2][ch];
                for (int p = 0; p < positions_of(K.x); ++p)
                    y(ch, p) =
                        K.scaled ? T(double(x(ch, p)) * deviation + mean) : T((double(x(ch, p)) - mean) / deviation);
            }
        }
    }
};

} // namespace strata::inline STRATA_ABI::on_reference
