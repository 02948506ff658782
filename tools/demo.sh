#!/usr/bin/env bash
# Counts the words of real text in one run, and shows the most frequent.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
folder=$(mktemp -d "${TMPDIR:-/tmp}/topology-demo.XXXXXX")
counts=$folder/counts.tsv

# What is missing is installed, or named. A run in one process needs the SDK alone.
"$root/tools/setup.sh" >/dev/null || echo

"$root/tools/topology" run "$root/topologies/WordCount" --set "output=$counts" "$@" || {
  status=$?
  rm -rf "$folder"
  exit "$status"
}

echo
echo "The ten most frequent of $(wc -l <"$counts") words, all of them in $counts:"
head -n 10 "$counts" | awk -F '\t' '{ printf "%12d  %s\n", $2, $1 }'
cat <<TEXT

What to type next:
  tools/topology run topologies/WordCount --set input=some/folder --set output=counts.tsv
  tools/topology run topologies/RollingTop --set every=200ms --set window=2s
  tools/topology --help
TEXT
