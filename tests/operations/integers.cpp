/// Operations that write and read integers, by their definitions: per sample, per chunk and for the whole batch, in
/// images and flat, under every policy and in both precisions.
#include "files.hpp"
#include "laws/operation_laws.hpp"

#include <strata/inference.hpp>
#include <strata/plan/operations/reshape.hpp>
#include <strata/sequences.hpp>

using namespace strata_tests;

namespace strata::inline STRATA_ABI::operations {

/// i[c,h,w] = 3 where x is positive, −2 elsewhere.   Operands: x → i, integers
struct steps_of {
    static constexpr const char* name = "steps_of";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }
    static constexpr value append(graph& g, value x) {
        key k;
        k.x = k.y = g.extents(x);
        const value i = g.add_value(k.y, storage::per_sample, element::int32);
        g.add_operation<steps_of>(k, &x, 1, &i, 1);
        return i;
    }
    static constexpr void differentiate(graph&, gradients&, const operation&) {}
};
template <key K, class F>
struct definition<steps_of::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y);
        c.integers(1)[i] = image_of(c.at[0], at.n, K.x, K.channels_last)(y.c, y.h, y.w) > 0 ? 3 : -2;
    }
};

/// Not constexpr: stops the compiler.
inline void integers_have_no_gradient() {}

/// y[c,h,w] = x[c,h,w] · i[c,h,w].   Operands: x, i → y
struct times_steps {
    static constexpr const char* name = "times_steps";
    static constexpr op kind = op_named(name);
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }
    static constexpr value append(graph& g, value x, value i) {
        key k;
        k.x = k.y = g.extents(x);
        return g.apply<times_steps>(k, {x, i}, k.y);
    }
    static constexpr void differentiate(graph& g, gradients& d, const operation& o) {
        if (d.wanted(o.in[0])) d.contribute(o.in[0], append(g, d.of(o.out[0]), o.in[1]));
        if (d.wanted(o.in[1])) integers_have_no_gradient();
    }
};
template <key K, class F>
struct definition<times_steps::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const place_in_image y(at.e, K.y);
        image_of(c.at[2], at.n, K.y, K.channels_last)(y.c, y.h, y.w) =
            image_of(c.at[0], at.n, K.x, K.channels_last)(y.c, y.h, y.w) * T(c.integers(1)[i]);
    }
};

/// How many of the chunk's samples have x[e] > 0.   Operands: x → a partial, integers
struct chunk_counts {
    static constexpr const char* name = "chunk_counts";
    static constexpr op kind = op_named(name);
    static constexpr division split = division::samples;
    static constexpr long long flops(const key&) { return 0; }
};
template <key K, class F>
struct definition<chunk_counts::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr unit per = unit::chunk;
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        const place_in_batch at(i, items);
        const samples_of_task samples(c, at.n);
        std::int32_t count = 0;
        for (int n = samples.first; n < samples.last; ++n) count += c.at[0][n * items + at.e] > 0;
        c.integers(1)[at.n * padded_to(items, alignment_elements) + at.e] = count;
    }
};

/// Their sums over the chunks.   Operands: the partial → a fixed value, integers
struct batch_counts {
    static constexpr const char* name = "batch_counts";
    static constexpr op kind = op_named(name);
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr division split = division::rows;
    static constexpr int rows(const key& k) { return k.y.d0; }
    static constexpr long long flops(const key&) { return 0; }
};
template <key K, class F>
struct definition<batch_counts::kind, K, F> {
    static constexpr long long items = 1;
    static constexpr unit per = unit::row;
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        std::int32_t sum = 0;
        for (int j = 0; j < c.chunks; ++j) sum += c.integers(0)[j * padded_to(K.y.size(), alignment_elements) + i];
        c.integers(1)[i] = sum;
    }
};

/// y[e] = x[e] + 100 · counts[e].   Operands: x, counts → y
struct plus_counts {
    static constexpr const char* name = "plus_counts";
    static constexpr op kind = op_named(name);
    static constexpr operation_facts facts{.takes_tokens = true};
    static constexpr division split = division::samples;
    static constexpr long long flops(const key& k) { return k.x.size(); }
};
template <key K, class F>
struct definition<plus_counts::kind, K, F> {
    static constexpr long long items = K.y.size();
    static constexpr bool runs_on_cpu = true;
    template <class Accumulator, class T>
    STRATA_HD static void item(const call<T>& c, long long i) {
        c.at[2][i] = c.at[0][i] + T(100) * T(c.integers(1)[i % items]);
    }
};

} // namespace strata::inline STRATA_ABI::operations

namespace {

/// y = x · steps_of(x), the integers kept in a shape of their own on the way.
struct stepped {
    static constexpr value build(graph& g, value x) {
        const shape s = g.extents(x);
        value i = operations::steps_of::append(g, x);
        i = operations::reshape::append(g, i, shape(static_cast<int>(s.size())));
        return operations::times_steps::append(g, x, operations::reshape::append(g, i, s));
    }
    static constexpr void spell(text& t) { t.add("stepped"); }
};
/// y = x and, a hundred times, how many samples of the batch are positive there.
struct counted {
    static constexpr value build(graph& g, value x) {
        core::key k;
        k.x = k.y = g.extents(x);
        const value part = g.add_value(k.y, core::storage::partial, core::element::int32),
                    all = g.add_value(k.y, core::storage::fixed, core::element::int32);
        g.add_operation<operations::chunk_counts>(k, &x, 1, &part, 1);
        g.add_operation<operations::batch_counts>(k, &part, 1, &all, 1);
        return g.apply<operations::plus_counts>(k, {x, all}, k.y);
    }
    static constexpr void spell(text& t) { t.add("counted"); }
};

struct flat : network<features<3>, stepped> {};
/// Channels of a register and a bit, which cpu has last; integers stay conventional.
struct between : network<image<2, 3, 4>, conv<17, 2>, stepped, conv<2, 2>> {};
struct in_a_row : network<features<5>, dense<7>, stepped, dense<18>, stepped, dense<3>> {};
struct counting : network<features<3>, counted> {};

template <class Policy, class T>
void count() {
    host_run<inference_plan<counting, Policy, T>, Policy, T> r(7); // chunks of three, three and one
    r.input = {1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1, -1, 1, -1, 1, 1, -1, -1, 1, 1, 1};
    r.run();
    std::vector<T> expected;
    for (const T x : r.input)
        expected.push_back(x + (expected.size() % 3 == 0 ? T(700) : expected.size() % 3 == 1 ? T(100) : T(400)));
    CHECK(r.output == expected);
}

/// Words beside numbers: the rows of the words, each plus the numbers; and the words themselves.
struct words_and_numbers : network<inputs<in<"words", tokens<3, 5>>, in<"numbers", vectors<3, 2>>>, embedding<5, 2>,
                                   add<"numbers">, tag<"sum">, outputs<"sum", "words">> {};
struct of_words : network<tokens<2, 4>, embedding<4, 3>> {};

template <class Policy, class Precision>
void through_ports() {
    using T = typename Precision::type;
    model<words_and_numbers, Policy, Precision> net;
    net.set(0, std::vector<T>{0, 1, 10, 11, 20, 21, 30, 31, 40, 41}.data());
    const std::vector<std::int32_t> words{4, 0, 2, 1, 1, 3};
    const std::vector<T> numbers{1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6};
    const std::vector<T> expected{41, 43, 3, 5, 25, 27, 9, 9, 7, 7, 25, 25};
    const auto r = net(words, numbers);
    CHECK(r.template get<"sum">() == expected);
    CHECK(r.template get<"words">() == words);
    // the door that neither allocates nor throws
    auto space = net.make_workspace(2);
    std::array<T, 12> sum{};
    std::array<std::int32_t, 6> same{};
    const std::span<const std::int32_t, 6> in(words);
    const std::span<const T, 12> more(numbers);
    net.run(std::tie(in, more), std::tie(sum, same), space);
    CHECK(std::vector<T>(sum.begin(), sum.end()) == expected);
    CHECK(std::vector<std::int32_t>(same.begin(), same.end()) == words);
    // one input of integers
    model<of_words, Policy, Precision> rows;
    rows.set(0, std::vector<T>{0, 1, 2, 10, 11, 12, 20, 21, 22, 30, 31, 32}.data());
    CHECK(rows(std::vector<std::int32_t>{3, 1}) == std::vector<T>{30, 31, 32, 10, 11, 12});
    auto small = rows.make_workspace();
    const std::array<std::int32_t, 2> two{0, 2};
    std::array<T, 6> y{};
    rows.run(two, y, small);
    CHECK(y == std::array<T, 6>{0, 1, 2, 20, 21, 22});
    rows.run(two.data(), y.data(), 1, small);
    CHECK(y == std::array<T, 6>{0, 1, 2, 20, 21, 22});
}

} // namespace

TEST_CASE("integers come in and go out beside numbers") {
    through_ports<reference, fp64>(), through_ports<reference, fp32>();
    through_ports<cpu, fp64>(), through_ports<cpu, fp32>();
#if !defined(__CUDACC__)
    through_ports<gpu_on_host, fp64>(), through_ports<gpu_on_host, fp32>();
#endif
}

TEST_CASE("a token that the vocabulary does not have is a sentence") {
    const model<of_words> net;
    CHECK(message_of<error>([&] { (void)net(std::vector<std::int32_t>{0, 3, 2, 4}); })
          == "strata: token 1 of sample 1 is 4, but the network knows the tokens 0 to 3. Number the tokens from 0, or "
             "declare a larger vocabulary.");
    const model<words_and_numbers> two;
    CHECK(says(message_of<error>([&] { (void)two(std::vector<std::int32_t>{0, -1, 2}, std::vector<float>(6)); }),
               "token 1 of sample 0 for the input \"words\" is -1"));
}

TEST_CASE("integers by hand") {
    const model<flat, reference> net;
    CHECK(net(std::vector<float>{1, -2, 0.5}) == std::vector<float>{3, 4, 1.5});
    host_run<train_plan<flat, weighted_sum, reference>, reference> r(1);
    r.input = {1, -2, 0.5}, r.target = {1, 10, 100};
    r.run();
    CHECK(r.input_gradient() == std::vector<double>{3, -20, 300});
}

TEST_CASE("integers of a chunk and of the batch") {
    count<reference, float>(), count<reference, double>();
    count<cpu, float>(), count<cpu, double>();
#if !defined(__CUDACC__)
    count<gpu_on_host, float>(), count<gpu_on_host, double>();
#endif
}

TEST_CASE("operations on integers keep the laws") { check_laws<flat, between, in_a_row>(); }
