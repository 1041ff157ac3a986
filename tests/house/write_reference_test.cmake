# Tests write_reference.cmake on a copy of the headers: the page it writes passes its check, and a header that says
# something else, or what the page cannot show, does not.
#   cmake -DROOT=FOLDER -DWORK=FOLDER -P write_reference_test.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${WORK})
file(COPY ${ROOT}/include ${ROOT}/cuda DESTINATION ${WORK})

# run(REASON ARGUMENT...): write_reference.cmake ends with this reason, or an empty one, without an error.
function(run reason)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -DPAGE=${WORK}/page.md ${ARGN}
    -P ${CMAKE_CURRENT_LIST_DIR}/write_reference.cmake RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(FIND "${text}" "${reason}" position)
  if(reason STREQUAL "" AND NOT status EQUAL 0 OR position EQUAL -1)
    message(FATAL_ERROR "expected `${reason}`, but: ${text}")
  endif()
endfunction()
# changed(HEADER FROM TO REASON): the check of a header with other words ends with that reason.
function(changed header from to reason)
  file(READ ${WORK}/include/strata/${header} old)
  string(REPLACE "${from}" "${to}" new "${old}")
  if(new STREQUAL old)
    message(FATAL_ERROR "${header} does not hold `${from}`")
  endif()
  file(WRITE ${WORK}/include/strata/${header} "${new}")
  run("${reason}" -DCHECK=ON)
  file(WRITE ${WORK}/include/strata/${header} "${old}")
endfunction()

run("is not what the headers say: build the target docs-reference" -DCHECK=ON)
run("page.md written")
run("is what the headers say" -DCHECK=ON)
file(READ ${WORK}/page.md page)
foreach(expected IN ITEMS
    "\n| [`dense`](#dense) | a fully connected layer |\n"
    "\n### dense\n\n`#include <strata/strata.hpp>`; defined in `<strata/layers/product/dense.hpp>`.\n\n```text\ndense<Units, Options...> — "
    "\ndouble beta1 = 0.9;\n"
    "\n| `huber` | `<strata/losses.hpp>` | `train/losses/huber.hpp` |\n"
    "\n| `data::mnist` | `<strata/strata.hpp>` | `data/readers/mnist.hpp` |\n"
    "\n| `gpu` | `<strata/cuda.hpp>` | `cuda/gpu.hpp` |\n"
    "\n| `dense` | `<strata/strata.hpp>` *i* | `layers/product/dense.hpp` |\n")
  string(FIND "${page}" "${expected}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "the page does not hold `${expected}`")
  endif()
endforeach()

changed(layers/product/dense.hpp "fully connected" "dense" "is not what the headers say")
changed(train/optimisers/adam.hpp "beta1 = 0.9;" "beta1 = 0.8;" "is not what the headers say")
changed(layers/product/dense.hpp "/// dense<Units, Options...> — a" "/// A" "strata/layers/product/dense.hpp: no block `/// name — what it is`")
string(REPEAT "very " 30 words)
changed(layers/product/dense.hpp "a fully" "a ${words}fully" "the first sentence about dense makes a row of")
file(APPEND ${WORK}/include/strata/layers/product/dense.hpp "namespace strata::inline STRATA_ABI {\nstruct more {};\n}\n")
run("is not what the headers say" -DCHECK=ON)
