# Writes the page of all mistakes, or with -DCHECK=ON checks that the page shows each of them as the sources have it.
#   cmake -DSOURCES=FOLDER -DREPORTS=FOLDER -DPAGE=diagnostics.md -P write_docs.cmake
# A mistake's title is the first comment line of its source; its snippet stands between // [snippet] and // [/snippet]; the
# errors are the files MISTAKE.COMPILER.txt that driver.cmake wrote.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/diagnostics.cmake)

file(GLOB sources ${SOURCES}/*.cpp)
if(NOT sources)
  message(STATUS "STRATA_SKIP: no mistakes in ${SOURCES}")
  return()
endif()
if(CHECK)
  if(NOT EXISTS ${PAGE})
    message(FATAL_ERROR "${PAGE} is missing: build the target docs-diagnostics.")
  endif()
  file(READ ${PAGE} page)
endif()

set(text "# What the compiler says

A network that cannot work is one compile error, and the error is a sentence: where, what, and the remedy. This page is
written by the tests in `tests/compile_fail` (target `docs-diagnostics`): each mistake below is compiled, must give exactly
one error, and that error is quoted as the compiler printed it. g++ shows the sentence whole, clang++ 19 in pieces of at
most 32 characters, and clang++ 14, which prints such strings as numbers, states the facts in the names of types.
")
foreach(source IN LISTS sources)
  get_filename_component(mistake ${source} NAME_WE)
  file(READ ${source} code)
  guard(code)
  if(NOT code MATCHES "^// ?([^\n]+)\n")
    message(FATAL_ERROR "${source}: the first line is not a comment that names the mistake.")
  endif()
  string(REGEX REPLACE "[. ]+$" "" title "${CMAKE_MATCH_1}")
  if(NOT code MATCHES "\n *// ${opening}snippet${closing}[^\n]*\n(.*\n) *// ${opening}/snippet${closing}")
    message(FATAL_ERROR "${source}: no lines between // [snippet] and // [/snippet].")
  endif()
  set(snippet "${CMAKE_MATCH_1}")
  # Of the two twins the page shows the broken one.
  string(REGEX REPLACE "#else[^\n]*\n[^#]*#endif[^\n]*\n" "" snippet "${snippet}")
  string(REGEX REPLACE "#(ifdef STRATA_BROKEN|endif)[^\n]*\n" "" snippet "${snippet}")
  unguard(title)
  unguard(snippet)
  set(shown "\n## ${title}\n\n```cpp\n${snippet}```\n")
  if(CHECK)
    string(FIND "${page}" "${shown}" position)
    if(position EQUAL -1)
      message(FATAL_ERROR "${PAGE} does not show ${mistake} as its source has it: build the target docs-diagnostics.")
    endif()
    continue()
  endif()
  string(APPEND text "${shown}")
  foreach(compiler IN ITEMS g++ clang++-19 clang++-14)
    set(report ${REPORTS}/${mistake}.${compiler}.txt)
    if(NOT EXISTS ${report})
      message(FATAL_ERROR "${report} is missing: run `ctest -R compile_fail` first, with ${compiler} installed.")
    endif()
    file(READ ${report} error)
    string(APPEND text "\n${compiler}:\n```text\n${error}```\n")
  endforeach()
endforeach()
if(NOT CHECK)
  file(WRITE ${PAGE} "${text}")
  message(STATUS "${PAGE} written")
endif()
