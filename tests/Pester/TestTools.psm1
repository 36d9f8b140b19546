# What the Pester files share: the module under test, a fresh PowerShell, and the emulator as a web server.
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

# Runs a command in a new PowerShell without profile and without anybody to answer questions.
function Invoke-FreshPwsh {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Command,
        [hashtable] $Environment = @{},
        [ValidateRange(1, 600)] [int] $TimeoutSec = 120
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    if ([System.IO.Path]::GetFileNameWithoutExtension($start.FileName) -eq 'dotnet') {
        # PowerShell as a .NET tool is a library that dotnet runs.
        $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll'))
    }
    # The text goes encoded, so that no quoting rule of any system touches it.
    $text = "`$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; $Command"
    $encoded = [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($text))
    '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded | ForEach-Object { $start.ArgumentList.Add($_) }
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

# Starts the emulator as a web server on a free port, with a made-up key that it doesn't see on its command line. Returns its
# Endpoint, SdkAppId and SecretKey, for Stop-EmulatorHost and the functions below. Further options of the server (faults,
# limits) go in -ArgumentList.
function Start-EmulatorHost {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Only tests call it.')]
    [CmdletBinding()]
    param(
        [string[]] $AttributeName = @('sex', 'city', 'level'),
        [long] $SdkAppId = 1400000000,
        [string[]] $ArgumentList = @()
    )

    $configuration = $env:TENCENTCHAT_TEST_CONFIGURATION ? $env:TENCENTCHAT_TEST_CONFIGURATION : 'Release'
    $program = [System.IO.Path]::Combine((Get-RepositoryRoot), 'src', 'TencentChat.Emulator.Host', 'bin', $configuration, 'net10.0', 'TencentChat.Emulator.Host.dll')
    $key = -join (1..8 | ForEach-Object { '5bd2850f' })
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    @($program, '--port', '0', '--sdk-app-id', [string]$SdkAppId, '--attribute-names', ($AttributeName -join ',')) + $ArgumentList |
        ForEach-Object { $start.ArgumentList.Add($_) }
    $start.Environment['TENCENTCHAT_EMULATOR_SECRETKEY'] = $key
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $problem = $process.StandardError.ReadToEndAsync()
        $line = $process.StandardOutput.ReadLineAsync()
        if (-not $line.Wait(60000) -or $line.Result -notmatch 'http://\S+?(?=/?(\s|$))') {
            $process.Kill($true)
            throw "The emulator did not tell its address. It said: $($line.IsCompleted ? $line.Result : '') $($problem.Result)"
        }

        # Nobody reads what else it prints, and a full pipe would stop it.
        $null = $process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    }
    catch {
        $process.Dispose()
        throw
    }

    [pscustomobject]@{ Endpoint = $Matches[0]; SdkAppId = $SdkAppId; SecretKey = $key; Process = $process }
}

function Stop-EmulatorHost {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Only tests call it.')]
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowNull()] [pscustomobject] $EmulatorHost)

    # After a start that failed there is none, and the failure has been told.
    if ($EmulatorHost) {
        $EmulatorHost.Process.Kill($true)
        $EmulatorHost.Process.WaitForExit()
        $EmulatorHost.Process.Dispose()
    }
}

# The calls that the emulator saw, oldest first.
function Get-EmulatorJournal([Parameter(Mandatory)] [pscustomobject] $EmulatorHost) {
    (Invoke-RestMethod "$($EmulatorHost.Endpoint)/_emulator/journal" -NoProxy).Entries
}

# What the emulator holds, in dictionaries: as properties of an object, ids that differ by case alone would be one.
function Get-EmulatorState([Parameter(Mandatory)] [pscustomobject] $EmulatorHost) {
    (Invoke-WebRequest "$($EmulatorHost.Endpoint)/_emulator/state" -NoProxy).Content | ConvertFrom-Json -AsHashtable
}

Export-ModuleMember -Function @(
    'Get-AssemblyReference'
    'Get-EmulatorJournal'
    'Get-EmulatorState'
    'Get-RepositoryRoot'
    'Get-StagedManifest'
    'Import-StagedModule'
    'Invoke-FreshPwsh'
    'Start-EmulatorHost'
    'Stop-EmulatorHost'
)
