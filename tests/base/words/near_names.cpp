#include "catch.hpp"

#include <strata/base/words/near_names.hpp>

#include <vector>

using strata::core::near_names, strata::core::names_apart;

TEST_CASE("names are as many letters apart as must be put in, left out or changed, however long they are") {
    CHECK(names_apart("kitten", "sitting", 9) == 3);
    CHECK(names_apart("abc", "", 9) == 3);
    CHECK(names_apart("0.Weight", "0.weight", 9) == 0);
    CHECK(names_apart("abc", "xyz", 1) == 2); // more than that
    const std::string long_name(150, 'a');
    CHECK(names_apart(long_name + ".weight", long_name + ".wieght", 9) == 2);
    CHECK(names_apart("aa", "aaa", 9) == 1);
}

TEST_CASE("near names are offered, the nearest first and at most three") {
    using list = std::vector<std::string_view>;
    const list names{"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "3.weight", "3.bias"};
    CHECK(near_names("4.weight", names) == "Did you mean '0.weight', '1.weight' or '3.weight'? ");
    CHECK(near_names("1.weigth", names) == "Did you mean '1.weight', '0.weight' or '3.weight'? ");
    CHECK(near_names("1.running_men", names) == "Did you mean '1.running_mean'? ");
    CHECK(near_names("running_mean", names) == "Did you mean '1.running_mean'? "); // a part of it
    CHECK(near_names("1.bias.extra", names) == "Did you mean '1.bias'? ");         // it is a part
    CHECK(near_names("0.BIAS", names) == "Did you mean '0.bias', '1.bias' or '3.bias'? ");
    CHECK(near_names("price", list{"Price", "pricing", "rooms"}) == "Did you mean 'Price'? ");
}

TEST_CASE("nothing is offered where nothing is near") {
    using list = std::vector<std::string_view>;
    CHECK(near_names("y", list{"x", "z"}).empty()); // as far as any letter
    CHECK(near_names("", list{"a"}).empty());
    CHECK(near_names("weight", list{}).empty());
    CHECK(near_names("weight", list{"", "moving_average"}).empty());
    CHECK(near_names("name", list{"na\nme"}).empty()); // of a file: it would break the message
    const std::string long_name(5000, 'a');
    CHECK(near_names(long_name, list{long_name}).empty());
}
