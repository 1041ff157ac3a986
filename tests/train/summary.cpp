/// The table people know from Keras.
#include "catch.hpp"
#include "nets.hpp"

#include <strata/io/text/utf8.hpp>
#include <strata/train/losses/mean_squared_error.hpp>
#include <strata/train/summary.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace strata;
using namespace strata::core;
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

namespace {

std::string line_of(const std::string& table, const std::string& start) {
    const auto at = table.find("\n" + start);
    return at == std::string::npos ? "no line begins with " + start
                                   : table.substr(at + 1, table.find('\n', at + 1) - at - 1);
}
/// The lines between the two rules, without "input".
std::vector<std::string> rows_of(const std::string& table) {
    std::vector<std::string> lines;
    std::size_t at = table.find("\ninput ");
    for (at = table.find('\n', at + 1) + 1; table[at] != '-'; at = table.find('\n', at) + 1)
        lines.push_back(table.substr(at, table.find('\n', at) - at));
    return lines;
}
/// The sum of the column of parameters: "1,234" or "3 x 1,234".
long long listed(const std::string& table) {
    long long sum = 0;
    for (const std::string& line : rows_of(table)) {
        if (line.back() == ']') continue; // no number stands there
        std::string words = line.substr(line.find(']') + 1);
        long long times = 1, count = 0;
        std::erase(words, ',');
        if (const auto x = words.find(" x "); x != std::string::npos) {
            times = std::stoll(words.substr(0, x));
            words.erase(0, x + 3);
        }
        count = std::stoll(words);
        sum += times * count;
    }
    return sum;
}

} // namespace

TEST_CASE("the summary goes into blocks, indented; their rows leave layers and parameters to those below") {
    struct blocks : network<features<6>, repeat<2, dense<6>, relu>, residual<dense<6, no_bias>>,
                            named<"head", dense<1000>, tanh_activation, dense<3>>> {};
    const std::string table = summary<blocks>();
    CHECK(rows_of(table)
          == std::vector<std::string>{"0  repeat<2, ...>                            [6]",
                                      "  0  sequence<...>                           [6]",
                                      "    0  dense<6>                              [6]                          42",
                                      "    1  relu                                  [6]                           0",
                                      "  1  sequence<...>                           [6]",
                                      "    0  dense<6>                              [6]                          42",
                                      "    1  relu                                  [6]                           0",
                                      "1  residual<...>                             [6]",
                                      "  body  dense<6, no_bias>                    [6]                          36",
                                      "  shortcut  pass                             [6]                           0",
                                      "head  named<\"head\", ...>                     [3]",
                                      "  0  dense<1000>                             [1000]                    7,000",
                                      "  1  tanh_activation                         [1000]                        0",
                                      "  2  dense<3>                                [3]                       3,003"});
    CHECK(line_of(table, "parameters: ") == "parameters: 10,123");
    CHECK(listed(table) == 10'123);
}

namespace {
/// A layer with a parameter beside those of the layer that it runs, and a spelling in which that stands by chance.
struct scaled_relu {
    using layers = type_list<dense<4>, relu>;
    static constexpr value build(graph& g, value x) {
        const value w = g.parameter("weight", shape(4, 6), init::kaiming, 6);
        const value b = g.parameter("bias", shape(4), init::zero);
        const value y = operations::affine::append(g, x, w, b);
        return run_layer<relu>(g, run_layer<dense<4>>(g, y, 0, 2), 1, 2);
    }
    static constexpr void spell(text& t) { t.add("scaled_relu"); }
};
} // namespace

TEST_CASE("the summary of a block that has parameters of its own counts them in its row, and no other") {
    const std::string table = summary<network<features<6>, scaled_relu>>();
    CHECK(rows_of(table)
          == std::vector<std::string>{"0  scaled_relu                               [4]                          28",
                                      "  0  dense<4>                                [4]                          20",
                                      "  1  relu                                    [4]                           0"});
    CHECK(listed(table) == 48);
}

TEST_CASE("the summary of a long network is folded: equal blocks share rows, deep ones are one row") {
    using block = residual<sequence<dense<6>, relu, dense<6>>>;
    struct equal : network<features<6>, dense<6>, repeat<20, block>, named<"head", dense<3>, relu>> {};
    CHECK(rows_of(summary<equal>(summary_rows::all)).size() == 1 + 1 + 20 * 6 + 3);
    CHECK(listed(summary<equal>(summary_rows::all)) == parameter_count<equal>);
    const std::string table = summary<equal>();
    CHECK(rows_of(table)
          == std::vector<std::string>{"0  dense<6>                                  [6]                          42",
                                      "1  repeat<20, ...>                           [6]",
                                      "  0-19  residual<...>                        [6]",
                                      "    body  sequence<...>                      [6]",
                                      "      0  dense<6>                            [6]                     20 x 42",
                                      "      1  relu                                [6]                           0",
                                      "      2  dense<6>                            [6]                     20 x 42",
                                      "    shortcut  pass                           [6]                           0",
                                      "head  named<\"head\", ...>                     [3]",
                                      "  0  dense<3>                                [3]                          21",
                                      "  1  relu                                    [3]                           0"});
    CHECK(line_of(table, "folded: ")
          == "folded: 11 rows for 125; summary<Net>(strata::summary_rows::all) shows all of them");
    CHECK(listed(table) == parameter_count<equal>);

    struct different : network<features<6>, named<"größe", block, dense<6>, block, dense<6>, block, relu>,
                               sequence<block, dense<6>, block>, named<"wide", block, relu, block>> {};
    const std::string deep = summary<different>();
    CHECK(rows_of(summary<different>(summary_rows::all)).size() == 1 + 3 * 6 + 3 + 1 + 2 * 6 + 1 + 1 + 2 * 6 + 1);
    CHECK(rows_of(deep)
          == std::vector<std::string>{"größe  named<\"größe\", ...>                   [6]",
                                      "  0  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0",
                                      "  1  dense<6>                                [6]                          42",
                                      "  2  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0",
                                      "  3  dense<6>                                [6]                          42",
                                      "  4  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0",
                                      "  5  relu                                    [6]                           0",
                                      "1  sequence<...>                             [6]",
                                      "  0  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0",
                                      "  1  dense<6>                                [6]                          42",
                                      "  2  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0",
                                      "wide  named<\"wide\", ...>                     [6]",
                                      "  0  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0",
                                      "  1  relu                                    [6]                           0",
                                      "  2  residual<...>                           [6]",
                                      "    body  sequence<...> (3 layers)           [6]                          84",
                                      "    shortcut  pass                           [6]                           0"});
    CHECK(listed(deep) == parameter_count<different>);
}

TEST_CASE("the summary calls the branches of a residual what files call them, and joins none") {
    using branch = sequence<dense<6>, relu>;
    struct twice : network<features<6>, residual<branch, branch>, residual<named<"main", dense<6>>, dense<6>>> {};
    CHECK(rows_of(summary<twice>())
          == std::vector<std::string>{
              "0  residual<...>                             [6]", "  body  sequence<...>                        [6]",
              "    0  dense<6>                              [6]                          42",
              "    1  relu                                  [6]                           0",
              "  shortcut  sequence<...>                    [6]",
              "    0  dense<6>                              [6]                          42",
              "    1  relu                                  [6]                           0",
              "1  residual<...>                             [6]", "  main  named<\"main\", ...>                   [6]",
              "    dense<6>                                 [6]                          42",
              "  shortcut  dense<6>                         [6]                          42"});
}

namespace {

/// The names of the layers that are no blocks: the first words of the rows, from the outermost row to theirs, joined.
std::vector<std::string> paths_in(const std::string& table) {
    std::vector<std::string> rows = rows_of(table), pieces, paths;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto depth_of = [&](std::size_t k) { return rows[k].find_first_not_of(' ') / 2; };
        const std::size_t depth = depth_of(i), at = 2 * depth, end = rows[i].find("  ", at);
        // a row without a piece of its own is a spelling and then its shape
        const bool has_piece = rows[i].find_first_not_of(' ', end) < rows[i].find('[') && rows[i][end + 2] != ' ';
        pieces.resize(depth);
        pieces.push_back(has_piece ? rows[i].substr(at, end - at) : "");
        if (i + 1 < rows.size() && depth_of(i + 1) > depth) continue;
        std::string path;
        for (const std::string& piece : pieces)
            if (!piece.empty()) path += (path.empty() ? "" : ".") + piece;
        paths.push_back(path);
    }
    return paths;
}

} // namespace

TEST_CASE("the first words of the summary's rows, joined, are the names of the parameters") {
    using block = residual<sequence<dense<6>, relu, named<"last", dense<6>>>, dense<6>>;
    struct net : network<features<6>, named<"stem", dense<6>>, named<"stage1", sequence<block, relu, block>>,
                         named<"stage2", block, named<"inner", relu, dense<6>>>, repeat<2, dense<6>>,
                         named<"head", dense<3>>> {};
    const std::vector<std::string> paths = paths_in(summary<net>(summary_rows::all));
    CHECK(std::find(paths.begin(), paths.end(), "stage1.0.body.0") != paths.end());
    for (int i = 0; i < model<net>::inference_plan::parameters; ++i) {
        const std::string name(description<net>::name(i)), layer = name.substr(0, name.rfind('.'));
        CAPTURE(name);
        CHECK(std::count(paths.begin(), paths.end(), layer) == 1);
    }
    CHECK(rows_of(summary<net>(summary_rows::all))[0].find("stem  named<\"stem\", ...>  ") == 0);
    CHECK(rows_of(summary<net>(summary_rows::all))[1].find("  dense<6>  ") == 0);
}

TEST_CASE("the summary cuts and pads names by the columns of a terminal") {
    const auto columns = [](const std::string& line) { return display_width(line.substr(0, line.find('['))); };
    struct umlauts : network<features<6>, named<"ööööööööööööööööööööööööööööööööööööööööö", dense<3>>> {};
    const auto cut = rows_of(summary<umlauts>())[0];
    CHECK(cut == "ööööööööööööööööööööööööööööööööööööööööö... [3]");
    CHECK(io::find_invalid_utf8(cut) == std::string_view::npos);
    struct wide : network<features<6>, named<"漢字", dense<3>>> {};
    CHECK(rows_of(summary<wide>())[0] == "漢字  named<\"漢字\", ...>                     [3]");
    CHECK(columns(rows_of(summary<wide>())[0]) == 45);
    struct wide_cut : network<features<6>, named<"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", dense<3>>> {};
    CHECK(rows_of(summary<wide_cut>())[0] == "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 ... [3]");
    struct accents : network<features<6>, named<"o\u0308o\u0308", dense<3>>> {};
    CHECK(columns(rows_of(summary<accents>())[0]) == 45);
    struct emoji : network<features<6>, named<"\U0001f469\u200d\U0001f467", dense<3>>> {};
    CHECK(columns(rows_of(summary<emoji>())[0]) == 45);
    struct invalid : network<features<6>, named<"a\xff", dense<3>>> {};
    CHECK(columns(rows_of(summary<invalid>())[0]) == 45);
}

TEST_CASE("numbers are grouped in threes") {
    CHECK(detail::grouped(0) == "0");
    CHECK(detail::grouped(999) == "999");
    CHECK(detail::grouped(1000) == "1,000");
    CHECK(detail::grouped(61706) == "61,706");
    CHECK(detail::grouped(1234567890123) == "1,234,567,890,123");
    CHECK(detail::grouped(-1234) == "-1,234");
}
