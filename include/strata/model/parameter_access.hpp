#pragma once
/// A parameter's elements in the conventional order, to and from memory that is laid out like the parameter block:
/// parameters, buffers, gradients, an optimiser's state.
#include <strata/plan/weights/weight_layout.hpp>
#include <strata/run/block.hpp>

namespace strata::inline STRATA_ABI::detail {

/// Copies the elements of p, which are `base` numbers further in `memory` than in the parameter block.
template <class Memory, class T>
void read_parameter(const Memory& memory, long long base, const parameter_info& p, T* elements) {
    block<T> laid_out(p.elements);
    memory.read(base + p.offset, p.elements, laid_out.data());
    for (long long e = 0; e < p.extents.size(); ++e) elements[e] = laid_out.data()[memory_index(p, e)];
}

/// The elements of p in memory layout, with zero padding.
template <class T>
block<T> laid_out(const parameter_info& p, const T* elements) {
    block<T> memory(p.elements);
    for (long long e = 0; e < p.extents.size(); ++e) memory.data()[memory_index(p, e)] = elements[e];
    return memory;
}

} // namespace strata::inline STRATA_ABI::detail
