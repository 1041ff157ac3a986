# What docs/contributing/ADDITION.md tells its readers to write compiles, without a warning, and passes its tests: the
# additions are layer, activation, operation, loss, optimiser, metric, data_set and input. A line
#   <!-- file: PATH -->               above a block of code makes it that file, and
#   <!-- line: PATH -->               adds its lines, includes, to a file that is there,
# in a copy of the tree. What the page's first table lists is what changes there, no file more and none less; and without
# a line of a facade the test house.facades fails. The tests are compiled and run, and the scripts of this folder that
# look at headers run over the copy. operation does it twice: by the definition alone, then with a tuned kernel. PART
# cuda writes all pages into one copy, and compiles a program of the policy gpu that uses them, by nvcc.
#   cmake -DROOT=FOLDER -DWORK=FOLDER -DPART=layer -DCOMPILER=g++ "-DFLAGS=-I..|-I.." [-DNVCC=nvcc]
#     ["-DCOMPILERS=g++|clang++-14"] ["-DOBJECTS=main.o|libCatch2.a"] ["-DCATCH2=FOLDER|..."] -P contributing.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/diagnostics.cmake)
set(page_name docs/contributing/${PART}.md)
file(REMOVE_RECURSE ${WORK})
file(COPY ${ROOT}/include ${ROOT}/cuda DESTINATION ${WORK})
foreach(folder IN ITEMS support reference compile_fail house)
  file(COPY ${ROOT}/tests/${folder} DESTINATION ${WORK}/tests)
endforeach()
file(COPY ${ROOT}/tests/operations/laws.cpp DESTINATION ${WORK}/tests/operations)
file(COPY ${ROOT}/tests/train/optimisers/trajectory.hpp DESTINATION ${WORK}/tests/train/optimisers)

# change(PATH OLD NEW): replaces a text of a file, which must be there.
function(change path old new)
  file(READ ${WORK}/${path} text)
  string(FIND "${text}" "${old}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "${path} does not hold `${old}`")
  endif()
  string(REPLACE "${old}" "${new}" text "${text}")
  file(WRITE ${WORK}/${path} "${text}")
endfunction()
# add_includes(PATH TEXT): each line in its place among the includes of strata.
function(add_includes path text)
  if(NOT EXISTS ${WORK}/${path})
    message(FATAL_ERROR "${page_name} adds a line to ${path}, which is not there.")
  endif()
  string(REPLACE "\n" ";" lines "${text}")
  list(REMOVE_ITEM lines "")
  foreach(line IN LISTS lines)
    file(STRINGS ${WORK}/${path} includes REGEX "^#include <strata/")
    set(behind "")
    foreach(other IN LISTS includes)
      if(other STRLESS line)
        set(behind "${other}")
      endif()
    endforeach()
    change(${path} "${behind}\n" "${behind}\n${line}\n")
  endforeach()
endfunction()

# write_blocks(TEXT): the files and lines of a part of the page; their paths in `written`.
function(write_blocks text)
  set(written "")
  string(REGEX MATCHALL "<!-- (file|line): [^\n]* -->\n" markers "${text}")
  foreach(marker IN LISTS markers)
    string(REGEX MATCH "<!-- (file|line): ([^ ]+) -->" ignored "${marker}")
    set(kind ${CMAKE_MATCH_1})
    set(path ${CMAKE_MATCH_2})
    string(FIND "${text}" "${marker}```cpp\n" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${page_name} has no code right below ${marker}")
    endif()
    string(LENGTH "${marker}```cpp\n" length)
    math(EXPR at "${at} + ${length}")
    string(SUBSTRING "${text}" ${at} -1 block)
    string(FIND "${block}" "\n```\n" at)
    string(SUBSTRING "${block}" 0 ${at} block)
    unguard(block)
    list(APPEND written ${path})
    if(kind STREQUAL "line")
      add_includes(${path} "${block}\n")
    elseif(EXISTS ${ROOT}/${path})
      message(FATAL_ERROR "${page_name} writes ${path}, which is there already.")
    else()
      file(WRITE ${WORK}/${path} "${block}\n")
    endif()
  endforeach()
  set(written "${written}" PARENT_SCOPE)
endfunction()

# ---- flags ----------------------------------------------------------------------------------------------------------
string(REPLACE "-I${ROOT}/include" "-I${WORK}/include" FLAGS "${FLAGS}")
string(APPEND FLAGS "|-I${WORK}/cuda|-I${WORK}/tests/support|-I${WORK}/tests/reference")
string(REPLACE "|" ";" folders "${CATCH2}") # where Catch2 is, if it is not installed
foreach(folder IN LISTS folders)
  if(NOT folder STREQUAL "/usr/include")
    string(APPEND FLAGS "|-isystem${folder}")
  endif()
endforeach()
if(PART STREQUAL "cuda")
  file(GLOB pages ${ROOT}/docs/contributing/*.md)
  foreach(page_name IN LISTS pages)
    file(READ ${page_name} page)
    guard(page)
    string(FIND "${page}\n## A tuned kernel" "\n## A tuned kernel" at)
    string(SUBSTRING "${page}" 0 ${at} page)
    write_blocks("${page}")
  endforeach()
  # A training step and an inference under both policies.
  file(WRITE ${WORK}/gpu.cu "#include <strata/cuda.hpp>
#include <strata/data.hpp>
#include <strata/losses.hpp>
#include <strata/metrics.hpp>
using namespace strata;
struct net : network<grey_image<5, 5>, conv<3, 2>, softsign, mirror, separable_conv<2, 2>, flatten, dense<2>> {};
struct of_points : network<features<2>, dense<8>, softsign, dense<2>> {};
template <class Policy>
std::vector<float> use() {
    model<net, Policy> images{seed{1}};
    std::vector<float> x(25), t(2);
    trainer{images, poisson_nll{}, lion{}, max_error{}}.step(x, t);
    model<of_points, Policy> points{seed{1}};
    trainer{points, cross_entropy{}, lion{}}.fit(data::two_spirals(20), {.epochs = 1});
    return images(x);
}
int main() { return use<gpu>() == use<cpu>() ? 0 : 1; }
")
  string(REPLACE "-isystem" "-I" flags "${FLAGS}")
  string(REPLACE "|" ";" flags "${flags}")
  execute_process(COMMAND ${NVCC} -std=c++20 ${flags} -c ${WORK}/gpu.cu -o ${WORK}/gpu.o
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0 OR NOT output STREQUAL "")
    message(FATAL_ERROR "The code of docs/contributing does not compile for a GPU without a warning:\n${output}")
  endif()
  message(STATUS "the code of docs/contributing compiles for a GPU")
  return()
endif()

# ---- the page -------------------------------------------------------------------------------------------------------
file(READ ${ROOT}/${page_name} page)
guard(page)
string(FIND "${page}\n## A tuned kernel" "\n## A tuned kernel" at)
string(SUBSTRING "${page}" 0 ${at} first_part)
string(SUBSTRING "${page}" ${at} -1 second_part)
write_blocks("${first_part}")
string(REGEX MATCH "\n[|] file [|] holds [|]\n[^\n]+\n([|][^\n]*\n)+" table "${first_part}")
string(REGEX MATCHALL "\n[|] `[^`]+`" cells "${table}")
set(rows "")
foreach(cell IN LISTS cells)
  string(REGEX MATCH "`([^`]+)`" ignored "${cell}")
  list(APPEND rows ${CMAKE_MATCH_1})
endforeach()
set(touched ${written})
list(SORT rows)
list(SORT touched)
if(NOT rows STREQUAL touched OR NOT rows)
  message(FATAL_ERROR "${page_name} lists the files\n  ${rows}\nbut writes\n  ${touched}")
endif()
list(LENGTH rows count)
file(READ ${ROOT}/CONTRIBUTING.md overview)
guard(overview)
string(FIND "${overview}" "${closing}(${page_name}) | ${count} |" at)
if(at EQUAL -1)
  message(FATAL_ERROR "CONTRIBUTING.md does not say that ${page_name} touches ${count} files.")
endif()
if(PART STREQUAL "operation") # what the page says in words
  foreach(list IN ITEMS operations_under_laws definitions_of_cpu)
    change(tests/support/operation_list.hpp "${list} = strata::type_list<"
      "${list} = strata::type_list<operations::mirror, ")
  endforeach()
endif()

# ---- compiling ------------------------------------------------------------------------------------------------------
function(quiet what status output)
  if(NOT status EQUAL 0 OR NOT output STREQUAL "")
    message("${output}")
    message(FATAL_ERROR "${what} of ${page_name} does not compile without a warning.")
  endif()
endfunction()
# run_tests(SOURCE...): a program of these.
function(run_tests)
  compiler_flags(flags)
  string(REPLACE "|" ";" objects "${OBJECTS}")
  foreach(source IN LISTS ARGN)
    string(MAKE_C_IDENTIFIER ${source} name)
    execute_process(COMMAND ${COMPILER} ${flags} -O1 -DSTRATA_TESTS_DIR="${ROOT}/tests" -Wno-restrict
      -Wno-maybe-uninitialized -c ${WORK}/${source} -o ${WORK}/${name}.o
      RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    quiet(${source} "${status}" "${output}")
    list(APPEND objects ${WORK}/${name}.o)
  endforeach()
  execute_process(COMMAND ${COMPILER} ${objects} -pthread -lz -o ${WORK}/tests/all COMMAND_ERROR_IS_FATAL ANY)
  # The law that every operation of the list is in a network is for the folder as a whole.
  execute_process(COMMAND ${WORK}/tests/all "~every operation whose test*" RESULT_VARIABLE status
    OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0 OR NOT output MATCHES "All tests passed")
    message(FATAL_ERROR "${output}")
  endif()
endfunction()
# script(NAME ARGUMENT...): one of this folder, over the copy.
function(script name)
  execute_process(COMMAND ${CMAKE_COMMAND} ${ARGN} -P ${CMAKE_CURRENT_LIST_DIR}/${name}.cmake
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  set(status ${status} PARENT_SCOPE)
  set(output "${output}" PARENT_SCOPE)
endfunction()
function(check_headers)
  foreach(name IN ITEMS facades storeys operations write_reference)
    set(folder ${WORK}/include)
    if(name STREQUAL "operations")
      set(folder ${WORK}/include/strata)
    endif()
    script(${name} -DROOT=${WORK} -DPAGE=${WORK}/reference.md -DINCLUDE=${folder}
      -DLIST=${WORK}/tests/support/operation_list.hpp)
    if(NOT status EQUAL 0)
      message(FATAL_ERROR "After ${page_name}, ${name}.cmake says: ${output}")
    endif()
  endforeach()
endfunction()

check_headers()
foreach(path IN LISTS written)
  if(path MATCHES "^include/strata/[a-z]+[.]hpp$") # without its line
    file(READ ${WORK}/${path} with)
    file(READ ${ROOT}/${path} without)
    file(WRITE ${WORK}/${path} "${without}")
    script(facades -DROOT=${WORK})
    if(status EQUAL 0)
      message(FATAL_ERROR "facades.cmake does not miss the line of ${path}.")
    endif()
    file(WRITE ${WORK}/${path} "${with}")
  elseif(path MATCHES "^tests/compile_fail/")
    string(REPLACE "|" ";" compilers "${COMPILERS}")
    foreach(compiler IN LISTS compilers)
      execute_process(COMMAND ${CMAKE_COMMAND} -DCOMPILER=${compiler} -DFLAGS=${FLAGS} -DSOURCE=${WORK}/${path}
        -P ${CMAKE_CURRENT_LIST_DIR}/../compile_fail/driver.cmake COMMAND_ERROR_IS_FATAL ANY)
    endforeach()
  elseif(path MATCHES "^tests/.*[.]cpp$")
    list(APPEND tests ${path})
  endif()
endforeach()
if(PART STREQUAL "operation")
  list(APPEND tests tests/operations/laws.cpp)
endif()
run_tests(${tests})
if(second_part)
  change(include/strata/operations/move/mirror.hpp "    static constexpr bool runs_on_cpu = true;\n" "")
  change(tests/support/operation_list.hpp "definitions_of_cpu = strata::type_list<operations::mirror, "
    "definitions_of_cpu = strata::type_list<")
  write_blocks("${second_part}")
  check_headers()
  run_tests(${tests})
endif()
message(STATUS "${PART}: ${count} files, and the code of ${page_name} compiles and passes its tests")
