# Which commit is built, for yekun --version: given (-DYEKUN_BUILD_ID=...), else git's, else nothing.
set(YEKUN_BUILD_ID "" CACHE STRING "what yekun --version calls the build; default: the commit")
set(YEKUN_BUILD "${YEKUN_BUILD_ID}")
find_package(Git QUIET)
if(NOT YEKUN_BUILD AND GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --short=12 HEAD WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
                  OUTPUT_VARIABLE YEKUN_BUILD OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --path-format=absolute --git-path logs/HEAD
                  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(EXISTS "${head}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${head}")
  endif()
endif()
