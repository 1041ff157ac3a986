#pragma once
/// prefetch — reads a fit's batches ahead in a thread, while the current step computes:
///
///   trainer.fit(train, held_out, {.epochs = 10}, strata::prefetch{});
///
/// It is meant for data that takes long to read (files, augmentation). The result is bit for bit that of a fit without
/// it. The trainer's own threads do not read then: leave it out where several threads read faster than one.
/// Errors   exceptions of the data set's read leave fit, as without it; device_error if the system grants no thread
#include <strata/data/batch_reader.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/views/shuffle.hpp>
#include <strata/run/block.hpp>
#include <strata/train/batches/sample_weights.hpp>
#include <strata/train/companions/hooks.hpp>
#include <strata/train/fit/fit_run.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace detail {

/// Two batches of a learner's numbers: one that the learner takes, one that is read.
template <class Learner>
class batches_ahead {
  public:
    explicit batches_ahead(Learner& learner) : learner_(learner) {}

    /// Reads these samples, in batches of this size, from now on.
    template <class Data>
    void begin(const Data& data, std::vector<std::size_t> indices, int batch, const data::key& random) {
        reader_.end();
        indices_ = std::move(indices), random_ = random;
        data_ = &data;
        weighted_ = data::has_weights(data);
        read_ = [](const Learner& learner, const void* from, std::size_t index, const data::key& key,
                   std::byte* const* to, double* w) {
            const Data& set = *static_cast<const Data*>(from);
            learner.read(set, index, key, to);
            if (w != nullptr) *w = weight_of(set, index);
        };
        expect_ = [](Learner& learner) { learner.template expect<Data>(); };
        const std::size_t most = std::min(static_cast<std::size_t>(batch), indices_.size());
        for (int b = 0; b < Learner::blocks; ++b) bytes_[b] = Learner::layout::template bytes<Data>(b);
        for (slot& s : slots_) {
            for (int b = 0; b < Learner::blocks; ++b)
                s.blocks[b] = core::block<std::byte>(static_cast<long long>(most * bytes_[b]));
            s.weights.resize(weighted_ ? most : 0);
        }
        reader_.begin(indices_, batch);
    }
    /// Brings the next batch to the learner.
    void take() {
        const auto next = reader_.next();
        const auto n = static_cast<std::size_t>(next.size);
        const slot& s = slots_[next.slot];
        expect_(learner_);
        for (int b = 0; b < Learner::blocks; ++b) std::copy_n(s.blocks[b].data(), n * bytes_[b], learner_.block(b));
        learner_.sample_weights().assign(s.weights.begin(),
                                         s.weights.begin() + static_cast<std::ptrdiff_t>(weighted_ ? n : 0));
    }

  private:
    struct slot {
        core::block<std::byte> blocks[unsigned(Learner::blocks)];
        std::vector<double> weights;
    };
    struct reading {
        batches_ahead* into;
        void operator()(int to, int place, std::size_t index) const {
            slot& s = into->slots_[to];
            const auto at = static_cast<std::size_t>(place);
            std::byte* places[unsigned(Learner::blocks)];
            for (int b = 0; b < Learner::blocks; ++b) places[b] = s.blocks[b].data() + at * into->bytes_[b];
            into->read_(into->learner_, into->data_, index, into->random_, places,
                        into->weighted_ ? s.weights.data() + at : nullptr);
        }
    };
    Learner& learner_;
    slot slots_[2];
    std::vector<std::size_t> indices_;
    data::key random_{};
    const void* data_ = nullptr;
    void (*read_)(const Learner&, const void*, std::size_t, const data::key&, std::byte* const*, double*) = nullptr;
    void (*expect_)(Learner&) = nullptr;
    std::size_t bytes_[unsigned(Learner::blocks)]{}; ///< of a sample in each block
    bool weighted_ = false;
    data::batch_reader<reading> reader_{reading{this}}; // last: its thread ends before the rest goes
};

} // namespace detail

/// (A companion: see hooks.hpp.)
struct prefetch {
    template <class Run>
    class at_work {
        using learner = typename Run::learner_type;

      public:
        using hooks = strata::hooks<"begin_epoch", "gather">;

        at_work(const prefetch&, Run& run) : run_(run), ahead_(run.learner) {}

        template <class Data>
        void begin_epoch(const Data& data, const std::vector<std::size_t>& order) {
            std::vector<std::size_t> left =
                data::detail::places_for(static_cast<std::size_t>(run_.size - run_.next_sample));
            if (order.empty()) std::iota(left.begin(), left.end(), static_cast<std::size_t>(run_.next_sample));
            else std::copy(order.begin() + static_cast<std::ptrdiff_t>(run_.next_sample), order.end(), left.begin());
            ahead_.begin(data, std::move(left), run_.options.batch,
                         {run_.learner.net().initial_seed().value, run_.passes - 1});
        }
        void gather() { ahead_.take(); }

      private:
        Run& run_;
        detail::batches_ahead<learner> ahead_;
    };
};

} // namespace strata::inline STRATA_ABI
