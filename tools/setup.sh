# Sourced by tools/run and tools/test. Sets `root` and offers install_missing. Nothing here writes to
# stdout: that belongs to the caller.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

packages=(
  bazel-bootstrap bazel-platforms bazel-rules-java bazel-rules-proto bazel-skylib
  g++ pkg-config protobuf-compiler python3
  libabsl-dev libbenchmark-dev libgmock-dev libgtest-dev libprotobuf-dev libre2-dev
  liblzma-dev libzstd-dev rapidjson-dev zlib1g-dev
)

# Fails, with the reason on stderr, if a package is missing and can't be installed. Where there is no
# dpkg, Bazel itself will say what it doesn't find.
install_missing() {
  command -v dpkg-query >/dev/null || return 0
  local installed missing=() package
  installed=" $(dpkg-query -W -f='${db:Status-Status}:${Package} ' "${packages[@]}" 2>/dev/null) "
  for package in "${packages[@]}"; do
    [[ $installed == *" installed:$package "* ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local as_root=(env DEBIAN_FRONTEND=noninteractive)
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      echo "Missing packages, and neither root nor sudo to install them: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo "${as_root[@]}")
  fi
  echo "Installing ${missing[*]}" >&2
  local apt=("${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300)
  local log
  log=$(mktemp)
  if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } \
    </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}
