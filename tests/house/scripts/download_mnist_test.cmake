# Tests cmake/download_mnist.cmake on small files and mirrors that are folders here:
#   cmake -DROOT=FOLDER -DWORK=FOLDER -P download_mnist_test.cmake
cmake_minimum_required(VERSION 3.25)
find_program(gzip gzip)
if(NOT gzip)
  message(STATUS "STRATA_SKIP: gzip is not installed")
  return()
endif()
file(REMOVE_RECURSE ${WORK})

# Two files, right on one mirror. The other has one of them with other bytes, and one that is no gzip file at all.
set(files "")
foreach(name IN ITEMS labels images)
  file(WRITE ${WORK}/good/${name} "the ${name} of a few digits\n")
  file(SHA256 ${WORK}/good/${name} digest)
  list(APPEND files ${name}=${digest})
  execute_process(COMMAND ${gzip} ${WORK}/good/${name} COMMAND_ERROR_IS_FATAL ANY)
endforeach()
file(WRITE ${WORK}/damaged/labels "the labels of others\n")
execute_process(COMMAND ${gzip} ${WORK}/damaged/labels COMMAND_ERROR_IS_FATAL ANY)
file(WRITE ${WORK}/damaged/images.gz "no such page")

# download(SUCCEEDS SAID MIRROR...): into ${WORK}/kept.
function(download succeeds said)
  list(TRANSFORM ARGN PREPEND file://${WORK}/ OUTPUT_VARIABLE mirrors)
  execute_process(COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" "-DMIRRORS=${mirrors}" -DFOLDER=${WORK}/kept
    -P ${ROOT}/cmake/download_mnist.cmake RESULT_VARIABLE status OUTPUT_VARIABLE text ERROR_VARIABLE text)
  string(REGEX REPLACE "[ \n]+" " " text "${text}")
  string(FIND "${text}" "${said}" position)
  if(succeeds AND NOT status EQUAL 0 OR NOT succeeds AND status EQUAL 0 OR position EQUAL -1)
    message(FATAL_ERROR "from ${ARGN}, expected `${said}`, but: ${text}")
  endif()
endfunction()
# kept(NAME...): these files are there, and nothing else.
function(kept)
  file(GLOB found RELATIVE ${WORK}/kept ${WORK}/kept/*)
  if(NOT "${found}" STREQUAL "${ARGN}")
    message(FATAL_ERROR "there are `${found}` instead of `${ARGN}`")
  endif()
endfunction()

download(NO "MNIST could not be downloaded (what came is not that file)." damaged)
kept()
download(NO "MNIST could not be downloaded" missing)
kept()
download(YES "MNIST is in ${WORK}/kept" missing damaged good)
kept(images.gz labels.gz)
foreach(name IN ITEMS labels images)
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${WORK}/good/${name}.gz ${WORK}/kept/${name}.gz
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
download(YES "MNIST is in" missing) # what is there is not fetched again
