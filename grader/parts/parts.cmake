# The folders of all parts, in their order, as PSET3_PARTS; read from the one list of them, in parts.cpp.
set(list ${CMAKE_CURRENT_LIST_DIR}/parts.cpp)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
file(READ ${list} text)
string(REGEX MATCHALL "PART\\([a-z]+[0-9]+, [a-z0-9_]+\\)" PSET3_PARTS "${text}")
list(TRANSFORM PSET3_PARTS REPLACE "PART\\([a-z]+[0-9]+, ([a-z0-9_]+)\\)" "\\1")
