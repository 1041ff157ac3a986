#include "catch.hpp"
#include "kernel_call.hpp"
#include "operation_list.hpp"
#include <cmath>
#include <limits>
#include <strata/train/losses/binary_cross_entropy.hpp>
#include <strata/train/losses/huber.hpp>
#include <strata/train/losses/l1.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

using namespace strata_tests;
using strata::core::key, strata::core::op, strata::shape;
using numbers = std::vector<double>;

namespace {

constexpr key loss_key(op kind) {
    key k = key_of(kind, shape(2), shape(2));
    k.gradient = true;
    return k;
}
constexpr key dropout_key(int elements, float rate) {
    key k = key_of(operations::dropout::kind, shape(elements), shape(elements));
    k.real = rate;
    return k;
}

/// A complete type where the policy has a kernel of the kind.
template <key K>
concept has_kernel = requires { sizeof(strata::on_reference::kernel<K.kind, K, strata::core::no_function, double>); };

template <class... Operations>
int kinds_without_kernel(strata::type_list<Operations...>, op except) {
    return ((Operations::kind != except && !has_kernel<key_of(Operations::kind, shape(1), shape(1))>)+...);
}

} // namespace

// Bounds of 1e-15: a few roundings of numbers near 1 by exp and log.
TEST_CASE("softmax_cross_entropy by hand", "[reference]") {
    numbers x{0, std::log(3.0)}, t{0, 1}, loss(1), dx(2); // softmax: 1/4, 3/4
    call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({.batch = 2}, {&x, &t, &loss, &dx});
    CHECK(std::fabs(loss[0] + std::log(0.75)) <= 1e-15);
    CHECK(std::fabs(dx[0] - 0.125) <= 1e-15);
    CHECK(std::fabs(dx[1] + 0.125) <= 1e-15);

    t = {0.5, 0.5};
    call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({}, {&x, &t, &loss, &dx});
    CHECK(std::fabs(loss[0] + 0.5 * std::log(0.25) + 0.5 * std::log(0.75)) <= 1e-15);
    CHECK(std::fabs(dx[0] + 0.25) <= 1e-15);

    x = {1000, 0}, t = {0, 1}; // exp(1000) overflows, and log(exp(-1000)) would be minus infinity
    call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({}, {&x, &t, &loss, &dx});
    CHECK(loss == numbers{1000});
    CHECK(dx == numbers{1, -1});

    call_kernel<key_of(operations::softmax_cross_entropy::kind, shape(2), shape(2))>({}, {&x, &t, &loss});
    CHECK(loss == numbers{1000});
}

TEST_CASE("softmax_cross_entropy: a class that is impossible and not wanted costs nothing", "[reference]") {
    constexpr double inf = std::numeric_limits<double>::infinity();
    numbers x{0, -inf}, t{1, 0}, loss(1), dx(2);
    call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({}, {&x, &t, &loss, &dx});
    CHECK(loss == numbers{0});
    CHECK(dx == numbers{0, 0});

    t = {0, 1}; // wanted after all
    call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({}, {&x, &t, &loss, &dx});
    CHECK(loss == numbers{inf});
    CHECK(dx == numbers{1, -1});

    // A score that is not a number is a mistake whatever is wanted.
    x = {0, std::numeric_limits<double>::quiet_NaN()};
    for (const numbers& wanted : {numbers{1, 0}, numbers{0, 1}, numbers{0, 0}}) {
        t = wanted;
        call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({}, {&x, &t, &loss, &dx});
        CHECK(std::isnan(loss[0]));
    }
}

TEST_CASE("softmax_cross_entropy: the gradient holds for targets that do not sum to 1", "[reference]") {
    numbers x{0, std::log(3.0)}, t{2, 1}, loss(1), dx(2); // softmax: 1/4, 3/4
    call_kernel<loss_key(operations::softmax_cross_entropy::kind)>({}, {&x, &t, &loss, &dx});
    CHECK(std::fabs(loss[0] - (2 * std::log(4.0) + std::log(4.0 / 3))) <= 1e-15 * 4);
    CHECK(std::fabs(dx[0] - (3 * 0.25 - 2)) <= 1e-15);
    CHECK(std::fabs(dx[1] - (3 * 0.75 - 1)) <= 1e-15);
}

TEST_CASE("elementwise_loss and batch_mean by hand", "[reference]") {
    constexpr key k = loss_key(operations::elementwise_loss::kind);
    numbers x{1, 2, 3, 3}, t{0, 4, 3, 3}, loss(2), dx(4), mean(1);
    const auto of = [&]<class Loss>(Loss) {
        call_kernel<k, typename Loss::function>({.batch = 2, .last = 2}, {&x, &t, &loss, &dx});
    };
    of(strata::mean_squared_error{});
    CHECK(loss == numbers{2.5, 0});
    CHECK(dx == numbers{0.5, -1, 0, 0});
    call_kernel<key_of(operations::batch_mean::kind, shape(1), shape(1))>({.batch = 2}, {&loss, &mean});
    CHECK(mean == numbers{1.25});

    of(strata::l1{});
    CHECK(loss == numbers{1.5, 0});
    CHECK(dx == numbers{0.25, -0.25, 0, 0});

    of(strata::huber{}); // of differences 1, −2, 0, 0
    CHECK(loss == numbers{(0.5 + 1.5) / 2, 0});
    CHECK(dx == numbers{0.25, -0.25, 0, 0});
    of(strata::huber<1.5>{});
    CHECK(loss == numbers{(0.5 + 1.5 * (2 - 0.75)) / 2, 0});
    CHECK(dx == numbers{0.25, -0.375, 0, 0});
}

TEST_CASE("binary_cross_entropy by hand, at logits however large", "[reference]") {
    constexpr key k = loss_key(operations::elementwise_loss::kind);
    using once = strata::binary_cross_entropy_function<1>;
    using thrice = strata::binary_cross_entropy_function<3>;
    numbers x{std::log(3.0), -std::log(3.0)}, t{1, 0.5}, loss(1), dx(2); // probabilities 3/4 and 1/4
    call_kernel<k, once>({}, {&x, &t, &loss, &dx});
    CHECK(std::fabs(loss[0] + (std::log(0.75) + 0.5 * std::log(0.25) + 0.5 * std::log(0.75)) / 2) <= 1e-15);
    CHECK(std::fabs(dx[0] + 0.125) <= 1e-15);
    CHECK(std::fabs(dx[1] + 0.125) <= 1e-15);
    call_kernel<k, thrice>({}, {&x, &t, &loss, &dx});
    CHECK(std::fabs(loss[0] + (3 * std::log(0.75) + 1.5 * std::log(0.25) + 0.5 * std::log(0.75)) / 2) <= 1e-15 * 2);
    CHECK(std::fabs(dx[0] + 0.375) <= 1e-15);                // 3 · (3/4 − 1) / 2
    CHECK(std::fabs(dx[1] - (2 * 0.25 - 1.5) / 2) <= 1e-15); // (1.5 + 0.5) / 4 − 1.5

    x = {1000, -1000}, t = {1, 0}; // right and sure: exp(1000) overflows
    call_kernel<k, once>({}, {&x, &t, &loss, &dx});
    CHECK(loss == numbers{0});
    CHECK(dx == numbers{0, 0});
    t = {0, 1}; // wrong and sure
    call_kernel<k, once>({}, {&x, &t, &loss, &dx});
    CHECK(loss == numbers{1000});
    CHECK(dx == numbers{0.5, -0.5});
    x = {-40, 40}, t = {0, 1}; // what is left is not lost in a difference of large numbers
    call_kernel<k, once>({}, {&x, &t, &loss, &dx});
    CHECK(std::fabs(loss[0] / std::exp(-40.0) - 1) <= 1e-15);

    x = {std::numeric_limits<double>::quiet_NaN(), 0};
    call_kernel<k, once>({}, {&x, &t, &loss, &dx});
    CHECK(std::isnan(loss[0]));
}

TEST_CASE("dropout keeps what the bits say and scales it", "[reference]") {
    constexpr int size = 4001;
    constexpr key k = dropout_key(size, 0.25f);
    const strata::core::random_source random{.seed = 42, .step = 7};
    numbers x(2 * size, 3.0), y(2 * size), later(size), other(size);
    call_kernel<k>({.batch = 2, .last = 2, .ordinal = 5, .random = random}, {&x, &y});
    int different = 0, kept = 0;
    for (int n = 0; n < 2; ++n)
        for (int e = 0; e < size; ++e) {
            const auto word = strata::core::dropout_bits(random, 5, n, e / 4)[e % 4];
            const double expected = static_cast<double>(word >> 8) * 0x1p-24 >= 0.25 ? 4.0 : 0.0;
            different += y[std::size_t(n * size + e)] != expected;
            kept += expected != 0;
        }
    CHECK(different == 0);
    // Binomial of 2 · 4001 draws with probability 3/4: the standard deviation is 39.
    CHECK(std::abs(kept - 6001) <= 5 * 39);

    SECTION("another sample, step or layer draws other bits; a task draws those of its samples") {
        const numbers first(y.begin(), y.begin() + size), second(y.begin() + size, y.end());
        CHECK(first != second);
        call_kernel<k>({.ordinal = 5, .random = {.seed = 42, .step = 8}}, {&x, &later});
        CHECK(later != first);
        call_kernel<k>({.ordinal = 6, .random = random}, {&x, &other});
        CHECK(other != first);
        numbers alone(2 * size, -7);
        call_kernel<k>({.batch = 2, .first = 1, .last = 2, .ordinal = 5, .random = random}, {&x, &alone});
        CHECK(numbers(alone.begin() + size, alone.end()) == second);
        CHECK(alone[0] == -7);
    }
}

TEST_CASE("every kind of operation has a kernel; a reshape is laid out away", "[reference]") {
    CHECK(kinds_without_kernel(operation_list{}, operations::reshape::kind) == 0);
    CHECK_FALSE(has_kernel<key_of(operations::reshape::kind, shape(1), shape(1))>);
}
