# Fetches MNIST into the user's cache, where the library looks for it:  cmake -P cmake/download_mnist.cmake
# A file counts only if its unpacked bytes have the digest below. Files that are there already are left alone. Ends with an
# error, in one sentence, where it cannot be done; -DFOLDER=... names another folder, -DMIRRORS=... other addresses,
# -DFILES=... other files, each with its digest.
cmake_minimum_required(VERSION 3.25)

if(NOT MIRRORS)
  set(MIRRORS https://ossci-datasets.s3.amazonaws.com/mnist https://storage.googleapis.com/cvdf-datasets/mnist)
endif()
if(NOT FOLDER)
  set(FOLDER $ENV{XDG_CACHE_HOME})
  if(NOT FOLDER)
    set(FOLDER $ENV{HOME}/.cache)
  endif()
  string(APPEND FOLDER /strata/mnist)
endif()

if(NOT FILES)
  set(FILES
    t10k-labels-idx1-ubyte=ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2
    t10k-images-idx3-ubyte=0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7
    train-labels-idx1-ubyte=65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5
    train-images-idx3-ubyte=ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db)
endif()

# fetch(NAME DIGEST): NAME.gz in FOLDER, whose unpacked bytes have this SHA-256.
function(fetch name digest)
  set(kept ${FOLDER}/${name}.gz)
  if(EXISTS ${kept})
    return()
  endif()
  set(part ${FOLDER}/${name}.part)
  foreach(mirror IN LISTS MIRRORS)
    message(STATUS "downloading ${mirror}/${name}.gz")
    file(DOWNLOAD ${mirror}/${name}.gz ${part}.gz STATUS status TIMEOUT 300 INACTIVITY_TIMEOUT 20)
    list(GET status 0 code)
    list(GET status 1 reason)
    if(code EQUAL 0)
      execute_process(COMMAND gzip -dc ${part}.gz OUTPUT_FILE ${part} RESULT_VARIABLE code ERROR_QUIET)
      set(reason "what came is not that file")
      if(code EQUAL 0)
        file(SHA256 ${part} found)
        if(found STREQUAL digest)
          file(RENAME ${part}.gz ${kept})
          file(REMOVE ${part})
          return()
        endif()
      endif()
    endif()
    message(STATUS "  no: ${reason}")
  endforeach()
  file(REMOVE ${part} ${part}.gz)
  message(FATAL_ERROR "MNIST could not be downloaded (${reason}). Set STRATA_DATA to a folder that holds its four files.")
endfunction()

foreach(file IN LISTS FILES)
  string(REPLACE "=" ";" file "${file}")
  fetch(${file})
endforeach()
message(STATUS "MNIST is in ${FOLDER}")
