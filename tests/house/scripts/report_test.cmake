# Tests what bench/report.py makes of two files of Google Benchmark:  cmake -DROOT=FOLDER -DPYTHON=python3 -DWORK=FOLDER -P report_test.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${WORK})

# row(NAME FIGURE MEDIAN CPU_NANOSECONDS): a benchmark's median and a spread of 10 %.
function(row name figure median nanoseconds)
  string(APPEND rows "{\"run_name\": \"${name}\", \"run_type\": \"aggregate\", \"aggregate_name\": \"median\", \"time_unit\": \"ns\","
    " \"cpu_time\": ${nanoseconds}, \"real_time\": 1e9, \"${figure}\": ${median}},\n"
    "{\"run_name\": \"${name}\", \"run_type\": \"aggregate\", \"aggregate_name\": \"cv\", \"time_unit\": \"ns\", \"cpu_time\": 0.1},\n")
  set(rows "${rows}" PARENT_SCOPE)
endfunction()
function(write_rows file)
  file(WRITE ${WORK}/${file} "{\"benchmarks\": [\n${rows}{\"run_name\": \"broken\", \"run_type\": \"iteration\", \"error_occurred\": true}]}")
endfunction()

set(rows "")
row("machine/fma_peak" "GFLOP/s" 101.4 1)
row("affine/32x10x128/forward/strata" FLOPS 80e9 1)
row("affine/32x10x128/forward/openblas" FLOPS 50e9 1)
row("affine/32x10x128/forward/eigen" FLOPS 40e9 1)
row("memory/max_pool_32x32x26/strata" bytes_per_second 30e9 1)
write_rows(kernels.json)
set(rows "")
row("train/mlp/strata/batch:256/threads:1" items_per_second 90000 1)
row("train/mlp/strata/batch:32/threads:1" items_per_second 120000 1)
row("train/mlp/dlib/batch:32/threads:1" items_per_second 40000 1)
row("infer/mlp/strata/batch:1" items_per_second 1 500)
row("infer/mlp/libtorch/batch:1" items_per_second 1 2000)
row("infer/tiny/libtorch/batch:1" items_per_second 1 2000)
write_rows(networks.json)

execute_process(COMMAND ${PYTHON} ${ROOT}/bench/report.py --keep --programs ${WORK} --page ${WORK}/page.md
  RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "report.py ended with ${status}:\n${text}")
endif()
file(READ ${WORK}/page.md page)
foreach(expected IN ITEMS
    "One core multiplies and adds at 101 GFLOP/s"
    "| mlp/batch:32/threads:1 | 120,000 | 10 % | 40,000 | 3.00 x |\n| mlp/batch:256/threads:1 | 90,000 | 10 % |  |  |"
    "| mlp/batch:1 | 500 | 10 % | 2,000 | 4.00 x |"
    "| mlp/batch:32/threads:1, samples/s | 120,000 | 61,876 | 1.94 x |"
    "| mlp/batch:1, us per call | 0.5 | 6.58 | 13.16 x |"
    "| max_pool_32x32x26 | 30 | 10 % |"
    "| 32x10x128/forward | 80 | 10 % | 40 | 50 | 1.60 x |")
  string(FIND "${page}" "${expected}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "the page does not say\n  ${expected}\nbut\n${page}")
  endif()
endforeach()
if(page MATCHES "tiny/batch")
  message(FATAL_ERROR "a row without strata is no comparison:\n${page}")
endif()

# A kernel of strata that failed its check is no row that is merely missing; and there must be something to keep.
function(refuses said)
  execute_process(COMMAND ${PYTHON} ${ROOT}/bench/report.py --keep --programs ${WORK} --page ${WORK}/other.md
    RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(status EQUAL 0 OR EXISTS ${WORK}/other.md OR NOT text MATCHES "${said}")
    message(FATAL_ERROR "expected `${said}`, but report.py ended with ${status}:\n${text}")
  endif()
endfunction()
file(WRITE ${WORK}/kernels.json "{\"benchmarks\": [{\"run_name\": \"affine/1x1x1/forward/strata\", \"run_type\": \"iteration\","
  " \"error_occurred\": true, \"error_message\": \"the kernel differs\"}]}")
refuses("affine/1x1x1/forward/strata: the kernel differs")
file(REMOVE ${WORK}/kernels.json)
refuses("there is no earlier run")

execute_process(COMMAND ${PYTHON} ${ROOT}/bench/report.py --programs ${WORK}/nowhere --page ${WORK}/page.md
  RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
if(status EQUAL 0 OR NOT text MATCHES "kernels is not there; build it: cmake --build")
  message(FATAL_ERROR "without its programs report.py ended with ${status}:\n${text}")
endif()
