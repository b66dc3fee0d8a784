#!/bin/sh
# The way to the staged files on a disk that fills up, then on one that can only be read.
#   disk_faults.sh KAMEI_CLI DISK      run in a mount namespace of its own: unshare -rm disk_faults.sh ...
# DISK: an empty folder, which becomes a small disk in memory. Prints one line a check, "ok ..." or "BAD ...".
cli=$1
disk=$2
ws=$disk/ws
fail=0
check() { # check NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then echo "ok $1"; else echo "BAD $1: expected $2, got $3"; fail=1; fi
}
saysOf() { sed -n 's/.*\[\([a-z-]*\),.*/\1/p' "$1" | tail -1; }
whole() { # every staged file is named by the SHA-256 of its bytes
    find "$ws/staged" -type f | while read -r file; do
        name=$(basename "$file")
        [ "$(sha256sum < "$file" | cut -d' ' -f1)" = "${name%%.*}" ] || echo "$file"
    done | wc -l
}

"$cli" demo "$disk.demo" >/dev/null 2>&1 || { echo "BAD demo"; exit 1; }
before=$(cd "$disk.demo/cohort" && find . -type f -exec sha256sum {} + | sort | sha256sum)
mount -t tmpfs -o size=3m tmpfs "$disk" || { echo "SKIP no mount"; exit 77; }
"$cli" new "$ws" --title Disk --purpose test >/dev/null 2>&1
"$cli" import "$ws" "$disk.demo/cohort" >/dev/null 2>&1; check "import" 0 $?
"$cli" detect "$ws" >/dev/null 2>&1; check "detect" 0 $?
"$cli" decide "$ws" --accept-suggested --reason "soft tissue is studied" >/dev/null 2>&1; check "decide" 0 $?

"$cli" stage "$ws" >/dev/null 2>"$disk.err"; check "stage on a full disk fails" 5 $?
check "it says why" no-space "$(saysOf "$disk.err")"
check "no decision is lost" 0 "$("$cli" findings "$ws" --open --json | wc -l)"
check "no staged file is half written" 0 "$(whole)"
"$cli" audit "$ws" --verify >/dev/null 2>&1; check "the log verifies" 0 $?

mount -o remount,size=64m "$disk"
"$cli" stage "$ws" >/dev/null 2>&1; check "the same command goes on once there is space" 0 $?
check "everything is staged" 115 "$("$cli" staged "$ws" --json | wc -l)"
check "every staged file is whole" 0 "$(whole)"

mount -o remount,ro "$disk"
"$cli" findings "$ws" >/dev/null 2>&1; check "reading from a read-only disk" 0 $?
"$cli" stage "$ws" >/dev/null 2>"$disk.err"; check "staging on a read-only disk fails" 5 $?
check "it says why" workspace-read-only "$(saysOf "$disk.err")"
check "sources are as they were" "$before" "$(cd "$disk.demo/cohort" && find . -type f -exec sha256sum {} + | sort | sha256sum)"
umount "$disk"
exit $fail
