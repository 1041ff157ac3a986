/// The table people know from Keras.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/train/summary.hpp>

using namespace strata;
using namespace strata_tests;

TEST_CASE("the summary of lenet5") {
    // The parameters' bytes: each row padded to the registers, each tensor to 64 bytes; they differ between machines.
    const std::string bytes = detail::grouped(parameter_bytes<lenet5>),
                      inference = detail::grouped(inference_bytes<lenet5>(1)),
                      training = detail::grouped(training_bytes<lenet5, mean_squared_error>(32));
    CHECK(summary<lenet5, mean_squared_error>()
          == "layer                                        output shape         parameters\n"
             "----------------------------------------------------------------------------\n"
             "input                                        [1, 28, 28]                   0\n"
             "0  conv<6, 5, same>                          [6, 28, 28]                 156\n"
             "1  relu                                      [6, 28, 28]                   0\n"
             "2  max_pool<2>                               [6, 14, 14]                   0\n"
             "3  conv<16, 5>                               [16, 10, 10]              2,416\n"
             "4  relu                                      [16, 10, 10]                  0\n"
             "5  max_pool<2>                               [16, 5, 5]                    0\n"
             "6  flatten                                   [400]                         0\n"
             "7  dense<120>                                [120]                    48,120\n"
             "8  relu                                      [120]                         0\n"
             "9  dense<84>                                 [84]                     10,164\n"
             "10  relu                                     [84]                          0\n"
             "11  dense<10>                                [10]                        850\n"
             "----------------------------------------------------------------------------\n"
             "parameters: 61,706\n"
             "flops of one inference: 852,370\n"
             "memory: parameters "
                 + bytes + " bytes, inference " + inference + " bytes for 1 sample, training " + training
                 + " bytes for 32 samples\n");
    CHECK(summary<lenet5>().find("training") == std::string::npos); // without a loss there is nothing to tell of it
}

TEST_CASE("the summary goes into blocks, indented, and cuts what is too long") {
    struct blocks : network<features<6>, repeat<2, dense<6>, relu>, residual<dense<6, no_bias>>,
                            named<"head", dense<1000>, tanh_activation, dense<3>>> {};
    const std::string table = summary<blocks>();
    const auto line = [&](const std::string& start) {
        const auto at = table.find("\n" + start);
        return at == std::string::npos ? "no line begins with " + start
                                       : table.substr(at + 1, table.find('\n', at + 1) - at - 1);
    };
    CHECK(line("0  repeat") == "0  repeat<2, dense<6>, relu>                 [6]                          84");
    CHECK(line("  1  sequence<dense<6>")
          == "  1  sequence<dense<6>, relu>                [6]                          42");
    CHECK(line("    0  dense<6>") == "    0  dense<6>                              [6]                          42");
    CHECK(line("1  residual") == "1  residual<dense<6, no_bias>, pass>         [6]                          36");
    CHECK(line("2  named") == "2  named<\"head\", dense<1000>, tanh_activa... [3]                      10,003");
    CHECK(line("parameters: ") == "parameters: 10,123");
}

TEST_CASE("numbers are grouped in threes") {
    CHECK(detail::grouped(0) == "0");
    CHECK(detail::grouped(999) == "999");
    CHECK(detail::grouped(1000) == "1,000");
    CHECK(detail::grouped(61706) == "61,706");
    CHECK(detail::grouped(1234567890123) == "1,234,567,890,123");
    CHECK(detail::grouped(-1234) == "-1,234");
}
