<#
.SYNOPSIS
    Measures the module side by side with what it is compared to, and writes docs/performance.md.
.DESCRIPTION
    Each run is a PowerShell of its own; runs that are compared take turns, and only medians of their ratios count. The
    exit code is 1 when a bar is missed.
.PARAMETER ModuleManifest
    The staged module.
.PARAMETER Rows
    Rows of the big table.
.PARAMETER SyncRows
    Rows of each run that reads or synchronizes accounts under the service's limit; 10,000 of them take a second.
.PARAMETER Seconds
    How long each run goes on that is measured against the service's limit.
.PARAMETER LimitBatchSize
    Users in each call of those runs. With two instead of a hundred they hardly load a machine that has other things to do.
.PARAMETER Latency
    The milliseconds of latency of those runs, with commas between them.
.PARAMETER Pairs
    How often each comparison is made.
.PARAMETER Only
    Some of the measurements, with commas between them: Speed, Alone (the limit, one run), Together (the limit, two and four runs, and one that comes and goes), Sync,
    Start, First.
.PARAMETER Full
    A hundred seconds for each run under the limit, and a million rows to synchronize.
.PARAMETER NoReport
    Prints the table and leaves docs as it is. Understood when Only leaves something out.
.EXAMPLE
    ./build.ps1 Bench
.EXAMPLE
    ./build.ps1 Bench -Only Alone,Together -Latency 20 -LimitBatchSize 2
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ModuleManifest,
    [ValidateRange(10000, 10000000)] [int] $Rows = 1000000,
    [ValidateRange(10000, 10000000)] [int] $SyncRows = 200000,
    [ValidateRange(1, 50)] [int] $Pairs = 3,
    [ValidateRange(12, 600)] [int] $Seconds = 40,
    [ValidateRange(1, 100)] [int] $LimitBatchSize = 100,
    [ValidatePattern('^\d+([ ,]\d+)*$')] [string] $Latency = '20,100,500',
    [ValidatePattern('^(Speed|Alone|Together|Sync|Start|First)([ ,](Speed|Alone|Together|Sync|Start|First))*$')] [string] $Only = 'Speed,Alone,Together,Sync,Start,First',
    [switch] $Full,
    [switch] $NoReport
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
. (Join-Path $PSScriptRoot 'Measures.ps1')
. (Join-Path $PSScriptRoot 'Limit.ps1')
. (Join-Path $PSScriptRoot 'Report.ps1')

$root = Split-Path (Split-Path $PSScriptRoot)
foreach ($part in 'InstantServer', 'LeastCmdlet') {
    dotnet build (Join-Path $PSScriptRoot $part) -c Release --nologo -v quiet -clp:ErrorsOnly | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "A part of the bench cannot be built: $part."
    }
}
$instant = Join-Path $PSScriptRoot 'InstantServer' 'bin' 'Release' 'net10.0' 'InstantServer.dll'
$least = Join-Path $PSScriptRoot 'LeastCmdlet' 'bin' 'Release' 'net8.0' 'LeastCmdlet.dll'
# A list with commas comes from a prompt of PowerShell with blanks.
$parts = $Only -split '[ ,]'
$Seconds = $Full ? 100 : $Seconds
$latencies = [int[]]($Latency -split '[ ,]')
$SyncRows = $Full ? 1000000 : $SyncRows
$smallRows = [Math]::Max(10000, $Rows / 10)
$scriptRows = 50000
$facts = @{}
$rates = @()
$limits = @()
$temp = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "TencentChat-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    $table = @{}
    $counts = @('Speed' -in $parts ? $Rows, (2 * $Rows), $smallRows, $scriptRows : @()) + @('Alone' -in $parts ? 2000 : @()) + @('First' -in $parts ? $scriptRows : @())
    foreach ($count in $counts | Select-Object -Unique) {
        $table[[int]$count] = Join-Path $temp "$count.csv"
        New-UserTable $table[[int]$count] $count
    }

    $lines = @(
        if ('Speed' -in $parts) {
            Write-Line 'Against a server that answers at once'
            Measure-Speed $table $Rows $scriptRows $smallRows $Pairs $instant
        }
        if ('Alone' -in $parts) {
            Write-Line 'The limit of 100 calls a second, one run'
            foreach ($milliseconds in $latencies) {
                foreach ($window in 'sliding', 'fixed') {
                    Measure-Alone $milliseconds $window $Seconds
                }
                Measure-Alone $milliseconds 'sliding' $Seconds -Busy
                Measure-HandWritten $milliseconds $table[2000] 2000 $instant
            }
        }
        if ('Together' -in $parts) {
            Write-Line 'The limit of 100 calls a second, several runs'
            foreach ($milliseconds in $latencies) {
                foreach ($window in 'sliding', 'fixed') {
                    Measure-Together 2 $milliseconds $window $Seconds
                    Measure-Together 4 $milliseconds $window $Seconds
                }
                Measure-ComeAndGo $milliseconds 'sliding' $Seconds
            }
        }
        if ('Sync' -in $parts) {
            Write-Line 'Desired state, under the same limit'
            $state = Join-Path $temp 'state.json'
            New-UserState $state $SyncRows
            $before = Join-Path $temp 'before.csv'
            $after = Join-Path $temp 'after.csv'
            New-UserTable $before $SyncRows
            New-UserTable $after $SyncRows -ChangeEvery 100
            Measure-Sync $before $after $SyncRows ($Full ? 1 : 2)
        }
        if ('Start' -in $parts) {
            Measure-Start (3 * $Pairs)
        }
        if ('First' -in $parts) {
            Measure-FirstResult $table[$scriptRows] $Pairs $instant
        }
    )
}
finally {
    Remove-Item $temp -Recurse -Force
}

Write-Line (($lines | Format-Table Name, Bar, Result, IsMet -AutoSize -Wrap | Out-String -Width 200).Trim())
if (-not $NoReport -and $parts.Count -eq 6 -and $latencies.Count -ge 3 -and $LimitBatchSize -eq 100) {
    Write-SpeedReport $root $lines $facts $rates $Rows $Seconds $SyncRows
    Write-Line 'docs/performance.md is written.'
}
exit [int](@($lines | Where-Object IsMet -EQ $false).Count -gt 0)
