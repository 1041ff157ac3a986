#pragma once
/// diagnosis — the compiler's message as a user interface. A mistake the plan recorded becomes the name of an
/// incomplete type that stands as a base class: one mistake, exactly one error, however often the broken network is
/// used.
///   g++                the whole sentence
///   clang++ 19         the sentence in pieces of at most 32 characters, which is what it prints of an array
///   clang++ 14, nvcc   the facts as types: they print neither
#include <strata/base/type_list.hpp>
#include <strata/plan/passes/build.hpp>
#include <strata/plan/passes/snapshot.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI::core {

/// Deliberately without a definition: its arguments are the message.
#if defined(__CUDACC__) || (defined(__clang__) && __clang_major__ < 19)
template <class Where, class Layer, mistake_kind Why, class Got, class Needs>
struct network_mistake;
#elif defined(__clang__)
template <fixed_string... Sentence>
struct network_mistake;
#else
template <fixed_string Sentence>
struct network_mistake;
#endif

/// Facts, as they appear in messages: `layer<4, 9>` is layer 4 of 9.
template <int Number, int Of>
struct layer;
template <class... Outermost_to_innermost>
struct nested;
struct the_input;
struct the_loss;
struct the_call;
template <int... Extents>
struct got;
template <int... Extents>
struct needs;
template <char... Letters>
struct the_name;
template <class... Names>
struct tagged_so_far;
template <class... Names>
struct layers_with_a_name;
template <class... Names>
struct hooks_of_a_fit;
template <class... Names>
struct ports_with_a_name;

namespace parts {

/// What Source::find() gives, as plain numbers.
template <class Source>
struct mistake_facts {
    static constexpr int depth = Source::find().path.size();
    static constexpr mistake_kind why = Source::find().why;
    static constexpr int length = Source::find().sentence.size();
    static constexpr shape got_shape = Source::find().got, needs_shape = Source::find().needs;
    static constexpr int names = Source::find().names.size();
    static constexpr char letter(int name, int at) { return mistake(Source::find()).names[name][at]; }
    static constexpr int letters(int name) {
        int n = 0;
        for (const mistake m = Source::find(); m.names[name][n] != 0;) ++n;
        return n;
    }
    struct positions {
        int index[unsigned(depth + 1)]{}, count[unsigned(depth + 1)]{};
    };
    static constexpr positions path = [] {
        positions p;
        const mistake m = Source::find();
        for (int i = 0; i < depth; ++i) p.index[i] = m.path[i], p.count[i] = m.counts[i];
        return p;
    }();
};

template <class Source, int First, int Count>
constexpr fixed_string<Count> piece_of_sentence() {
    fixed_string<Count> piece;
    const mistake m = Source::find();
    for (int i = 0; i < Count; ++i) piece.characters[i] = m.sentence[First + i];
    piece.characters[Count] = 0;
    return piece;
}

/// The place of a layer in the list of the layer around it. (That of a part of a network begins at a later position.)
template <class Layer>
constexpr int place_in_list(int position) {
    if constexpr (requires { Layer::first_position; }) position -= Layer::first_position;
    return position < Layer::layers::size ? position : Layer::layers::size - 1;
}
template <class Layer, class Facts, int Level>
struct layer_at_fault : type_is<Layer> {};
template <class Layer, class Facts, int Level>
    requires(Level < Facts::depth && requires { typename Layer::layers; })
struct layer_at_fault<Layer, Facts, Level>
    : layer_at_fault<typename Layer::layers::template at<place_in_list<Layer>(Facts::path.index[Level])>, Facts,
                     Level + 1> {};

#if defined(__CUDACC__) || (defined(__clang__) && __clang_major__ < 19)
template <class Source>
struct reported {
    using facts = mistake_facts<Source>;
    template <int... Index>
    static auto where(std::integer_sequence<int, Index...>) {
        if constexpr (sizeof...(Index) == 0) return type_is<typename Source::outside>{};
        else if constexpr (sizeof...(Index) == 1)
            return type_is<layer<facts::path.index[0] + 1, facts::path.count[0]>>{};
        else return type_is<nested<layer<facts::path.index[Index] + 1, facts::path.count[Index]>...>>{};
    }
    template <int... Axis>
    static auto got_fact(std::integer_sequence<int, Axis...>) -> got<facts::got_shape[Axis]...>;
    template <int... Axis>
    static auto needs_fact(std::integer_sequence<int, Axis...>) -> needs<facts::needs_shape[Axis]...>;
    template <int Name, int... At>
    static auto name_of(std::integer_sequence<int, At...>) -> the_name<facts::letter(Name, At)...>;
    template <int Name>
    using name = decltype(name_of<Name>(std::make_integer_sequence<int, facts::letters(Name)>{}));
    template <int... Index>
    static auto known(std::integer_sequence<int, Index...>) -> std::conditional_t<
        facts::why == mistake_kind::layer_is_not_there || facts::why == mistake_kind::layer_is_in_a_block,
        layers_with_a_name<name<Index + 1>...>,
        std::conditional_t<facts::why == mistake_kind::hook_is_unknown
                               || facts::why == mistake_kind::hook_has_no_function
                               || facts::why == mistake_kind::hook_is_not_named,
                           hooks_of_a_fit<name<Index + 1>...>,
                           std::conditional_t<facts::depth == 0, ports_with_a_name<name<Index + 1>...>,
                                              tagged_so_far<name<Index + 1>...>>>>;
    static auto got_what() {
        if constexpr (facts::names > 0) return type_is<name<0>>{};
        else return type_is<decltype(got_fact(std::make_integer_sequence<int, facts::got_shape.rank>{}))>{};
    }
    static auto needs_what() {
        if constexpr (facts::names > 0)
            return type_is<decltype(known(std::make_integer_sequence<int, facts::names - 1>{}))>{};
        else return type_is<decltype(needs_fact(std::make_integer_sequence<int, facts::needs_shape.rank>{}))>{};
    }
    using place = typename decltype(where(std::make_integer_sequence<int, facts::depth>{}))::type;
    static auto mistake()
        -> network_mistake<place, typename layer_at_fault<typename Source::outermost, facts, 0>::type, facts::why,
                           typename decltype(got_what())::type, typename decltype(needs_what())::type>;
};
#elif defined(__clang__)
template <class Source>
struct reported {
    static constexpr int length = mistake_facts<Source>::length, width = 32;
    static constexpr int size(int piece) { return length - piece * width < width ? length - piece * width : width; }
    template <int... Index>
    static auto pieces(std::integer_sequence<int, Index...>)
        -> network_mistake<piece_of_sentence<Source, Index * width, size(Index)>()...>;
    static auto mistake() -> decltype(pieces(std::make_integer_sequence<int, (length + width - 1) / width>{}));
};
#else
template <class Source>
struct reported {
    static auto mistake() -> network_mistake<piece_of_sentence<Source, 0, mistake_facts<Source>::length>()>;
};
#endif

/// A network under a loss, as a source of mistakes. Whatever mode it is planned for, the layers' rules are the same.
template <class Net, class Loss>
struct network_source {
    using outermost = std::conditional_t<std::is_same_v<Loss, no_loss>, Net, Loss>;
    using outside = std::conditional_t<std::is_same_v<Loss, no_loss>, the_input, the_loss>;
    static constexpr mistake find() { return build<Net, Loss>(request{}).first_mistake(); }
};

struct nothing_wrong {};

} // namespace parts

namespace parts {

enum class ports : int { plain, several_inputs, several_outputs, integers };
/// What programs ask of a network before they plan it, in one evaluation.
struct network_state {
    bool sound = false;
    core::parts::ports ports = core::parts::ports::plain;
    snapshot_counts counts{}; ///< of the graph as it is built for inference
    int layers = 0;
    shape input{}, output{};
    long long parameters = 0, flops = 0; ///< of a network without a loss
};
template <class Net, class Loss>
constexpr network_state examine() {
    const graph g = build<Net, Loss>(request{});
    network_state state;
    if (g.failed()) return state;
    const auto is_of_integers = [&](value x) { return x.exists() && g.values[x.index].element != element::number; };
    state.sound = true;
    state.ports = g.output_ports.size() > 1                             ? ports::several_outputs
                  : g.input_ports.size() > 1                            ? ports::several_inputs
                  : is_of_integers(g.input) || is_of_integers(g.output) ? ports::integers
                                                                        : ports::plain;
    state.counts = counts_of(g), state.layers = g.layers.size();
    state.input = g.extents(g.input), state.output = g.extents(g.output);
    if (std::is_same_v<Loss, no_loss>) {
        for (const parameter_info& p : g.parameters)
            if (p.where == storage::parameter) state.parameters += p.extents.size();
        for (const operation& o : g.operations) state.flops += o.rule->flops(o.k);
    }
    return state;
}
template <class Net, class Loss>
inline constexpr network_state state_of = examine<Net, Loss>();

} // namespace parts

/// Can the network be planned?
template <class Net, class Loss = no_loss>
inline constexpr bool is_sound = parts::state_of<Net, Loss>.sound;
/// Has it one input and one output, both of numbers? (A broken one reports its own mistake.)
template <class Net>
inline constexpr bool has_plain_ports = parts::state_of<Net, no_loss>.ports == parts::ports::plain;

template <class Net, class Loss = no_loss>
struct diagnosis;

namespace parts {
/// Is it made of a network that reports for itself?
template <class Net>
concept made_of_broken = requires { typename Net::whole; } && !is_sound<typename Net::whole>;

template <class Net, class Loss>
auto verdict() -> nothing_wrong;
template <class Net, class Loss>
    requires(!is_sound<Net, Loss> && (std::is_same_v<Loss, no_loss> || is_sound<Net>) && !made_of_broken<Net>)
auto verdict() -> decltype(reported<network_source<Net, Loss>>::mistake());
template <class Net, class Loss>
    requires(std::is_same_v<Loss, no_loss> && made_of_broken<Net>)
auto verdict() -> diagnosis<typename Net::whole>;
} // namespace parts

/// The base class of everything that uses a network: the error of a broken one is reported here, once. A loss reports
/// only what is wrong with the loss; the network reports for itself. (Functions give the type, because g++ prints an
/// alias beside what it stands for, and so the sentence twice.)
template <class Net, class Loss>
struct diagnosis : decltype(parts::verdict<Net, Loss>()) {};

} // namespace strata::inline STRATA_ABI::core
