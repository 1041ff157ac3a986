// Integers and truth values from tensors.
#include "files.hpp"
#include <strata/io/tensors/as_integers.hpp>

namespace io = strata::io;
using strata_tests::message_of;
using strata_tests::says;

namespace {

template <class Integer>
std::vector<std::int64_t> read(io::dtype type, const std::vector<Integer>& stored) {
    return io::as_integers({"t", {static_cast<long long>(stored.size())}, type, std::as_bytes(std::span(stored))});
}
using integers = std::vector<std::int64_t>;

} // namespace

TEST_CASE("integers of every width are read exactly", "[as_integers]") {
    CHECK(read<std::uint8_t>(io::dtype::boolean, {1, 0, 1}) == integers{1, 0, 1});
    CHECK(read<std::uint8_t>(io::dtype::u8, {0, 255}) == integers{0, 255});
    CHECK(read<std::int8_t>(io::dtype::i8, {-128, 127}) == integers{-128, 127});
    CHECK(read<std::uint16_t>(io::dtype::u16, {0, 65535}) == integers{0, 65535});
    CHECK(read<std::int16_t>(io::dtype::i16, {-32768, 32767}) == integers{-32768, 32767});
    CHECK(read<std::uint32_t>(io::dtype::u32, {0, 4294967295u}) == integers{0, 4294967295});
    CHECK(read<std::int32_t>(io::dtype::i32, {INT32_MIN, INT32_MAX}) == integers{INT32_MIN, INT32_MAX});
    CHECK(read<std::uint64_t>(io::dtype::u64, {0, INT64_MAX}) == integers{0, INT64_MAX});
    CHECK(read<std::int64_t>(io::dtype::i64, {INT64_MIN, INT64_MAX}) == integers{INT64_MIN, INT64_MAX});
}

TEST_CASE("what is no such integer is refused", "[as_integers]") {
    CHECK(says(message_of<strata::file_error>([] { (void)read<std::uint64_t>(io::dtype::u64, {1, 1ULL << 63}); }),
               "element 1 of the U64 tensor t is 9223372036854775808"));
    CHECK(says(message_of<strata::file_error>([] { (void)read<std::uint8_t>(io::dtype::boolean, {2}); }),
               "element 0 of the BOOL tensor t is 2; the largest readable value is 1"));
    CHECK(says(message_of<strata::file_error>([] { (void)read<float>(io::dtype::f32, {2}); }), "F32", "not integers"));
}
