# Checks one mistake on one compiler:
#   cmake -DCOMPILER=g++ -DFLAGS="-I..|-I.." -DSOURCE=NAME.cpp -DREPORT=FILE -P driver.cmake
# SOURCE holds two twins. With -DSTRATA_BROKEN it must not compile, and the compiler must report exactly one error, whose own
# text holds every sentence of the source's lines
#   // expect: SENTENCE            (g++, clang++ 15 and later)
#   // expect-types: TEXT          (clang++ 14, which prints strings in template arguments as numbers)
# Without it, it must compile without a word. REPORT receives the compiler, like "g++ 12", and a line below the error as it
# was printed.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/diagnostics.cmake)
get_filename_component(mistake ${SOURCE} NAME_WE)
get_filename_component(compiler_name ${COMPILER} NAME)

if(REPORT)
  file(REMOVE ${REPORT}) # what an earlier run saw is no longer so
endif()

function(reject why)
  message("${output}") # as it is: FATAL_ERROR would break its lines anew
  message(FATAL_ERROR "${mistake}, ${compiler_name}: ${why}")
endfunction()

execute_process(COMMAND ${COMPILER} --version OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE)
set(keyword "expect")
if(version MATCHES "clang version ([0-9]+)" AND CMAKE_MATCH_1 LESS 15)
  set(keyword "expect-types")
endif()
file(READ ${SOURCE} source)
guard(source)
string(REGEX MATCHALL "\n *// ${keyword}: [^\n]+" expected "\n${source}")
set(output "(not run)")
if(NOT expected)
  reject("the source has no line `// ${keyword}: ...`")
endif()

run_compiler(output status -DSTRATA_BROKEN ${SOURCE})
if(NOT status MATCHES "^[0-9]+$")
  reject("the compiler could not be run or crashed (${status})")
elseif(status EQUAL 0)
  reject("the broken twin compiles")
endif()
find_errors("${output}" error count)
if(NOT count EQUAL 1)
  reject("${count} errors instead of one")
endif()
set(sentence "${error}")
join_pieces(sentence)
foreach(line IN LISTS expected)
  string(REGEX REPLACE "^\n *// ${keyword}: " "" text "${line}")
  string(STRIP "${text}" text)
  unguard(text)
  string(FIND "${sentence}" "${text}" position)
  if(position EQUAL -1)
    reject("the error does not say\n  ${text}\nbut\n  ${sentence}")
  endif()
endforeach()

run_compiler(output status ${SOURCE})
if(NOT status EQUAL 0)
  reject("the repaired twin does not compile")
elseif(NOT output STREQUAL "")
  reject("the repaired twin compiles with warnings")
endif()

if(REPORT)
  execute_process(COMMAND ${COMPILER} -dumpversion OUTPUT_VARIABLE number)
  string(REGEX MATCH "^[0-9]+" number "${number}")
  string(REGEX REPLACE "-[0-9]+$" "" family ${compiler_name})
  file(WRITE ${REPORT} "${family} ${number}\n${error}\n")
endif()
message(STATUS "${mistake}, ${compiler_name}: one error, as expected")
