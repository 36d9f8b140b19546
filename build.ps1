<#
.SYNOPSIS
    Builds, tests, shows, measures and packs the TencentChat module.
.DESCRIPTION
    One script for every job around the module. It needs the .NET 10 SDK; where there is no PowerShell yet, start it through
    build.sh. A task builds what it needs and stages the module in out/TencentChat/<version>; tests, demo and bench use that
    copy, in a fresh PowerShell. After a build, Import-Module ./TencentChat.psd1 works from the checkout too.

    Modules that a task wants (Pester, PSScriptAnalyzer) are taken from this machine, else from the PowerShell Gallery into out/modules, which the task then uses again. Nothing is installed elsewhere.
.PARAMETER Task
    Build    compiles everything and stages the module. The default.
    Test     runs the .NET and the Pester suites. The last line counts the tests: N passed, N failed, N skipped.
    Analyze  runs PSScriptAnalyzer over all scripts.
    Demo     runs the main job on the embedded emulator with samples/users.csv.
    Bench    measures the module and writes docs/performance.md.
    Storm    drives a million rows through faults and writes docs/reliability.md.
    Docs     makes the help that Get-Help reads (en-US) from the pages in docs/en-US.
    Package  makes out/TencentChat.<version>.nupkg and .zip.
    Clean    removes everything that a build makes.
.PARAMETER Configuration
    Release (the default) or Debug.
.PARAMETER ArgumentList
    Whatever else is given goes to the script behind Demo, Bench or Storm.
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Demo
.EXAMPLE
    ./build.ps1 Build -Configuration Debug
#>
#Requires -Version 7.4
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Demo', 'Bench', 'Storm', 'Docs', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [Parameter(ValueFromRemainingArguments)]
    [AllowEmptyCollection()]
    [string[]] $ArgumentList = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}

if ($ArgumentList -and $Task -notin 'Demo', 'Bench', 'Storm') {
    throw "Task $Task takes no further arguments: $($ArgumentList -join ' ')"
}

Import-Module (Join-Path $PSScriptRoot 'tools' 'Build.psm1') -Force
$build = @{ Root = $PSScriptRoot; Configuration = $Configuration }

switch ($Task) {
    'Clean' { Clear-BuildOutput -Root $PSScriptRoot }
    'Analyze' { exit (Invoke-Analyzer -Root $PSScriptRoot) }
    'Build' { $null = Invoke-Build @build }
    'Docs' { Export-ModuleHelp -Root $PSScriptRoot }
    'Package' { Export-ModulePackage -Root $PSScriptRoot -ModuleManifest (Invoke-Build @build -ModuleOnly) }
    'Test' { exit (Invoke-AllTest @build -ModuleManifest (Invoke-Build @build)) }
    'Demo' { exit (Invoke-ModuleScript @build -Script 'samples/Demo.ps1' -ModuleManifest (Invoke-Build @build -ModuleOnly) -ArgumentList $ArgumentList) }
    default { exit (Invoke-ModuleScript @build -Script "tests/$Task/$Task.ps1" -ModuleManifest (Invoke-Build @build) -ArgumentList $ArgumentList) }
}
