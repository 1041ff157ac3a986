#pragma once
/// STRATA_COLD — for functions that run once and write words: files, tables, messages. The compiler then keeps them small,
/// which is most of what a program with a network would otherwise wait for while compiling.
#if defined(__GNUC__) || defined(__clang__)
#define STRATA_COLD [[gnu::cold, gnu::noinline]]
#else
#define STRATA_COLD
#endif
