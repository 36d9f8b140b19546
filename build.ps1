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
.PARAMETER ModuleOnly
    With Build: compiles what the module needs and nothing else.
.PARAMETER Path
    With Test: runs only the test files whose path below tests holds this text or fits this pattern, and builds only what they
    need. Several are separated by commas. With Demo: the table to use.
.PARAMETER Package
    With Test: tests the module of this package (.nupkg) instead of the one that was just built.
.PARAMETER Tag
    With Package: the tag of the release. It must be v and the module's version, and the changelog must have a section for it.
.PARAMETER ArgumentList
    Whatever else is given goes to the script behind Demo, Bench or Storm.
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Test -Path Sync

    Every test file with Sync in its path, such as tests/Pester/Sync.Tests.ps1.
.EXAMPLE
    ./build.ps1 Test -Path TencentChat.Tests/Bulk
.EXAMPLE
    ./build.ps1 Demo
.EXAMPLE
    ./build.ps1 Build -ModuleOnly -Configuration Debug
#>
#Requires -Version 7.4
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Analyze', 'Demo', 'Bench', 'Storm', 'Docs', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [switch] $ModuleOnly,

    [ValidateNotNullOrEmpty()]
    [string[]] $Path,

    [ValidateNotNullOrEmpty()]
    [string] $Package,

    [ValidateNotNullOrEmpty()]
    [string] $Tag,

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

$onlyWith = @{ ModuleOnly = @('Build'); Path = 'Test', 'Demo'; Package = @('Test'); Tag = @('Package') }
foreach ($name in $onlyWith.Keys | Where-Object { $PSBoundParameters.ContainsKey($_) -and $Task -notin $onlyWith[$_] }) {
    throw "Task $Task does not take -$name."
}

Import-Module (Join-Path $PSScriptRoot 'tools' 'Build.psm1') -Force
$build = @{ Root = $PSScriptRoot; Configuration = $Configuration }

switch ($Task) {
    'Clean' { Clear-BuildOutput -Root $PSScriptRoot }
    'Analyze' {
        # The manifest is looked at too, and names files that only a build makes.
        if (-not (Test-ModuleBuilt -Root $PSScriptRoot)) {
            $null = Invoke-Build @build -ModuleOnly
        }

        exit (Invoke-Analyzer -Root $PSScriptRoot)
    }
    'Build' { $null = Invoke-Build @build -ModuleOnly:$ModuleOnly }
    'Docs' { Export-ModuleHelp -Root $PSScriptRoot }
    'Package' {
        if ($Tag) {
            Assert-ReleaseTag -Root $PSScriptRoot -Tag $Tag
        }

        Export-ModulePackage -Root $PSScriptRoot -ModuleManifest (Invoke-Build @build -ModuleOnly)
    }
    'Test' {
        $suites = Find-TestSuite -Root $PSScriptRoot -Path $Path
        $manifest = $Path ? (Invoke-Build @build -ModuleOnly -Project $suites.Needs) : (Invoke-Build @build)
        if ($Package) {
            Expand-ModulePackage -Package $Package -Root $PSScriptRoot -ModuleManifest $manifest
        }

        exit (Invoke-TestSuite @build -Suite $suites -ModuleManifest $manifest)
    }
    'Demo' {
        $table = $Path ? @('-Path', $Path[0]) : @()
        exit (Invoke-ModuleScript @build -Script 'samples/Demo.ps1' -ModuleManifest (Invoke-Build @build -ModuleOnly) -ArgumentList ($table + $ArgumentList))
    }
    default { exit (Invoke-ModuleScript @build -Script "tests/$Task/$Task.ps1" -ModuleManifest (Invoke-Build @build) -ArgumentList $ArgumentList) }
}
