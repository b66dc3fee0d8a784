# Shared by run and test: where the repository is, and the packages that are missing.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf 'kamei: %s\n' "$*" >&2; }

# The packages of packaging/deps that are not installed, one a line.
missing_packages() {
    sed 's/#.*//; s/[[:space:]]//g; /^$/d' packaging/deps | while read -r package; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
}

install_dependencies() {
    local missing
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    say "installing:" $missing
    local sudo=''
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { say "these packages are missing, and only root can install them:" $missing; exit 1; }
        sudo=sudo
    fi
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing
}

# build PRESET [CMAKE ARGUMENT...]: configures and builds into build/PRESET; KAMEI_CMAKE_ARGUMENTS go before.
build() {
    local preset=$1
    shift
    # shellcheck disable=SC2086 # several arguments
    cmake --preset "$preset" ${KAMEI_CMAKE_ARGUMENTS:-} "$@"
    cmake --build --preset "$preset"
}
