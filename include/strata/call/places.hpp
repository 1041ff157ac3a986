#pragma once
/// Where item i of a result stands.
#include <strata/call/views.hpp>

namespace strata::inline STRATA_ABI::core {

/// Item i of results of `size` elements a sample: sample n, element e.
struct place_in_batch {
    int n;
    int e;
    STRATA_HD constexpr place_in_batch(long long i, long long size)
        : n(static_cast<int>(i / size)), e(static_cast<int>(i % size)) {}
};
/// Element e of an image [C, H, W], or of one whose channels stand last (a flat value is [C, 1, 1]).
struct place_in_image {
    int c, h, w;
    STRATA_HD constexpr place_in_image(int e, const shape& s, bool channels_last = false)
        : c(channels_last ? e % s.d0 : e / positions_of(s)), h(s.rank != 3     ? 0
                                                               : channels_last ? e / s.d0 / s.d2
                                                                               : e / s.d2 % s.d1),
          w(s.rank != 3     ? 0
            : channels_last ? e / s.d0 % s.d2
                            : e % s.d2) {}
};

} // namespace strata::inline STRATA_ABI::core
