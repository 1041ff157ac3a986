# What CONTRIBUTING.md tells its readers to write compiles, without a warning, and passes its tests. A line
#   <!-- file: PATH -->               above a block of code makes it that file,
# in a copy of the tree, together with the lines that the page describes in words. Then PART is compiled:
#   softsign        the layer and its test, syntax only
#   softsign.cuda   the layer in a network of the policy gpu, by nvcc
#   mirror          the operation and its test, which is run: by its definition alone, then with its tuned kernel
#   mirror.cuda     the operation in a network of the policy gpu, by nvcc
#   cmake -DROOT=FOLDER -DWORK=FOLDER -DPART=softsign -DCOMPILER=g++ "-DFLAGS=-I..|-I.." [-DNVCC=nvcc]
#     ["-DOBJECTS=main.o|libCatch2.a"] ["-DCATCH2=FOLDER|..."] -P contributing.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/../support/diagnostics.cmake)
file(REMOVE_RECURSE ${WORK})
file(COPY ${ROOT}/include ${ROOT}/cuda DESTINATION ${WORK})
file(COPY ${ROOT}/tests/support ${ROOT}/tests/reference DESTINATION ${WORK}/tests)
file(COPY ${ROOT}/tests/operations/laws.cpp DESTINATION ${WORK}/tests/operations)

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

# ---- the blocks of the page -----------------------------------------------------------------------------------------
file(READ ${ROOT}/CONTRIBUTING.md page)
guard(page)
string(REGEX MATCHALL "<!-- file: [^\n]* -->\n" markers "${page}")
foreach(marker IN LISTS markers)
  string(REGEX MATCH "<!-- file: ([^ ]+) -->" ignored "${marker}")
  set(path ${CMAKE_MATCH_1})
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
  file(WRITE ${WORK}/${path} "${block}\n")
endforeach()
list(LENGTH found count)
if(NOT count EQUAL 6)
  message(FATAL_ERROR "CONTRIBUTING.md has ${count} blocks with a place, not 6: ${found}")
endif()

# ---- what the page says in words ------------------------------------------------------------------------------------
set(first "#include <strata/layers/pointwise/sigmoid.hpp>")
change(include/strata/layers.hpp "${first}" "#include <strata/layers/move/mirror.hpp>\n#include <strata/layers/pointwise/softsign.hpp>\n${first}")
set(list tests/support/operation_list.hpp)
set(first "#include <strata/operations/norm/normalise.hpp>")
change(${list} "${first}" "#include <strata/operations/move/mirror.hpp>\n${first}")
foreach(name IN ITEMS operations_under_laws definitions_of_cpu)
  change(${list} "${name} = strata::type_list<" "${name} = strata::type_list<operations::mirror, ")
endforeach()

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
  run_compiler(output status ${WORK}/tests/layers/pointwise/softsign.cpp)
  quiet(softsign "${status}" "${output}")
elseif(PART STREQUAL "softsign.cuda")
  on_gpu(softsign "image<2, 3, 3>, conv<3, 2>, softsign, flatten, dense<2>")
elseif(PART STREQUAL "mirror.cuda")
  on_gpu(mirror "image<2, 3, 3>, conv<3, 2>, mirror, flatten, dense<2>")
elseif(PART STREQUAL "mirror")
  compiler_flags(flags)
  string(REPLACE "|" ";" objects "${OBJECTS}")
  function(run_test)
    foreach(source IN LISTS ARGN)
      string(MAKE_C_IDENTIFIER ${source} name)
      execute_process(COMMAND ${COMPILER} ${flags} -O1 -DSTRATA_TESTS_DIR="${ROOT}/tests" -Wno-restrict -Wno-maybe-uninitialized
        -c ${WORK}/tests/${source}.cpp -o ${WORK}/${name}.o RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
      quiet(${source} "${status}" "${output}")
      list(APPEND objects ${WORK}/${name}.o)
    endforeach()
    execute_process(COMMAND ${COMPILER} ${objects} -pthread -lz -o ${WORK}/tests/all COMMAND_ERROR_IS_FATAL ANY)
    # The law that every operation of the list is in a network is for the folder as a whole.
    execute_process(COMMAND ${WORK}/tests/all "~every operation whose test*" RESULT_VARIABLE status OUTPUT_VARIABLE output
      ERROR_VARIABLE output)
    if(NOT status EQUAL 0 OR NOT output MATCHES "All tests passed")
      message(FATAL_ERROR "${output}")
    endif()
  endfunction()
  run_test(layers/pointwise/softsign operations/mirror operations/laws)
  change(include/strata/operations/move/mirror.hpp "    static constexpr bool runs_on_cpu = true;\n" "")
  change(${list} "definitions_of_cpu = strata::type_list<operations::mirror, " "definitions_of_cpu = strata::type_list<")
  set(first "#include <strata/cpu/norm/normalise.hpp>")
  change(include/strata/cpu/kernels.hpp "${first}" "#include <strata/cpu/move/mirror.hpp>\n${first}")
  run_test(operations/mirror operations/laws)
else()
  message(FATAL_ERROR "There is no part `${PART}`.")
endif()
message(STATUS "${PART}: the code of CONTRIBUTING.md compiles")
