#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <strata/base/random/seed.hpp>
#include <strata/data/batch_reader.hpp>
#include <strata/data/data_set.hpp>
#include <strata/data/missing_member.hpp>
#include <utility>
#include <vector>

namespace strata::inline STRATA_ABI::data {

/// Of what is no data set: one error says so.
template <class Data, class Number = float>
class prefetched_batches : public explained_view<Data> {
  public:
    struct batch {
        std::span<const Number> samples{};
        std::span<const int> labels{};
        std::span<const Number> targets{};
        int size = 0;
        explicit operator bool() const { return false; }
    };
    explicit prefetched_batches(const Data&, seed = {}) {}
    void begin(const std::vector<std::size_t>&, int, std::uint64_t = 0) {}
    [[nodiscard]] batch next() { return {}; }
};
template <class Data>
prefetched_batches(Data, seed = {}) -> prefetched_batches<Data>;

/// prefetched_batches<Data> — batches of a data set, read ahead by a thread, for hand-written loops.
///
///   data::prefetched_batches batches(train, strata::seed{1});
///   batches.begin(data::permutation(train.size(), strata::seed{1}, pass), 64, pass);
///   while (const auto batch = batches.next())      // its memory is the caller's until the next call of next()
///       use(batch.samples, batch.labels);
///
/// As doubles, for a model of fp64: prefetched_batches<decltype(train), double> batches(train, strata::seed{1});
/// Errors   what the data set's read throws comes out of next(); see batch_reader
template <data_set Data, class Number>
class prefetched_batches<Data, Number> {
    static constexpr bool has_labels = labelled<Data>;
    static_assert(!labelled_positions<Data>, "strata: prefetched_batches reads one label or values for each sample. "
                                             "Train with fit, or read class_indices in a loop of your own.");

  public:
    /// Samples one after another, and the label of each or its dense target; false at the pass's end.
    struct batch {
        std::span<const Number> samples{};
        std::span<const int> labels{};     ///< where targets are classes
        std::span<const Number> targets{}; ///< where they are values
        int size = 0;
        explicit operator bool() const { return size > 0; }
    };

    explicit prefetched_batches(Data data, seed s = {})
        : data_(std::move(data)), key_{s.value, 0}, sample_(static_cast<std::size_t>(data_.sample_shape().size())) {
        if constexpr (!has_labels) target_ = static_cast<std::size_t>(data_.target_shape().size());
    }

    /// Begins a pass over these samples, whose number is the `epoch` of the key that the data set reads with.
    void begin(std::vector<std::size_t> indices, int batch_size, std::uint64_t pass = 0) {
        reader_.end();
        indices_ = std::move(indices);
        key_.epoch = pass;
        const auto n = static_cast<std::size_t>(batch_size < 1 ? 0 : batch_size);
        const std::size_t most = n < indices_.size() ? n : indices_.size();
        for (slot& s : slots_) {
            s.samples.resize(most * sample_);
            if constexpr (has_labels) s.labels.resize(most);
            else s.targets.resize(most * target_);
        }
        reader_.begin(indices_, batch_size);
    }

    [[nodiscard]] batch next() {
        const auto given = reader_.next();
        if (!given) return {};
        const slot& s = slots_[given.slot];
        const auto n = static_cast<std::size_t>(given.size);
        batch b;
        b.samples = std::span(s.samples).first(n * sample_), b.size = given.size;
        if constexpr (has_labels) b.labels = std::span(s.labels).first(n);
        else b.targets = std::span(s.targets).first(n * target_);
        return b;
    }

  private:
    struct slot {
        std::vector<Number> samples, targets;
        std::vector<int> labels;
    };
    struct reading {
        prefetched_batches* into;
        void operator()(int to, int place, std::size_t index) const {
            into->read(into->slots_[to], static_cast<std::size_t>(place), index);
        }
    };

    void read(slot& to, std::size_t place, std::size_t index) {
        const std::span<Number> x = std::span(to.samples).subspan(place * sample_, sample_);
        if constexpr (has_labels) {
            class_index c;
            read_as<Number>(data_, index, key_, x, c);
            to.labels[place] = c.value;
        } else {
            target_for<values, Number> v{std::span(to.targets).subspan(place * target_, target_)};
            read_as<Number>(data_, index, key_, x, v);
        }
    }

    Data data_;
    key key_;
    std::size_t sample_, target_ = 0;
    std::vector<std::size_t> indices_;
    slot slots_[2];
    batch_reader<reading> reader_{reading{this}}; // last: its thread ends before the rest goes
};

} // namespace strata::inline STRATA_ABI::data
