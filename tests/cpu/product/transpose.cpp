/// Squares of registers, transposed: every remainder, and nothing beside the result is touched.
#include "catch.hpp"

#include <strata/cpu/product/transpose.hpp>

#include <vector>

namespace {

template <class T>
int wrong_places(int rows, int columns) {
    const int beside = 3;
    std::vector<T> x(static_cast<std::size_t>(rows * columns)),
        y(static_cast<std::size_t>(columns * (rows + beside)), T(-1));
    for (int i = 0; i < rows * columns; ++i) x[static_cast<std::size_t>(i)] = static_cast<T>(i);
    strata::on_cpu::transpose<T, xsimd::default_arch>(x.data(), columns, y.data(), rows + beside, rows, columns);
    int wrong = 0;
    for (int c = 0; c < columns; ++c)
        for (int r = 0; r < rows + beside; ++r)
            wrong +=
                y[static_cast<std::size_t>(c * (rows + beside) + r)] != static_cast<T>(r < rows ? r * columns + c : -1);
    return wrong;
}

} // namespace

TEST_CASE("transpose: all extents around a register") {
    for (int rows = 1; rows <= 18; ++rows)
        for (int columns = 1; columns <= 18; ++columns) {
            INFO(rows << " x " << columns);
            CHECK(wrong_places<float>(rows, columns) == 0);
            CHECK(wrong_places<double>(rows, columns) == 0);
        }
}
