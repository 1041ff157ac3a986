# Tests storeys.cmake itself, on small trees that hold one fault each:  cmake -DWORK=FOLDER -P storeys_test.cmake
cmake_minimum_required(VERSION 3.25)

# try(PASSES HEADER INCLUDED): a header with that one include.
function(try passes header included)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/strata/${header} "#pragma once\n#include ${included}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -DINCLUDE=${WORK} -P ${CMAKE_CURRENT_LIST_DIR}/storeys.cmake
    RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(passes AND NOT status EQUAL 0)
    message(FATAL_ERROR "${header} may include ${included}, but: ${text}")
  elseif(NOT passes AND status EQUAL 0)
    message(FATAL_ERROR "${header} may not include ${included}")
  endif()
endfunction()

try(YES base/seed.hpp <cstdint>)
try(YES layers/conv.hpp <strata/plan/graph.hpp>)
try(YES cpu/simd.hpp <xsimd/xsimd.hpp>)
try(YES train/trainer.hpp <strata/cpu/cpu.hpp>)
try(YES strata.hpp <strata/train/trainer.hpp>)
try(NO base/seed.hpp <strata/plan/graph.hpp>)
try(NO plan/deep/seed.hpp <strata/layers/conv.hpp>)
try(NO layers/conv.hpp <xsimd/xsimd.hpp>)
try(NO plan/graph.hpp <boost/hana.hpp>)
try(NO train/trainer.hpp <strata/cpu/kernels/conv.hpp>)
try(NO data/mnist.hpp <strata/strata.hpp>)
try(NO data/mnist.hpp \"idx.hpp\")
try(NO attic/old.hpp <cstdint>)
