#pragma once
/// accuracy — the share of samples whose largest output stands where the target's largest element does.
///
/// Shapes   output [n], target [n] (one-hot, or probabilities)
/// Ties go to the lowest index. A sample with a NaN counts as wrong, in whichever element it stands.
/// Errors   none

namespace strata::inline v0_1 {

struct accuracy {
    static constexpr const char* name = "accuracy";

    template <class T> static constexpr bool correct(const T* output, const T* target, int n) noexcept {
        const int place = largest(output, n);
        return place >= 0 && place == largest(target, n);
    }

  private:
    /// The first index of the largest element; -1 for none, or when an element is not a number.
    template <class T> static constexpr int largest(const T* x, int n) noexcept {
        int place = n > 0 ? 0 : -1;
        for (int i = 0; i < n; ++i) {
            if (x[i] != x[i]) return -1;
            if (x[i] > x[place]) place = i;
        }
        return place;
    }
};

} // namespace strata::inline v0_1
