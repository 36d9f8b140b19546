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
.PARAMETER RateRows
    Rows of each run under the service's limit; 10,000 of them take a second.
.PARAMETER Pairs
    How often each comparison is made.
.PARAMETER Only
    Some of the measurements, with commas between them: Speed,Rate,Sync,Start,First.
.PARAMETER Full
    A million rows in each run under the limit.
.PARAMETER NoReport
    Prints the table and leaves docs as it is. Understood when Only leaves something out.
.EXAMPLE
    ./build.ps1 Bench
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ModuleManifest,
    [ValidateRange(10000, 10000000)] [int] $Rows = 1000000,
    [ValidateRange(10000, 10000000)] [int] $RateRows = 600000,
    [ValidateRange(1, 50)] [int] $Pairs = 5,
    [ValidatePattern('^(Speed|Rate|Sync|Start|First)(,(Speed|Rate|Sync|Start|First))*$')] [string] $Only = 'Speed,Rate,Sync,Start,First',
    [switch] $Full,
    [switch] $NoReport
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot 'Lab.psm1')
. (Join-Path $PSScriptRoot 'Measures.ps1')
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
$parts = $Only.Split(',')
$RateRows = $Full ? 1000000 : $RateRows
$smallRows = [Math]::Max(10000, $Rows / 10)
$scriptRows = 50000
$facts = @{}
$rates = @()
$temp = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "TencentChat-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    $table = @{}
    foreach ($count in $Rows, (2 * $Rows), $RateRows, $smallRows, $scriptRows, 2000 | Select-Object -Unique) {
        $table[[int]$count] = Join-Path $temp "$count.csv"
        New-UserTable $table[[int]$count] $count
    }

    $lines = @(
        if ('Speed' -in $parts) {
            Write-Line 'Against a server that answers at once'
            Measure-Speed $table $Rows $scriptRows $smallRows $Pairs $instant
        }
        if ('Rate' -in $parts) {
            Write-Line 'Under the limit of 100 calls a second'
            $state = Join-Path $temp 'state.json'
            New-UserState $state $RateRows
            foreach ($latency in 20, 100, 500) {
                Measure-Rate $latency $table[$RateRows] $state $RateRows $table[$scriptRows] $table[2000] 2000 $instant
            }
        }
        if ('Sync' -in $parts) {
            Write-Line 'Desired state, under the same limit'
            $syncRows = $Full ? 1000000 : [int]($RateRows / 3)
            $before = Join-Path $temp 'before.csv'
            $after = Join-Path $temp 'after.csv'
            New-UserTable $before $syncRows
            New-UserTable $after $syncRows -ChangeEvery 100
            Measure-Sync $before $after $syncRows ($Full ? 1 : 2)
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

Write-Line (($lines | Format-Table Name, Bar, Result, IsMet -AutoSize -Wrap | Out-String -Width 160).Trim())
if (-not $NoReport -and $parts.Count -eq 5) {
    Write-SpeedReport $root $lines $facts $rates $Rows $RateRows
    Write-Line 'docs/performance.md is written.'
}
exit [int](@($lines | Where-Object IsMet -EQ $false).Count -gt 0)
