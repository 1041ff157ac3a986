# The headers that users and policies include as a whole, compared with the folders whose headers they list: each header
# with a public name is in the facade of its folder, or below with a reason; each kernel is in its policy's kernels.hpp.
#   cmake -DROOT=FOLDER -P facades.cmake
cmake_minimum_required(VERSION 3.25)
set(include ${ROOT}/include)
set(cuda ${ROOT}/cuda)
include(${CMAKE_CURRENT_LIST_DIR}/read_header.cmake)
set(faults "")
set(compared 0)

# headers_in(VARIABLE FOLDER): strata/FOLDER/*.hpp, without the folders in it.
function(headers_in variable folder)
  path_of(path strata/${folder})
  file(GLOB found RELATIVE ${path} ${path}/*.hpp)
  if(NOT found)
    message(FATAL_ERROR "There are no headers in strata/${folder}.")
  endif()
  list(TRANSFORM found PREPEND ${folder}/)
  set(${variable} "${found}" PARENT_SCOPE)
endfunction()
# families(VARIABLE FOLDER EXCEPT...): strata/FOLDER and the folders in it.
function(families variable folder)
  path_of(path strata/${folder})
  file(GLOB found RELATIVE ${path} ${path}/*)
  list(FILTER found EXCLUDE REGEX "[.]hpp$")
  list(REMOVE_ITEM found ${ARGN} none)
  list(TRANSFORM found PREPEND ${folder}/)
  set(${variable} ${folder} ${found} PARENT_SCOPE)
endfunction()
# listed_by(VARIABLE FACADE...): what these include themselves, without strata/.
function(listed_by variable)
  set(all "")
  foreach(facade IN LISTS ARGN)
    included(some strata/${facade}.hpp)
    list(TRANSFORM some REPLACE "^strata/" "")
    list(APPEND all ${some})
  endforeach()
  set(${variable} "${all}" PARENT_SCOPE)
endfunction()

# facade(FACADES FOLDERS): headers with public names.
function(facade facades folders)
  listed_by(listed ${facades})
  foreach(folder IN LISTS folders)
    headers_in(found ${folder})
    foreach(header IN LISTS found)
      math(EXPR compared "${compared} + 1")
      if(header IN_LIST listed AND header IN_LIST excused)
        string(APPEND faults "  ${header} needs no reason: it is listed\n")
      endif()
      if(header IN_LIST listed OR header IN_LIST excused)
        continue()
      endif()
      read_header(strata/${header})
      if(symbols)
        list(JOIN facades ".hpp or " names)
        list(GET symbols 0 symbol)
        string(APPEND faults "  ${header} (${symbol}) is not in ${names}.hpp\n")
      endif()
    endforeach()
  endforeach()
  set(faults "${faults}" PARENT_SCOPE)
  set(compared ${compared} PARENT_SCOPE)
endfunction()

# kernels(POLICY): headers that specialise kernels of operations.
function(kernels policy)
  listed_by(listed ${policy}/kernels)
  path_of(path strata/${policy})
  file(GLOB_RECURSE found RELATIVE ${path} ${path}/*.hpp)
  foreach(header IN LISTS found)
    file(STRINGS ${path}/${header} specialised REGEX "struct kernel<operations::")
    if(specialised)
      math(EXPR compared "${compared} + 1")
      if(NOT "${policy}/${header}" IN_LIST listed)
        string(APPEND faults "  ${policy}/${header} is not in ${policy}/kernels.hpp\n")
      endif()
    endif()
  endforeach()
  set(faults "${faults}" PARENT_SCOPE)
  set(compared ${compared} PARENT_SCOPE)
endfunction()

# ---- reasons not to be listed ---------------------------------------------------------------------------------------
foreach(door IN ITEMS strata inference layers data losses metrics files gradients surgery pictures networks images)
  reached(some strata/${door}.hpp)
  list(APPEND reached_by_doors ${some})
endforeach()
# except(REASON HEADER...): `alone` is what programs include themselves, because others need not compile it; all other
# reasons are for what comes along with a listed header.
set(excused "")
function(except reason)
  foreach(header IN LISTS ARGN)
    path_of(path strata/${header})
    if(NOT EXISTS ${path})
      string(APPEND faults "  ${header} has a reason, but is not there\n")
      continue()
    endif()
    read_header(strata/${header})
    if(NOT symbols)
      string(APPEND faults "  ${header} needs no reason: it has no public name\n")
    endif()
    if(reason STREQUAL "alone" AND "strata/${header}" IN_LIST reached_by_doors)
      string(APPEND faults "  ${header} is said to be included alone, but a facade brings it\n")
    elseif(NOT reason STREQUAL "alone" AND NOT "strata/${header}" IN_LIST reached_by_doors)
      string(APPEND faults "  ${header} is said to come along with another header, but no facade brings it\n")
    endif()
  endforeach()
  set(excused ${excused} ${ARGN} PARENT_SCOPE)
  set(faults "${faults}" PARENT_SCOPE)
endfunction()
except("alone" layers/hana.hpp train/companions/checkpoints.hpp train/companions/early_stopping.hpp train/parameters/frozen.hpp
  train/fit/learning_rate_finder.hpp train/parameters/parameter_group.hpp train/companions/prefetch.hpp)
except("what layers are written with" layers/kernel.hpp layers/options.hpp layers/real.hpp layers/run_layer.hpp
  layers/sides.hpp layers/sliding_times.hpp layers/sliding_window.hpp layers/structure/layer_cut.hpp)
except("what metrics are written with" train/metrics/counts/binary_counts.hpp train/metrics/counts/class_counts.hpp)
except("what schedules are written with" train/schedules/schedule_function.hpp train/schedules/schedule_point.hpp)
except("arguments and results of the trainer" train/history/epoch_record.hpp train/evaluation.hpp train/fit/fit_options.hpp
  train/companions/hooks.hpp train/fit/progress_bar.hpp train/history/run_description.hpp train/summary_table.hpp)
except("arguments and results of gradients" train/gradients/given_gradient.hpp train/gradients/gradient_step.hpp
  train/gradients/parameter_gradients.hpp train/gradients/wrt.hpp)
except("arguments of data sets, and what they are written with" data/changes/augmented_image.hpp data/csv/csv_class_names.hpp
  data/csv/csv_columns.hpp data/csv/csv_notes.hpp data/csv/csv_number.hpp data/csv/csv_options.hpp data/csv/csv_survey.hpp
  data/csv/csv_table.hpp data/csv/decimal.hpp data/csv/growing_numbers.hpp data/readers/idx.hpp data/missing_member.hpp data/csv/narrowing.hpp
  data/readers/record_files.hpp data/readers/refused_reads.hpp data/target.hpp
  data/target_memory.hpp data/views/view.hpp)
except("what data sets of images are written with" data/images/fit_raster.hpp data/images/image_options.hpp
  data/images/raster.hpp data/images/read_jpeg.hpp data/images/read_png.hpp)
except("comes with every model" model/adaptor.hpp model/required.hpp model/workspace.hpp)
except("what readers and writers of files are written with" io/beginning.hpp io/byte_block.hpp
  io/text/csv_field.hpp io/text/csv_records.hpp io/tensors/dtype.hpp io/file_or_bytes.hpp io/file_place.hpp io/tensors/foreign_format.hpp
  io/text/json.hpp io/keep_attributes.hpp io/list_folder.hpp io/make_folders.hpp io/open_file.hpp io/read_at.hpp io/read_file.hpp
  io/tensors/round_small.hpp io/tensors/small_float.hpp io/tensors/tensor_file.hpp io/tensors/tensor_view.hpp io/text/text_source.hpp io/unpacked_file.hpp
  io/text/utf8.hpp io/write_all.hpp io/write_file.hpp)
except("the numbers of any plot" pictures/svg/plot_numbers.hpp)

# ---- the facades ----------------------------------------------------------------------------------------------------
families(layers layers)
families(metrics train/metrics)
families(train train losses metrics optimisers schedules) # those have facades of their own
families(data data images) # which has a facade of its own
families(model model)
families(io io)
families(pictures pictures)
facade("layers;surgery" "${layers}")
facade(losses train/losses)
facade(metrics "${metrics}")
facade(strata "train/optimisers;train/schedules")
facade("strata;gradients" "${train}")
facade("data;strata" "${data}")
facade("inference;files;surgery" "${model}")
facade("files;io/tensors/safetensors" "${io}")
facade(pictures "${pictures}")
facade(networks networks)
facade(images data/images)
kernels(cpu)
kernels(reference)
kernels(cuda)

if(faults)
  message(FATAL_ERROR "Facades:\n${faults}Include it there, or give a reason in tests/house/facades.cmake.")
endif()
message(STATUS "${compared} headers, each in its facade or with a reason")
