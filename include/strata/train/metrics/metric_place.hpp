#pragma once
/// metric_place<Learner, Metric> — where a trainer's metric measures: of on<"x">(metric) the output "x" and its loss,
/// of any other the only ones.
#include <strata/base/type_list.hpp>
#include <strata/base/words/text.hpp>
#include <strata/train/batches/batch_targets.hpp>
#include <strata/train/metrics/collected_metrics.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::detail {

template <class Metric>
struct metric_itself : type_is<Metric> {};
template <class Metric>
    requires is_on_an_output<Metric>
struct metric_itself<Metric> : type_is<typename Metric::measured_type> {};

template <class Learner, class Metric>
struct metric_place {
    using layout = typename Learner::layout;
    using measured = typename metric_itself<Metric>::type;

    /// Which of the losses; -1: its output has none.
    static constexpr int index = [] {
        if constexpr (is_on_an_output<Metric>) {
            for (int i = 0; i < layout::losses; ++i)
                if (same_text(layout::data.targets[i].name, Metric::output)) return i;
            return -1;
        } else return 0;
    }();
    static constexpr bool is_there = index >= 0;
    using loss = typename layout::losses_list::template at<(is_there ? index : 0)>;
    static constexpr shape output = layout::output_of(is_there ? index : 0);
    /// What the metric gets at a time.
    static constexpr int scores = reads_classes<loss> ? output.channels() : static_cast<int>(output.size());
    static constexpr bool fits_loss = !is_there || loss::takes_class_index || !measured::takes_class_index;
    /// Do the loss's targets have the output's shape, or are they class numbers?
    static constexpr bool has_targets =
        !is_there || reads_classes<loss> || layout::data.targets[is_there ? index : 0].extents.size() == output.size();
    static constexpr bool compares_scores = !is_there || scores > 1 || !measured::takes_class_index;
    static constexpr bool has_right_size =
        !is_there || metric_outputs<measured> == 0 || metric_outputs<measured> == scores;
    static constexpr bool has_few_enough = !is_there || takes_outputs<measured>(scores);
    static constexpr bool has_enough = !is_there || has_outputs_enough<measured>(scores);
};

} // namespace strata::inline STRATA_ABI::detail
