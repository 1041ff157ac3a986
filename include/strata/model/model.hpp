#pragma once
/// model<Net, Policy = cpu, Precision = fp32> — a network with its parameters.
///
///   strata::model<lenet5> net{strata::seed{1}};
///   auto scores = net(images);                          // checks, allocates, throws; any number of samples
///   auto space = net.make_workspace();                  // one per thread
///   net.run(image, scores, space);                      // neither allocates nor throws; static extents
///   net.run(samples, outputs, space);                   // the same of pointers, float*: one sample
///
/// A const model may run on many threads at once, each with its own workspace.
#include <strata/model/working_model.hpp>

#include <type_traits>

namespace strata::inline STRATA_ABI {

namespace detail {

template <class Net, class Policy, class Precision>
using model_base = typename std::conditional_t<core::is_sound<Net>, type_is<working_model<Net, Policy, Precision>>,
                                               type_is<silent_model<Policy, Precision, declared_outputs<Net>>>>::type;

} // namespace detail

template <class Net, class Policy = cpu, class Precision = fp32>
class model : public detail::model_base<Net, Policy, Precision> {
    static_assert(sizeof(core::diagnosis<Net>) > 0); // as a member: a wrong base would break the variables of this type
    using base = detail::model_base<Net, Policy, Precision>;

  public:
    explicit model(seed s = {}, Policy p = {}) : base(s, p) {}
    explicit model(Policy p, seed s = {}) : base(s, p) {}
};

} // namespace strata::inline STRATA_ABI
