#pragma once
/// predict — the outputs of a model for all samples of a data set, in order: net.predict(data)
///
///   const std::vector<float> scores = net.predict(test);      // test.size() · 10 of them
///
/// Samples are read and run a few at a time, on the policy's threads. The numbers are those of net(x) for each sample.
/// Errors   shape_error where the samples do not fit the network; exceptions of reading
#include <strata/base/needs_exceptions.hpp>
#include <strata/model/model.hpp>
#include <strata/plan/ports/one_port.hpp>
#include <strata/run/host_training.hpp>
#include <strata/train/batches/refused_samples.hpp>
#include <strata/train/batches/sample_reader.hpp>
#include <strata/train/fit/first_error.hpp>

#include <algorithm>
#include <atomic>
#include <concepts>

namespace strata::inline STRATA_ABI::detail {

template <class Data>
[[gnu::cold, gnu::noinline]] void check_samples(const Data& data, const shape& taken) {
    if (data.sample_shape() != taken) refuse_samples("the data", data.sample_shape(), taken, feature_names_of(data));
}

/// Reads samples first ... last − 1 and runs them, with memory of its own.
template <class Model, class Data>
class predictor {
    using number = typename Model::number;
    static constexpr std::size_t in = Model::input_size, out = Model::output_size;

  public:
    static constexpr std::size_t most = 64; ///< samples at a time

    predictor(const Model& net, const Data& data)
        : net_(&net), reader_(data, {net.initial_seed().value, 0}), space_(net.make_workspace(static_cast<int>(most))),
          inputs_(most * in) {}
    void run(std::size_t first, std::size_t last, number* outputs) {
        for (std::size_t i = first; i < last; ++i) {
            const std::span<const number> sample = reader_(i);
            std::copy(sample.begin(), sample.end(), inputs_.begin() + static_cast<std::ptrdiff_t>((i - first) * in));
        }
        net_->run(inputs_.data(), outputs + first * out, static_cast<int>(last - first), space_);
    }

  private:
    const Model* net_;
    sample_reader<Data, number> reader_;
    typename Model::workspace_type space_;
    std::vector<number> inputs_;
};

template <class Model, class Data>
struct prediction {
    [[gnu::noinline]] static std::vector<typename Model::number> of(const Model& net, const Data& data) {
        if constexpr (!has_plain_ports<typename Model::network>) {
            [[maybe_unused]] const one_port<typename Model::network, "net.predict"> said_once{};
            return {};
        } else if constexpr (data::data_set<Data>) {
            check_samples(data, Model::inference_plan::data.input);
            using work = predictor<Model, Data>;
            const std::size_t size = data.size(), parts = (size + work::most - 1) / work::most;
            std::vector<typename Model::number> outputs(size * static_cast<std::size_t>(Model::output_size));
            const auto part = [&](work& w, std::size_t k) {
                w.run(k * work::most, std::min(size, (k + 1) * work::most), outputs.data());
            };
            if constexpr (std::same_as<typename Model::machine, host>) {
                first_error error; // a data set may throw, a task must not
                std::atomic<std::size_t> next{0};
                const int threads = static_cast<int>(std::min<std::size_t>(
                    static_cast<std::size_t>(net.policy_instance().threads), std::max<std::size_t>(parts, 1)));
                typename Model::policy fewer = net.policy_instance();
                fewer.threads = threads;
                host_training<typename Model::policy> pool(fewer);
                pool.for_each(threads, [&](int) {
                    try {
                        work w(net, data);
                        for (std::size_t k; !error.kept() && (k = next++) < parts;) part(w, k);
                    } catch (...) {
                        error.keep();
                    }
                });
                error.rethrow();
            } else {
                work w(net, data);
                for (std::size_t k = 0; k < parts; ++k) part(w, k);
            }
            return outputs;
        } else {
            [[maybe_unused]] const data::explained_data_set<Data> said_once;
            return {};
        }
    }
};

} // namespace strata::inline STRATA_ABI::detail
