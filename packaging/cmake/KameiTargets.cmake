# What every target of Kamei has in common: language, warnings, sanitizers, and the two
# functions with which rooms and tests are declared.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

set(KAMEI_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined / thread / fuzzer-no-link,address)")
option(KAMEI_COVERAGE "Instrument for coverage" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(kamei_flags INTERFACE)
target_include_directories(kamei_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(kamei_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of overlaps in string concatenation that are none (its bug 105651), and of std::optional and
  # tl::expected read uninitialised after they were tested (its bug 80635).
  target_compile_options(kamei_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
target_compile_definitions(kamei_flags INTERFACE
  KAMEI_VERSION="${PROJECT_VERSION}" KAMEI_SOURCE_RESOURCES="${CMAKE_SOURCE_DIR}/resources")
target_link_libraries(kamei_flags INTERFACE Threads::Threads)
if(KAMEI_SANITIZE)
  target_compile_options(kamei_flags INTERFACE -fsanitize=${KAMEI_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kamei_flags INTERFACE -fsanitize=${KAMEI_SANITIZE})
endif()
if(KAMEI_COVERAGE)
  target_compile_options(kamei_flags INTERFACE --coverage)
  target_link_options(kamei_flags INTERFACE --coverage)
endif()

# kamei_room(NAME SOURCES a.cpp ... [ROOMS base model ...] [LIBS PkgConfig::X ...])
# Declares the static library kamei_NAME. ROOMS are public dependencies on other rooms; LIBS are
# private third-party libraries, which public headers must not show.
function(kamei_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;ROOMS;LIBS" ${ARGN})
  add_library(kamei_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(kamei_${name} PUBLIC kamei_flags)
  foreach(room IN LISTS ROOM_ROOMS)
    target_link_libraries(kamei_${name} PUBLIC kamei_${room})
  endforeach()
  # Third-party headers are not ours to make warning-free.
  foreach(lib IN LISTS ROOM_LIBS)
    target_link_libraries(kamei_${name} PRIVATE ${lib})
    if(TARGET ${lib})
      # A static library hands its libraries on to whoever links it, in whatever folder that stands.
      get_target_property(imported ${lib} IMPORTED)
      get_target_property(global ${lib} IMPORTED_GLOBAL)
      if(imported AND NOT global)
        set_target_properties(${lib} PROPERTIES IMPORTED_GLOBAL TRUE)
      endif()
      get_target_property(dirs ${lib} INTERFACE_INCLUDE_DIRECTORIES)
      if(dirs)
        target_include_directories(kamei_${name} SYSTEM PRIVATE ${dirs})
      endif()
    endif()
  endforeach()
endfunction()

# kamei_test(NAME SOURCES a.cpp ... ROOMS ... [LIBS ...] [LABELS core|ui|journey])
# Declares a Qt Test program and registers it with ctest under NAME. Tests run without a display.
function(kamei_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;ROOMS;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(${name} PRIVATE kamei_flags Qt6::Test Qt6::Core ${TEST_LIBS})
  foreach(room IN LISTS TEST_ROOMS)
    target_link_libraries(${name} PRIVATE kamei_${room})
  endforeach()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT TEST_LABELS)
    set(TEST_LABELS core)
  endif()
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 300)
  endif()
  set(environment "QT_QPA_PLATFORM=offscreen" "LC_ALL=C.UTF-8" "KAMEI_RESOURCES=${CMAKE_SOURCE_DIR}/resources"
    "KAMEI_CLI=${CMAKE_BINARY_DIR}/bin/kamei-cli")
  if(KAMEI_SANITIZE MATCHES "address")
    list(APPEND environment "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0")
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT}
    ENVIRONMENT "${environment}")
endfunction()
