# The steps behind build.ps1. Each .ps1 beside this file holds the functions of one subject.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

foreach ($part in 'Common', 'Stage', 'Test', 'Package', 'HelpText', 'HelpMaml', 'Help') {
    . (Join-Path $PSScriptRoot "$part.ps1")
}

Export-ModuleMember -Function @(
    'Assert-ReleaseTag'
    'Clear-BuildOutput'
    'Expand-ModulePackage'
    'Export-ModuleHelp'
    'Export-ModulePackage'
    'Find-TestSuite'
    'Invoke-Analyzer'
    'Invoke-Build'
    'Invoke-ModuleScript'
    'Invoke-TestSuite'
    'Test-ModuleBuilt'
)
