#!/usr/bin/env bash
# Checks that what the build needs is here, and installs what Debian packages it can. Run it again at any time.
# With --for-tests also what tests alone need, and skip where it is missing.
set -euo pipefail

# Debian packages that the product needs beyond the .NET SDK.
packages=(libzmq5)

# libzmq5 with what it needs beyond a plain system, for a folder of one's own.
unpacked=(libzmq5 libsodium23 libpgm-5.3-0 libnorm1 libbsd0 libmd0 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1)

require_sdk() {
  if command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; then return; fi
  cat >&2 <<'TEXT'
There is no .NET SDK 10 here. Get it from https://dotnet.microsoft.com/download/dotnet/10.0
or, without being root, with https://dot.net/v1/dotnet-install.sh --channel 10.0
TEXT
  exit 1
}

# Whether the product finds libzmq without the package: by its own variable, by the loader, or where Homebrew puts it.
has_libzmq() {
  if [[ -n ${TOPOLOGY_LIBZMQ:-} ]]; then
    [[ -e $TOPOLOGY_LIBZMQ ]]
    return
  fi
  local folder
  for folder in /opt/homebrew/lib /usr/local/lib /opt/local/lib; do
    if [[ -e $folder/libzmq.5.dylib || -e $folder/libzmq.so.5 ]]; then return; fi
  done
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -c 'libzmq\.so\.5' >/dev/null
}

explain_libzmq() {
  if [[ $(uname) == Darwin ]]; then
    echo "libzmq is missing. Run: brew install zeromq" >&2
    return
  fi
  cat >&2 <<TEXT
libzmq is missing, and without it nothing runs in more than one process. Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}
Without root, run: (mkdir -p ~/.local/libzmq && cd ~/.local/libzmq && apt-get download ${unpacked[*]} && for d in *.deb; do dpkg -x "\$d" .; done); export TOPOLOGY_LIBZMQ=~/.local/libzmq
TEXT
}

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return; fi

  local as_root=()
  if ((EUID != 0)); then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  command -v apt-get >/dev/null || return 1
  "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
}

require_sdk
# An implementation of MessagePack that is not ours.
if [[ ${1-} == --for-tests ]]; then install_packages python3 python3-msgpack || true; fi
if ! has_libzmq && ! { install_packages "${packages[@]}" && has_libzmq; }; then
  explain_libzmq
  exit 1
fi
