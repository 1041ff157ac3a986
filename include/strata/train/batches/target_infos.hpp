#pragma once
/// target_infos — where the targets of a plan's losses are, and at which outputs.
#include <strata/train/batches/batch_targets.hpp>

namespace strata::inline STRATA_ABI::detail {

/// The output that loss i is on, of so many outputs.
template <class Data>
constexpr int output_of_loss(const Data& data, int outputs, int i) {
    for (int o = 0; o < outputs; ++o)
        if (same_text(data.outputs[o].name, data.targets[i].name)) return o;
    return 0;
}

/// The target of each of a plan's losses.
template <class Plan, int Losses>
struct all_target_infos {
    target_info all[static_cast<unsigned>(Losses)]{};

    constexpr all_target_infos() {
        for (int i = 0; i < Losses; ++i)
            all[i] = {Plan::data.targets[i].where, static_cast<int>(Plan::data.targets[i].extents.size()),
                      Plan::data.outputs[output_of_loss(Plan::data, Plan::outputs, i)].extents};
    }
};
template <class Plan, int Losses>
inline constexpr all_target_infos<Plan, Losses> target_infos;

} // namespace strata::inline STRATA_ABI::detail
