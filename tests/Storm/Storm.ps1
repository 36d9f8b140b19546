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
    $tags = Join-Path $temp 'tags.csv'
    $otherTags = Join-Path $temp 'other-tags.csv'
    $campaign = Join-Path $temp 'pushes.csv'
    dotnet $ledger make attributes $path $Rows $Seed
    dotnet $ledger make tags $tags $Rows $Seed
    dotnet $ledger make tags $otherTags $Rows ($Seed + 1)
    @('UserId'; 1..90 | ForEach-Object { "Push $_" }) | Set-Content $campaign
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
        Invoke-Operation $server 'Set-ChatUserAttribute -MaxRetry 1' 'set' @{ MaxRetry = 1 }
        Stop-LabServer $server

        Write-Line 'Tags'
        $server = Start-Weather $all ($Seed + 3)
        Invoke-Operation $server 'Add-ChatUserTag' 'add-tag' @{ Path = $tags }
        Invoke-Operation $server 'Set-ChatUserTag' 'set-tag' @{ Path = $otherTags }
        Invoke-Operation $server 'Remove-ChatUserTag' 'remove-tag' @{ Path = $tags }
        Invoke-Operation $server 'Clear-ChatUserTag' 'clear-tag' @{ Path = $tags }
        Stop-LabServer $server

        Write-Line 'Tags of the Push service, killed half-way, and run again'
        $server = Start-Weather $all ($Seed + 4)
        foreach ($one in @(
                @{ Operation = 'add-tag'; Name = 'Add-ChatUserTag'; Path = $tags; Calls = $halfway }
                @{ Operation = 'set-tag'; Name = 'Set-ChatUserTag'; Path = $otherTags; Calls = 2 * $halfway }
                @{ Operation = 'remove-tag'; Name = 'Remove-ChatUserTag'; Path = $tags; Calls = $halfway }
                @{ Operation = 'clear-tag'; Name = 'Clear-ChatUserTag'; Path = $tags; Calls = $halfway })) {
            $with = @{ Path = $one.Path; Family = 'TimPush' }
            Invoke-KilledOperation $server $one.Operation $one.Calls $with
            Invoke-Operation $server "$($one.Name), second run" $one.Operation $with
        }
        Stop-LabServer $server

        Write-Line 'Tags in too strong a storm for one repeat'
        $server = Start-Weather '*:drop-before:0.1', '*:drop-after:0.1' ($Seed + 5)
        Invoke-Operation $server 'Add-ChatUserTag -MaxRetry 1' 'add-tag' @{ Path = $tags; MaxRetry = 1 }
        Invoke-Operation $server 'Set-ChatUserTag -MaxRetry 1' 'set-tag' @{ Path = $otherTags; MaxRetry = 1 }
        Stop-LabServer $server

        # The users are there; every fault strikes pushes far more often than it does elsewhere.
        Write-Line 'Pushes'
        $state = Join-Path $temp 'users.json'
        New-UserState $state $Rows
        $server = Start-Weather $pushFaults ($Seed + 6)
        $null = Invoke-RestMethod "$($server.Endpoint)/_emulator/state" -Method Put -NoProxy -InFile $state -ContentType 'application/json'
        Invoke-Operation $server 'Send-ChatPush to named users' 'push-users' @{ Path = $tags; Family = 'TimPush' }
        Invoke-Operation $server 'Send-ChatPush -All' 'push-audience' @{ Path = $campaign }
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
