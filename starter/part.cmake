# A part's targets on the student's side. The folder tells which files are the student's: the part's .cpp files.

# pset3_students_files(NAME ID FOLDER): a library of the files that students edit, or of the solution's.
function(pset3_students_files name id folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.cpp)
  get_target_property(links pset3_${id}_given INTERFACE_LINK_LIBRARIES)
  set(library pset3_library)
  if(pset3_torch IN_LIST links)
    set(library pset3_torch_library)
  endif()
  cmake_language(CALL ${library} ${name} UNSANITIZED STANDARD 17 SOURCES ${files} LINK_PUBLIC pset3_${id}_given)
  set_target_properties(${name} PROPERTIES EXCLUDE_FROM_ALL ON UNITY_BUILD OFF)
  target_compile_options(${name} PRIVATE -Wno-unused-parameter)  # of functions to be written
endfunction()

# pset3_starter_part(FOLDER): given files, stubs and exercise of the part in starter/, "p1_space_carving".
function(pset3_starter_part folder)
  string(REGEX REPLACE "_.*" "" id ${folder})
  add_subdirectory(${folder}/given)
  # The grader compiles these by itself; here they are built for editors, and so that a stub that does not
  # compile is seen at once.
  pset3_students_files(pset3_${id}_starter ${id} ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
  if(NOT PSET3_STARTER_ALONE AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/exercise)
    add_subdirectory(${folder}/exercise)
  endif()
endfunction()
