#!/bin/sh
# Builds oneTBB with ThreadSanitizer, for the preset `tsan`. The library of the system is not instrumented: what it
# orders between threads is not seen, and every pipeline is reported as a race.
# The version must be that of the headers: pkg-config --modversion tbb
#
# usage: tsan_tbb.sh ONETBB_SOURCES BUILD_FOLDER
#        cmake --preset tsan -DKAMEI_TSAN_TBB=BUILD_FOLDER/lib_relwithdebinfo
set -eu
[ $# -eq 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
sources=$1
folder=$2
# Fences are the one thing that ThreadSanitizer does not model (-Wno-tsan); all else of the library is.
cmake -S "$sources" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS=-Wno-tsan \
  -DTBB_SANITIZE=thread -DTBB_STRICT=OFF -DTBB_TEST=OFF -DTBB_EXAMPLES=OFF -DTBBMALLOC_BUILD=OFF \
  -DTBB_OUTPUT_DIR_BASE=lib
cmake --build "$folder" --target tbb
ls "$folder"/lib_relwithdebinfo/libtbb.so.12
