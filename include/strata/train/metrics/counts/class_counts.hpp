#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <span>
#include <strata/base/error.hpp>
#include <strata/base/words/display_width.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/train/metrics/counts/binary_counts.hpp>
#include <strata/train/metrics/share.hpp>
#include <string>
#include <vector>

namespace strata::inline STRATA_ABI {

/// class_counts — a table of actual and predicted classes, and the measures that follow from it.
/// It is what confusion_matrix<Classes> and the macro-averaged metrics share, for any number of classes.
///
/// Besides the classes 0 to classes() − 1 there is `classes()` itself, "not a number": it stands for an output or a
/// target without a largest element. Such a sample counts as wrong for the class on its other side.
///
/// Precision, recall and F1 of a class, and their empty denominators: binary_counts.hpp. The macro averages are plain
/// means over the classes that occurred or were predicted (as in scikit-learn); NaN when there are none. Their standard
/// errors take the counts as multinomial and use the delta method.
/// Source   Takahashi, Yamamoto, Kuchiba, Koyama: Confidence interval for micro-averaged F1 and macro-averaged F1
///          scores, 2021
class class_counts {
  public:
    explicit class_counts(int classes) : classes_(classes), numbers_(at(classes + 1) * at(classes + 3) + 1) {}

    /// One sample; anything but a class is "not a number".
    void add(int actual, int predicted) noexcept {
        const std::size_t a = place(actual), p = place(predicted);
        ++numbers_[a * at(classes_ + 1) + p], ++met()[a], ++taken()[p], ++numbers_.back();
    }
    void clear() noexcept { std::fill(numbers_.begin(), numbers_.end(), 0); }

    /// All that was counted, as one block: what a checkpoint keeps.
    [[nodiscard]] std::span<long long> state() noexcept { return numbers_; }
    [[nodiscard]] std::span<const long long> state() const noexcept { return numbers_; }

    [[nodiscard]] int classes() const noexcept { return classes_; }
    [[nodiscard]] long long samples() const noexcept { return numbers_.back(); }
    /// Samples of class `actual` that were taken for class `predicted`.
    [[nodiscard]] long long operator()(int actual, int predicted) const noexcept {
        return numbers_[place(actual) * at(classes_ + 1) + place(predicted)];
    }
    /// The class against all others.
    [[nodiscard]] binary_counts of(int c) const noexcept { return {(*this)(c, c), taken()[place(c)], met()[place(c)]}; }
    [[nodiscard]] double precision(int c) const noexcept { return of(c).precision(); }
    [[nodiscard]] double recall(int c) const noexcept { return of(c).recall(); }
    [[nodiscard]] double f1(int c) const noexcept { return of(c).f1(); }

    /// The samples whose class was found.
    [[nodiscard]] detail::share right() const noexcept {
        detail::share all{0, samples()};
        for (int c = 0; c < classes_; ++c) all.right += (*this)(c, c);
        return all;
    }
    [[nodiscard]] double accuracy() const noexcept { return right().value(); }

    [[nodiscard]] double macro_precision() const noexcept { return mean(&binary_counts::precision); }
    [[nodiscard]] double macro_recall() const noexcept { return mean(&binary_counts::recall); }
    [[nodiscard]] double macro_f1() const noexcept { return mean(&binary_counts::f1); }

    /// Each class's denominator is a column (a row) of its own, so the classes' variances add up. A class
    /// with an empty one is fixed at 0 and adds none.
    [[nodiscard]] double macro_precision_error() const noexcept {
        return error_of_mean(&binary_counts::precision_error);
    }
    [[nodiscard]] double macro_recall_error() const noexcept { return error_of_mean(&binary_counts::recall_error); }
    /// Here a wrong sample lowers F1 of two classes at once: with s = predicted + actual of a class, the sum
    /// of the classes' F1 has the derivative 2 (1 − F1) / s for a right sample and minus the sum of
    /// F1 / s of both classes for a wrong one.
    [[nodiscard]] [[gnu::cold]] double macro_f1_error() const noexcept {
        double variance = 0, classes = 0;
        const auto part = [&](int c) {
            const binary_counts counts = of(c);
            return c == classes_ || !counts.seen()
                       ? 0
                       : counts.f1() / static_cast<double>(counts.predicted + counts.actual);
        };
        for (int a = 0; a <= classes_; ++a) {
            const binary_counts own = of(a);
            if (a < classes_ && own.seen()) ++classes;
            for (int p = 0; p <= classes_; ++p) {
                const auto count = static_cast<double>((*this)(a, p));
                if (count == 0) continue;
                double slope = part(a) + part(p);
                if (a == p)
                    slope = a == classes_ ? 0 : 2 * (1 - own.f1()) / static_cast<double>(own.predicted + own.actual);
                variance += count * slope * slope;
            }
        }
        return classes == 0 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(variance) / classes;
    }

    /// A table: a line for each actual class, a column for each predicted one, each class's measures beside
    /// it. The classes have the names given, or their numbers.
    ///
    /// Errors   error where there are names, but not one for each class
    [[nodiscard]] [[gnu::cold]] std::string to_text(const std::vector<std::string>& names = {}) const {
        if (!names.empty() && names.size() != at(classes_))
            raise(sentence({"strata: the table of a confusion matrix was given ", names.size(), " names, but it has ",
                            classes_, " classes. Give one name per class, or none."}));
        const auto name = [&](int c) {
            return c == classes_ ? "not a number" : names.empty() ? sentence({c}) : names[at(c)];
        };
        const auto padded = [](const std::string& word, std::size_t width, bool to_the_right = true) {
            return padded_to_width(word, width, to_the_right);
        };
        const auto occurs = [&](int c, std::span<const long long> margin) { return c < classes_ || margin[at(c)] > 0; };
        std::size_t first = 6; // "actual"
        for (int c = 0; c <= classes_; ++c)
            if (occurs(c, met())) first = std::max(first, display_width(name(c)));

        std::string table = padded("actual", first, false);
        std::vector<std::size_t> widths;
        for (int p = 0; p <= classes_; ++p) {
            std::size_t width = display_width(name(p));
            for (int a = 0; a <= classes_; ++a) width = std::max(width, sentence({(*this)(a, p)}).size());
            widths.push_back(width);
            if (occurs(p, taken())) table += "  " + padded(name(p), width);
        }
        table += "  precision  recall      F1\n";
        char line[120];
        for (int a = 0; a <= classes_; ++a) {
            if (!occurs(a, met())) continue;
            table += padded(name(a), first, false);
            for (int p = 0; p <= classes_; ++p)
                if (occurs(p, taken())) table += "  " + padded(sentence({(*this)(a, p)}), widths[at(p)]);
            if (a < classes_) {
                std::snprintf(line, sizeof line, "  %9.4f  %6.4f  %6.4f", precision(a), recall(a), f1(a));
                table += line;
            }
            table += '\n';
        }
        std::snprintf(line, sizeof line, "accuracy %.4f (standard error %.4f), %lld samples\n", accuracy(),
                      right().standard_error(), samples());
        return table + line;
    }

  private:
    static constexpr std::size_t at(int i) noexcept { return static_cast<std::size_t>(i); }
    [[nodiscard]] std::size_t place(int c) const noexcept { return at(c >= 0 && c < classes_ ? c : classes_); }

    [[nodiscard]] double mean(double (binary_counts::*measure)() const noexcept) const noexcept {
        double sum = 0, classes = 0;
        for (int c = 0; c < classes_; ++c)
            if (const binary_counts counts = of(c); counts.seen()) sum += (counts.*measure)(), ++classes;
        return classes == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / classes;
    }
    [[nodiscard]] double error_of_mean(double (binary_counts::*error)() const noexcept) const noexcept {
        double variance = 0, classes = 0;
        for (int c = 0; c < classes_; ++c) {
            const binary_counts counts = of(c);
            if (!counts.seen()) continue;
            ++classes;
            if (const double e = (counts.*error)(); e == e) variance += e * e;
        }
        return classes == 0 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(variance) / classes;
    }

    /// How many samples were of each class, and were taken for each.
    [[nodiscard]] std::span<long long> met() noexcept { return margin(state(), 0); }
    [[nodiscard]] std::span<const long long> met() const noexcept { return margin(state(), 0); }
    [[nodiscard]] std::span<long long> taken() noexcept { return margin(state(), 1); }
    [[nodiscard]] std::span<const long long> taken() const noexcept { return margin(state(), 1); }
    template <class Numbers>
    Numbers margin(Numbers all, int i) const noexcept {
        return all.subspan(at(classes_ + 1) * at(classes_ + 1 + i), at(classes_ + 1));
    }

    int classes_;
    std::vector<long long> numbers_; ///< the matrix, met(), taken(), the number of samples
};

} // namespace strata::inline STRATA_ABI
