#include "catch.hpp"

#include <strata/train/companions/first_difference.hpp>

using strata::detail::first_difference;

TEST_CASE("the first difference of two networks' spellings is told, and nothing else") {
    const std::string net = "network<image<1, 28, 28>, named<\"stem\", conv<6, 5, stride<2>>, relu>, "
                            "repeat<2, residual<sequence<conv<6, 3, same>, relu>, pass>>, flatten, dense<10>>";
    const auto with = [&](const std::string& old, const std::string& now) {
        std::string other = net;
        other.replace(other.find(old), old.size(), now);
        return first_difference(net, other);
    };
    CHECK(with("dense<10>", "dense<12>") == "layer 4 is dense<10> in the file and dense<12> in the program");
    CHECK(with(", dense<10>", "") == "layer 4 is dense<10> in the file and missing in the program");
    CHECK(with("dense<10>", "dense<10>, softmax") == "layer 5 is missing in the file and softmax in the program");
    CHECK(with("28>", "32>") == "the input is image<1, 28, 28> in the file and image<1, 28, 32> in the program");
    CHECK(with("flatten", "global_avg_pool") == "layer 3 is flatten in the file and global_avg_pool in the program");
    CHECK(
        with("stride<2>", "stride<3>")
        == "part 2 of named in layer 1 is conv<6, 5, stride<2>> in the file and conv<6, 5, stride<3>> in the program");
    CHECK(with("3, same", "3, no_bias, same")
          == "part 1 of sequence in part 1 of residual in part 2 of repeat in layer 2 is conv<6, 3, same> in the file "
             "and "
             "conv<6, 3, no_bias, same> in the program");
    CHECK(with("\"stem\"", "\"a, <stem\"")
          == "part 1 of named in layer 1 is \"stem\" in the file and \"a, <stem\" in the program");
    const std::string long_name(1000, 'x');
    CHECK(
        first_difference("network<image<1, 2, 3>, named<\"" + long_name + "a\", relu>>",
                         "network<image<1, 2, 3>, named<\"" + long_name + "b\", relu>>")
        == "part 1 of named in layer 1 is ...xxxxxxxxxxxxxxxa\" in the file and ...xxxxxxxxxxxxxxxb\" in the program");
    CHECK(first_difference(std::string(1000, '7'), net)
          == "the network is " + std::string(40, '7')
                 + "... in the file and network<image<1, 28, 28>, named<\"stem\", ... "
                   "in the program");
    for (const char* broken :
         {"", "<", ">", "<>", "network<", "network<>", "network<a", "network<\">", "network<a, (>"})
        CHECK(first_difference(broken, net).find("in the file and") != std::string::npos);
}
