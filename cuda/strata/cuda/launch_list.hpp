#pragma once
/// launch_list — the launches and products of a plan on a GPU, listed in their order without one.
#include <strata/cuda/grid.hpp>
#include <strata/cuda/kernels.hpp>
#include <strata/run/executor.hpp>
#include <strata/run/kernel_table.hpp>

#include <vector>

namespace strata::inline STRATA_ABI::on_cuda {

struct launch_row {
    op kind{};
    const char* name = "";   ///< of the operation
    int layer = -1;          ///< row of the description
    bool product = false;    ///< the library's, else a kernel's
    int m = 0, n = 0, k = 0; ///< of a product, as the library sees it
    long long items = 0;     ///< of a kernel
    grid size{};
    long long bytes = 0; ///< of all that the step reads and writes
};

/// A context that records instead of launching.
struct launch_recorder {
    std::vector<launch_row> rows;
    launch_row next;

    void begin(const key&, int) {}
    template <class T>
    void gemm(bool, bool, int m, int n, int k, const T*, int, const T*, int, T*, int) {
        launch_row row = next;
        row.product = true, row.m = m, row.n = n, row.k = k;
        rows.push_back(row);
    }
    template <class Kernel, class T>
    void each_item(long long items, const call<T>&) {
        launch_row row = next;
        row.items = items, row.size = grid_of(items);
        rows.push_back(row);
    }
};

namespace detail {
struct recording {
    struct machine {
        template <class T>
        using function = void (*)(const call<T>&, launch_recorder&);
    };
    template <key K, class F, class T>
    using kernel = launched<K, F, T, launch_recorder>;
    static constexpr const char* name = "gpu";
};
} // namespace detail

template <class Plan, class T>
std::vector<launch_row> launch_list(int batch) {
    frame<T> f;
    f.batch = batch;
    f.chunk_size = Plan::chunk;
    f.chunks = Plan::chunks(batch);
    launch_recorder recorder;
    for (const step& s : Plan::data.steps) {
        launch_row& row = recorder.next = {s.kind, Plan::data.names[s.kernel], s.layer};
        for (int i = 0; i < s.inputs + s.outputs; ++i) {
            const storage where = s.at[i].where;
            const bool per_sample = where == storage::per_sample || is_of_caller(where);
            row.bytes += s.at[i].elements * bytes_of(s.at[i].element, static_cast<int>(sizeof(T)))
                         * (per_sample                  ? batch
                            : where == storage::partial ? f.chunks
                                                        : 1);
        }
        kernel_table<Plan, detail::recording, T>.rows[s.kernel](work_of(s, f), recorder);
    }
    return recorder.rows;
}

} // namespace strata::inline STRATA_ABI::on_cuda
