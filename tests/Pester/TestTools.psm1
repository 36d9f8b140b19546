# What the Pester files share: the module under test, and a fresh PowerShell.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-RepositoryRoot {
    Split-Path (Split-Path $PSScriptRoot)
}

# The manifest of the staged module: the one that the runner names, else what the last build left.
function Get-StagedManifest {
    if ($env:TENCENTCHAT_TEST_MODULE) {
        return $env:TENCENTCHAT_TEST_MODULE
    }

    $version = (Import-PowerShellDataFile (Join-Path (Get-RepositoryRoot) 'TencentChat.psd1')).ModuleVersion
    $manifest = Join-Path (Get-RepositoryRoot) 'out' 'TencentChat' $version 'TencentChat.psd1'
    if (-not (Test-Path $manifest)) {
        throw "Nothing is staged in $manifest. Run ./build.ps1 Build first."
    }

    return $manifest
}

function Import-StagedModule {
    Import-Module (Get-StagedManifest) -Force -Global
}

# The names of the assemblies that an assembly refers to, read without loading it.
function Get-AssemblyReference([string] $Path) {
    $file = [System.IO.File]::OpenRead($Path)
    $reader = [System.Reflection.PortableExecutable.PEReader]::new($file)
    try {
        $metadata = [System.Reflection.Metadata.PEReaderExtensions]::GetMetadataReader($reader)
        foreach ($handle in $metadata.AssemblyReferences) {
            $metadata.GetString($metadata.GetAssemblyReference($handle).Name)
        }
    }
    finally {
        $reader.Dispose()
    }
}

# Runs a command in a new PowerShell without profile and without anybody to answer questions: it says so itself, or, with
# -EndOfInput, finds that out when it asks.
function Invoke-FreshPwsh {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Command,
        [hashtable] $Environment = @{},
        [switch] $EndOfInput,
        [ValidateRange(1, 1800)] [int] $TimeoutSec = 300
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    if ([System.IO.Path]::GetFileNameWithoutExtension($start.FileName) -eq 'dotnet') {
        # PowerShell as a .NET tool is a library that dotnet runs.
        $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll'))
    }
    # The text goes encoded, so that no quoting rule of any system touches it.
    $text = "`$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; $Command"
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    @('-NoProfile'; if (-not $EndOfInput) { '-NonInteractive' }; '-OutputFormat'; 'Text'; '-EncodedCommand'; $encoded) | ForEach-Object { $start.ArgumentList.Add($_) }
    foreach ($name in $Environment.Keys) {
        $start.Environment[$name] = [string]$Environment[$name]
    }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $start.StandardErrorEncoding = [System.Text.Encoding]::UTF8

    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $problem = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit($TimeoutSec * 1000)) {
            $process.Kill($true)
            throw "A PowerShell did not end within $TimeoutSec seconds. It said: $($output.Result) $($problem.Result)"
        }

        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.Result; Error = $problem.Result }
    }
    finally {
        $process.Dispose()
    }
}

Export-ModuleMember -Function @(
    'Get-AssemblyReference'
    'Get-RepositoryRoot'
    'Get-StagedManifest'
    'Import-StagedModule'
    'Invoke-FreshPwsh'
)
