#pragma once
/// silent_model — stands for the model of a broken network.
#include <strata/base/seed.hpp>
#include <strata/io/file_or_bytes.hpp>
#include <strata/model/adaptor.hpp>
#include <strata/model/load_result.hpp>
#include <strata/model/workspace.hpp>
#include <strata/plan/graph.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strata::inline STRATA_ABI {

template <class T>
struct save_options;    // defined elsewhere: #include <strata/files.hpp>
class name_map;         // defined elsewhere: #include <strata/files.hpp>
struct named_parameter; // defined elsewhere: #include <strata/model/named_parameters.hpp>
struct take_report;     // defined elsewhere: #include <strata/files.hpp>

namespace detail {

/// A broken network's model: the error is reported, everything else stays silent. Its results are of the types they
/// would have, so that what is done with them is silent too.
template <class Policy, class Precision>
class silent_model {
    struct host_only {};

  public:
    using policy = Policy;
    using precision = Precision;
    using number = typename Precision::type;
    static constexpr int input_size = 1, output_size = 1;

    using workspace_type = workspace<number>;
    explicit silent_model(seed = {}, Policy = {}) {}
    workspace<number> make_workspace(int = 1) const { return {host_only{}, 0, 0, 0, 1}; }
    template <class In, class Out>
    void run(const In&, Out&&, workspace<number>&) const noexcept {}
    void run(const number*, number*, int, workspace<number>&) const noexcept {}
    template <class X>
    auto operator()(const X& x) const {
        using door = adaptor<X, number>;
        if constexpr (door::exists) return door::make(door::read(x, shape(1)), 1, shape(1), shape(1));
        else return std::vector<number>{};
    }
    std::span<number> parameter_block() const noexcept { return {}; }
    std::span<number> buffer_block() const noexcept { return {}; }
    static constexpr std::span<const parameter_info> parameters() noexcept { return {}; }
    void get(int, number*) const noexcept {}
    void set(int, const number*) noexcept {}
    std::vector<number> get(std::string_view) const { return {}; }
    void set(std::string_view, std::span<const number>) {}
    static std::vector<std::string_view> names() { return {}; }
    template <class Named = named_parameter>
    static std::vector<Named> named_parameters() {
        return {};
    }
    void save(const std::string&) const {}
    void load(const io::file_or_bytes&) {}
    load_result try_load(const io::file_or_bytes&) noexcept { return load_result({}); }
    std::vector<std::byte> save_bytes() const { return {}; }
    void save(const std::string&, const save_options<number>&) const {}
    std::vector<std::byte> save_bytes(const save_options<number>&) const { return {}; }
    void load(const io::file_or_bytes&, const name_map&) {}
    load_result try_load(const io::file_or_bytes&, const name_map&) noexcept { return load_result({}); }
    template <class Source, class Report = take_report>
    Report take(const Source&) {
        return {};
    }
    template <class Source, class Report = take_report>
    Report take(const Source&, const name_map&) {
        return {};
    }
    template <class Source, class Required, class Report = take_report>
        requires(Required::is_required)
    Report take(const Source&, Required) {
        return {};
    }
    template <class Source, class Required, class Report = take_report>
        requires(Required::is_required)
    Report take(const Source&, const name_map&, Required) {
        return {};
    }
    template <class Data>
    std::vector<number> predict(const Data&) const {
        return {};
    }
    Policy policy_instance() const noexcept { return {}; }
    seed initial_seed() const noexcept { return {}; }
};

} // namespace detail

} // namespace strata::inline STRATA_ABI
