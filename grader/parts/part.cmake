# A part's targets on the grader's side.

# pset3_part(ID ADAPTER a.cpp CASES b.cpp JUDGE c.cpp): a part's three rooms, a library each.
#   ADAPTER  files of adapter/: inside the box, so C++17 and without a sanitizer's runtime
#   CASES    files of cases/: inputs
#   JUDGE    files of judge/: verdicts
function(pset3_part id)
  cmake_parse_arguments(ARG "" "" "ADAPTER;CASES;JUDGE" ${ARGN})
  foreach(room ADAPTER CASES JUDGE)
    string(TOLOWER ${room} folder)
    list(TRANSFORM ARG_${room} PREPEND ${folder}/)
  endforeach()
  get_target_property(links pset3_${id}_given INTERFACE_LINK_LIBRARIES)
  set(library pset3_library)
  if(pset3_torch IN_LIST links)
    set(library pset3_torch_library)
  endif()
  cmake_language(CALL ${library} pset3_${id}_adapter UNSANITIZED STANDARD 17 SOURCES ${ARG_ADAPTER}
    LINK_PUBLIC pset3_arrays_inside pset3_${id}_given)
  pset3_library(pset3_${id}_cases STANDARD 20 SOURCES ${ARG_CASES} LINK_PUBLIC pset3_cases pset3_worlds
    LINK_PRIVATE fmt::fmt)
  pset3_library(pset3_${id}_judge STANDARD 20 SOURCES ${ARG_JUDGE} LINK_PUBLIC pset3_judge
    LINK_PRIVATE Eigen3::Eigen fmt::fmt)
endfunction()

# pset3_grader_part(ROOT PART): the rooms of ROOT/grader/parts/PART, and targets check_ID and run_ID that
# build what those verbs put into the box.
function(pset3_grader_part root part)
  string(REGEX REPLACE "_.*" "" id ${part})
  add_subdirectory(${root}/grader/parts/${part} ${part})
  add_custom_target(check_${id} DEPENDS pset3_${id}_adapter pset3_${id}_given pset3_inside pset3-driver)
  add_custom_target(run_${id} DEPENDS pset3_${id}_given pset3_inside)
  foreach(library pset3_${id}_exercise pset3_${id}_exercise_steps)
    if(TARGET ${library})
      add_dependencies(run_${id} ${library})
    endif()
  endforeach()
  if(root STREQUAL PROJECT_SOURCE_DIR)
    add_dependencies(check_all check_${id})
    add_dependencies(run_all run_${id})
  endif()
endfunction()
