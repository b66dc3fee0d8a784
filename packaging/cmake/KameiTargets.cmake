# What every target of Kamei has in common: language, warnings, sanitizers, and the two
# functions with which rooms and tests are declared.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")

set(KAMEI_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined / thread / fuzzer-no-link,address)")
set(KAMEI_TSAN_TBB "" CACHE PATH "Folder of a oneTBB built with ThreadSanitizer, made by tests/support/tsan_tbb.sh")
if(KAMEI_SANITIZE MATCHES "thread" AND NOT KAMEI_TSAN_TBB)
  message(WARNING "oneTBB of the system is not instrumented: races that go through it are reported and are none. "
    "Build one with tests/support/tsan_tbb.sh and set KAMEI_TSAN_TBB.")
endif()
option(KAMEI_COVERAGE "Instrument for coverage" OFF)

option(KAMEI_SHARED_ROOMS "Rooms as shared libraries: for trees with tests, whose 150 programs would else hold the whole core each" OFF)
if(KAMEI_SHARED_ROOMS)
  set(KAMEI_ROOM_KIND SHARED)
else()
  set(KAMEI_ROOM_KIND STATIC)
endif()

option(KAMEI_PRECOMPILE "Parse common headers once: halves a build from nothing. Compilers' caches are not used then." OFF)
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT KAMEI_PRECOMPILE)
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
  # tl::expected read uninitialised after they were tested (its bug 80635). Where it optimises and headers are
  # precompiled, it takes the same concatenation for writing out of bounds.
  target_compile_options(kamei_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized
    $<$<CONFIG:Release>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)
endif()
target_compile_definitions(kamei_flags INTERFACE
  KAMEI_VERSION="${PROJECT_VERSION}" KAMEI_SOURCE_RESOURCES="${CMAKE_SOURCE_DIR}/resources")
target_link_libraries(kamei_flags INTERFACE Threads::Threads)
if(KAMEI_PRECOMPILE)
  target_compile_options(kamei_flags INTERFACE -pthread) # some libraries ask for it, and all targets must be alike
endif()
if(KAMEI_SANITIZE)
  target_compile_options(kamei_flags INTERFACE -fsanitize=${KAMEI_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(kamei_flags INTERFACE -fsanitize=${KAMEI_SANITIZE})
endif()
if(KAMEI_COVERAGE)
  target_compile_options(kamei_flags INTERFACE --coverage)
  target_link_options(kamei_flags INTERFACE --coverage)
endif()

# kamei_precompile(TARGET KIND [LIBS Qt6::X ...] [DEFINITIONS X ...])
# Has TARGET read packaging/cmake/precompiled/KIND.h precompiled, one for all targets of that kind. They must
# be compiled alike (optimisation, definitions that those headers look at), or the compiler refuses it.
function(kamei_precompile target kind)
  cmake_parse_arguments(PRE "" "" "LIBS;DEFINITIONS" ${ARGN})
  if(NOT KAMEI_PRECOMPILE)
    return()
  endif()
  set(owner kamei_precompiled_${kind})
  if(NOT TARGET ${owner})
    set(empty "${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp")
    file(CONFIGURE OUTPUT "${empty}" CONTENT "")
    add_library(${owner} OBJECT "${empty}")
    target_link_libraries(${owner} PRIVATE kamei_flags ${PRE_LIBS})
    target_compile_definitions(${owner} PRIVATE ${PRE_DEFINITIONS})
    target_precompile_headers(${owner} PRIVATE "${CMAKE_SOURCE_DIR}/packaging/cmake/precompiled/${kind}.h")
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()

# kamei_room(NAME SOURCES a.cpp ... [ROOMS base model ...] [LIBS PkgConfig::X ...] [OPTIMISED])
# Declares the library kamei_NAME. ROOMS are public dependencies on other rooms; LIBS are
# private third-party libraries, which public headers must not show. OPTIMISED rooms work on so many values
# that a build for debugging would be of no use: they are compiled with -O2 in every build.
function(kamei_room name)
  cmake_parse_arguments(ROOM "OPTIMISED" "" "SOURCES;ROOMS;LIBS" ${ARGN})
  add_library(kamei_${name} ${KAMEI_ROOM_KIND} ${ROOM_SOURCES})
  target_link_libraries(kamei_${name} PUBLIC kamei_flags)
  if(ROOM_OPTIMISED)
    target_compile_options(kamei_${name} PRIVATE -O2)
  else()
    kamei_precompile(kamei_${name} core)
  endif()
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

# kamei_test(NAME SOURCES a.cpp ... ROOMS ... [LIBS ...] [LABELS core|ui|journey] [OPTIMISED])
# Declares a Qt Test program and registers it with ctest under NAME. Tests run without a display.
function(kamei_test name)
  cmake_parse_arguments(TEST "OPTIMISED" "TIMEOUT" "SOURCES;ROOMS;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(${name} PRIVATE kamei_flags Qt6::Test Qt6::Core ${TEST_LIBS})
  if(TEST_OPTIMISED)
    target_compile_options(${name} PRIVATE -O2)
  else()
    kamei_precompile(${name} test LIBS Qt6::Core)
  endif()
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
    "KAMEI_CLI=${CMAKE_BINARY_DIR}/bin/kamei-cli" "XDG_DATA_HOME=${CMAKE_BINARY_DIR}/tests/data-home"
    "QTEST_FUNCTION_TIMEOUT=${TEST_TIMEOUT}000") # Qt's own limit of five minutes is no measure of a busy machine
  if(KAMEI_SANITIZE MATCHES "address")
    list(APPEND environment "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0")
  endif()
  if(KAMEI_SANITIZE MATCHES "thread")
    list(APPEND environment "TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/tsan.supp:halt_on_error=0:print_suppressions=0")
    if(KAMEI_TSAN_TBB)
      list(APPEND environment "LD_LIBRARY_PATH=${KAMEI_TSAN_TBB}")
    endif()
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT}
    ENVIRONMENT "${environment}")
endfunction()
