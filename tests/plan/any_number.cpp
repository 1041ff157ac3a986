/// The value of a broken network's facts: whatever is computed or compared with it stays silent.
#include "catch.hpp"

#include <strata/base/shape.hpp>
#include <strata/plan/any_number.hpp>

using strata::shape;
using strata::core::any_number;

namespace {
constexpr any_number any;
static_assert(any == 7 && 7 == any && any != 7 && any < 7 && any > 7 && any <= 7 && any >= 7);
static_assert(any + 1 == 100 && 2 * any / 3 - 1 == 5 && any % 2 == 0 && -any == ~any);
static_assert(any == shape(3, 4) && any.d0 == 3 && any.rank == 2 && any[1] == 4 && any.size() == 12 && any(5) == 6);
static_assert(!(any > 1 && any < 0), "so that the negation of a condition holds too");
constexpr int numbers[any + 2] = {5};
} // namespace

TEST_CASE("any_number: as a size it is 1", "[plan]") {
    CHECK(sizeof numbers == sizeof(int));
    CHECK(static_cast<long long>(any) == 1);
    CHECK(static_cast<double>(any.size()) == 1);
}
