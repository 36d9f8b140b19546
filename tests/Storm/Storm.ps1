<#
.SYNOPSIS
    Drives a table of users through faults, keeps books, and writes docs/reliability.md.
.DESCRIPTION
    A real PowerShell sets, reads and deletes every account of the table over real sockets, while the emulator drops
    connections before and after the work, answers with 502, with codes that may pass, with broken JSON and too late, and
    throttles in bursts. Then another program compares the results with the input, and the emulator's state with both. Then
    the same with a PowerShell that is killed half-way and started again. The exit code is 1 when anything is wrong.
.PARAMETER ModuleManifest
    The staged module.
.PARAMETER Rows
    Rows of the table.
.PARAMETER Seed
    Decides the table and which calls the faults strike.
.PARAMETER NoReport
    Prints the books and leaves docs as it is.
.EXAMPLE
    ./build.ps1 Storm
.EXAMPLE
    ./build.ps1 Storm -Rows 20000 -NoReport
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ModuleManifest,
    [ValidateRange(1000, 10000000)] [int] $Rows = 1000000,
    [int] $Seed = 1,
    [switch] $NoReport
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path (Split-Path $PSScriptRoot) 'Bench' 'Lab.psm1')
. (Join-Path $PSScriptRoot 'Weather.ps1')
. (Join-Path $PSScriptRoot 'Report.ps1')

$root = Split-Path (Split-Path $PSScriptRoot)
dotnet build (Join-Path $PSScriptRoot 'Ledger' 'Ledger.csproj') -c Release --nologo -v quiet -clp:ErrorsOnly | Out-Host
if ($LASTEXITCODE -ne 0) {
    throw 'The program that keeps the books cannot be built.'
}
$ledger = Join-Path $PSScriptRoot 'Ledger' 'bin' 'Release' 'net10.0' 'Ledger.dll'
$temp = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "TencentChat-$([guid]::NewGuid().ToString('n'))")).FullName
$path = Join-Path $temp 'users.csv'
$server = $null
try {
    dotnet $ledger make $path $Rows $Seed
    $halfway = [Math]::Max(1, $Rows / 200)
    $all = @($faults.Values.Fault)
    $books = @(
        Write-Line 'Storm'
        $server = Start-Weather $all $Seed
        Invoke-Operation $server 'Set-ChatUserAttribute' 'set'
        Invoke-Operation $server 'Get-ChatUserAttribute' 'get'
        Invoke-Operation $server 'Remove-ChatAccount' 'delete'
        Stop-LabServer $server

        Write-Line 'Killed half-way, and run again'
        $server = Start-Weather $all ($Seed + 1)
        Invoke-KilledOperation $server 'set' $halfway
        Invoke-Operation $server 'Set-ChatUserAttribute, second run' 'set'
        Invoke-KilledOperation $server 'delete' $halfway
        Invoke-Operation $server 'Remove-ChatAccount, second run' 'delete'
        Stop-LabServer $server

        # So that rows come to Unknown at all: a tenth of the answers lost either way, and hardly a repeat.
        Write-Line 'Too strong a storm for one repeat'
        $server = Start-Weather '*:drop-before:0.1', '*:drop-after:0.1' ($Seed + 2)
        Invoke-Operation $server 'Set-ChatUserAttribute -MaxRetry 1' 'set' -MaxRetry 1
    )
}
finally {
    Stop-LabServer $server
    Remove-Item $temp -Recurse -Force
}

if (-not $NoReport) {
    Write-StormReport $root $books $faults $Rows $Seed
    Write-Line 'docs/reliability.md is written.'
}
$wrong = ($books.Books.Wrong | Measure-Object -Sum).Sum
Write-Line "$wrong wrong"
exit [int]($wrong -gt 0)
