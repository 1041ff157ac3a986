#pragma once
/// flush_denormals — while it lives, this thread treats denormal numbers as zero; its destructor restores the mode.
///
/// A product of denormals takes about a hundred cycles, so a matrix product full of them runs 200 times slower. Works
/// on x86 (MXCSR: flush to zero, denormals are zero) and aarch64 (FPCR: FZ); does nothing elsewhere. The mode belongs
/// to the thread: other threads, and threads made later, are not changed.
/// Errors   none
#include <strata/base/abi.hpp>

#include <cstdint>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace strata::inline STRATA_ABI::core {

class flush_denormals {
  public:
    flush_denormals() noexcept : before_(get()) {
        if ((before_ & flushed) != flushed) set(before_ | flushed);
        fence();
    }
    ~flush_denormals() {
        fence();
        // only our bits go back: what else changed meanwhile (exception flags, rounding) is not ours
        if ((before_ & flushed) != flushed) set((get() & ~flushed) | (before_ & flushed));
    }
    flush_denormals(const flush_denormals&) = delete;
    flush_denormals& operator=(const flush_denormals&) = delete;

  private:
#if defined(__SSE2__)
    using word = std::uint32_t;
    static constexpr word flushed = 0x8000 | 0x0040; // FTZ | DAZ
    static word get() noexcept { return _mm_getcsr(); }
    static void set(word mode) noexcept { _mm_setcsr(mode); }
#elif defined(__aarch64__)
    using word = std::uint64_t;
    static constexpr word flushed = word{1} << 24; // FZ
    static word get() noexcept {
        word mode;
        asm volatile("mrs %0, fpcr" : "=r"(mode));
        return mode;
    }
    static void set(word mode) noexcept { asm volatile("msr fpcr, %0" : : "r"(mode)); }
#else
    using word = std::uint32_t;
    static constexpr word flushed = 0;
    static word get() noexcept { return 0; }
    static void set(word) noexcept {}
#endif
    /// Compilers do not know that arithmetic depends on the mode; at least its loads and stores stay inside.
    static void fence() noexcept { asm volatile("" : : : "memory"); }

    word before_;
};

} // namespace strata::inline STRATA_ABI::core

namespace strata::inline STRATA_ABI {
using core::flush_denormals;
} // namespace strata::inline STRATA_ABI
