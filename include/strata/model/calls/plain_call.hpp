#pragma once
/// plain_call<Model> — a model's two doors where its network has one input and one output: net(x) with a range, and
/// net.run(x, y, space).
#include <strata/base/error.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/model/adaptor.hpp>
#include <strata/model/calls/call_mistakes.hpp>
#include <strata/model/calls/token_check.hpp>
#include <strata/run/batch_of.hpp>

#include <cstddef>
#include <type_traits>
#include <vector>

namespace strata::inline STRATA_ABI::detail {

template <class Model>
class plain_call {
    using net = typename Model::network;
    using read_number = typename Model::input_number;
    using written_number = typename Model::output_number;
    static constexpr int input_size = Model::input_size, output_size = Model::output_size;
    static constexpr const auto& data = Model::inference_plan::data;

  public:
    template <class X>
    static auto call(const Model& model, const X& x) {
        using door = adaptor<X, read_number>;
        constexpr std::size_t extent = static_extent<X>;
        if constexpr (extent != std::dynamic_extent
                      && (extent == 0 || extent % static_cast<std::size_t>(input_size) != 0)) {
            [[maybe_unused]] const reported_here<samples_source<net, static_cast<long long>(extent)>> no_samples{};
            return std::vector<written_number>{};
        } else if constexpr (door::exists) {
            const auto given = door::read(x, data.input);
            if (!given.fits)
                raise<shape_error>(sentence({"strata: the model was given ", given.words, ", but takes samples of ",
                                             words_of(data.input), ", ", input_size,
                                             " elements each. Pass one sample or a batch of whole samples."}));
            const int batch = batch_of(given.elements().size(), static_cast<std::size_t>(input_size));
            check_tokens(given.elements(), data.inputs[0]);
            auto y = results<door>(given, batch);
            auto space = model.make_workspace(batch);
            model.run_batch({{given.elements().data()}, {std::data(y)}}, batch, space);
            return y;
        } else {
            [[maybe_unused]] const explained_numbers<X, read_number> said_once;
            return std::vector<written_number>{};
        }
    }

    template <class In, class Out>
    [[gnu::always_inline]] static void run(const Model& model, const In& in, Out& out,
                                           typename Model::workspace_type& space) noexcept {
        constexpr auto in_extent = given_extent<In, input_size>,
                       out_extent = given_extent<std::remove_const_t<Out>, output_size>;
        constexpr bool is_static = in_extent != std::dynamic_extent && out_extent != std::dynamic_extent;
        constexpr int batch = is_static ? static_cast<int>(in_extent / input_size) : 0;
        using read = std::remove_cv_t<std::remove_pointer_t<decltype(first_of(in))>>;
        using written = std::remove_pointer_t<decltype(first_of(out))>;
        if constexpr (!std::is_same_v<read, read_number>) {
            [[maybe_unused]] const explained_numbers<In, read_number> said_once;
        } else if constexpr (!std::is_same_v<written, written_number> && !std::is_const_v<written>) {
            [[maybe_unused]] const explained_numbers<std::remove_cvref_t<Out>, written_number> said_once;
        } else if constexpr (is_static && batch > 0 && in_extent == std::size_t(batch) * input_size
                             && out_extent == std::size_t(batch) * output_size) {
            model.run_constant({{first_of(in)}, {first_of(out)}}, std::integral_constant<int, batch>{}, space);
        } else {
            [[maybe_unused]] const reported_here<
                extent_source<net, is_static ? static_cast<long long>(in_extent) : 0,
                              is_static ? static_cast<long long>(out_extent) : 0, is_static>> wrong_extents{};
        }
    }

  private:
    /// In the samples' container, or in a vector where the elements are others.
    template <class Door, class Samples>
    static auto results(const Samples& given, int batch) {
        if constexpr (std::is_same_v<read_number, written_number>)
            return Door::make(given, batch, data.input, data.output);
        else return std::vector<written_number>(static_cast<std::size_t>(batch * data.output.size()));
    }
};

} // namespace strata::inline STRATA_ABI::detail
