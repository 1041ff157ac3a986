#pragma once
/// place — the fifth pass: gives every value its offset. Parameters, gradients, buffers and states each form one
/// contiguous block; the arena's three classes are placed by lifetime, so that
/// bytes = fixed + batch · per_sample + chunks(batch) · partial, whatever the batch at run time.
#include <strata/plan/weight_layout.hpp>

namespace strata::inline v0_1 {

/// Elements of each block, and of each class of the arena.
struct block_sizes {
    long long parameters = 0, buffers = 0, states = 0;
    long long fixed = 0, per_sample = 0, partial = 0;
};

/// One class of the arena while values come and go: best fit in what was freed, else growth at the end.
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
    growing<block> blocks_;
    long long end_ = 0;
};

constexpr block_sizes place(graph& g) {
    block_sizes sizes;
    for (parameter_info& p : g.parameters) {
        long long& end = p.where == storage::parameter ? sizes.parameters
                         : p.where == storage::buffer  ? sizes.buffers
                                                       : sizes.states;
        p.offset = end;
        end += padded_to(p.elements, alignment_elements);
    }
    const int steps = g.operations.size();
    growing<int> last_use;
    last_use.resize(g.values.size(), -1);
    const auto root_of = [&](value v) { return g.values[v.index].root >= 0 ? g.values[v.index].root : v.index; };
    for (int t = 0; t < steps; ++t) {
        const operation& o = g.operations[t];
        for (int i = 0; i < o.inputs; ++i) last_use[root_of(o.in[i])] = t;
        for (int i = 0; i < o.outputs; ++i)
            if (last_use[root_of(o.out[i])] < t) last_use[root_of(o.out[i])] = t;
    }
    for (value kept : {g.loss, g.input_gradient})
        if (kept.exists()) last_use[root_of(kept)] = steps;

    free_blocks classes[3];
    const auto class_of = [&](int v) -> int {
        switch (g.values[v].where) {
        case storage::fixed: return 0;
        case storage::per_sample: return 1;
        case storage::partial: return 2;
        default: return -1;
        }
    };
    for (int t = 0; t < steps; ++t) {
        const operation& o = g.operations[t];
        for (int i = 0; i < o.outputs; ++i) {
            const int v = root_of(o.out[i]), c = class_of(v);
            if (c < 0 || g.values[v].offset >= 0) continue;
            g.values[v].offset = classes[c].take(padded_to(g.values[v].elements, alignment_elements));
        }
        const auto release = [&](value x) {
            const int v = root_of(x), c = class_of(v);
            if (c < 0 || last_use[v] != t) return;
            last_use[v] = -1; // an operand may stand twice
            classes[c].give(g.values[v].offset, padded_to(g.values[v].elements, alignment_elements));
        };
        for (int i = 0; i < o.inputs; ++i) release(o.in[i]);
        for (int i = 0; i < o.outputs; ++i) release(o.out[i]);
    }
    sizes.fixed = classes[0].end();
    sizes.per_sample = classes[1].end();
    sizes.partial = classes[2].end();

    for (int v = 0; v < g.values.size(); ++v) {
        value_info& info = g.values[v];
        const int p = info.parameter;
        if (p >= 0 && (info.where == storage::parameter || info.where == storage::buffer
                       || info.where == storage::state || info.where == storage::gradient))
            info.offset = g.parameters[p].offset;
        if (info.where == storage::input || info.where == storage::target || info.where == storage::output)
            info.offset = 0;
    }
    for (value_info& info : g.values)
        if (info.root >= 0) {
            info.offset = g.values[info.root].offset;
            info.where = g.values[info.root].where;
        }
    return sizes;
}

} // namespace strata::inline v0_1
