# Fuzzes one reader from its seeds. What made it fail stays in FOUND.
set(seconds 3)
if(DEFINED ENV{PSET3_FUZZ_SECONDS})
  set(seconds $ENV{PSET3_FUZZ_SECONDS})
endif()
file(REMOVE_RECURSE "${FOUND}")
file(MAKE_DIRECTORY "${FOUND}/corpus")
execute_process(COMMAND ${CMAKE_COMMAND} -E env PSET3_FUZZ=${READER} "${FUZZER}" -max_total_time=${seconds}
    -timeout=10 -rss_limit_mb=1024 -max_len=16384 -print_final_stats=1 -artifact_prefix=${FOUND}/
    "${FOUND}/corpus" "${SEEDS}"
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the reader of ${READER} failed on an input, which is kept in ${FOUND}")
endif()
