#!/usr/bin/env bash
# Checks that what the build needs is here, and installs what Debian packages it can. Run it again at any time.
# With --for-tests also what tests alone need, and skip where it is missing.
set -euo pipefail

# Debian packages that the product needs beyond the .NET SDK.
packages=()

require_sdk() {
  if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; then return; fi
  cat >&2 <<'TEXT'
There is no .NET SDK 10 here. Get it from https://dotnet.microsoft.com/download/dotnet/10.0
or, without being root, with https://dot.net/v1/dotnet-install.sh --channel 10.0
TEXT
  exit 1
}

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return; fi

  local as_root=()
  if ((EUID != 0)); then
    if ! sudo -n true 2>/dev/null; then
      echo "Packages are missing. Run: sudo apt-get update && sudo apt-get install -y ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo -n)
  fi
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
}

require_sdk
install_packages "${packages[@]}"
# An implementation of MessagePack that is not ours.
if [[ ${1-} == --for-tests ]]; then (install_packages python3 python3-msgpack) || true; fi
