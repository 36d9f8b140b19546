# One run under the limit, in a PowerShell of its own: makes up users and sets their attributes for some seconds. Writes what
# came of it as JSON.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ModuleManifest,
    [Parameter(Mandatory)] [string] $Endpoint,
    # What the run's users are called, so that the service's journal tells its calls from those of others.
    [Parameter(Mandatory)] [string] $Prefix,
    [Parameter(Mandatory)] [double] $Seconds,
    # Users in a call.
    [int] $BatchSize = 100,
    # When to begin, in Unix milliseconds.
    [long] $BeginAt
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module $ModuleManifest
Connect-Chat -Endpoint $Endpoint
$early = $BeginAt - [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds()
if ($early -gt 0) {
    [System.Threading.Thread]::Sleep($early)
}

# The same users again and again: an emulator that grows stands still now and then. More of them than can be in flight.
$users = foreach ($number in 1..(300 * $BatchSize)) {
    [pscustomobject]@{ UserId = "$Prefix-$number"; city = 'Oslo' }
}
$clock = [System.Diagnostics.Stopwatch]::StartNew()
& {
    while ($true) {
        foreach ($user in $users) {
            if ($clock.Elapsed.TotalSeconds -gt $Seconds) {
                return
            }
            $user
        }
    }
} | Set-ChatUserAttribute -BatchSize $BatchSize -InformationVariable summary -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction SilentlyContinue | Out-Null
$run = $summary[-1].MessageData
[pscustomobject]@{
    Rows     = $run.Rows
    Bad      = $run.Rows - $run.Succeeded
    Warnings = @($warned).Count
    Summary  = "$run"
} | ConvertTo-Json -Compress
