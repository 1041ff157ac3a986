/// An operation of a program's own: its page, its kernels and a layer are all that it takes.
#include "catch.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/layers.hpp>
#include <strata/model/model.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

#include <string>
#include <vector>

using namespace strata;
using namespace strata::core;

namespace mine {

/// y = 2 x.   Operands: x → y
struct doubled {
    static constexpr const char* name = "doubled";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr operation_facts facts{.count_only = true};
    static constexpr long long flops(const key& k) { return k.x.size(); }
    static constexpr void differentiate(graph& g, operations::gradients& d, const operation& o) {
        d.contribute(o.in[0], g.apply<doubled>(o.k, {d.of(o.out[0])}, o.k.x));
    }
};
/// The same without a fact.
struct doubled_image : doubled {
    static constexpr const char* name = "doubled_image";
    static constexpr op kind = op_named(name);
    static constexpr operation_facts facts{};
};
template <class Operation>
struct layer_of {
    static constexpr value build(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        return g.apply<Operation>(k, {x}, k.y);
    }
    static constexpr void spell(text& t) { t.add(Operation::name); }
};

template <key K, class T>
struct doubling {
    static void run(const call<T>& c) noexcept {
        for (long long i = c.first * K.x.size(); i < c.last * K.x.size(); ++i) c.at[1][i] = 2 * c.at[0][i];
    }
};

} // namespace mine

namespace strata::inline STRATA_ABI {
template <key K, class F, class T>
struct on_reference::kernel<mine::doubled::kind, K, F, T> : mine::doubling<K, T> {};
template <key K, class F, class T, class Arch>
struct on_cpu::kernel<mine::doubled::kind, K, F, T, Arch> : mine::doubling<K, T> {};
} // namespace strata::inline STRATA_ABI

namespace {

struct flat : network<features<3>, mine::layer_of<mine::doubled>> {};
template <class Operation>
struct on_image : network<image<3, 2, 2>, conv<4, 1>, mine::layer_of<Operation>, mine::layer_of<Operation>> {};

constexpr target_numbers channels_last{.lanes = 4, .channels_last = true};

/// The key of the first step of an operation.
template <class Plan>
constexpr key key_of(op kind) {
    for (const step& s : Plan::data.steps)
        if (s.kind == kind) return Plan::data.keys[s.kernel];
    return {};
}

template <class Policy>
void check_run() {
    INFO(Policy::name);
    const model<flat, Policy> net;
    CHECK(net(std::vector<float>{1, -2, 3}) == std::vector<float>{2, -4, 6});
}

} // namespace

TEST_CASE("an operation of a program's own runs", "[plan]") {
    check_run<reference>();
    check_run<cpu>();
}

TEST_CASE("a rule has what its operation's page has", "[plan]") {
    constexpr const operation_rule& own = rule_of<mine::doubled>;
    STATIC_REQUIRE(own.kind == mine::doubled::kind);
    STATIC_REQUIRE(own.has_gradient);
    STATIC_REQUIRE(!own.has_rows);
    STATIC_REQUIRE(!own.has_lay_out);
    STATIC_REQUIRE(own.facts.count_only);
    STATIC_REQUIRE(!rule_of<mine::doubled_image>.facts.count_only);
    STATIC_REQUIRE(rule_of<operations::conv_input_gradient>.has_lay_out);
    STATIC_REQUIRE(rule_of<operations::transpose_weight>.has_rows);
    STATIC_REQUIRE(!rule_of<operations::transpose_weight>.has_gradient);
    CHECK(std::string(own.name) == "doubled");
}

TEST_CASE("the passes treat it by its facts", "[plan]") {
    using by_count = plan<on_image<mine::doubled>, request{.target = channels_last}>;
    STATIC_REQUIRE(key_of<by_count>(mine::doubled::kind).x == shape(16));
    STATIC_REQUIRE(!key_of<by_count>(mine::doubled::kind).channels_last);
    using by_pixel = plan<on_image<mine::doubled_image>, request{.target = channels_last}>;
    STATIC_REQUIRE(key_of<by_pixel>(mine::doubled_image::kind).x == shape(4, 2, 2));
    STATIC_REQUIRE(key_of<by_pixel>(mine::doubled_image::kind).channels_last);
}

TEST_CASE("its gradient follows from its page, and its plan has its name", "[plan]") {
    using training =
        plan<on_image<mine::doubled>, request{.mode = mode::train, .target = channels_last}, mean_squared_error>;
    int doubled = 0;
    for (const step& s : training::data.steps)
        doubled += std::string(training::data.names[s.kernel]) == "doubled" ? 1 : 0;
    CHECK(doubled == 4); // two there, two back
    STATIC_REQUIRE(key_of<training>(operations::conv_weight_gradient::kind).y == shape(4, 2, 2));
}
