#!/usr/bin/env bash
# Counts the words of real text with a daemon and three worker processes, and shows the most frequent. Leaves nothing running.
# Arguments go to the submit, such as --workers 2 or --set input=some/folder.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/topology-demo.XXXXXX")
counts=$folder/counts.tsv
topology() { "$root/tools/topology" "$@"; }

# What is missing is installed, or named.
if ! "$root/tools/setup.sh" >"$folder/setup.log" 2>&1; then
  tail -n 3 "$folder/setup.log" >&2
  rm -rf "$folder"
  exit 1
fi

# The daemon has a directory of its own, so that it is nobody else's.
export TOPOLOGY_HOME=$folder/data
end() {
  topology down --wait 10s >/dev/null 2>&1 || true
  # Uploads cannot be written to, not even by who has to delete them.
  chmod -R u+w "$folder/data" 2>/dev/null || true
  rm -rf "$folder/data" "$folder/setup.log"
}
trap end EXIT
trap 'exit 130' INT TERM

topology up --detach --data "$TOPOLOGY_HOME" >/dev/null
topology submit "$root/topologies/WordCount" --workers 3 --set "output=$counts" --wait completed "$@"

echo
topology describe word-count
echo
echo "The ten most frequent of $(wc -l <"$counts") words, all of them in $counts:"
head -n 10 "$counts" | awk -F '\t' '{ printf "%12d  %s\n", $2, $1 }'

# What the spout counted, from the description for programs.
description=$(topology describe word-count -o json)
number() { sed -n "/\"id\": \"lines\"/,/}/ s/^ *\"$1\": \([0-9]*\),*$/\1/p" <<<"$description" | head -n 1; }
emitted=$(number emitted) acked=$(number acked) failed=$(number failed)
echo
echo "The spout emitted $emitted blocks of text and has seen $acked acked and $failed failed: every one was worked off, in worker processes linked by ZeroMQ."
((emitted == acked)) || { echo "They should be equal." >&2; exit 1; }
cat <<TEXT

What to type next:
  tools/topology submit topologies/WordCount --workers 2 --set input=some/folder --set output=\$PWD/counts.tsv
  tools/topology top word-count
  tools/topology run topologies/RollingTop --set every=200ms --set window=2s
  tools/topology --help
TEXT
