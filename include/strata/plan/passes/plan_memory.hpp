#pragma once
/// plan_memory — the fifth pass: gives every value its offset. Parameters, gradients, buffers and states each form one
/// contiguous block; the arena's three classes are placed by lifetime, so that
/// bytes = fixed + batch · per_sample + chunks(batch) · partial, whatever the batch at run time.
#include <strata/plan/graph.hpp>
#include <strata/plan/weights/weight_layout.hpp>

namespace strata::inline STRATA_ABI::core {

/// The size of each block in numbers of the model, of which it holds nothing else (optimisers walk it number by
/// number), and of each class of the arena in bytes.
struct block_sizes {
    long long parameters = 0, buffers = 0, states = 0;
    long long fixed = 0, per_sample = 0, partial = 0;
};

/// One class of the arena while values come and go: best fit among the freed ranges, else growth at the end.
class free_blocks {
  public:
    constexpr long long take(long long size) {
        int best = -1;
        for (int i = 0; i < blocks_.size(); ++i)
            if (blocks_[i].size >= size && (best < 0 || blocks_[i].size < blocks_[best].size)) best = i;
        if (best >= 0) {
            const long long at = blocks_[best].at;
            blocks_[best].at += size;
            blocks_[best].size -= size;
            if (blocks_[best].size == 0) blocks_.erase(best);
            return at;
        }
        // A free block at the very end is extended rather than left behind.
        for (int i = 0; i < blocks_.size(); ++i)
            if (blocks_[i].at + blocks_[i].size == end_) {
                const long long at = blocks_[i].at;
                blocks_.erase(i);
                end_ = at + size;
                return at;
            }
        end_ += size;
        return end_ - size;
    }
    constexpr void give(long long at, long long size) {
        for (int i = 0; i < blocks_.size();) {
            if (blocks_[i].at + blocks_[i].size == at) {
                at = blocks_[i].at;
                size += blocks_[i].size;
                blocks_.erase(i);
            } else if (at + size == blocks_[i].at) {
                size += blocks_[i].size;
                blocks_.erase(i);
            } else ++i;
        }
        blocks_.push({at, size});
    }
    [[nodiscard]] constexpr long long end() const { return end_; }

  private:
    struct block {
        long long at = 0, size = 0;
    };
    constexpr_vector<block> blocks_;
    long long end_ = 0;
};

/// The number of operations, from `first` on, that a chunk goes through before the next chunk begins: neighbours that
/// work on samples. What keeps the batch whole is excluded.
constexpr int steps_together(const request& wanted, const operation* operations, int first, int forward, int count) {
    if (!wanted.target.depth_first || wanted.mode != mode::train) return 1;
    int last = first;
    const int end = first < forward ? forward : count; // the two parts of a plan may run one by one
    for (; last < end; ++last) {
        const operation_rule& r = *operations[last].rule;
        if (r.split != division::samples || !operations[last].k.batched || r.facts.keeps_batch_whole) break;
    }
    return last - first < 1 ? 1 : last - first;
}

constexpr block_sizes plan_memory(graph& g) {
    block_sizes sizes;
    const int number = g.wanted().target.number_bytes, width[] = {number, bytes_of(element::int32, number)};
    for (parameter_info& p : g.parameters) {
        long long& end = p.where == storage::parameter ? sizes.parameters
                         : p.where == storage::buffer  ? sizes.buffers
                                                       : sizes.states;
        p.offset = end;
        end += padded_to(p.elements, alignment_elements);
    }
    const int steps = g.operations.size(), count = g.values.size();
    const operation* const operations = g.operations.begin();
    value_info* const values = g.values.begin();
    constexpr_vector<int> roots, ends,
        kinds; // of each value: whose bytes, the last step that needs them, the arena's class
    roots.resize(count);
    ends.resize(count, -1);
    kinds.resize(count, -1);
    int* const root = roots.begin();
    int* const end = ends.begin();
    int* const kind = kinds.begin();
    for (int v = 0; v < count; ++v) {
        root[v] = values[v].root >= 0 ? values[v].root : v;
        const storage where = values[root[v]].where;
        kind[v] = where == storage::fixed ? 0 : where == storage::per_sample ? 1 : where == storage::partial ? 2 : -1;
    }
    // A value used by steps that run together lives until the last of them has finished: chunks are at different steps.
    for (int t = 0, last = -1; t < steps; ++t) {
        if (t > last) last = t + steps_together(g.wanted(), operations, t, g.forward, steps) - 1;
        for (int i = 0; i < operations[t].inputs; ++i) end[root[operations[t].in[i].index]] = last;
        for (int i = 0; i < operations[t].outputs; ++i) end[root[operations[t].out[i].index]] = last;
    }
    if (g.loss.exists()) end[root[g.loss.index]] = steps;
    if (g.input_gradient.exists()) end[root[g.input_gradient.index]] = steps;

    free_blocks classes[3];
    for (int t = 0, first = 0, last = -1; t < steps; ++t) {
        if (t > last) first = t, last = t + steps_together(g.wanted(), operations, t, g.forward, steps) - 1;
        const operation& o = operations[t];
        for (int i = 0; i < o.outputs; ++i) {
            const int v = root[o.out[i].index];
            if (kind[v] >= 0 && values[v].offset < 0)
                values[v].offset = classes[kind[v]].take(padded_to(values[v].elements, alignment_elements)
                                                         * width[static_cast<int>(values[v].element)]);
        }
        if (t < last) continue;
        for (int s = first; s <= last; ++s)
            for (int i = 0; i < operations[s].inputs + operations[s].outputs; ++i) {
                const operation& done = operations[s];
                const int v = root[i < done.inputs ? done.in[i].index : done.out[i - done.inputs].index];
                if (kind[v] < 0 || end[v] != t) continue;
                end[v] = -1; // an operand may stand twice
                classes[kind[v]].give(values[v].offset, padded_to(values[v].elements, alignment_elements)
                                                            * width[static_cast<int>(values[v].element)]);
            }
    }
    sizes.fixed = classes[0].end();
    sizes.per_sample = classes[1].end();
    sizes.partial = classes[2].end();

    // Values outside the arena are in their parameter's place, or at the beginning of the caller's memory.
    for (int v = 0; v < count; ++v)
        if (kind[v] < 0)
            values[v].offset = values[v].parameter >= 0 ? g.parameters[values[v].parameter].offset * number : 0;
    for (int v = 0; v < count; ++v)
        if (root[v] != v) values[v].offset = values[root[v]].offset, values[v].where = values[root[v]].where;
    return sizes;
}

} // namespace strata::inline STRATA_ABI::core
