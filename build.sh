#!/usr/bin/env bash
# Finds a PowerShell and hands over to build.ps1, which knows every task. Where no PowerShell can be had, Build, Test and
# Demo still do what the .NET SDK alone can.
#
#   ./build.sh [Build|Test|Analyze|Demo|Bench|Storm|Docs|Package|Clean] [further arguments]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if ! command -v dotnet >/dev/null 2>&1; then
  echo "build.sh: the .NET 10 SDK is needed, and there is no dotnet on the PATH." >&2
  exit 127
fi

# Runs a command for so many seconds at most, where the system can bound it.
bounded() {
  if command -v timeout >/dev/null 2>&1; then
    timeout "$@"
  else
    shift
    "$@"
  fi
}

if command -v pwsh >/dev/null 2>&1; then
  exec pwsh -NoProfile -NonInteractive -File ./build.ps1 "$@"
fi

# Whether a command starts a PowerShell.
works() {
  bounded 60 "$@" -NoProfile -NonInteractive -Command exit >/dev/null 2>&1 </dev/null
}

# PowerShell as a .NET tool, into the array pwsh: the version of .config/dotnet-tools.json, or else the newest one of the
# same release line that can be had, which out/powershell then keeps.
find_tool() {
  local manifest=.config/dotnet-tools.json folder=out/powershell line code=0
  [ -f "$manifest" ] || return 1
  bounded 180 dotnet tool restore >/dev/null 2>&1 </dev/null || code=$?
  pwsh=(dotnet tool run pwsh --)
  [ "$code" -eq 0 ] && works "${pwsh[@]}" && return

  # What starts the tool looks for the runtime in the usual places, and that of this dotnet may be in another.
  if [ -z "${DOTNET_ROOT:-}" ]; then
    DOTNET_ROOT=$(dotnet --list-runtimes | sed -n 's|^Microsoft\.NETCore\.App .* \[\(.*\)[/\\]shared[/\\].*|\1|p' | sed -n 1p)
    [ -z "$DOTNET_ROOT" ] || export DOTNET_ROOT
  fi
  pwsh=("$PWD/$folder/pwsh")
  [ -x "${pwsh[0]}" ] && works "${pwsh[@]}" && return
  # 124: the registry did not answer in time, and would not now.
  [ "$code" -ne 124 ] || return 1
  line=$(sed -n 's/.*"version": *"\([0-9]*\.[0-9]*\)\..*/\1/p' "$manifest")
  [ -n "$line" ] || return 1
  rm -rf "$folder"
  # The floating lower bound asks for the newest; without the upper one, a later line would do as well.
  bounded 180 dotnet tool install PowerShell --version "[$line.*,${line%.*}.$((${line#*.} + 1)).0)" --tool-path "$folder" \
    >/dev/null 2>&1 </dev/null && works "${pwsh[@]}"
}

if find_tool; then
  exec "${pwsh[@]}" -NoProfile -NonInteractive -File ./build.ps1 "$@"
fi

echo "No PowerShell here: there is no pwsh on the PATH, and it can't be had as a .NET tool (.config/dotnet-tools.json)."

# One attribute of a results file's line of counters.
counter() {
  sed -n "s/.*<Counters [^>]*\\b$2=\"\\([0-9]*\\)\".*/\\1/p" "$1"
}

# The tests that the Pester files declare.
pester_tests() {
  find tests/Pester -name '*.Tests.ps1' -exec cat {} + | grep -cE '^[[:space:]]*It[[:space:]]' || true
}

run_tests() {
  local results=out/test-results passed=0 failed=0 skipped=0
  local project suite trx code p f s
  dotnet build TencentChat.PowerShell.sln -c Release --nologo -v quiet -clp:Summary
  rm -rf "$results"
  mkdir -p "$results"
  local table
  table=$(printf '%-32s %7s %7s %7s' Suite Passed Failed Skipped)

  for project in tests/*/*.Tests.csproj; do
    suite=$(basename "$project" .csproj)
    trx="$PWD/$results/$suite.trx"
    echo "== $suite"
    code=0
    # A suite that hangs is ended after fifteen minutes without a finished test, and fails.
    dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$trx" --results-directory "$results" \
      --blame-hang-timeout 15m --blame-hang-dump-type none </dev/null || code=$?
    p=0 f=0 s=0
    if [ -f "$trx" ]; then
      p=$(counter "$trx" passed)
      # The file's own figure for tests that were not executed is always 0.
      s=$(($(counter "$trx" total) - $(counter "$trx" executed)))
      f=$(($(counter "$trx" executed) - p))
    fi
    if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then
      echo "$suite ended with exit code $code though no test failed: counted as one failure."
      f=1
    fi
    table+=$(printf '\n%-32s %7d %7d %7d' "$suite" "$p" "$f" "$s")
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done

  s=$(pester_tests)
  echo "Pester was left out, for want of a PowerShell: each of its $s tests is counted as skipped."
  table+=$(printf '\n%-32s %7d %7d %7d' Pester 0 0 "$s")
  skipped=$((skipped + s))

  printf '\n%s\n\n%d passed, %d failed, %d skipped\n' "$table" "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

if [ $# -gt 1 ]; then
  echo "build.sh: without PowerShell, $1 takes no further arguments: ${*:2}" >&2
  exit 1
fi

task=$(printf '%s' "${1:-Build}" | tr '[:upper:]' '[:lower:]')
case $task in
  build) dotnet build TencentChat.PowerShell.sln -c Release --nologo -v quiet -clp:Summary ;;
  test) run_tests ;;
  demo) dotnet run --project samples/BulkImport -c Release -- samples/users.csv ;;
  *)
    echo "build.sh: without PowerShell there are Build, Test and Demo, but no $1." >&2
    exit 1
    ;;
esac
