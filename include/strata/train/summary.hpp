#pragma once
/// summary<Net>() — a network as a table: layers, output shapes, parameters, totals, memory.
/// Nested blocks are indented below their layer. A row begins with its piece of the names in files, a position or the
/// name of a named<...>; joined by points they are a path, "stem.0.body". summary<Net, Loss, Policy>() adds the memory
/// of training with that loss under that policy.
///
/// Each parameter is counted in one row, so that the rows add up to the total: the row of a block leaves its parameters
/// to the layers below it. A table of more than 40 rows is folded: equal blocks in a row share their rows ("0-2", "3 x
/// 1,024"), then the deepest blocks become one row each, with the number of their layers.
/// summary<Net>(summary_rows::all) folds nothing.
#include <strata/base/words/sentence.hpp>
#include <strata/model/inference_bytes.hpp>
#include <strata/plan/description.hpp>
#include <strata/train/summary_table.hpp>
#include <strata/train/training_bytes.hpp>

#include <string>

namespace strata::inline STRATA_ABI {

template <class Net, class Loss = core::no_loss, class Policy = cpu>
std::string summary(summary_rows rows = summary_rows::folded) {
    if constexpr (core::is_sound<Net>) {
        using words = core::description<Net>;
        long long training = -1;
        if constexpr (!std::is_same_v<Loss, core::no_loss>) training = training_bytes<Net, Loss, Policy>(32);
        using plan = core::plan<Net, core::request{.target = Policy::template numbers<float>()}>;
        return detail::write_summary(detail::summary_facts{.inputs = plan::data.inputs,
                                                           .outputs = plan::data.outputs,
                                                           .input_count = plan::inputs,
                                                           .output_count = plan::outputs,
                                                           .layers = words::layers,
                                                           .rows = words::table.rows,
                                                           .spelling = &words::spelling,
                                                           .parameters = parameter_count<Net>,
                                                           .flops = flops<Net>,
                                                           .parameter_bytes = parameter_bytes<Net, Policy>,
                                                           .inference_bytes = inference_bytes<Net, Policy>(1),
                                                           .training_bytes = training},
                                     rows);
    } else {
        [[maybe_unused]] const detail::facts<Net> reports{};
        return {};
    }
}

} // namespace strata::inline STRATA_ABI
