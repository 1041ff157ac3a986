#pragma once
/// graph — what layers build: values, operations, parameters, in forward order. The compiler evaluates it (shapes,
/// gradient, memory plan), and it is evaluated again at run time where text is needed (names in files, the summary).
#include <strata/base/constexpr_vector.hpp>
#include <strata/base/fixed_string.hpp>
#include <strata/base/words/text.hpp>
#include <strata/plan/graph/function_info.hpp>
#include <strata/plan/graph/layer_row.hpp>
#include <strata/plan/graph/loss_part.hpp>
#include <strata/plan/graph/named_value.hpp>
#include <strata/plan/graph/operation.hpp>
#include <strata/plan/graph/parameter_info.hpp>
#include <strata/plan/graph/value.hpp>
#include <strata/plan/mistake.hpp>
#include <strata/plan/operation_rule.hpp>
#include <strata/plan/request.hpp>

namespace strata::inline STRATA_ABI::core {

class graph {
  public:
    constexpr explicit graph(const request& wanted) : wanted_(wanted) {}

    // ---- what layers use ------------------------------------------------------------------------------------

    [[nodiscard]] constexpr const request& wanted() const { return wanted_; }
    /// Is what is being built in training? A layer in training mode, unless it is frozen; a loss, if its gradient is
    /// requested.
    [[nodiscard]] constexpr bool training() const {
        if (scopes_.empty()) return wanted_.mode == mode::train || wanted_.input_gradient;
        return wanted_.mode == mode::train && !wanted_.frozen.contains(current_row());
    }

    /// The times or positions of a stream's step; 0: the plan is of whole samples.
    [[nodiscard]] constexpr int hop() const { return wanted_.hop; }

    /// The shape of one sample's value (rank 0 after a mistake).
    [[nodiscard]] constexpr shape extents(value x) const { return x.index >= 0 ? values[x.index].extents : shape{}; }

    /// A trainable parameter of the current layer. `fan_in` scales the bound of kaiming.
    constexpr value parameter(const char* name, const shape& extents, init start, int fan_in = 1) {
        return store(name, extents, storage::parameter, start, fan_in, next_ordinal_++);
    }
    /// The same, of another distribution.
    constexpr value parameter(const char* name, const shape& extents, const initial_values& start) {
        const long long in = extents.size() / extents.d0, out = extents.rank > 1 ? extents.size() / extents.d1 : 1;
        const long long fans = start.over == fan::in     ? in
                               : start.over == fan::out  ? out
                               : start.over == fan::both ? in + out
                                                         : 1;
        const value v = parameter(name, extents, start.how, static_cast<int>(fans));
        parameters[parameters.size() - 1].spread = start.number;
        return v;
    }
    /// Saved with the model, not trained, not counted as a parameter.
    constexpr value buffer(const char* name, const shape& extents, init start) {
        return store(name, extents, storage::buffer, start, 1, 0);
    }
    /// Carried between the calls of one stream.
    constexpr value state(const char* name, const shape& extents) {
        return store(name, extents, storage::state, init::zero, 1, 0);
    }
    /// The key of a random layer's numbers.
    constexpr int next_ordinal() { return next_ordinal_++; }

    /// Declares an input of the network, or an output. The only one may have no name.
    constexpr void add_input(const char* name, value x) {
        if (x.exists()) values[x.index].where = input_port(input_ports.size());
        add_port(input_ports, input, name, x);
        take_positions(x);
    }
    constexpr void add_output(const char* name, value y) {
        add_port(output_ports, output, name, y);
        if (has_padding_ && y.exists()) output_ports[output_ports.size() - 1].padded_like = padded_input(y);
    }
    /// The tokens `x` are padded behind a sample's end. What has the positions of theirs knows it, and so do losses.
    constexpr void pad(value x, int token) {
        values[x.index].padding = token;
        values[x.index].padded_like = x.index;
        has_padding_ = has_padding_ || token != -1;
    }
    /// Is `x` padded behind a sample's end by tokens that are not in this graph, a part of a network?
    [[nodiscard]] constexpr bool padding_is_unseen(value x) const {
        const int like = x.exists() ? values[x.index].padded_like : -1;
        return like >= 0 && values[like].padding == unseen_padding;
    }
    /// The number of the input whose padded positions `x` has; −1: none.
    [[nodiscard]] constexpr int padded_input(value x) const {
        const int like = x.exists() ? values[x.index].padded_like : -1;
        for (int i = 0; like >= 0 && i < input_ports.size(); ++i)
            if (input_ports[i].what.index == like && values[like].padding >= 0) return i;
        return -1;
    }
    /// Does an operation read `x`, or is it an output?
    [[nodiscard]] constexpr bool is_used(value x) const {
        for (const named_value& y : output_ports)
            if (y.what == x) return true;
        for (const operation& o : operations)
            for (int i = 0; i < o.inputs; ++i)
                if (o.in[i] == x) return true;
        return false;
    }

    /// Remembers `x` under a name; false if the name is taken.
    constexpr bool remember(const char* name, value x) {
        if (recall(name).exists()) return false;
        names_.push({name, x});
        return true;
    }
    [[nodiscard]] constexpr value recall(const char* name) const {
        for (const auto& known : names_)
            if (same_text(known.name, name)) return known.what;
        return {};
    }
    /// `"a", "b"`: the names there are, for a message.
    [[nodiscard]] constexpr text known_names() const {
        text list;
        if (names_.empty()) return list.add("none");
        for (int i = 0; i < names_.size(); ++i) list.add(i == 0 ? "\"" : ", \"", names_[i].name, "\"");
        return list;
    }

    /// Records the first mistake: "strata: layer 4 of 9, conv<16, 5>: " and then the parts. Returns no value.
    template <class... Parts>
    constexpr value mistaken(mistake_kind why, const shape& got, const shape& needs, const Parts&... parts) {
        if (failed()) return {};
        mistake_.why = why;
        mistake_.got = got;
        mistake_.needs = needs;
        mistake_.sentence.add("strata: ");
        for (int i = 0; i < scopes_.size(); ++i) {
            const layer_row& row = layers[scopes_[i]];
            mistake_.path.push(row.index);
            mistake_.counts.push(row.count);
            mistake_.sentence.add(i == 0 ? "layer " : ", sublayer ", row.index + 1, " of ", row.count);
        }
        if (!scopes_.empty()) {
            text spelling;
            layers[scopes_.back()].spell(spelling);
            mistake_.sentence.add(", ", spelling.shortened(80)); // blocks spell all that stands in them
        }
        if (!scopes_.empty()) mistake_.sentence.add(": ");
        mistake_.sentence.add(parts...);
        return {};
    }
    /// A mistake in a name of `remember` and `recall`: it and the names there are become facts.
    template <class... Parts>
    constexpr value mistaken_in_name(mistake_kind why, const char* name, const Parts&... parts) {
        if (failed()) return {};
        mistake_.names.push(name);
        for (const auto& known : names_) mistake_.names.push(known.name);
        return mistaken(why, {}, {}, parts...);
    }
    /// Records a mistake that was found elsewhere, as it is.
    constexpr value mistaken(const mistake& found) {
        if (!failed()) mistake_ = found;
        return {};
    }
    [[nodiscard]] constexpr bool failed() const { return mistake_.why != mistake_kind::nothing; }
    [[nodiscard]] constexpr const mistake& first_mistake() const { return mistake_; }

    /// The index of an elementwise function, known by the address of its `function_id`.
    constexpr int function(const function_info* id) {
        for (int i = 0; i < functions.size(); ++i)
            if (same_function(functions[i], id)) return i;
        functions.push(id);
        return functions.size() - 1;
    }

    // ---- what operations use --------------------------------------------------------------------------------

    /// The tokens whose padded positions `x` has, if it has such. It is a mistake if a cut took them away.
    [[nodiscard]] constexpr value padded_tokens(value x) {
        if (padding_is_unseen(x))
            mistaken(mistake_kind::padding_is_unseen, extents(x), {},
                     "leaves out what is behind the end of padded samples, but this part of the network begins behind "
                     "the tokens that say where that is. Begin the part with the tokens, or behind this layer.");
        const int like = x.exists() ? values[x.index].padded_like : -1;
        return like >= 0 && values[like].padding >= 0 ? value{like} : value{};
    }

    constexpr value add_value(const shape& extents, storage where = storage::per_sample,
                              core::element element = core::element::number) {
        if (!extents.countable())
            mistaken(mistake_kind::size_is_too_large, extents, {},
                     where == storage::parameter ? "has a parameter of "
                     : scopes_.empty()           ? "the input has "
                                                 : "gives ",
                     extents, ", more numbers than an int can count (2147483647). Make it smaller.");
        value_info info = blank_value;
        info.extents = extents;
        info.where = where;
        info.element = extents.axes == role::tokens ? core::element::int32 : element;
        values.push(info);
        return {values.size() - 1};
    }
    /// `k` needs no kind: it is the rule's.
    constexpr void add_operation(const operation_rule& of, const key& k, const value* in, int inputs, const value* out,
                                 int outputs, int ordinal = 0) {
        operation o = blank_operation;
        o.k = k;
        o.become(of);
        o.inputs = inputs;
        o.outputs = outputs;
        for (int i = 0; i < inputs; ++i) {
            o.in[i] = in[i];
            if (!of.facts.takes_tokens && values.begin()[in[i].index].element != element::number)
                refuse_integers(in[i]);
            if (wanted_.hop > 0) require_positions(of, k, in[i]);
        }
        for (int i = 0; i < outputs; ++i) o.out[i] = out[i];
        if (has_padding_ && forward < 0) hand_on_positions(in, inputs, out, outputs);
        o.layer = current_layer;
        o.ordinal = ordinal;
        if (forward < 0) check_operands(of, k, in, inputs);
        operations.push(o);
    }
    template <class Operation>
    constexpr void add_operation(const key& k, const value* in, int inputs, const value* out, int outputs) {
        add_operation(rule_of<Operation>, k, in, inputs, out, outputs);
    }
    /// An operation with one output that is a new value.
    template <unsigned Inputs>
    constexpr value apply(const operation_rule& of, const key& k, const value (&in)[Inputs], const shape& out,
                          storage where = storage::per_sample, int ordinal = 0) {
        value y = add_value(out, where);
        add_operation(of, k, in, static_cast<int>(Inputs), &y, 1, ordinal);
        return y;
    }
    template <class Operation, unsigned Inputs>
    constexpr value apply(const key& k, const value (&in)[Inputs], const shape& out,
                          storage where = storage::per_sample, int ordinal = 0) {
        return apply(rule_of<Operation>, k, in, out, where, ordinal);
    }

    // ---- what composing layers and the builder use ----------------------------------------------------------

    /// Begins the scope of a layer. In names of files a name replaces the index.
    constexpr void enter(int index, int count, void (*spell)(text&), const char* name = nullptr,
                         bool transparent = false) {
        layer_row row;
        row.depth = scopes_.size();
        row.index = index;
        row.count = count;
        row.parent = scopes_.empty() ? -1 : scopes_.back();
        row.spell = spell;
        row.name = name != nullptr ? name : "";
        row.transparent = transparent;
        layers.push(row);
        scopes_.push(layers.size() - 1);
        current_layer = layers.size() - 1;
        if (name != nullptr) check_name(row);
        else if (!transparent) check_position(row);
    }
    constexpr void leave(value x) {
        layers[scopes_.back()].output = extents(x);
        layers[scopes_.back()].result = x.index;
        require_role(x);
        scopes_.pop();
        current_layer = scopes_.empty() ? -1 : scopes_.back();
    }

    /// The name a parameter or buffer has in files: "0.weight", "stem.0.bias".
    [[nodiscard]] constexpr text file_name(int parameter) const;

    constexpr_vector<value_info> values;
    constexpr_vector<operation> operations;
    constexpr_vector<parameter_info> parameters; ///< parameters, buffers and states
    constexpr_vector<const char*> names_of_parameters;
    constexpr_vector<layer_row> layers;
    constexpr_vector<value> dropped_in_training;      ///< what a dropout passes on as it is, unless it trains
    constexpr_vector<const function_info*> functions; ///< the network's distinct elementwise functions, by first use
    int current_layer = -1;

    value input{}, output{}; ///< the first ones; all are in the lists
    constexpr_vector<named_value> input_ports, output_ports;
    value target{}, loss{};                    ///< set by the loss
    value differentiated{}, output_gradient{}; ///< set by the loss: where the reverse pass starts, and with what
    constexpr_vector<loss_part> loss_parts;    ///< of several losses; `target`, ... are the first one's, `loss` the sum
    value input_gradient{};
    int forward = -1; ///< number of operations of the network and its loss; the gradient follows; −1: not yet known

    /// Layers must know what the axes of a value are.
    constexpr void require_role(value x) {
        const shape s = extents(x);
        if (s.rank != 0 && s.axes == role::none)
            mistaken(mistake_kind::shape_has_no_role, s, {}, scopes_.empty() ? "the input is " : "gives ", s,
                     ", which may be anything. Say what its axes are: shape::signal(channels, times), "
                     "shape::sequence(positions, features), or a flat or image shape of one or three extents.");
    }

  private:
    constexpr void hand_on_positions(const value* in, int inputs, const value* out, int outputs) {
        for (int i = 0; i < inputs; ++i) {
            const int like = in[i].exists() ? values[in[i].index].padded_like : -1;
            if (like < 0) continue;
            for (int j = 0; j < outputs; ++j)
                if (value_info& y = values[out[j].index]; y.padded_like < 0 && y.extents.axes == role::sequence
                                                          && y.extents.positions() == values[like].extents.positions())
                    y.padded_like = like;
        }
    }
    /// A stream gives an input some positions at a time.
    constexpr void take_positions(value x) {
        require_role(x);
        if (wanted_.hop == 0 || failed()) return;
        if (extents(x).has_order()) values[x.index].extents = extents(x).with_positions(wanted_.hop);
        else
            mistaken(mistake_kind::layer_cannot_stream, extents(x), {}, "the input is ", extents(x), ", ",
                     name_of(extents(x).axes),
                     ", which has no times that come one after the other. A stream needs time_series<C, T> or "
                     "vectors<T, D>.");
    }
    constexpr void add_port(constexpr_vector<named_value>& ports, value& first, const char* name, value x) {
        if (ports.empty()) first = x;
        ports.push({name, x});
        if (input_ports.size() + output_ports.size() > most_further_ports + 2)
            mistaken(mistake_kind::size_is_too_large, {}, {}, scopes_.empty() ? "the network " : "", "has more than ",
                     most_further_ports + 2, " inputs and outputs. Join some of them.");
    }
    // What an operation's operands must be: see graph/operand_rules.hpp.
    constexpr void refuse_integers(value x);
    constexpr void require_positions(const operation_rule& of, const key& k, value x);
    constexpr void check_operands(const operation_rule& of, const key& k, const value* in, int inputs);
    constexpr void use_parameter(const operation_rule& of, const key& k, value x, bool is_weight);
    constexpr void two_layouts(const operation_rule& of, const key& k, value x);
    // What names and positions in files must be: see graph/file_names.hpp.
    constexpr void check_name(const layer_row& row);
    constexpr void check_position(const layer_row& row);
    constexpr void prefix(text& name, int row) const;

    constexpr value store(const char* name, const shape& extents, storage where, init start, int fan_in, int ordinal) {
        for (int i = parameters.size(); i-- > 0 && parameters[i].layer == current_layer;)
            if (same_text(names_of_parameters[i], name))
                mistaken(
                    mistake_kind::parameter_is_declared_twice, {}, {}, "has two parameters \"", name,
                    "\", but files identify them by name. Rename one of them, or give it a separate layer: run_layer.");
        parameter_info p;
        p.extents = extents;
        p.where = where;
        p.start = start;
        p.fan_in = fan_in;
        p.layer = current_layer;
        p.ordinal = ordinal;
        p.trainable = where == storage::parameter && training() && wanted_.trainable.contains(current_row());
        value v = add_value(extents, where);
        values[v.index].parameter = parameters.size();
        p.used_as = v.index;
        parameters.push(p);
        names_of_parameters.push(name);
        if (where == storage::parameter)
            for (int row : scopes_) layers[row].parameters += extents.size();
        return v;
    }
    [[nodiscard]] constexpr int current_row() const { return scopes_.empty() ? 0 : scopes_.back(); }

    request wanted_;
    mistake mistake_;
    constexpr_vector<named_value> names_;
    constexpr_vector<int> scopes_;
    int positions_ = 0; // as layer_row::positions, of the outermost layers
    bool has_padding_ = false;
    int next_ordinal_ = 1; // 0 is the key of shuffles and splits
};

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::graph;
} // namespace strata::inline STRATA_ABI

#include <strata/plan/graph/file_names.hpp>
#include <strata/plan/graph/operand_rules.hpp>
