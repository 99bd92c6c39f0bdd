# Targets: format (writes), format-check (looks), tidy (clang-tidy over every file of compile_commands.json).
find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
find_program(RUN_CLANG_TIDY NAMES run-clang-tidy-14 run-clang-tidy)
find_program(CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
find_program(GIT git)

set(list_sources "${GIT} ls-files -co --exclude-standard -- '*.cpp' '*.hpp'")
add_custom_target(format
  COMMAND sh -c "${list_sources} | xargs -r ${CLANG_FORMAT} -i"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
add_custom_target(format-check
  COMMAND sh -c "${list_sources} | xargs -r ${CLANG_FORMAT} --dry-run -Werror"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
add_custom_target(tidy
  COMMAND ${RUN_CLANG_TIDY} -quiet -clang-tidy-binary ${CLANG_TIDY} -p ${CMAKE_BINARY_DIR}
    "${PROJECT_SOURCE_DIR}/(starter|solution|grader|tests)/"
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} VERBATIM)
