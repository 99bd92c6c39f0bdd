# A part's targets on the student's side. The folder tells which files are the student's: the part's .cpp files.

# pset3_students_files(NAME ID FOLDER): a library of the files that students edit, or of the solution's.
function(pset3_students_files name id folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.cpp)
  get_target_property(links pset3_${id}_given INTERFACE_LINK_LIBRARIES)
  set(library pset3_library)
  if(pset3_torch IN_LIST links)
    set(library pset3_torch_library)
  endif()
  cmake_language(CALL ${library} ${name} UNSANITIZED STANDARD 17 SOURCES ${files} LINK_PUBLIC pset3_${id}_given
    LINK_PRIVATE pset3_stub_warnings)
  set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
  if(NOT PSET3_STARTER_ALONE)  # tests ask for them
    set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

# pset3_starter_part(ROOT PART): given files, stubs and exercise of ROOT/starter/PART, "p1_space_carving".
function(pset3_starter_part root part)
  string(REGEX REPLACE "_.*" "" id ${part})
  set(folder ${root}/starter/${part})
  add_subdirectory(${folder}/given ${part}/given)
  # The grader compiles these by itself; here they are built for editors, and so that a stub that does not
  # compile is seen at once.
  pset3_students_files(pset3_${id}_starter ${id} ${folder})
  if(NOT PSET3_STARTER_ALONE AND EXISTS ${folder}/exercise)
    add_subdirectory(${folder}/exercise ${part}/exercise)
  endif()
endfunction()

# pset3_solution_part(ROOT PART): the same files, filled, of ROOT/solution/PART.
function(pset3_solution_part root part)
  string(REGEX REPLACE "_.*" "" id ${part})
  pset3_students_files(pset3_${id}_solution ${id} ${root}/solution/${part})
endfunction()
