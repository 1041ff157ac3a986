#pragma once
/// working_model — what `model` is for a network without a mistake: parameters, workspaces, both doors of inference.
#include <strata/base/followed.hpp>
#include <strata/base/precision.hpp>
#include <strata/base/random/seed.hpp>
#include <strata/base/words/sentence.hpp>
#include <strata/cpu/cpu.hpp>
#include <strata/io/file_or_bytes.hpp>
#include <strata/model/adaptor.hpp>
#include <strata/model/calls/call_mistakes.hpp>
#include <strata/model/calls/plain_call.hpp>
#include <strata/model/calls/port_call.hpp>
#include <strata/model/files/load_result.hpp>
#include <strata/model/initial_elements.hpp>
#include <strata/model/is_state.hpp>
#include <strata/model/parameter_access.hpp>
#include <strata/model/silent_model.hpp>
#include <strata/model/workspace.hpp>
#include <strata/plan/facts.hpp>
#include <strata/run/batch_of.hpp>
#include <strata/run/host.hpp>

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

namespace io {
struct tensor_file;
}

namespace detail {

struct wanted_tensor;
/// Gives the tensors of a file their names in the network. What cannot be done is a line of `differences`.
using name_giver = void (*)(const name_map&, io::tensor_file&, std::span<const wanted_tensor>,
                            std::vector<std::string>& origins, std::string& differences);

/// What net.take(source) and net.predict(data) do, in headers of their own.
template <class Model, class Source>
struct taking; // defined in <strata/files.hpp>
template <class Model, class Data>
struct prediction; // defined in <strata/train/predict.hpp>
template <class Model, int Hop>
struct streaming; // defined in <strata/model/stream.hpp>

template <class Net, class Policy, class Precision>
class working_model : public followed {
  public:
    using network = Net;
    using policy = Policy;
    using precision = Precision;
    using number = typename Precision::type;
    using machine = typename Policy::machine;
    using workspace_type = workspace<number, machine>;
    using inference_plan = plan<Net, request{.target = Policy::template numbers<number>()}>;

    /// Elements of a sample, and of a result; of the first input and output where there are several.
    static constexpr int input_size = static_cast<int>(inference_plan::data.input.size());
    static constexpr int output_size = static_cast<int>(inference_plan::data.output.size());
    /// What the first input and the first output consist of: the model's numbers, or std::int32_t.
    using input_number = element_type<inference_plan::data.inputs[0].element, number>;
    using output_number = element_type<inference_plan::data.outputs[0].element, number>;
    static constexpr bool several_ports = inference_plan::inputs > 1 || inference_plan::outputs > 1;
    /// One input and one output, of the model's numbers?
    static constexpr bool plain_ports =
        !several_ports && std::is_same_v<input_number, number> && std::is_same_v<output_number, number>;
    using memory_of_caller = caller_memory<inference_plan::inputs, inference_plan::outputs>;
    static constexpr long long scratch = machine::template scratch<inference_plan, Policy, number>;
    /// Bytes of a workspace for a batch: the thread's scratch, and every value between samples and results.
    static constexpr long long workspace_bytes(int batch) {
        return scratch * static_cast<long long>(sizeof(number)) + inference_plan::arena_bytes(batch);
    }

    /// Draws the initial parameters from the seed. Raises device_error if this machine cannot run the policy's code.
    explicit working_model(seed s = {}, Policy p = {})
        : policy_(able_to_run(p)), seed_(s),
          parameters_(machine::template allocate<number>(policy_, inference_plan::data.sizes.parameters)),
          buffers_(machine::template allocate<number>(policy_, inference_plan::data.sizes.buffers)) {
        initialize();
    }

    /// Memory for running up to `max_batch` samples at a time.
    [[nodiscard]] workspace_type make_workspace(int max_batch = 1) const {
        if (max_batch < 1)
            raise<shape_error>(
                sentence({"strata: a workspace for ", max_batch, " samples is not possible. Use at least 1."}));
        if (max_batch > inference_plan::most_samples) refuse_batch(max_batch, inference_plan::most_samples);
        machine::require_memory(policy_, max_batch, [](int batch) {
            return workspace_bytes(batch) + batch * (bytes_of(inputs_) + bytes_of(outputs_));
        });
        long long in[inference_plan::inputs], out[inference_plan::outputs];
        for (int p = 0; p < inference_plan::inputs; ++p) in[p] = max_batch * bytes_of(inputs_[p]);
        for (int p = 0; p < inference_plan::outputs; ++p) out[p] = max_batch * bytes_of(outputs_[p]);
        return {policy_, workspace_bytes(max_batch), in, out, max_batch};
    }

    /// y = Net(x) for as many samples as the static extents hold: `in` input_size numbers each, `out` output_size each.
    /// A pointer stands for one sample: net.run(x.data(), y.data(), space). Never allocates, never throws.
    /// Before   the workspace holds that many samples (else the program ends with a sentence); behind a pointer are
    ///          input_size or output_size numbers; `in` and `out` do not overlap
    template <class In, class Out>
    void run(const In& in, Out&& out, workspace_type& space) const noexcept {
        using results = std::remove_reference_t<Out>;
        if constexpr (several_ports || is_ports<In> || is_ports<std::remove_const_t<results>>)
            port_call<working_model>::run(*this, as_ports(in), as_ports(out), space);
        else plain_call<working_model>::run(*this, in, out, space);
    }
    /// The same for `batch` samples, one after the other: from none up to the workspace's max_batch(). Tuples are of
    /// pointers.
    void run(const input_number* in, output_number* out, int batch, workspace_type& space) const noexcept
        requires(!several_ports)
    {
        if (batch > 0) run_batch({{in}, {out}}, batch, space);
    }
    template <class In, class Out>
        requires(several_ports || is_ports<In> || is_ports<std::remove_cvref_t<Out>>)
    void run(const In& in, Out&& out, int batch, workspace_type& space) const noexcept {
        port_call<working_model>::run(*this, as_ports(in), as_ports(out), batch, space);
    }

    /// y = Net(x): x any contiguous range (with <strata/xtensor.hpp>, any xtensor expression) of whole samples.
    /// Errors   shape_error naming both shapes; a compile error where the type of x says how many elements it has
    /// Of a network of several inputs: net(x, y) in their order, or net(port<"left">(x), port<"right">(y)) by name, see
    /// <strata/model/calls/port.hpp>. Several outputs are given as `results`, <strata/model/calls/results.hpp>.
    template <class X>
    [[nodiscard]] auto operator()(const X& x) const {
        if constexpr (several_ports || is_named_port<X>) return port_call<working_model>::call(*this, x);
        else return plain_call<working_model>::call(*this, x);
    }
    template <class... X>
        requires(sizeof...(X) != 1)
    [[nodiscard]] auto operator()(const X&... x) const {
        return port_call<working_model>::call(*this, x...);
    }

    /// Runs the network over an endless signal or sequence, Hop positions per step: <strata/model/stream.hpp>.
    template <int Hop = 1>
    [[nodiscard]] auto stream() const& {
        using work = detail::streaming<working_model, Hop>;
        static_assert(detail::is_defined<work>, "strata: net.stream() needs #include <strata/inference.hpp>.");
        if constexpr (detail::is_defined<work>) return work::of(*this);
    }
    /// The state of such a stream by itself, a workspace for its steps, and a step: <strata/model/stream_state.hpp>.
    template <int Hop = 1>
    [[nodiscard]] auto make_state() const {
        using work = detail::streaming<working_model, Hop>;
        static_assert(detail::is_defined<work>, "strata: net.make_state() needs #include <strata/inference.hpp>.");
        if constexpr (detail::is_defined<work>) return work::make_state(*this);
    }
    template <detail::is_state State>
    [[nodiscard]] workspace_type make_workspace(const State& state) const {
        return detail::streaming<working_model, detail::hop_of<State>>::make_workspace(*this, state);
    }
    template <class In, class Out, detail::is_state State>
    void run(const In& in, Out&& out, workspace_type& space, State& state) const noexcept {
        detail::streaming<working_model, detail::hop_of<State>>::run(*this, in, out, space, state);
    }
    template <int Hop = 1>
    [[nodiscard]] auto stream() const&& {
        static_assert(Hop < -1,
                      "strata: a stream needs a model that outlives it, but was asked of a temporary. Give the "
                      "model a name.");
        return detail::silent_stream<number>();
    }

    /// All parameters as one block, where the policy's kernels reach them and in its own layout (gradients and
    /// optimisers share it): a std::span where that is this computer's memory.
    /// Of a temporary model there is none: it would be gone before anybody looks.
    [[nodiscard]] auto parameter_block() & noexcept { return parameters_.view(); }
    [[nodiscard]] auto parameter_block() const& noexcept { return parameters_.view(); }
    [[nodiscard]] auto buffer_block() & noexcept { return buffers_.view(); }
    [[nodiscard]] auto buffer_block() const& noexcept { return buffers_.view(); }
    void parameter_block() const&& = delete;
    void buffer_block() const&& = delete;

    /// The memory of those blocks.
    [[nodiscard]] auto& parameter_memory() & noexcept { return parameters_; }
    [[nodiscard]] const auto& parameter_memory() const& noexcept { return parameters_; }
    [[nodiscard]] auto& buffer_memory() & noexcept { return buffers_; }
    [[nodiscard]] const auto& buffer_memory() const& noexcept { return buffers_; }
    void parameter_memory() const&& = delete;
    void buffer_memory() const&& = delete;

    /// The parameters and buffers with their places: `parameters()[i]` describes the i-th.
    [[nodiscard]] static constexpr std::span<const parameter_info> parameters() noexcept {
        return {inference_plan::data.parameters, static_cast<std::size_t>(inference_plan::parameters)};
    }
    /// Copies parameter or buffer i in the conventional order (PyTorch's) to or from `elements`.
    void get(int i, number* elements) const {
        const parameter_info& p = inference_plan::data.parameters[i];
        read_parameter(p.where == storage::parameter ? parameters_ : buffers_, 0, p, elements);
    }
    void set(int i, const number* elements) { put(i, laid_out(inference_plan::data.parameters[i], elements)); }
    /// The same by its name in files, as in get("0.weight"); in <strata/model/named_parameters.hpp>.
    /// Errors   error for a name that is not there, listing those that are; shape_error for another number of elements
    [[nodiscard]] std::vector<number> get(std::string_view name) const;
    void set(std::string_view name, std::span<const number> elements);
    template <class Name, class X> // a Name of its own: a literal 0 is a number here, and no pointer to a name
        requires(std::is_convertible_v<const Name&, std::string_view> && !detail::numbers_of<X, number>)
    void set(const Name&, const X&) {
        [[maybe_unused]] const detail::explained_numbers<X, number> said_once;
    }

    /// Their names in files, in the order of parameters(), and with shapes and kinds; in named_parameters.hpp too.
    [[nodiscard]] static std::vector<std::string_view> names();
    [[nodiscard]] static std::vector<named_parameter> named_parameters();

    /// Writes parameters and buffers as safetensors, names and shapes PyTorch's; in model/files/model_file.hpp.
    void save(const char* path) const;
    void save(const std::string& path) const { save(path.c_str()); }
    [[nodiscard]] std::vector<std::byte> save_bytes() const; ///< the file's content, without a file
    /// Reads them from a file (a path) or from a file's content (bytes in memory), all or nothing: what does not match
    /// leaves the model as it was and lists every difference.
    void load(const io::file_or_bytes& from);
    /// The same without an exception: a false result has the sentence. (Without exceptions, only memory that is used up
    /// ends the program.)
    load_result try_load(const io::file_or_bytes& from) noexcept;
    /// Rounded numbers, samples that test the file: <strata/model/files/save_options.hpp>.
    void save(const char* path, const save_options<number>& o) const; // #include <strata/files.hpp>
    void save(const std::string& path, const save_options<number>& o) const { save(path.c_str(), o); }
    [[nodiscard]] std::vector<std::byte> save_bytes(const save_options<number>& o) const;
    /// From a file with other names and orders: <strata/model/files/name_map.hpp>.
    void load(const io::file_or_bytes& from, const name_map& names);
    load_result try_load(const io::file_or_bytes& from, const name_map& names) noexcept;
    /// Copies what fits, by name and shape, of a file, of bytes or of another model, whatever its type, and tells what
    /// did not: <strata/model/take.hpp>.
    template <class Source>
    [[nodiscard]] auto take(const Source& source) {
        using work = detail::taking<working_model, Source>;
        static_assert(detail::is_defined<work>, "strata: net.take(...) needs #include <strata/files.hpp>.");
        if constexpr (detail::is_defined<work>) return work::from(*this, source, nullptr);
    }
    template <class Source>
    [[nodiscard]] auto take(const Source& source, const name_map& names) {
        using work = detail::taking<working_model, Source>;
        static_assert(detail::is_defined<work>, "strata: net.take(...) needs #include <strata/files.hpp>.");
        if constexpr (detail::is_defined<work>) return work::from(*this, source, &names);
    }
    /// The same, but nothing where the source lacks something of these layers: <strata/model/required.hpp>.
    template <class Source, class Required>
        requires(Required::is_required)
    [[nodiscard]] auto take(const Source& source, Required) {
        [[maybe_unused]] const typename Required::template diagnosis<Net> said_once{};
        using work = detail::taking<working_model, Source>;
        static_assert(detail::is_defined<work>, "strata: net.take(...) needs #include <strata/files.hpp>.");
        if constexpr (detail::is_defined<work>)
            return work::from(*this, source, nullptr, Required::template layers<Net>);
    }
    template <class Source, class Required>
        requires(Required::is_required)
    [[nodiscard]] auto take(const Source& source, const name_map& names, Required) {
        [[maybe_unused]] const typename Required::template diagnosis<Net> said_once{};
        using work = detail::taking<working_model, Source>;
        static_assert(detail::is_defined<work>, "strata: net.take(...) needs #include <strata/files.hpp>.");
        if constexpr (detail::is_defined<work>)
            return work::from(*this, source, &names, Required::template layers<Net>);
    }

    /// The outputs for all samples of a data set, one after the other, on the policy's threads:
    /// <strata/train/predict.hpp>.
    template <class Data>
    [[nodiscard]] std::vector<number> predict(const Data& data) const {
        using work = detail::prediction<working_model, Data>;
        static_assert(detail::is_defined<work>, "strata: net.predict(...) needs #include <strata/train/predict.hpp>.");
        if constexpr (detail::is_defined<work>) return work::of(*this, data);
        else return {};
    }

    [[nodiscard]] const Policy& policy_instance() const noexcept { return policy_; }
    [[nodiscard]] seed initial_seed() const noexcept { return seed_; }

  private:
    template <class, class>
    friend struct detail::taking;
    friend class detail::plain_call<working_model>;
    friend class detail::port_call<working_model>;
    /// Takes the numbers of a file that matches. What is wrong, or nothing.
    template <class Names>
    std::string loaded(const io::file_or_bytes& from, const Names* names, detail::name_giver give);
    /// Takes the numbers of the tensors that were found, all or nothing.
    template <class Match>
    std::string filled(const Match& tensors, const char* path);
    template <class Write>
    auto saved(const char* path, const save_options<number>& o, const Write& write) const;

    /// Asked before anything else: what follows is compiled for the instruction set in question.
    static Policy able_to_run(Policy p) {
        if constexpr (requires { p.require(); }) p.require();
        return p;
    }
    void put(int i, const block<number>& memory) {
        const parameter_info& p = inference_plan::data.parameters[i];
        (p.where == storage::parameter ? parameters_ : buffers_).write(p.offset, p.elements, memory.data());
    }

    /// A workspace too small for the call is a mistake no static extent can tell; `run` may not throw.
    [[noreturn, gnu::cold, gnu::noinline]] static void refuse(const workspace_type& space, int batch) noexcept {
        std::fprintf(stderr,
                     "strata: run was given %d samples and a workspace of %lld bytes for %d, but needs %lld bytes and "
                     "room for its inputs and outputs. Make it with this model's make_workspace(%d).\n",
                     batch, static_cast<long long>(space.bytes()), space.max_batch(), workspace_bytes(batch), batch);
        std::abort();
    }

    void run_batch(const memory_of_caller& at, int batch, workspace_type& space) const { run_inline(at, batch, space); }
    /// A batch that is known at compile time: small networks are compiled for it, as one function.
    template <class Batch>
    [[gnu::always_inline]] void run_constant(const memory_of_caller& at, Batch batch, workspace_type& space) const {
        if constexpr (inference_plan::unrolled) run_inline(at, batch, space);
        else run_batch(at, batch, space);
    }
    /// `batch` is an int, or a constant of that type.
    template <class Batch>
    [[gnu::always_inline]] void run_inline(const memory_of_caller& at, Batch batch, workspace_type& space) const {
        if (batch > space.max_batch() || static_cast<long long>(space.bytes()) < workspace_bytes(batch)
            || !has_room(batch, space, std::make_index_sequence<inference_plan::inputs>{},
                         std::make_index_sequence<inference_plan::outputs>{}))
            refuse(space, batch);
        frame<number> f;
        f.batch = batch;
        f.chunk_size = inference_plan::chunk;
        f.chunks = inference_plan::chunks(batch);
        set_ports(f, at, batch, space, std::make_index_sequence<inference_plan::inputs>{},
                  std::make_index_sequence<inference_plan::outputs>{});
        f.set(storage::parameter, parameters_.data());
        f.set(storage::buffer, buffers_.data());
        f.set_arena(space.arena(), inference_plan::data.sizes, scratch);
        space.machine().template run<inference_plan, Policy>(f);
        download(at, batch, space, std::make_index_sequence<inference_plan::outputs>{});
    }
    static constexpr const auto& inputs_ = inference_plan::data.inputs;
    static constexpr const auto& outputs_ = inference_plan::data.outputs;
    /// For the samples and results: on a GPU the workspace has copies of them.
    template <std::size_t... In, std::size_t... Out>
    [[gnu::always_inline]] static bool has_room(int batch, const workspace_type& space, std::index_sequence<In...>,
                                                std::index_sequence<Out...>) {
        return (space.takes(In, batch * bytes_of(inputs_[In])) && ...)
               && (space.gives(Out, batch * bytes_of(outputs_[Out])) && ...);
    }
    template <std::size_t... In, std::size_t... Out>
    [[gnu::always_inline]] static void set_ports(frame<number>& f, const memory_of_caller& at, int batch,
                                                 workspace_type& space, std::index_sequence<In...>,
                                                 std::index_sequence<Out...>) {
        (f.set(inputs_[In].where,
               space.samples(In).upload(static_cast<const std::byte*>(at.in[In]), batch * bytes_of(inputs_[In]))),
         ...);
        (f.set(outputs_[Out].where, space.results(Out).slot(static_cast<std::byte*>(at.out[Out]))), ...);
    }
    template <std::size_t... Out>
    [[gnu::always_inline]] static void download(const memory_of_caller& at, int batch, workspace_type& space,
                                                std::index_sequence<Out...>) {
        (space.results(Out).download(static_cast<std::byte*>(at.out[Out]), batch * bytes_of(outputs_[Out])), ...);
    }
    /// Bytes of a sample or result.
    static constexpr long long bytes_of(const port_info& p) {
        return p.extents.size() * core::bytes_of(p.element, static_cast<int>(sizeof(number)));
    }
    template <std::size_t Ports>
    static constexpr long long bytes_of(const port_info (&ports)[Ports]) {
        long long bytes = 0;
        for (const port_info& p : ports) bytes += bytes_of(p);
        return bytes;
    }

    void initialize() {
        for (int i = 0; i < inference_plan::parameters; ++i) {
            const parameter_info& p = inference_plan::data.parameters[i];
            if (p.start != init::zero && p.where != storage::state)
                set(i, detail::initial_elements<number>(p, seed_).data());
        }
    }

    [[no_unique_address]] Policy policy_;
    seed seed_;
    typename machine::template memory<number> parameters_, buffers_;
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
