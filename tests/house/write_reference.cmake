# Writes docs/reference.md from the doc comments of the public headers, or with -DCHECK=ON checks that the page is what
# they say:  cmake -DROOT=FOLDER -DPAGE=reference.md -P write_reference.cmake
# A public entity is documented by a block of lines `///` that begins with its name as users write it:
#   /// conv<Filters, Kernel, Options...> — 2-D cross-correlation over an image: ...
# The first sentence is its row in the table of its section, so it has to fit; the block follows as it is written, and
# behind it the members of an aggregate, which are its options. Which headers a section shows is told below by what
# users include. The last table tells for every public name of these folders which header to include.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/read_header.cmake)
set(include ${ROOT}/include)
set(cuda ${ROOT}/cuda)
set(longest_line 120)
set(faults "")

# width(VARIABLE TEXT): how many characters a text of UTF-8 has.
function(width variable text)
  string(HEX "${text}" bytes)
  string(REGEX REPLACE "(..)" "\\1;" bytes "${bytes}")
  list(FILTER bytes EXCLUDE REGEX "^[89ab]")
  list(REMOVE_ITEM bytes "")
  list(LENGTH bytes length)
  set(${variable} ${length} PARENT_SCOPE)
endfunction()

# ---- what users include ---------------------------------------------------------------------------------------------
set(doors strata inference layers vision sequences data losses metrics files gradients surgery pictures networks images xtensor cuda)
foreach(door IN LISTS doors)
  reached(reached_by_${door} strata/${door}.hpp)
endforeach()

# door_of(VARIABLE HEADER): the header to include for it: the first of these that brings it, else itself.
function(door_of variable header)
  foreach(door IN ITEMS strata sequences vision data losses metrics files gradients surgery pictures networks images cuda)
    if(header IN_LIST reached_by_${door})
      set(${variable} "<strata/${door}.hpp>" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  set(${variable} "<${header}>" PARENT_SCOPE)
endfunction()

# escaped(VARIABLE TEXT): for a cell of a table: < is no HTML outside backticks, and | no border.
function(escaped variable text)
  string(REPLACE "|" "\\|" text "${text}")
  string(REPLACE "`" ";" parts "${text}")
  set(result "")
  set(code FALSE)
  foreach(part IN LISTS parts)
    if(code)
      string(APPEND result "`${part}`")
      set(code FALSE)
    else()
      string(REGEX REPLACE "([<*])" "\\\\\\1" part "${part}")
      string(APPEND result "${part}")
      set(code TRUE)
    endif()
  endforeach()
  set(${variable} "${result}" PARENT_SCOPE)
endfunction()

set(shown "")
# section(TITLE WORDS HEADER...): a table of the entities of these headers, and each with its comment.
function(section title words)
  set(table "")
  set(details "")
  foreach(header IN LISTS ARGN)
    read_header(${header})
    if(NOT names)
      string(APPEND faults "  ${header}: no block `/// name — what it is`\n")
      continue()
    endif()
    door_of(door ${header})
    foreach(name IN LISTS names)
      escaped(row "${row_${name}}")
      set(anchor "${name}")
      if(name IN_LIST shown)
        set(anchor "${name}-1")
      endif()
      set(row "| [`${name}`](#${anchor}) | ${row} |")
      width(length "${row}")
      if(length GREATER longest_line)
        string(APPEND faults "  ${header}: the first sentence about ${name} makes a row of ${length} characters\n")
      endif()
      string(APPEND table "${row}\n")
      list(APPEND shown ${name})
      string(APPEND details "\n### ${name}\n\n`#include ${door}`; defined in `<${header}>`.\n\n```text\n${block_${name}}```\n")
      if(members_${name})
        string(APPEND details "```cpp\n${members_${name}}```\n")
      endif()
    endforeach()
  endforeach()
  set(page "${page}\n## ${title}\n\n${words}\n\n| | |\n|---|---|\n${table}${details}" PARENT_SCOPE)
  set(shown "${shown}" PARENT_SCOPE)
  set(faults "${faults}" PARENT_SCOPE)
endfunction()

# headers(VARIABLE FOLDER EXCEPT...): of a folder and the families in it, in the order of their names; an exception is a
# header, or a family, written `losses/`.
function(headers variable folder)
  path_of(path ${folder})
  file(GLOB_RECURSE found RELATIVE ${path} ${path}/*.hpp)
  foreach(except IN LISTS ARGN)
    if(except MATCHES "/$")
      list(FILTER found EXCLUDE REGEX "^${except}")
    else()
      list(FILTER found EXCLUDE REGEX "(^|/)${except}[.]hpp$")
    endif()
  endforeach()
  list(SORT found COMPARE FILE_BASENAME)
  list(TRANSFORM found PREPEND ${folder}/)
  set(${variable} "${found}" PARENT_SCOPE)
endfunction()

# ---- the page -------------------------------------------------------------------------------------------------------
set(page "# Reference

Every public type and function, generated from the comments of the headers (target `docs-reference`; the test
`docs.reference` compares). Each section begins with a table; the text below it is what the header says. The members
of an aggregate are its options, with their defaults. Names are in namespace `strata`; those of data sets are in
`strata::data`, those of file formats in `strata::io`, networks of the literature in `strata::networks`. The
[last table](#from-symbol-to-header) lists every name with the header to include.
")

included(layers strata/layers.hpp)
list(FILTER layers INCLUDE REGEX "^strata/layers/")
section("Networks and layers" "A network is a list of an input and layers; [training.md](training.md) shows how it is trained."
  ${layers} strata/layers/kernel.hpp strata/layers/real.hpp strata/layers/options.hpp strata/layers/hana.hpp
  strata/layers/structure/cuts.hpp strata/layers/structure/layers_between.hpp strata/layers/structure/replaced.hpp)
included(losses strata/losses.hpp)
list(FILTER losses INCLUDE REGEX "^strata/train/")
section("Losses" "A loss is an argument of the trainer. All are means over the batch." ${losses})
headers(optimisers strata/train/optimisers option_check root_blocks)
section("Optimisers" "An optimiser is an argument of the trainer." ${optimisers})
headers(schedules strata/train/schedules schedule_point)
section("Schedules" "A schedule is an option of `fit`: `{.schedule = strata::cosine}`." ${schedules})
included(metrics strata/metrics.hpp)
list(SORT metrics COMPARE FILE_BASENAME)
section("Metrics" "Metrics are the last arguments of the trainer." ${metrics})
headers(training strata/train losses/ metrics/ optimisers/ schedules/ explain_loss loss_inputs metric_place training_step silent_trainer interrupt run_state fit_run
  fit_arguments learner collected_metrics epoch_record batch_layout batch_targets
  option_check given_gradient no_groups summary_table epoch_line sample_reader checked_update first_difference
  refused_samples trainer_arguments chosen_positions parameter_gradients gradient_step progress_bar
  batch_memory call_hook companions_at_work data_check epoch_criterion first_error fit_loop history_csv history_table
  leaves_something_to_train target_infos ignored_targets
  nothing_frozen parameter_average read_sample sample_weights given_targets ignored_targets unoptimised unfilled_scales)
section("Training" "The trainer, its options, companions of a fit, and steps by hand. See [training.md](training.md)." ${training})
headers(model strata/model adaptor call_mistakes plain_call port_call port_match silent_results token_check
  stream_mistakes stream_step is_state silent_model working_model model_file named_parameters parameter_access tensor_match suggested_names
  model_arguments initial_elements drawn_elements)
section("Models" "A model is a network with its parameters. See [files.md](files.md) for its files." ${model}
  strata/plan/facts.hpp strata/plan/ports/port_shape.hpp strata/train/training_bytes.hpp)
included(data strata/data.hpp)
list(SORT data COMPARE FILE_BASENAME)
list(REMOVE_ITEM data strata/data/batch_reader.hpp)
section("Data sets" "Readers, generated data, and views of other data sets. See [training.md](training.md#data)." ${data} strata/data/csv/csv_options.hpp)
included(images strata/images.hpp)
list(FILTER images INCLUDE REGEX "^strata/data/")
section("Image files" "With `<strata/images.hpp>`; programs link the target `strata::images`." ${images}
  strata/data/images/image_options.hpp strata/data/images/raster.hpp)
included(networks strata/networks.hpp)
list(FILTER networks INCLUDE REGEX "^strata/networks/")
section("Networks of the literature" "With `<strata/networks.hpp>`, in namespace `strata::networks`." ${networks})
included(pictures strata/pictures.hpp)
section("Pictures and reports" "See [pictures.md](pictures.md) for examples." ${pictures})
section("Policies and precisions" "The second and third argument of `model`." strata/cpu/cpu.hpp strata/cuda/gpu.hpp
  strata/reference/reference.hpp strata/base/precision.hpp)
included(files strata/files.hpp)
list(FILTER files INCLUDE REGEX "^strata/io/")
list(REMOVE_ITEM files strata/io/tensors/safetensors.hpp)
section("File formats" "Safetensors files apart from models." strata/io/tensors/read_safetensors.hpp strata/io/tensors/write_safetensors.hpp
  strata/io/tensors/tensor_file.hpp strata/io/tensors/tensor_view.hpp strata/io/tensors/dtype.hpp ${files})
section("Basics" "Types that appear in the interfaces above." strata/base/random/seed.hpp strata/base/shape.hpp strata/base/error.hpp
  strata/base/select.hpp strata/base/elementary.hpp strata/base/host_device.hpp strata/base/random/philox_stream.hpp)

# ---- from symbol to header ------------------------------------------------------------------------------------------
string(APPEND page "\n## From symbol to header

`<strata/strata.hpp>` includes `<strata/inference.hpp>`, whose names are marked *i*. Each header of the last column can
also be included alone.

| symbol | include | defined in `strata/` |
|---|---|---|
")
set(rows "")
foreach(folder IN ITEMS base layers networks model io data train pictures)
  headers(found strata/${folder})
  list(APPEND every ${found})
endforeach()
foreach(header IN LISTS every ITEMS strata/plan/facts.hpp strata/plan/graph.hpp strata/plan/graph/parameter_info.hpp
    strata/plan/graph/value.hpp strata/plan/layer_id.hpp strata/version.hpp strata/cpu/cpu.hpp strata/reference/reference.hpp
    strata/cuda/gpu.hpp)
  read_header(${header})
  door_of(door ${header})
  set(mark "")
  if(header IN_LIST reached_by_inference)
    set(mark " *i*")
  endif()
  foreach(symbol IN LISTS symbols)
    string(REGEX REPLACE "^strata::" "" symbol "${symbol}")
    string(REGEX REPLACE "^.*::" "" key "${symbol}") # sorted by the name itself
    string(REGEX REPLACE "^strata/" "" file "${header}")
    list(APPEND rows "${key} ${symbol}| `${symbol}` | `${door}`${mark} | `${file}` |")
  endforeach()
endforeach()
list(REMOVE_DUPLICATES rows)
list(SORT rows)
foreach(row IN LISTS rows)
  string(FIND "${row}" "| " at) # behind what it was sorted by
  string(SUBSTRING "${row}" ${at} -1 row)
  string(APPEND page "${row}\n")
endforeach()

unguard(page)
if(faults)
  message(FATAL_ERROR "Comments that the reference cannot show:\n${faults}")
endif()
list(LENGTH rows count)
if(NOT CHECK)
  file(WRITE ${PAGE} "${page}")
  message(STATUS "${PAGE} written, ${count} symbols")
  return()
endif()
set(old "")
if(EXISTS ${PAGE})
  file(READ ${PAGE} old)
endif()
if(NOT old STREQUAL page)
  message(FATAL_ERROR "${PAGE} is not what the headers say: build the target docs-reference.")
endif()
message(STATUS "${PAGE} is what the headers say, ${count} symbols")
