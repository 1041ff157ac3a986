/// What a type lacks to be a data set, one member after the other. How the compiler says so:
/// tests/compile_fail/data/data_set_*.cpp.
#include "catch.hpp"

#include <strata/data/in_memory.hpp>
#include <strata/data/missing_member.hpp>

#include <string>

using namespace strata;
using namespace strata::core;
using data::missing_member;

namespace {

struct nothing {};
struct of_words {
    using target_type = std::string;
};
struct labels {
    using target_type = data::class_index;
};
struct labels_of_a_size : labels {
    [[nodiscard]] std::size_t size() const { return 1; }
};
struct sizes_that_change : labels {
    std::size_t size() { return 1; }
};
struct labels_of_a_shape : labels_of_a_size {
    [[nodiscard]] shape sample_shape() const { return shape(1); }
};
struct of_two_classes : labels_of_a_shape {
    [[nodiscard]] int classes() const { return 2; }
};
struct two_classes : of_two_classes {
    void read(std::size_t, data::key, std::span<float>, data::class_index&) const {}
};
struct reads_another_target : of_two_classes {
    void read(std::size_t, data::key, std::span<float>, data::values&) const {}
};
struct reads_once : of_two_classes {
    void read(std::size_t, data::key, std::span<float>, data::class_index&) {}
};
struct values_of_no_shape : labels_of_a_shape {
    using target_type = data::values;
    [[nodiscard]] int classes() const { return 2; } // of no use to values
};

} // namespace

TEST_CASE("missing_member: the first that is missing") {
    STATIC_REQUIRE(data::missing_member_of<nothing>() == missing_member::target_type);
    STATIC_REQUIRE(data::missing_member_of<of_words>() == missing_member::target_type);
    STATIC_REQUIRE(data::missing_member_of<labels>() == missing_member::size);
    STATIC_REQUIRE(data::missing_member_of<sizes_that_change>() == missing_member::size);
    STATIC_REQUIRE(data::missing_member_of<labels_of_a_size>() == missing_member::sample_shape);
    STATIC_REQUIRE(data::missing_member_of<labels_of_a_shape>() == missing_member::classes);
    STATIC_REQUIRE(data::missing_member_of<values_of_no_shape>() == missing_member::target_shape);
    STATIC_REQUIRE(data::missing_member_of<of_two_classes>() == missing_member::read);
    STATIC_REQUIRE(data::missing_member_of<reads_another_target>() == missing_member::read);
    STATIC_REQUIRE(data::missing_member_of<reads_once>() == missing_member::read);
    STATIC_REQUIRE(data::missing_member_of<two_classes>() == missing_member::none);
    STATIC_REQUIRE(data::missing_member_of<data::in_memory<>>() == missing_member::none);
    [[maybe_unused]] const data::explained_data_set<two_classes> nothing_to_say;
}
