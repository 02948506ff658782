#!/usr/bin/env bash
# Builds everything in Release and runs every test. The last line is: N passed, N failed, N skipped.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# What is missing is installed, or named: the tests that need it are skipped then.
"$root/tools/setup.sh" --for-tests >"$log" 2>&1 || cat "$log"

# tools/topology builds the same projects and waits for the same lock.
mkdir -p "$root/artifacts"
exec {lock}>"$root/artifacts/build.lock"
flock "$lock"
dotnet build "$root/Topology.sln" -c Release --disable-build-servers -nologo -v quiet -clp:ErrorsOnly >"$log" 2>&1 || {
  cat "$log"
  echo "The build failed, so no test ran."
  exit 1
}
exec {lock}>&-

# One test project after the other: two would share the cores with each other's processes.
status=0
dotnet test "$root/Topology.sln" -c Release --no-build -nologo -v quiet -maxcpucount:1 \
  --logger 'console;verbosity=minimal' >"$log" 2>&1 || status=$?

# What is of interest: failures with all they say, and a line per project.
grep -v -e '^Test run for ' -e '^A total of ' -e '^No test is available' -e '^Additionally, path to test adapters' -e '^[[:space:]]*$' "$log" || true

read -r passed failed skipped < <(awk '
  /Failed: *[0-9]+, Passed: *[0-9]+, Skipped: *[0-9]+, Total:/ {
    match($0, /Failed: *[0-9]+/);  failed  += substr($0, RSTART + 7, RLENGTH - 7)
    match($0, /Passed: *[0-9]+/);  passed  += substr($0, RSTART + 7, RLENGTH - 7)
    match($0, /Skipped: *[0-9]+/); skipped += substr($0, RSTART + 8, RLENGTH - 8)
  }
  END { print passed + 0, failed + 0, skipped + 0 }' "$log")

if ((status != 0 && failed == 0)); then
  echo "dotnet test ended with $status although no test failed, as when a test ends its process: that counts as one failure."
  failed=1
fi
if ((passed + failed == 0)); then
  echo "No test ran."
  status=1
fi
if ((failed > 0)); then status=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
