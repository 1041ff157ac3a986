/// Products of random sizes in every layout that operands may have, bit by bit against one chain of multiply-adds for
/// each number. What may not be read is not-a-number, what may not be written stays as it was.
#include "catch.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/run/block.hpp>

#include <cstring>
#include <limits>
#include <random>
#include <vector>

using namespace strata;
using namespace strata::core;
using arch = cpu::instruction_set;

namespace {

template <class T>
class any_product {
    static constexpr int lanes = on_cpu::lanes_of<T, arch>, panel = 2 * lanes;

  public:
    explicit any_product(unsigned seed) : random_(seed) {
        p.m = size(210), p.n = size(200), p.k = number(0, 3) == 0 ? 256 * number(1, 2) + number(-2, 2) : size(150);
        if (number(0, 3) == 0)
            p.n = 4 * panel + number(0, 3 * panel), p.m = number(48, 200); // what may be copied into blocks
        p.rows = number(0, 2) != 0 ? 1 : number(0, 4);
        while (1LL * p.m * p.n * p.k * p.rows > 2'000'000) p.m > 60 ? p.m /= 2 : p.rows > 1 ? p.rows = 1 : p.k /= 2;
        p.accumulate = number(0, 3) == 0;
        if (number(0, 1) == 0) p.floor = 0;
        lay_out_a();
        lay_out_b();
        lay_out_c();
        start_.resize(static_cast<std::size_t>(padded_to(p.n, lanes)), nan);
        for (int j = 0; j < p.n; ++j) start_[static_cast<std::size_t>(j)] = value();
        if (number(0, 1) == 0) p.start = start_.data();
    }

    /// Numbers that differ from what they should be, after the product.
    int wrong() {
        const std::vector<T> before = c_;
        block<T> scratch(on_cpu::scratch_of_product<T, arch>(p.n, p.b.panel_rows != 0 && !p.b_transposed) + 16);
        p.scratch = scratch.data();
        std::fill_n(scratch.data(), scratch.size(), nan);
        on_cpu::multiply<T, arch>(p);
        std::vector<T> expected = before;
        for (int i = 0; i < p.m; ++i)
            for (int j = 0; j < p.n; ++j) {
                T& e = expected[static_cast<std::size_t>(place_in_c(i, j))];
                T sum = p.accumulate ? e : p.start != nullptr ? p.start[j] : T(0);
                for (int r = 0; r < p.rows; ++r)
                    for (int l = 0; l < p.k; ++l)
                        sum = multiply_add(p.a[i * p.a_m + l * p.a_k + r * p.a_r], values_of_b_[index_of_b(r, l, j)],
                                           sum);
                e = sum < p.floor ? p.floor : sum;
            }
        int count = 0;
        for (std::size_t i = 0; i < c_.size(); ++i) count += may_be_written(i) || same(c_[i], expected[i]) ? 0 : 1;
        return count;
    }
    on_cpu::product<T> p;

  private:
    static constexpr T nan = std::numeric_limits<T>::quiet_NaN();
    static bool same(T x, T y) { return x == y || (x != x && y != y); }
    /// As the instruction set rounds it.
    static T multiply_add(T a, T b, T c) {
        using V = on_cpu::vec<T, arch>;
        return on_cpu::multiply_add<T, arch>(V(a), V(b), V(c)).get(0);
    }
    int number(int first, int last) {
        return first + static_cast<int>(random_() % static_cast<unsigned>(last - first + 1));
    }
    T value() { return static_cast<T>(number(-1000, 1000)) / 777; }
    /// Around tiles, registers, panels and blocks.
    int size(int most) {
        switch (number(0, 4)) {
        case 0: return number(0, 20);
        case 1: return panel * number(1, 5) + number(-1, 1);
        case 2: return lanes * number(1, 7) + number(-1, 1);
        case 3: return on_cpu::block_rows + number(-1, 1);
        default: return number(1, most);
        }
    }
    static std::ptrdiff_t multiple_of_2048_bytes(std::ptrdiff_t n) {
        constexpr std::ptrdiff_t step = 2048 / sizeof(T);
        return (n + step - 1) / step * step;
    }

    void lay_out_a() {
        if (number(0, 1) == 0) {
            p.a_m = 1, p.a_k = p.m + number(0, 3);
            if (number(0, 1) == 0) p.a_k = multiple_of_2048_bytes(p.a_k);
        } else {
            p.a_k = 1, p.a_m = number(0, 4) == 0 ? number(1, p.k + 1) : p.k + number(0, 5); // rows may overlap
        }
        p.a_r = number(0, 1000);
        a_.resize(static_cast<std::size_t>(p.m * p.a_m + p.k * p.a_k + p.rows * p.a_r + 1));
        for (T& each : a_) each = value();
        p.a = a_.data();
    }
    void lay_out_b() {
        const int layout = number(0, 3); // panels, closed rows, open rows, panels the other way round
        if (layout == 3) p.rows = 1;
        values_of_b_.resize(static_cast<std::size_t>(p.rows) * static_cast<std::size_t>(p.k)
                            * static_cast<std::size_t>(p.n));
        for (T& each : values_of_b_) each = value();
        p.b_r = p.k + number(0, 2);
        const int first = layout == 3 ? 0 : number(0, 3), rows = first + p.rows * static_cast<int>(p.b_r) + 2;
        int stride = p.n + (number(0, 1) == 0 ? 0 : number(0, 9));
        if (number(0, 4) == 0) stride = static_cast<int>(multiple_of_2048_bytes(stride));
        const auto place = [&](int r, int l, int j) -> long long {
            const int row = first + r * static_cast<int>(p.b_r) + l;
            if (layout == 3) return panel_index(j, l, p.n, p.k, lanes);
            return layout == 0 ? panel_index(row, j, rows, p.n, lanes) : 1LL * row * stride + j;
        };
        const int padded = padded_to(layout == 0 ? p.n : p.k, lanes);
        b_.resize(static_cast<std::size_t>(layout == 0   ? 1LL * rows * padded
                                           : layout == 3 ? 1LL * p.n * padded
                                                         : 1LL * rows * stride + lanes),
                  nan);
        for (int r = 0; r < p.rows; ++r)
            for (int l = 0; l < p.k; ++l)
                for (int j = 0; j < p.n; ++j)
                    b_[static_cast<std::size_t>(place(r, l, j))] = values_of_b_[index_of_b(r, l, j)];
        p.b = {b_.data(), stride, layout == 0 ? rows : layout == 3 ? p.n : 0, first, layout == 2};
        p.b_transposed = layout == 3;
    }
    void lay_out_c() {
        const int layout = number(0, 2), first = number(0, 3),
                  rows = first + p.m + number(0, 2); // panels, closed, open
        const int stride = p.n + (number(0, 1) == 0 ? 0 : number(0, 20));
        p.c = {nullptr, stride, layout == 0 ? rows : 0, first, layout == 2};
        c_.resize(
            static_cast<std::size_t>(layout == 0 ? 1LL * rows * padded_to(p.n, lanes) : 1LL * rows * stride + lanes));
        for (T& each : c_) each = value();
        p.c.data = c_.data();
    }
    [[nodiscard]] std::size_t index_of_b(int r, int l, int j) const {
        return (static_cast<std::size_t>(r) * static_cast<std::size_t>(p.k) + static_cast<std::size_t>(l))
                   * static_cast<std::size_t>(p.n)
               + static_cast<std::size_t>(j);
    }
    [[nodiscard]] long long place_in_c(int i, int j) const {
        const int row = static_cast<int>(p.c.first) + i;
        if (p.c.panel_rows != 0) return panel_index(row, j, p.c.panel_rows, p.n, lanes);
        return 1LL * row * p.c.stride + j;
    }
    /// The padding of panels, and what lies behind the numbers of an open row and is written later.
    [[nodiscard]] bool may_be_written(std::size_t i) const {
        const auto at = static_cast<std::ptrdiff_t>(i);
        if (p.c.panel_rows != 0) {
            const std::ptrdiff_t last = p.n - p.n % panel, begin = last * p.c.panel_rows,
                                 width = padded_to(p.n - static_cast<int>(last), lanes);
            return at >= begin && width > 0 && (at - begin) % width >= p.n - last;
        }
        if (!p.c.open || p.c.stride == 0) return false;
        const std::ptrdiff_t row = at / p.c.stride - p.c.first, column = at % p.c.stride;
        return column >= p.n ? row >= 0 && row < p.m : row >= p.m;
    }

    std::mt19937 random_;
    std::vector<T> a_, b_, c_, values_of_b_, start_;
};

} // namespace

TEMPLATE_TEST_CASE("any product: layouts and sizes at random, to the bit", "", float, double) {
    for (unsigned seed = 0; seed < 400; ++seed) {
        any_product<TestType> drawn(seed);
        const auto& p = drawn.p;
        CAPTURE(seed, p.m, p.n, p.k, p.rows, p.a_m, p.a_k, p.b.stride, p.b.panel_rows, p.b.open, p.b_transposed,
                p.c.stride, p.c.panel_rows, p.c.open, p.accumulate);
        CHECK(drawn.wrong() == 0);
    }
}
