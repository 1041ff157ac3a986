/// A batch's memory: it grows, never shrinks, and is asked for as one sum of bytes.
#include "files.hpp"

#include <strata/run/host.hpp>
#include <strata/train/batch_memory.hpp>

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
constexpr detail::batch_sizes sizes{3, 2,      1, [](int batch) { return 32LL * batch; },
                                    1, 1 << 30}; // 10 numbers, 80 bytes a sample

} // namespace

TEST_CASE("batch_memory: reserves what a batch takes, and keeps it for smaller ones") {
    const small_policy p;
    detail::batch_memory<small_policy, double> memory(p, sizes);
    CHECK(memory.reserved() == 0);
    memory.reserve(p, 5, 0);
    CHECK(memory.reserved() == 5);
    const double* const inputs = memory.inputs();
    memory.inputs()[14] = memory.targets()[9] = 7; // the last of 5 samples
    CHECK(memory.upload_inputs(5)[14] == 7);
    CHECK(memory.upload_targets(memory.targets(), 5)[9] == 7);
    memory.reserve(p, 2, 0);
    CHECK(memory.reserved() == 5);
    CHECK(memory.inputs() == inputs);
}

TEST_CASE("batch_memory: what the machine does not have is not reserved") {
    const small_policy p;
    detail::batch_memory<small_policy, double> memory(p, sizes);
    CHECK(memory.fits(p, 12)); // 960 bytes
    CHECK_FALSE(memory.fits(p, 13));
    memory.reserve(p, 12, 0);
    CHECK(message_of<error>([&] { memory.reserve(p, 13, 0); }) == "too much");
    CHECK(memory.reserved() == 0);
    memory.reserve(p, 1, 0);
    CHECK(memory.reserved() == 1);
}

TEST_CASE("batch_memory: a batch that no kernel counts is refused before anything is given back") {
    const small_policy p;
    detail::batch_memory<small_policy, double> memory(p, sizes);
    memory.reserve(p, 1, 0);
    CHECK(says(message_of<shape_error>([&] { memory.reserve(p, 1'500'000'000, 0); }), "1500000000 samples"));
    CHECK(memory.reserved() == 1);
}

TEST_CASE("batch_memory: class targets are integers, one for each position, and take the place of numbers") {
    const small_policy p;
    constexpr detail::batch_sizes of_pixels{3, 60, 1, [](int batch) { return 32LL * batch; }, 20, 1 << 30};
    detail::batch_memory<small_policy, double> memory(p, of_pixels);
    CHECK(memory.fits(p, 1)); // 544 bytes
    CHECK_FALSE(memory.fits(p, 2));
    memory.expect_classes(p, true);
    CHECK(memory.fits(p, 6)); // 144 bytes each
    CHECK_FALSE(memory.fits(p, 7));
    memory.reserve(p, 3, 0);
    memory.classes()[59] = 2;
    CHECK(memory.upload_classes(memory.classes(), 3)[59] == 2);
    CHECK(memory.of_classes());
}
