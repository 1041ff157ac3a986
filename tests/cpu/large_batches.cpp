/// Batches of more numbers than an int counts: the last chunk of 600,000 samples of 4096 numbers, 2^31 numbers and more
/// behind the first, is what the same kernel makes of it where it lies at the beginning.
#include "catch.hpp"
#include "random_numbers.hpp"

#include <strata/cpu/cpu.hpp>
#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/losses/huber.hpp>
#include <strata/train/losses/mean_squared_error.hpp>

#include <cstring>
#include <sys/mman.h>

using namespace strata;
using namespace strata::core;
using namespace strata_tests;

namespace {

constexpr int batch = 600'000;

/// Memory whose pages exist once they are written to.
class lazy_memory {
  public:
    explicit lazy_memory(long long elements) : bytes_(static_cast<std::size_t>(elements + 64) * sizeof(float)) {
        void* const at =
            ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (at != MAP_FAILED) data_ = static_cast<float*>(at);
    }
    ~lazy_memory() {
        if (data_ != nullptr) ::munmap(data_, bytes_);
    }
    lazy_memory(const lazy_memory&) = delete;
    lazy_memory& operator=(const lazy_memory&) = delete;
    [[nodiscard]] float* data() const { return data_; }

  private:
    std::size_t bytes_;
    float* data_ = nullptr;
};

constexpr bool is_per_sample(storage where) {
    return where == storage::per_sample || where == storage::input || where == storage::target
           || where == storage::output;
}

/// Runs each step over the last chunk alone, in its place and at the beginning of other memory.
template <class Policy, class Plan>
void compare() {
    constexpr const auto& d = Plan::data;
    const int chunks = Plan::chunks(batch), first = (chunks - 1) * Plan::chunk, samples = batch - first;
    REQUIRE(static_cast<long long>(first) * 4096 > (1LL << 31));
    const lazy_memory input(batch * d.input.size()), target(batch * d.target.size()), output(batch * d.output.size()),
        arena(Plan::arena_bytes(batch) / static_cast<long long>(sizeof(float))), parameters(d.sizes.parameters),
        gradients(d.sizes.parameters), buffers(d.sizes.buffers);
    if (!input.data() || !target.data() || !output.data() || !arena.data())
        STRATA_SKIP("this machine maps no memory that is not there yet");
    const auto fill = [](float* at, long long n, std::uint64_t seed) {
        const auto numbers = random_numbers<float>(n, seed);
        std::memcpy(at, numbers.data(), numbers.size() * sizeof(float));
    };
    fill(input.data() + first * d.input.size(), samples * d.input.size(), 1);
    fill(target.data() + first * d.target.size(), samples * d.target.size(), 2);
    fill(parameters.data(), d.sizes.parameters, 3);
    for (long long i = 0; i < d.sizes.buffers; ++i) buffers.data()[i] = 1; // variances are positive
    frame<float> f;
    f.batch = batch, f.chunks = chunks, f.chunk_size = Plan::chunk, f.random = {.seed = 1, .step = 2};
    f.set(storage::input, input.data()), f.set(storage::target, target.data()), f.set(storage::output, output.data());
    f.set(storage::parameter, parameters.data()), f.set(storage::gradient, gradients.data());
    f.set(storage::buffer, buffers.data()), f.set_arena(arena.data(), d.sizes);
    block<float> scratch(scratch_of<Plan, Policy, float>);
    f.scratch = scratch.data();

    for (int t = 0; t < Plan::steps; ++t) {
        const step& s = d.steps[t];
        INFO(Policy::name << ", step " << t << ", " << Plan::data.names[s.kernel]);
        const auto kernel = kernel_table<Plan, Policy, float>.rows[s.kernel];
        if (s.split != division::samples) {
            const serial_tasks serial; // over chunks, or over nothing that grows with the batch
            if (s.kind != operations::affine_weight_gradient::kind && s.kind != operations::batch_mean::kind)
                run_step(s, kernel, f, serial);
            continue;
        }
        call<float> there = whole_call(s, f), here = there;
        there.first = first, there.last = batch;
        here.first = 0, here.last = samples;
        std::vector<std::vector<float>> results;
        for (int i = 0; i < s.inputs + s.outputs; ++i) {
            const operand& o = s.at[i];
            const long long size = o.elements, last_chunk = chunks - 1;
            if (o.where == storage::partial) there.at[i] += last_chunk * padded_to(size, alignment_elements);
            if (is_per_sample(o.where)) here.at[i] += first * size;
            else here.at[i] = there.at[i];
            if (i < s.inputs) continue;
            results.emplace_back(static_cast<std::size_t>((is_per_sample(o.where) ? samples : 1) * size) + 64);
        }
        float* at[max_outputs]{};
        for (int i = 0; i < s.outputs; ++i)
            at[i] = here.at[s.inputs + i], here.at[s.inputs + i] = results[static_cast<std::size_t>(i)].data();
        kernel(here);
        kernel(there);
        for (int i = 0; i < s.outputs; ++i) {
            const operand& o = s.at[s.inputs + i];
            if (o.where != storage::partial && !is_per_sample(o.where)) continue;
            const float* const of_here = results[static_cast<std::size_t>(i)].data();
            const long long n = (is_per_sample(o.where) ? samples : 1) * o.elements;
            bool same = true, moved = false;
            for (long long e = 0; e < n; ++e) {
                same = same && std::memcmp(of_here + e, at[i] + e, sizeof(float)) == 0;
                moved = moved || at[i][e] != 0;
            }
            // (dropout draws by the sample's number)
            if (s.kind != operations::dropout::kind) CHECK(same);
            CHECK(moved);
        }
    }
}
template <class Net, class Loss>
void compare_policies() {
    const auto of = []<class Policy>(Policy) {
        constexpr target_numbers numbers = Policy::template numbers<float>();
        compare<Policy, plan<Net, request{.mode = mode::train, .input_gradient = true, .target = numbers}, Loss>>();
        compare<Policy, plan<Net, request{.target = numbers}>>();
    };
    of(cpu{});
    of(reference{});
}

struct images : network<image<4, 32, 32>, conv<8, 3, same>, batch_norm, relu, residual<sequence<conv<8, 1>, sigmoid>>,
                        max_pool<2>, dropout<0.5>, conv<4, 3, strata::groups<2>, same>, tanh_activation, avg_pool<2>,
                        flatten, dense<3>, softmax> {};
struct pixels : network<image<4, 32, 32>, parallel<concat_all, conv<3, 1>, pass>, conv<4, 3, same, no_bias>> {};
struct flat : network<features<4096>, dense<4096>, leaky_relu<0.1>, dense<4096>> {};

} // namespace

TEST_CASE("kernels reach images behind 2^31 numbers") {
    compare_policies<images, cross_entropy>();
    compare_policies<pixels, mean_squared_error>();
}

TEST_CASE("kernels reach flat values behind 2^31 numbers") { compare_policies<flat, huber<>>(); }
