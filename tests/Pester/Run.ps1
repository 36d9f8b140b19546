<#
.SYNOPSIS
    Runs the Pester suite against a staged module and reports a count per test file.
.DESCRIPTION
    build.ps1 Test starts this in a fresh PowerShell.
.PARAMETER ModuleManifest
    The manifest of the staged module.
.PARAMETER Pester
    The manifest of the Pester module to use.
.PARAMETER Report
    The JSON file to write: an array of File, Passed, Failed, Skipped, Problem (a line for each failed test). Beside it comes Pester's own report, as XML.
.PARAMETER Path
    The test files to run, if not all.
#>
#Requires -Version 7.4
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $ModuleManifest,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Pester,
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Report,
    [Parameter(ValueFromRemainingArguments)] [string[]] $Path = $PSScriptRoot
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# A test may never reach an account that somebody left in the environment.
Get-ChildItem Env:TENCENTCHAT_* | Where-Object Name -NotLike 'TENCENTCHAT_TEST_*' | Remove-Item
$env:TENCENTCHAT_TEST_MODULE = $ModuleManifest

Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
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
        Problem = @($run.Failed | Where-Object { $_.ScriptBlock.File -eq "$($file.Item)" } | ForEach-Object {
                "$($_.ExpandedPath): $($_.ErrorRecord | ForEach-Object { $_.DisplayErrorMessage -replace '\s+', ' ' })"
            })
    }
}
ConvertTo-Json @($counts) | Set-Content $Report

# After the counts: a message with a character that XML has no form for, such as the escape of a colour, makes this fail.
$xml = [System.IO.Path]::ChangeExtension($Report, '.xml')
try {
    $run | Export-NUnitReport -Path $xml
}
catch {
    Remove-Item $xml -ErrorAction Ignore
    Write-Warning "Pester could not write its report: $($_.Exception.Message)"
}

exit [int](@($counts | Where-Object Failed).Count -gt 0)
