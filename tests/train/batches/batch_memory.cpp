/// A batch's memory: it grows, never shrinks, and is asked for as one sum of bytes.
#include "files.hpp"

#include <strata/run/host.hpp>
#include <strata/train/batches/batch_memory.hpp>

using namespace strata;
using namespace strata::core;
using strata_tests::message_of;
using strata_tests::says;

namespace {

/// A machine with room for 1000 bytes.
struct small_machine : host {
    template <class Policy, class Bytes>
    static void require_memory(const Policy&, int batch, const Bytes& bytes) {
        if (bytes(batch) > 1000) raise("too much");
    }
    template <class Policy>
    static bool fits(const Policy&, long long bytes) noexcept {
        return bytes <= 1000;
    }
};
struct small_policy {
    using machine = small_machine;
};
/// Three numbers in, one out, 32 bytes of arena: 64 bytes a sample, and the 16 of two targets.
constexpr port_info one_input[] = {{.name = "", .extents = shape(3), .where = storage::input}};
constexpr port_info one_output[] = {{.name = "", .extents = shape(1), .where = storage::output}};
constexpr detail::batch_sizes sizes{one_input, one_output, 8, [](int batch) { return 32LL * batch; }, 1 << 30};

double* numbers(detail::port_memory<small_policy>& port, int slot = 0) {
    return reinterpret_cast<double*>(port.slot(slot));
}

} // namespace

TEST_CASE("batch_memory: reserves what a batch takes, and keeps it for smaller ones") {
    const small_policy p;
    detail::batch_memory<small_policy> memory(p, sizes);
    CHECK(memory.reserved() == 0);
    memory.reserve(p, 5, 0);
    CHECK(memory.reserved() == 5);
    const std::byte* const inputs = memory.input(0).slot(0);
    numbers(memory.input(0))[14] = 7; // the last of 5 samples
    frame<double> f;
    f.batch = 5;
    memory.upload_inputs(f, 0);
    CHECK(f.numbers(storage::input)[14] == 7);
    memory.give_output_slots(f, 0);
    f.numbers(storage::output)[4] = 9;
    memory.download_outputs(5, 0);
    CHECK(memory.output<double>(0, 0)[4] == 9);
    memory.reserve(p, 2, 0);
    CHECK(memory.reserved() == 5);
    CHECK(memory.input(0).slot(0) == inputs);
}

TEST_CASE("batch_memory: what the machine does not have is not reserved") {
    const small_policy p;
    detail::batch_memory<small_policy> memory(p, sizes);
    CHECK(memory.fits(p, 12, 16)); // 960 bytes
    CHECK_FALSE(memory.fits(p, 13, 16));
    memory.reserve(p, 12, 0, 16);
    CHECK(message_of<error>([&] { memory.reserve(p, 13, 0, 16); }) == "too much");
    CHECK(memory.reserved() == 0);
    memory.reserve(p, 1, 0);
    CHECK(memory.reserved() == 1);
}

TEST_CASE("batch_memory: a batch that no kernel counts is refused before anything is given back") {
    const small_policy p;
    detail::batch_memory<small_policy> memory(p, sizes);
    memory.reserve(p, 1, 0);
    CHECK(says(message_of<shape_error>([&] { memory.reserve(p, 1'500'000'000, 0); }), "1500000000 samples"));
    CHECK(memory.reserved() == 1);
}

TEST_CASE("batch_memory: each port has a block of its own, integers among them, and each slot") {
    const small_policy p;
    constexpr port_info two_inputs[] = {{.name = "tokens", .extents = shape::tokens(4), .element = element::int32},
                                        {.name = "place", .extents = shape(2), .where = input_port(1)}};
    detail::batch_memory<small_policy> memory(
        p, {two_inputs, one_output, 8, [](int batch) { return 8LL * batch; }, 1 << 30}, 2);
    CHECK(memory.fits(p, 20)); // 16 + 16 + 8 + 8 bytes a sample
    CHECK_FALSE(memory.fits(p, 21));
    memory.reserve(p, 3, 0);
    CHECK(memory.input(0).each() == 16);
    reinterpret_cast<std::int32_t*>(memory.input(0).slot(1))[11] = 42;
    numbers(memory.input(1), 0)[5] = 3;
    frame<double> f;
    f.batch = 3;
    memory.upload_inputs(f, 1);
    CHECK(reinterpret_cast<std::int32_t*>(f.base[static_cast<int>(storage::input)])[11] == 42);
    memory.upload_inputs(f, 0);
    CHECK(f.numbers(input_port(1))[5] == 3);
}
