<#
.SYNOPSIS
    Runs the Pester suite against a staged module and reports a count per test file.
.DESCRIPTION
    build.ps1 Test starts this in a fresh PowerShell. To run some of the files by hand after a build:
    Invoke-Pester tests/Pester/Build.Tests.ps1
.PARAMETER ModuleManifest
    The manifest of the staged module.
.PARAMETER Pester
    The manifest of the Pester module to use.
.PARAMETER Report
    The JSON file to write: an array of File, Passed, Failed, Skipped.
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ModuleManifest,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Pester,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Report
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# A test may never reach an account that somebody left in the environment.
Get-ChildItem Env:TENCENTCHAT_* | Where-Object Name -NotLike 'TENCENTCHAT_TEST_*' | Remove-Item
$env:TENCENTCHAT_TEST_MODULE = $ModuleManifest

Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputPath = [System.IO.Path]::ChangeExtension($Report, '.xml')
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
    $configuration.Output.RenderMode = 'Plaintext'
}

# The strictness of this script is its own: tests see what a person has at the prompt, and say so where they want another.
$run = & {
    Set-StrictMode -Off
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}

$counts = foreach ($file in $run.Containers) {
    # A file that fails before its first test has no test to count, and still has failed.
    $failed = $file.FailedCount + [int]($file.Result -eq 'Failed' -and $file.FailedCount -eq 0)
    [pscustomobject]@{
        File    = Split-Path -Leaf $file.Item
        Passed  = $file.PassedCount
        Failed  = $failed
        Skipped = $file.TotalCount - $file.PassedCount - $file.FailedCount
    }
}
ConvertTo-Json @($counts) | Set-Content $Report
exit [int](@($counts | Where-Object Failed).Count -gt 0)
