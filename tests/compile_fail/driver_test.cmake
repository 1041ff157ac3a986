# Tests the driver itself: it must accept one honest mistake and reject each way in which a mistake can be reported badly.
#   cmake -DCOMPILER=g++ -DWORK=FOLDER -P driver_test.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${WORK})

# try(NAME REASON CODE): the driver on CODE fails for REASON; an empty REASON means that it accepts CODE.
function(try name reason code)
  file(WRITE ${WORK}/${name}.cpp "${code}")
  execute_process(COMMAND ${CMAKE_COMMAND} -DCOMPILER=${COMPILER} -DSOURCE=${WORK}/${name}.cpp -DREPORT=${WORK}/${name}.txt
    -P ${CMAKE_CURRENT_LIST_DIR}/driver.cmake RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  if(reason STREQUAL "")
    if(NOT status EQUAL 0 OR NOT EXISTS ${WORK}/${name}.txt)
      message(FATAL_ERROR "${name}: must be accepted, but: ${text}")
    endif()
  elseif(status EQUAL 0)
    message(FATAL_ERROR "${name}: must be rejected")
  else()
    string(FIND "${text}" "${reason}" position)
    if(position EQUAL -1)
      message(FATAL_ERROR "${name}: must be rejected because `${reason}`, but: ${text}")
    endif()
  endif()
  message(STATUS "${name}: as it should be")
endfunction()

set(expect "// expect: too [small]; really\n// expect-types: too [small]; really\n")
set(small "static_assert(false, \"too [small]; really\");\n")
try(honest "" "${expect}#ifdef STRATA_BROKEN\n${small}#endif\n")
try(silent "the broken twin compiles" "${expect}int x;\n")
try(twice "2 errors instead of one" "${expect}#ifdef STRATA_BROKEN\n${small}${small}#endif\n")
try(only_echoed "the error does not say"
  "${expect}#ifdef STRATA_BROKEN\nint too_small = undeclared; // too [small]; really\n#endif\n")
try(only_noted "the error does not say"
  "${expect}template <int N> struct s;\n#ifdef STRATA_BROKEN\n[[deprecated(\"too [small]; really\")]] int f();\nint y = f();\ns<1> z;\n#endif\n")
try(never_repaired "the repaired twin does not compile" "${expect}${small}")
try(warns "the repaired twin compiles with warnings"
  "${expect}#ifdef STRATA_BROKEN\n${small}#endif\nint f(int n) { int unused; return n; }\n")
try(no_sentence "the source has no line" "#ifdef STRATA_BROKEN\n${small}#endif\n")

# A string in pieces, as clang prints it, is one sentence.
try(in_pieces "" "// expect: one \"long\" sentence's pieces
// expect-types: mistake<14>
namespace strata::inline STRATA_ABI {
template <int N> struct fixed_string {
    char text[N];
    constexpr fixed_string(const char (&from)[N]) { for (int i = 0; i < N; ++i) text[i] = from[i]; }
};
#if defined(__clang__) && __clang_major__ < 15
template <int N> struct mistake;
#define MISTAKE mistake<14>
#elif defined(__clang__)
template <fixed_string... S> struct mistake;
#define MISTAKE mistake<\"one \\\"long\\\" sen\", \"tence's p\", \"ieces\">
#else
template <fixed_string S> struct mistake;
#define MISTAKE mistake<\"one \\\"long\\\" sentence's pieces\">
#endif
}
#ifdef STRATA_BROKEN
strata::MISTAKE broken;
#endif
")
