#pragma once
/// call_hook<Hook>(companion, arguments...) — calls a function of a companion at work, if it names that hook, and says
/// whether it did; and what the compiler says of a companion whose names and functions do not agree.
#include <strata/base/words/near_text.hpp>
#include <strata/plan/diagnosis.hpp>
#include <strata/train/companions/hooks.hpp>

namespace strata::inline STRATA_ABI::detail {

// Of each hook its name; whether a companion at work C has such a function, with the fit's arguments or without; and
// its call.
#define STRATA_HOOK(NAME) \
    struct NAME##_hook { \
        static constexpr const char* name = #NAME; \
        template <class C, class... A> \
        static constexpr bool takes = requires(C& c, A&... a) { c.NAME(a...); }; \
        template <class C, class... A> \
        static void call(C& c, A&... a) { \
            c.NAME(a...); \
        } \
    }
STRATA_HOOK(begin);
STRATA_HOOK(begin_epoch);
STRATA_HOOK(gather);
STRATA_HOOK(after_step);
STRATA_HOOK(after_epoch);
STRATA_HOOK(keep);
STRATA_HOOK(end);
STRATA_HOOK(resumed);
STRATA_HOOK(each_block);
#undef STRATA_HOOK

template <class C>
concept names_its_hooks = requires { C::hooks::have(""); };

template <class Hook, class C, class... A>
bool call_hook(C& companion, A&... arguments) {
    if constexpr (names_its_hooks<C>) {
        if constexpr (C::hooks::have(Hook::name)) {
            if constexpr (Hook::template takes<C, A...>) return Hook::call(companion, arguments...), true;
            else if constexpr (Hook::template takes<C>) return Hook::call(companion), true;
        }
    }
    return false;
}

// ---- mistakes -------------------------------------------------------------------------------------------------------

inline constexpr const char* known_hooks[] = {"begin", "begin_epoch", "gather",  "after_step", "after_epoch",
                                              "keep",  "end",         "resumed", "each_block", "interruptible"};
inline constexpr int count_of_hooks = 10;

/// What is wrong with a companion's hooks: `hook` is the place of a known one, or of a name that the companion gives.
struct hook_mistake {
    mistake_kind why = mistake_kind::nothing;
    int hook = 0;
};

/// Of a hook and a companion at work; the fit calls it with these arguments or with none.
template <class At, class Hook, class... A>
constexpr void look_at_hook(hook_mistake& first) {
    constexpr bool named = At::hooks::have(Hook::name);
    constexpr bool there = Hook::template takes<At, A...> || Hook::template takes<At>;
    if (first.why != mistake_kind::nothing || named == there) return;
    first.why = named ? mistake_kind::hook_has_no_function : mistake_kind::hook_is_not_named;
    while (!same_text(known_hooks[first.hook], Hook::name)) ++first.hook;
}
struct any_visitor {};
template <class At, class Data, class Order, class... All>
constexpr hook_mistake look_at_hooks() {
    hook_mistake first;
    if constexpr (!names_its_hooks<At>) {
        first.why = mistake_kind::hooks_are_not_named;
    } else {
        for (int i = 0; i < At::hooks::size; ++i) {
            bool known = false;
            for (const char* const each : known_hooks) known = known || same_text(each, At::hooks::names[i]);
            if (!known) return {mistake_kind::hook_is_unknown, i};
        }
        look_at_hook<At, begin_hook, All...>(first);
        look_at_hook<At, begin_epoch_hook, const Data, const Order>(first);
        look_at_hook<At, gather_hook, int>(first);
        look_at_hook<At, after_step_hook, All...>(first);
        look_at_hook<At, after_epoch_hook>(first);
        look_at_hook<At, keep_hook, All...>(first);
        look_at_hook<At, end_hook>(first);
        look_at_hook<At, resumed_hook>(first);
        look_at_hook<At, each_block_hook, any_visitor>(first);
    }
    return first;
}

struct the_fit;
template <class Companion, class Hooks, mistake_kind Why, int Hook>
struct hook_source {
    using outermost = Companion;
    using outside = the_fit;
    static constexpr const char* name = [] {
        if constexpr (Why == mistake_kind::hook_is_unknown) return Hooks::names[Hook];
        else return known_hooks[Hook];
    }();
    static constexpr mistake find() {
        mistake m;
        m.why = Why;
        m.sentence.add("strata: a companion of this fit ");
        if (Why == mistake_kind::hooks_are_not_named)
            m.sentence.add(
                "does not name its hooks. Write 'using hooks = strata::hooks<\"after_epoch\">;' in its at_work."
                " The hooks are ");
        else if (Why == mistake_kind::hook_has_no_function)
            m.sentence.add("names the hook ", name, ", but its at_work has no function ", name,
                           " that the fit can call. The hooks are ");
        else if (Why == mistake_kind::hook_is_not_named)
            m.sentence.add("has a function ", name,
                           ", but does not name that hook, so it would never be called. Add \"", name,
                           "\" to its hooks. They may be ");
        else m.sentence.add("names the hook ", name, ", which a fit does not have. ");
        if (Why == mistake_kind::hook_is_unknown) add_nearest(m.sentence);
        if (Why != mistake_kind::hooks_are_not_named) m.names.push(name);
        for (int i = 0; i < count_of_hooks; ++i) {
            m.sentence.add(i == 0 ? "" : i == count_of_hooks - 1 ? " and " : ", ", known_hooks[i]);
            if (Why != mistake_kind::hooks_are_not_named) m.names.push(known_hooks[i]);
        }
        m.sentence.add(".");
        return m;
    }

  private:
    static constexpr void add_nearest(text& sentence) {
        const char* nearest = nullptr;
        int least = 5;
        for (const char* const each : known_hooks)
            if (const int apart = letters_apart(name, each, least - 1); apart < least) least = apart, nearest = each;
        if (nearest != nullptr) sentence.add("Did you mean ", nearest, "? ");
        sentence.add("The hooks are ");
    }
};

template <class At>
struct hooks_named_by : type_is<hooks<>> {};
template <names_its_hooks At>
struct hooks_named_by<At> : type_is<typename At::hooks> {};

template <class Companion, class Hooks, mistake_kind Why, int Hook>
auto verdict_on_hooks() -> nothing_wrong;
template <class Companion, class Hooks, mistake_kind Why, int Hook>
    requires(Why != mistake_kind::nothing)
auto verdict_on_hooks() -> decltype(reported<hook_source<Companion, Hooks, Why, Hook>>::mistake());
/// The error is reported here, once for a companion, in however many fits it is.
template <class Companion, class Hooks, mistake_kind Why, int Hook>
struct diagnosis_of_hooks : decltype(verdict_on_hooks<Companion, Hooks, Why, Hook>()) {};

template <class Companion, class At, class Data, class Order, class... All>
constexpr void require_hooks() {
    constexpr hook_mistake first = look_at_hooks<At, Data, Order, All...>();
    static_cast<void>(sizeof(diagnosis_of_hooks<Companion, typename hooks_named_by<At>::type, first.why, first.hook>));
}

} // namespace strata::inline STRATA_ABI::detail
