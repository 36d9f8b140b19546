# What Bench and Storm share: servers and PowerShells as processes of their own, a big table of users, and figures.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Made up, and of the form that the console shows.
$script:key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210'
$script:cities = 'Paris', 'Oslo', 'Lima', 'Kyoto', 'Accra', 'Quito', 'Riga'

function Write-Line([string] $Text) {
    Write-Information $Text -InformationAction Continue
}

# A table of users with the columns UserId, sex, city, level. Written as text: a million objects take minutes to export.
function New-UserTable([string] $Path, [int] $Rows, [int] $ChangeEvery = 0) {
    $writer = [System.IO.StreamWriter]::new($Path)
    try {
        $writer.WriteLine('UserId,sex,city,level')
        for ($i = 1; $i -le $Rows; $i++) {
            $writer.WriteLine("user_$($i.ToString('D8')),$($i % 2 ? 'm' : 'f'),$($ChangeEvery -and $i % $ChangeEvery -eq 0 ? 'Elsewhere' : $script:cities[$i % 7]),$($i % 100)")
        }
    }
    finally {
        $writer.Dispose()
    }
}

# The emulator's state with the accounts of such a table, as GET /_emulator/state writes it.
function New-UserState([string] $Path, [int] $Rows) {
    $writer = [System.IO.StreamWriter]::new($Path)
    try {
        $writer.Write('{"AttributeNames":{"0":"sex","1":"city","2":"level"},"AttributeTypes":{"0":0,"1":0,"2":0},"Accounts":[')
        for ($i = 1; $i -le $Rows; $i++) {
            $writer.Write("$($i -eq 1 ? '' : ',')`n{`"UserID`":`"user_$($i.ToString('D8'))`",`"Attributes`":{`"sex`":`"x`",`"city`":`"Nowhere`",`"level`":`"0`"}}")
        }
        $writer.Write(']}')
    }
    finally {
        $writer.Dispose()
    }
}

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    $middle = $sorted.Count -shr 1
    $sorted.Count % 2 ? $sorted[$middle] : ($sorted[$middle - 1] + $sorted[$middle]) / 2
}

# The median of the ratios of runs that were made one right after the other: what disturbs the machine disturbs both.
function Get-MedianRatio([double[]] $Value, [double[]] $By) {
    Get-Median (0..($Value.Count - 1) | ForEach-Object { $Value[$_] / $By[$_] })
}

# Starts a web server of the project on a free loopback port; its first line tells the address.
function Start-LabServer {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Starts a process of its own and nothing else.')]
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Assembly, [string[]] $ArgumentList = @())

    if (-not (Test-Path $Assembly)) {
        throw "There is no $Assembly. Run ./build.ps1 Build first."
    }

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]](@($Assembly) + $ArgumentList))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['TENCENTCHAT_EMULATOR_SECRETKEY'] = $script:key
    $process = [System.Diagnostics.Process]::Start($start)
    $problem = $process.StandardError.ReadToEndAsync()
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait(60000) -or $line.Result -notmatch 'http://[^\s/]+') {
        $process.Kill($true)
        throw "$Assembly did not tell its address. It said: $($line.IsCompleted ? $line.Result : '') $($problem.Result)"
    }

    # Nobody reads what else it prints, and a full pipe would stop it.
    $null = $process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    [pscustomobject]@{ Endpoint = $Matches[0]; Process = $process }
}

function Start-LabEmulator {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Starts a process of its own and nothing else.')]
    [CmdletBinding()]
    param([string[]] $ArgumentList = @())

    $configuration = $env:TENCENTCHAT_TEST_CONFIGURATION ? $env:TENCENTCHAT_TEST_CONFIGURATION : 'Release'
    $root = Split-Path (Split-Path $PSScriptRoot)
    $assembly = [System.IO.Path]::Combine($root, 'src', 'TencentChat.Emulator.Host', 'bin', $configuration, 'net10.0', 'TencentChat.Emulator.Host.dll')
    Start-LabServer $assembly (@('--port', '0', '--attribute-names', 'sex,city,level') + $ArgumentList)
}

function Stop-LabServer {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Ends a process that this script started.')]
    [CmdletBinding()]
    param([AllowNull()] [pscustomobject] $Server)

    if ($Server) {
        $Server.Process.Kill($true)
        $null = $Server.Process.WaitForExit(10000)
        $Server.Process.Dispose()
    }
}

# How a fresh PowerShell of this version is started. Installed as a .NET tool, PowerShell is a library that dotnet runs.
function New-PwshStart([string[]] $ArgumentList) {
    $program = [Environment]::ProcessPath
    $first = [System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet' ? @((Join-Path $PSHOME 'pwsh.dll')) : @()
    $start = [System.Diagnostics.ProcessStartInfo]::new($program, [string[]]($first + @('-NoProfile', '-NonInteractive') + $ArgumentList))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true

    # The connection comes from the environment, as in a runbook; no key is ever on a command line.
    $start.Environment['TENCENTCHAT_SDKAPPID'] = '1400000000'
    $start.Environment['TENCENTCHAT_SECRETKEY'] = $script:key
    $start.Environment['TENCENTCHAT_ADMIN'] = 'administrator'
    $start.Environment['POWERSHELL_UPDATECHECK'] = 'Off'
    $start.Environment['POWERSHELL_TELEMETRY_OPTOUT'] = '1'
    return $start
}

# Starts a script in a fresh PowerShell. Wait-LabScript takes its result, Stop-LabServer ends it.
function Start-LabScript {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Starts a process of its own and nothing else.')]
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Script, [string[]] $ArgumentList = @())

    $process = [System.Diagnostics.Process]::Start((New-PwshStart (@('-File', $Script) + $ArgumentList)))
    $process.StandardInput.Close()
    [pscustomobject]@{ Script = $Script; Process = $process; Output = $process.StandardOutput.ReadToEndAsync(); Problem = $process.StandardError.ReadToEndAsync() }
}

# Waits for such a script and returns the object that it wrote as JSON.
function Wait-LabScript([pscustomobject] $Started, [int] $TimeoutSec = 600) {
    if (-not $Started.Process.WaitForExit($TimeoutSec * 1000)) {
        throw "$($Started.Script) did not end within $TimeoutSec seconds."
    }
    if ($Started.Process.ExitCode -ne 0) {
        throw "$($Started.Script) ended with exit code $($Started.Process.ExitCode): $($Started.Output.Result) $($Started.Problem.Result)"
    }
    $Started.Output.Result | ConvertFrom-Json
}

# Both, one after the other.
function Invoke-LabScript([string] $Script, [string[]] $ArgumentList, [int] $TimeoutSec = 600) {
    $started = Start-LabScript $Script $ArgumentList
    try {
        Wait-LabScript $started $TimeoutSec
    }
    finally {
        Stop-LabServer $started
    }
}

Export-ModuleMember -Function @(
    'Get-Median'
    'Get-MedianRatio'
    'Invoke-LabScript'
    'New-PwshStart'
    'New-UserState'
    'New-UserTable'
    'Start-LabEmulator'
    'Start-LabScript'
    'Start-LabServer'
    'Stop-LabServer'
    'Wait-LabScript'
    'Write-Line'
)
