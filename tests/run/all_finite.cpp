#include "catch.hpp"

#include <strata/run/all_finite.hpp>

#include <limits>
#include <vector>

namespace {

template <class T>
void check_everywhere() {
    using limits = std::numeric_limits<T>;
    const T finite[] = {0, -T(0), 1, -1, limits::max(), limits::lowest(), limits::min(), limits::denorm_min()};
    const T not_finite[] = {limits::infinity(), -limits::infinity(), limits::quiet_NaN(), -limits::quiet_NaN(),
                            limits::signaling_NaN()};
    for (long long n = 0; n < 70; ++n) {
        std::vector<T> x(static_cast<std::size_t>(n + 1)); // from the second on: at no particular address
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = finite[i % std::size(finite)];
        CHECK(strata::core::all_finite(x.data() + 1, n));
        for (std::size_t at = 1; at < x.size(); ++at)
            for (const T broken : not_finite) {
                const T before = x[at];
                x[at] = broken;
                const bool found = !strata::core::all_finite(x.data() + 1, n);
                x[at] = before;
                if (!found) CHECK(at == 0); // where it was missed
            }
    }
}

} // namespace

TEST_CASE("numbers that are not finite are found wherever they stand", "[run]") {
    check_everywhere<float>();
    check_everywhere<double>();
}
