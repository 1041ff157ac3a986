/// Inputs: a byte, then a checkpoint as it is (an even byte) or its header, a zero byte and the data (odd). A
/// run goes on from it, or from nothing: where it is refused, no number of the run has changed.
#include "fuzz_file.hpp"

#include <strata/layers.hpp>
#include <strata/reference/reference.hpp>
#include <strata/train/companions/checkpoints.hpp>
#include <strata/train/companions/early_stopping.hpp>
#include <strata/train/learner.hpp>
#include <strata/train/losses/cross_entropy.hpp>
#include <strata/train/metrics/accuracy.hpp>
#include <strata/train/metrics/collected_metrics.hpp>
#include <strata/train/optimisers/sgd.hpp>

using namespace strata_fuzz;

namespace {

struct small : strata::network<strata::features<2>, strata::dense<2>> {};
using model = strata::model<small, strata::reference>;
using learner = strata::detail::learner<model, strata::cross_entropy, strata::sgd>;
using run = strata::detail::fit_run<learner, strata::detail::collected_metrics<strata::accuracy>>;

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static fuzz_file file;
    static const fuzz_folder folder = [] {
        fuzz_folder made;
        made.name(file, strata::detail::checkpoint_name(3));
        return made;
    }();
    const bytes input(data + 1, size - 1);
    if (data[0] % 2 != 0) file.hold(with_length(input));
    else file.hold(input);

    model net{strata::seed{1}};
    const model before = net;
    learner l(net, strata::cross_entropy{}, strata::sgd{.momentum = 0.9});
    const strata::fit_options options{.epochs = 4, .batch = 2};
    std::uint64_t passes = 0;
    run r{l, options, 7, passes};
    const strata::checkpoints how{.folder = folder.path(), .resume = true};
    const strata::early_stopping rule{.patience = 2};
    strata::checkpoints::at_work<run> at_work(how, r);
    strata::early_stopping::at_work<run> stop(rule, r);
    if (read_or_refuse(folder.path(), size, [&] { at_work.begin(at_work, stop); })) {
        demand(r.next_sample >= 0 && r.next_sample < 7 && r.epoch == static_cast<int>(r.all.epochs.size()));
        return 0;
    }
    const std::span<const float> now = net.parameter_block(), then = before.parameter_block();
    demand(std::memcmp(now.data(), then.data(), now.size_bytes()) == 0);
    demand(r.epoch == 0 && r.all.epochs.empty() && passes == 0 && l.steps() == 0);
    return 0;
}
