#pragma once
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI {

template <class Net, class Policy, class Precision>
class model;

namespace detail {

/// The template arguments of a model, which clang does not tell of one whose network is broken: it has no members then.
template <class Model>
struct model_arguments;
template <class Net, class Policy, class Precision>
struct model_arguments<model<Net, Policy, Precision>> {
    using network = Net;
    using policy = Policy;
    using precision = Precision;
};
template <class Model>
struct model_arguments<const Model> : model_arguments<Model> {};

} // namespace detail

} // namespace strata::inline STRATA_ABI
