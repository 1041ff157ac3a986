# What CONTRIBUTING.md tells its readers to write compiles, without a warning, and passes its tests. A line
#   <!-- file: PATH -->               above a block of code makes it that file,
#   <!-- end of namespace: PATH -->   puts it before the last closing namespace of that file,
#   <!-- end of file: PATH -->        puts it at its end:
# all in a copy of the tree, together with the lines that the page describes in words. Then PART is compiled:
#   softsign        the layer and its test, syntax only
#   softsign.cuda   the layer in a network of the policy gpu, by nvcc
#   mirror          the operation and its tests, which are run
#   mirror.cuda     the operation in a network of the policy gpu, by nvcc
#   cmake -DROOT=FOLDER -DWORK=FOLDER -DPART=softsign -DCOMPILER=g++ "-DFLAGS=-I..|-I.." [-DNVCC=nvcc]
#     ["-DOBJECTS=main.o|libCatch2.a"] ["-DCATCH2=FOLDER|..."] -P contributing.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/diagnostics.cmake)
file(REMOVE_RECURSE ${WORK})
file(COPY ${ROOT}/include ${ROOT}/cuda DESTINATION ${WORK})
file(COPY ${ROOT}/tests/support ${ROOT}/tests/reference DESTINATION ${WORK}/tests)
file(COPY ${ROOT}/tests/cpu/pool_and_norm.cpp DESTINATION ${WORK}/tests/cpu)
file(COPY ${ROOT}/tests/cuda/images.cpp DESTINATION ${WORK}/tests/cuda)

# add(PATH BEFORE TEXT): puts the text before the last `before` of a file, or at its end where that is "".
function(add path before text)
  file(READ ${WORK}/${path} old)
  set(at -1)
  if(before)
    string(FIND "${old}" "${before}" at REVERSE)
    if(at EQUAL -1)
      message(FATAL_ERROR "${path} does not hold `${before}`")
    endif()
  else()
    string(LENGTH "${old}" at)
  endif()
  string(SUBSTRING "${old}" 0 ${at} start)
  string(SUBSTRING "${old}" ${at} -1 end)
  file(WRITE ${WORK}/${path} "${start}${text}${end}")
endfunction()

# ---- the blocks of the page -----------------------------------------------------------------------------------------
file(READ ${ROOT}/CONTRIBUTING.md page)
guard(page)
string(REGEX MATCHALL "<!-- (file|end of namespace|end of file): [^\n]* -->\n" markers "${page}")
foreach(marker IN LISTS markers)
  string(REGEX MATCH "<!-- ([a-z ]+): ([^ ]+) -->" ignored "${marker}")
  set(how "${CMAKE_MATCH_1}")
  set(path ${CMAKE_MATCH_2})
  string(FIND "${page}" "${marker}```cpp\n" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "CONTRIBUTING.md has no code right below ${marker}")
  endif()
  string(LENGTH "${marker}```cpp\n" length)
  math(EXPR at "${at} + ${length}")
  string(SUBSTRING "${page}" ${at} -1 block)
  string(FIND "${block}" "\n```\n" at)
  string(SUBSTRING "${block}" 0 ${at} block)
  unguard(block)
  list(APPEND found ${path})
  if(how STREQUAL "file")
    file(WRITE ${WORK}/${path} "${block}\n")
  elseif(how STREQUAL "end of namespace")
    add(${path} "} // namespace" "${block}\n\n")
  else()
    # Only this block: the file's own tests are compiled elsewhere. What comes before the first of them is kept.
    file(READ ${WORK}/${path} old)
    string(FIND "${old}" "TEST_CASE(" at)
    string(SUBSTRING "${old}" 0 ${at} old)
    file(WRITE ${WORK}/${path} "${old}${block}\n")
  endif()
endforeach()
list(LENGTH found count)
if(NOT count EQUAL 12)
  message(FATAL_ERROR "CONTRIBUTING.md has ${count} blocks with a place, not 12: ${found}")
endif()

# ---- what the page says in words ------------------------------------------------------------------------------------
foreach(layer IN ITEMS softsign mirror)
  add(include/strata/layers.hpp "#include <strata/layers/sigmoid.hpp>" "#include <strata/layers/${layer}.hpp>\n")
endforeach()
add(tests/support/operation_list.hpp "#include <strata/operations/norm/normalise.hpp>"
  "#include <strata/operations/move/mirror.hpp>\n")
add(tests/support/operation_list.hpp "operations::normalise," "operations::mirror, ")
foreach(folder IN ITEMS reference cpu)
  add(include/strata/${folder}/kernels.hpp "#include <strata/${folder}/reshape.hpp>" "#include <strata/${folder}/mirror.hpp>\n")
endforeach()
add(cuda/strata/cuda/kernels.hpp "#include <strata/cuda/reshape.hpp>" "#include <strata/cuda/mirror.hpp>\n")
add(tests/reference/gradient_nets.hpp ">;\n\nstruct net_flatten" ", net_mirror")
# net_mirror has to stand before the list that names it.
file(READ ${WORK}/tests/reference/gradient_nets.hpp text)
string(REGEX MATCH "struct net_mirror [^\n]*\n" line "${text}")
string(REPLACE "${line}" "" text "${text}")
string(REPLACE "using element_nets =" "${line}using element_nets =" text "${text}")
file(WRITE ${WORK}/tests/reference/gradient_nets.hpp "${text}")
add(tests/support/comparisons/images.hpp "#include \"../compare.hpp\"\n" "#include <strata/layers/mirror.hpp>\n")

# ---- compiling ------------------------------------------------------------------------------------------------------
string(REPLACE "-I${ROOT}/include" "-I${WORK}/include" FLAGS "${FLAGS}")
string(APPEND FLAGS "|-I${WORK}/cuda|-I${WORK}/tests/support|-I${WORK}/tests/reference")
string(REPLACE "|" ";" folders "${CATCH2}") # where Catch2 is, if it is not installed
foreach(folder IN LISTS folders)
  if(NOT folder STREQUAL "/usr/include")
    string(APPEND FLAGS "|-isystem${folder}")
  endif()
endforeach()
function(quiet what status output)
  if(NOT status EQUAL 0 OR NOT output STREQUAL "")
    message("${output}")
    message(FATAL_ERROR "${what} of CONTRIBUTING.md does not compile without a warning.")
  endif()
endfunction()
# on_gpu(WHAT NETWORK): a training step and an inference under both policies, by nvcc.
function(on_gpu what network)
  file(WRITE ${WORK}/${what}.cu "#include <strata/cuda.hpp>
using namespace strata;
struct between : network<${network}> {};
template <class Policy>
std::vector<float> use() {
    model<between, Policy> net{seed{1}};
    std::vector<float> x(18), t(2);
    trainer{net, mean_squared_error{}, sgd{}}.step(x, t);
    return net(x);
}
int main() { return use<gpu>() == use<cpu>() ? 0 : 1; }
")
  string(REPLACE "-isystem" "-I" flags "${FLAGS}")
  string(REPLACE "|" ";" flags "${flags}")
  execute_process(COMMAND ${NVCC} -std=c++20 ${flags} -c ${WORK}/${what}.cu -o ${WORK}/${what}.o
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  quiet("${what}" "${status}" "${output}")
endfunction()

if(PART STREQUAL "softsign")
  run_compiler(output status ${WORK}/tests/layers/softsign.cpp)
  quiet(softsign "${status}" "${output}")
elseif(PART STREQUAL "softsign.cuda")
  on_gpu(softsign "image<2, 3, 3>, conv<3, 2>, softsign, flatten, dense<2>")
elseif(PART STREQUAL "mirror.cuda")
  on_gpu(mirror "image<2, 3, 3>, conv<3, 2>, mirror, flatten, dense<2>")
elseif(PART STREQUAL "mirror")
  compiler_flags(flags)
  string(REPLACE "|" ";" objects "${OBJECTS}")
  foreach(source IN ITEMS layers/softsign reference/mirror reference/gradients_of_elements reference/gradients_are_complete
      cpu/pool_and_norm cuda/images)
    string(MAKE_C_IDENTIFIER ${source} name)
    execute_process(COMMAND ${COMPILER} ${flags} -O1 -DSTRATA_TESTS_DIR="${ROOT}/tests" -Wno-restrict -Wno-maybe-uninitialized
      -c ${WORK}/tests/${source}.cpp -o ${WORK}/${name}.o RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    quiet(${source} "${status}" "${output}")
    list(APPEND objects ${WORK}/${name}.o)
  endforeach()
  execute_process(COMMAND ${COMPILER} ${objects} -pthread -lz -o ${WORK}/tests/all COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND ${WORK}/tests/all RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0 OR NOT output MATCHES "All tests passed")
    message(FATAL_ERROR "${output}")
  endif()
else()
  message(FATAL_ERROR "There is no part `${PART}`.")
endif()
message(STATUS "${PART}: the code of CONTRIBUTING.md compiles")
