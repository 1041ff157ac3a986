#pragma once
/// port_match — which of a call's arguments is for which input or output of a network: by name, port<"left">(x), or by
/// place; and what the compiler says where that does not work out.
/// (tests/compile_fail/call/call_port_*.cpp, run_port_*.cpp)
#include <strata/model/calls/call_mistakes.hpp>
#include <strata/model/calls/port.hpp>
#include <strata/plan/plan.hpp>
#include <strata/plan/ports/one_port.hpp>

#include <cstdint>
#include <type_traits>

namespace strata::inline STRATA_ABI::detail {

template <class X>
struct port_argument_facts {
    static constexpr bool is_named = false;
    static constexpr const char* name = "";
};
template <fixed_string Name, class X>
struct port_argument_facts<port_argument<Name, X>> {
    static constexpr bool is_named = true;
    static constexpr const char* name = Name.c_str();
};
template <class X>
using facts_of_argument = port_argument_facts<std::remove_cvref_t<X>>;
template <class X>
inline constexpr bool is_named_port = facts_of_argument<X>::is_named;

/// What an argument says or, without a name, is.
template <class X>
[[gnu::always_inline]] constexpr auto& value_of(X& x) noexcept {
    if constexpr (is_named_port<X>) return x.value;
    else return x;
}

/// What a port's numbers are, of a model of T.
template <element E, class T>
using element_type = std::conditional_t<E == element::int32, std::int32_t, T>;

/// For each port the argument; or why there is none, and the argument or the port in question.
struct port_places {
    mistake_kind why = mistake_kind::nothing;
    int fault = -1;
    int argument[most_further_ports + 2]{};
};
struct argument_name {
    bool is_named = false;
    const char* name = "";
};
template <class... Args>
struct argument_names {
    static constexpr int count = static_cast<int>(sizeof...(Args));
    argument_name at[sizeof...(Args) + 1]{{facts_of_argument<Args>::is_named, facts_of_argument<Args>::name}...};
};

/// `name_of(i)` is the name of port i.
template <class Name>
constexpr port_places match_ports(int ports, Name name_of, const argument_name* given, int count) {
    port_places found;
    const auto wrong = [&](mistake_kind why, int fault) {
        if (found.why == mistake_kind::nothing) found.why = why, found.fault = fault;
    };
    int named = 0;
    for (int i = 0; i < count; ++i) named += given[i].is_named ? 1 : 0;
    if (named == 0) {
        if (count != ports) wrong(mistake_kind::shapes_differ, count);
        for (int p = 0; p < ports; ++p) found.argument[p] = p;
        return found;
    }
    if (named != count) wrong(mistake_kind::options_conflict, 0);
    for (int p = 0; p < ports; ++p) found.argument[p] = -1;
    for (int i = 0; i < count; ++i) {
        int port = 0;
        while (port < ports && !same_text(name_of(port), given[i].name)) ++port;
        if (port == ports) wrong(mistake_kind::port_is_not_there, i);
        else if (found.argument[port] >= 0) wrong(mistake_kind::port_is_given_twice, i);
        else found.argument[port] = i;
    }
    for (int p = 0; p < ports; ++p)
        if (found.argument[p] < 0) wrong(mistake_kind::port_is_not_given, p);
    return found;
}

/// Is the call one with inputs, or with outputs?
enum class direction : int { in, out };
constexpr const constexpr_vector<named_value>& ports_of(const graph& g, direction which) {
    return which == direction::in ? g.input_ports : g.output_ports;
}

template <class Net, direction Which, class... Args>
constexpr port_places find_places() {
    constexpr argument_names<Args...> given;
    const graph g = build<Net>(request{});
    const auto& ports = ports_of(g, Which);
    return match_ports(ports.size(), [&](int i) { return ports[i].name; }, given.at, given.count);
}
template <class Net, direction Which, class... Args>
inline constexpr port_places places_of = find_places<Net, Which, Args...>();

constexpr text words_of_ports(const constexpr_vector<named_value>& ports, direction which) {
    const char* const what = which == direction::in ? "input" : "output";
    if (ports.size() == 1 && ports[0].name[0] == 0)
        return text{}.add("This network has one ", what, ", without a name.");
    return text{}.add("The ", what, "s of this network: ", names_of_ports(ports), ".");
}

/// A call with arguments that are not the network's ports.
template <class Net, direction Which, class... Args>
struct ports_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        constexpr argument_names<Args...> given;
        constexpr const port_places& found = places_of<Net, Which, Args...>;
        const graph g = build<Net>(request{});
        const auto& ports = ports_of(g, Which);
        const char* const what = Which == direction::in ? "input" : "output";
        const bool is_name = found.why != mistake_kind::shapes_differ && found.why != mistake_kind::options_conflict;
        const char* name = "";
        if (is_name)
            name = found.why == mistake_kind::port_is_not_given ? ports[found.fault].name : given.at[found.fault].name;
        mistake m;
        m.why = found.why;
        if (is_name) {
            m.names.push(name);
            for (const named_value& port : ports) m.names.push(port.name);
        } else m.got = shape(given.count), m.needs = shape(ports.size());
        m.sentence.add("strata: ");
        switch (found.why) {
        case mistake_kind::port_is_not_there: m.sentence.add("there is no ", what, " \"", name, "\". "); break;
        case mistake_kind::port_is_given_twice: m.sentence.add("the ", what, " \"", name, "\" is given twice. "); break;
        case mistake_kind::port_is_not_given: m.sentence.add("the ", what, " \"", name, "\" is not given. "); break;
        case mistake_kind::options_conflict:
            m.sentence.add("some ", what, "s are given by name and some by place. Name all of them, or none. ");
            break;
        default:
            m.sentence.add(given.count, given.count == 1 ? " " : " ", what, given.count == 1 ? " is" : "s are",
                           " given, but the network has ", ports.size(),
                           ". Pass all of them, in their order or by name, as in port<\"name\">(x). ");
        }
        m.sentence.add(words_of_ports(ports, Which));
        return m;
    }
};

/// A call of run with a wrong number of elements for a port, or with one that its type does not tell.
template <class Net, direction Which, int Port, long long Given, bool Static>
struct port_extent_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        const named_value& port = ports_of(g, Which)[Port];
        const shape sample = g.extents(port.what);
        const char* const what = Which == direction::in ? "input" : "output";
        mistake m;
        m.why = Static ? mistake_kind::shapes_differ : mistake_kind::extents_are_not_static;
        if (Static) m.got = shape(static_cast<int>(Given));
        m.needs = shape(static_cast<int>(sample.size()));
        m.sentence.add("strata: ");
        if (Static)
            m.sentence.add("run was given ", Given, " elements for the ", what, " \"", port.name,
                           "\", but each sample of it has ", sample.size(), ", ", sample,
                           ". Pass all inputs and outputs for the same number of samples.");
        else
            m.sentence.add("run needs spans of static extent, also for the ", what, " \"", port.name,
                           "\": ", sample.size(),
                           " elements for each sample. Or call net(...), which checks at run time.");
        return m;
    }
};

/// The place of an output among the network's, or −1; and what is said of a name that is none.
template <class Net, fixed_string Name>
struct output_source {
    using outermost = Net;
    using outside = the_call;
    static constexpr int place() {
        const graph g = build<Net>(request{});
        for (int i = 0; i < g.output_ports.size(); ++i)
            if (same_text(g.output_ports[i].name, Name.c_str())) return i;
        return -1;
    }
    static constexpr mistake find() {
        const graph g = build<Net>(request{});
        mistake m;
        m.why = mistake_kind::port_is_not_there;
        m.names.push(Name.c_str());
        for (const named_value& port : g.output_ports) m.names.push(port.name);
        m.sentence.add("strata: there is no output \"", Name.c_str(), "\". ",
                       words_of_ports(g.output_ports, direction::out));
        return m;
    }
};
template <class Net, fixed_string Name>
inline constexpr int place_of_output = output_source<Net, Name>::place();
/// An error where there is no such output.
template <class Net, fixed_string Name, bool There = (place_of_output<Net, Name> >= 0)>
struct checked_output {};
template <class Net, fixed_string Name>
struct checked_output<Net, Name, false> : reported_here<output_source<Net, Name>> {};

} // namespace strata::inline STRATA_ABI::detail
