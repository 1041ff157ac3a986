#pragma once
/// summary_table — writes the table of a summary from a network's facts. It is not a template, so that a second network
/// of a program costs the compiler only its facts.
#include <strata/base/words/display_width.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/model/adaptor.hpp>
#include <strata/plan/description.hpp>
#include <strata/plan/ports/port_info.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

enum class summary_rows {
    folded, ///< at most about 40: equal neighbours share rows, deep blocks are one row
    all,    ///< one for every layer
};

namespace detail {

/// 61706 as "61,706".
[[gnu::cold, gnu::noinline]] inline std::string grouped(long long n) {
    if (-1000 < n && n < 1000) return sentence({n});
    const long long last = n < 0 ? -(n % 1000) : n % 1000;
    return sentence({grouped(n / 1000), last < 10 ? ",00" : last < 100 ? ",0" : ",", last});
}

/// All that the table says of a network.
struct summary_facts {
    const port_info* inputs;
    const port_info* outputs;
    int input_count, output_count;
    int layers;
    const described_layer* rows;
    std::string_view (*spelling)(int layer);
    long long parameters, flops, parameter_bytes, inference_bytes, training_bytes = -1; ///< −1: not told
};

/// Which rows of a network are shown, and how.
class summary_table {
  public:
    [[gnu::cold, gnu::noinline]] summary_table(const summary_facts& facts, summary_rows rows) : facts_(facts) {
        show_below(0, facts.layers, 1, 1000, false);
        if (rows == summary_rows::all || shown_.size() <= most_rows) return;
        int depth = 0;
        for (int i = 0; i < facts.layers; ++i) depth = depth > row(i).depth ? depth : row(i).depth;
        do shown_.clear(), show_below(0, facts.layers, 1, depth--, true);
        while (shown_.size() > most_rows && depth >= 0);
        folded_ = true;
    }

    [[nodiscard, gnu::cold, gnu::noinline]] std::string to_text() const {
        std::vector<std::string> layers{"layer"}, shapes{"output shape"}, parameters{"parameters"};
        for (int p = 0; p < facts_.input_count; ++p) {
            const port_info& in = facts_.inputs[p];
            layers.push_back(shortened_to_width(in.name[0] == 0 ? "input" : sentence({"input \"", in.name, "\""}), 44));
            shapes.push_back(words_of(in.extents));
            parameters.emplace_back("0");
        }
        for (const shown_row& s : shown_) {
            layers.push_back(shortened_to_width(name_of(s), 44));
            shapes.push_back(words_of(row(s.row).output));
            parameters.push_back(parameters_of(s));
        }
        for (int p = 0; p < facts_.output_count; ++p) {
            const port_info& out = facts_.outputs[p];
            if (out.name[0] == 0) continue; // the last layer's
            layers.push_back(shortened_to_width(sentence({"output \"", out.name, "\""}), 44));
            shapes.push_back(words_of(out.extents));
            parameters.emplace_back();
        }
        std::size_t wide_shape = 18, wide_number = 12;
        for (const std::string& s : shapes) wide_shape = s.size() > wide_shape ? s.size() : wide_shape;
        for (const std::string& s : parameters) wide_number = s.size() > wide_number ? s.size() : wide_number;
        const std::string rule = std::string(44 + 1 + wide_shape + 1 + wide_number, '-') + "\n";
        std::string table;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            std::string line = sentence({padded_to_width(layers[i], 44), " ", padded_to_width(shapes[i], wide_shape),
                                         " ", padded_to_width(parameters[i], wide_number, true)});
            while (line.back() == ' ') line.pop_back();
            table += line + "\n";
            if (i == 0) table += rule;
        }
        table += rule;
        if (folded_)
            table += sentence({"folded: ", shown_.size(), " rows for ", facts_.layers,
                               "; summary<Net>(strata::summary_rows::all) shows all of them\n"});
        return table;
    }

  private:
    static constexpr std::size_t most_rows = 40;
    struct shown_row {
        int row;
        int alike;       ///< blocks that follow one another and share this row
        long long times; ///< how often the row stands in the network
        int layers;      ///< that a folded block stands for; 0: it is not folded
    };

    [[nodiscard]] const described_layer& row(int i) const { return facts_.rows[i]; }
    /// The row behind a row and all that stands below it.
    [[nodiscard, gnu::cold, gnu::noinline]] int end_of(int i) const {
        int end = i + 1;
        while (end < facts_.layers && row(end).depth > row(i).depth) ++end;
        return end;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] int layers_below(int i) const {
        int layers = 0;
        for (int k = i + 1; k < end_of(i); ++k) layers += end_of(k) == k + 1;
        return layers;
    }
    [[nodiscard, gnu::cold, gnu::noinline]] bool alike(int a, int b) const {
        const int size = end_of(a) - a;
        if (b >= facts_.layers || row(a).depth != row(b).depth || end_of(b) - b != size) return false;
        for (int k = 0; k < size; ++k) {
            const described_layer &x = row(a + k), &y = row(b + k);
            if (x.depth != y.depth || x.output != y.output || x.parameters != y.parameters) return false;
            if (facts_.spelling(a + k) != facts_.spelling(b + k)) return false;
            if (std::string_view(x.name) != y.name) return false; // the branches of a residual
        }
        return true;
    }
    [[gnu::cold, gnu::noinline]] void show_below(int first, int end, long long times, int deepest, bool joins) {
        for (int i = first; i < end;) {
            int next = end_of(i), count = 1;
            const bool block = next > i + 1;
            while (joins && block && next < end && alike(i, next)) next = end_of(next), ++count;
            const bool folds = block && row(i).depth >= deepest;
            shown_.push_back({i, count, times * count, folds ? layers_below(i) : 0});
            if (block && !folds) show_below(i + 1, end_of(i), times * count, deepest, joins);
            i = next;
        }
    }
    /// A block's spelling ends where its layers would begin: they stand below it, or are too many.
    [[nodiscard, gnu::cold, gnu::noinline]] std::string name_of(const shown_row& s) const {
        const described_layer& r = row(s.row);
        std::string spelling(facts_.spelling(s.row));
        // the first layer below it; where the block spells that otherwise (repeat<2, A, B> runs sequence<A, B>), the
        // first below that
        for (int first = s.row + 1; first < end_of(s.row) && row(first).depth > row(first - 1).depth; ++first) {
            const std::size_t at = place_of(facts_.spelling(first), spelling);
            if (at == std::string::npos) continue;
            spelling.erase(at).append("...>");
            break;
        }
        // The row begins with its piece of the name in files: a position, or the name of a named<...> or of a branch of
        // a residual. The only layer of a named<...> has that name, and no piece of its own.
        std::string place;
        if (r.name[0] != 0) place = r.name;
        else if (!r.transparent)
            place = s.alike > 1 ? sentence({r.index, "-", r.index + s.alike - 1}) : sentence({r.index});
        if (!place.empty()) place += "  ";
        const std::string name = std::string(2 * static_cast<std::size_t>(r.depth), ' ') + sentence({place, spelling});
        if (s.layers == 0) return name;
        const std::string count = sentence({" (", s.layers, s.layers == 1 ? " layer)" : " layers)"});
        return shortened_to_width(name, 44 - count.size()) + count;
    }
    /// Where a layer's spelling stands among the arguments of a block's.
    [[nodiscard, gnu::cold, gnu::noinline]] static std::size_t place_of(std::string_view layer,
                                                                        std::string_view block) {
        for (std::size_t at = block.find(layer, 1); at != std::string_view::npos; at = block.find(layer, at + 1)) {
            const std::size_t behind = at + layer.size();
            if (behind < block.size() && (block[at - 1] == '<' || block[at - 1] == ' ')
                && (block[behind] == ',' || block[behind] == '>'))
                return at;
        }
        return std::string_view::npos;
    }
    /// What the row counts that no row below it does; nothing where all of it stands there.
    [[nodiscard, gnu::cold, gnu::noinline]] std::string parameters_of(const shown_row& s) const {
        long long count = row(s.row).parameters;
        const int end = end_of(s.row);
        if (s.layers == 0 && end > s.row + 1) {
            for (int k = s.row + 1; k < end; k = end_of(k)) count -= row(k).parameters;
            if (count == 0) return {};
        }
        return s.times > 1 && count > 0 ? sentence({grouped(s.times), " x ", grouped(count)}) : grouped(count);
    }

    const summary_facts& facts_;
    std::vector<shown_row> shown_;
    bool folded_ = false;
};

[[gnu::cold, gnu::noinline]] inline std::string write_summary(const summary_facts& facts, summary_rows rows) {
    const std::string training =
        facts.training_bytes < 0 ? std::string()
                                 : sentence({", training ", grouped(facts.training_bytes), " bytes for 32 samples"});
    return sentence({summary_table(facts, rows).to_text(), "parameters: ", grouped(facts.parameters),
                     "\nflops of one inference: ", grouped(facts.flops), "\nmemory: parameters ",
                     grouped(facts.parameter_bytes), " bytes, inference ", grouped(facts.inference_bytes),
                     " bytes for 1 sample", training, "\n"});
}

} // namespace detail

} // namespace strata::inline STRATA_ABI
