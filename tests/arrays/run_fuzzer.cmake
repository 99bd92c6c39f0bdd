# Starts from the seeds that the target itself writes with encode(), so that they never get old.
file(REMOVE_RECURSE "${CORPUS}")
file(MAKE_DIRECTORY "${CORPUS}")
execute_process(COMMAND ${CMAKE_COMMAND} -E env PSET3_SEEDS=${CORPUS} "${FUZZER}" -runs=0
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the fuzzer did not start: ${status}")
endif()
execute_process(COMMAND "${FUZZER}" -max_total_time=20 -timeout=5 -rss_limit_mb=1024 -max_len=4096
    -print_final_stats=1 -artifact_prefix=${CORPUS}- "${CORPUS}"
  RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "the reader failed on an input, which is kept beside ${CORPUS}: ${status}")
endif()
