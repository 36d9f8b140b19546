# One measurement in a PowerShell of its own. Writes what it took as JSON.
[CmdletBinding()]
param(
    # Floor: reading the table is all. Least: the least that a cmdlet can do with its rows. Module: our cmdlet. HandWritten: what an admin would write without it. Get: reading
    # the accounts of the table. Sync: making them as it says.
    [Parameter(Mandatory)] [ValidateSet('Floor', 'Least', 'Module', 'HandWritten', 'Get', 'Sync')] [string] $What,
    [Parameter(Mandatory)] [string] $Path,
    [string] $ModuleManifest,
    [string] $Endpoint,
    # Only for a server without a limit: lifts the limit that the client keeps by itself.
    [switch] $AtAnyRate
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'

if ($What -in 'Module', 'Get', 'Sync') {
    Import-Module $ModuleManifest
    $limit = $AtAnyRate ? @{ CallsPerSecond = 1000000 } : @{}
    Connect-Chat -Endpoint $Endpoint @limit
}

if ($What -eq 'Least') {
    Import-Module $ModuleManifest
}

$summary = $null
$clock = [System.Diagnostics.Stopwatch]::StartNew()
switch ($What) {
    'Floor' { Import-Csv $Path | Out-Null }
    'Least' { Import-Csv $Path | Set-LeastRow | Out-Null }
    'Module' { Import-Csv $Path | Set-ChatUserAttribute -InformationVariable summary | Out-Null }
    'Get' { Import-Csv $Path | Get-ChatUserAttribute -InformationVariable summary | Out-Null }
    'Sync' { Import-Csv $Path | Sync-ChatUserAttribute -InformationVariable summary | Out-Null }
    'HandWritten' { & (Join-Path $PSScriptRoot 'HandWritten.ps1') -Path $Path -Endpoint $Endpoint -UserSig 'made-up' }
}
$seconds = $clock.Elapsed.TotalSeconds

$process = [System.Diagnostics.Process]::GetCurrentProcess()
$run = $summary ? $summary[-1].MessageData : $null
[pscustomobject]@{
    Seconds    = $seconds
    CpuSeconds = $process.TotalProcessorTime.TotalSeconds
    PeakMB     = $process.PeakWorkingSet64 / 1MB
    Succeeded  = $run ? $run.Succeeded : 0
    Unchanged  = $run ? $run.Unchanged : 0
    Throttled  = $run ? $run.ThrottledCalls : 0
    Repeated   = $run ? $run.RepeatedCalls : 0
} | ConvertTo-Json -Compress
