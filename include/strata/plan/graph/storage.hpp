#pragma once
/// storage — where a value is stored. The last three are classes of the arena: bytes = fixed + batch · per_sample +
/// chunks · partial.
#include <strata/base/abi.hpp>

namespace strata::inline STRATA_ABI::core {

enum class storage : int {
    input,      ///< the caller's samples, conventional layout
    target,     ///< the caller's targets
    output,     ///< the caller's results, conventional layout
    parameter,  ///< trainable, saved
    gradient,   ///< one for each trainable parameter, same place in its own block
    buffer,     ///< saved, not trained: running statistics
    state,      ///< carried between calls of one stream
    fixed,      ///< does not scale with the batch
    per_sample, ///< scales with the batch
    partial,    ///< scales with the number of chunks of the batch
    ports       ///< the caller's memory of a further input, output or target: ports, ports + 1, ...; the first ones'
                ///< is above
};

/// How many inputs, outputs and targets a network may have besides the first of each.
inline constexpr int most_further_ports = 22;
/// How many different blocks a plan's operands may be in.
inline constexpr int most_blocks = static_cast<int>(storage::ports) + most_further_ports;

/// Where input i, and output i of a network with so many inputs, is.
constexpr storage input_port(int i) {
    return i == 0 ? storage::input : static_cast<storage>(static_cast<int>(storage::ports) + i - 1);
}
constexpr storage output_port(int i, int inputs) { return i == 0 ? storage::output : input_port(inputs - 1 + i); }
/// Where the target of loss i is, of a network with so many inputs and outputs.
constexpr storage target_port(int i, int inputs, int outputs) {
    return i == 0 ? storage::target : input_port(inputs + outputs - 2 + i);
}
/// Is it the caller's memory, samples, targets or results, which scales with the batch?
constexpr bool is_of_caller(storage where) { return where <= storage::output || where >= storage::ports; }

} // namespace strata::inline STRATA_ABI::core
