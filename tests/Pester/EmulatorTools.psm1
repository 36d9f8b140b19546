# What the Pester files share to drive the module against the emulator: the Host on a loopback socket, and runspaces of
# their own in which questions are answered and every stream is kept.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1')

# Made up, and of the form that the console shows.
$script:testKey = '0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210'

function Get-TestKey {
    $script:testKey
}

# The signature of an admin, made here and not by the module, so that a test can hand one over.
function Get-TestUserSig([string] $UserId = 'administrator', [long] $SdkAppId = 1400000000, [string] $Key = $script:testKey, [long] $AgeSec = 0) {
    $expire = 86400
    $time = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds() - $AgeSec
    $text = "TLS.identifier:$UserId`nTLS.sdkappid:$SdkAppId`nTLS.time:$time`nTLS.expire:$expire`n"
    $utf8 = [System.Text.Encoding]::UTF8
    $sig = [Convert]::ToBase64String([System.Security.Cryptography.HMACSHA256]::HashData($utf8.GetBytes($Key), $utf8.GetBytes($text)))
    $json = [ordered]@{ 'TLS.ver' = '2.0'; 'TLS.identifier' = $UserId; 'TLS.sdkappid' = $SdkAppId; 'TLS.expire' = $expire; 'TLS.time' = $time; 'TLS.sig' = $sig } |
        ConvertTo-Json -Compress
    $bytes = [System.IO.MemoryStream]::new()
    $zlib = [System.IO.Compression.ZLibStream]::new($bytes, [System.IO.Compression.CompressionLevel]::SmallestSize)
    $zlib.Write($utf8.GetBytes($json))
    $zlib.Dispose()
    [Convert]::ToBase64String($bytes.ToArray()).Replace('+', '*').Replace('/', '-').Replace('=', '_')
}

# Runs the emulator as a web server on a free port of this machine, with a made-up key that is not on its command line.
function Start-EmulatorHost([string[]] $ArgumentList = @(), [string[]] $AttributeName = @(), [long] $SdkAppId = 1400000000) {
    $configuration = $env:TENCENTCHAT_TEST_CONFIGURATION ? $env:TENCENTCHAT_TEST_CONFIGURATION : 'Release'
    $assembly = [System.IO.Path]::Combine((Get-RepositoryRoot), 'src', 'TencentChat.Emulator.Host', 'bin', $configuration, 'net10.0', 'TencentChat.Emulator.Host.dll')
    if (-not (Test-Path $assembly)) {
        throw "There is no $assembly. Run ./build.ps1 Build first."
    }

    $names = $AttributeName ? @('--attribute-names', ($AttributeName -join ',')) : @()
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]](@($assembly, '--port', '0', '--sdk-app-id', "$SdkAppId") + $names + $ArgumentList))
    $start.RedirectStandardOutput = $true
    $start.Environment['TENCENTCHAT_EMULATOR_SECRETKEY'] = $script:testKey
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait(120000) -or $line.Result -notmatch ' at (http://127\.0\.0\.1:\d+/)') {
        $process.Kill($true)
        throw "The emulator did not start within two minutes. It said: $($line.IsCompleted ? $line.Result : 'nothing')"
    }

    # Nobody reads what else it prints, and a full pipe would stop it.
    $null = $process.StandardOutput.BaseStream.CopyToAsync([System.IO.Stream]::Null)
    [pscustomobject]@{ Process = $process; Endpoint = [uri]$Matches[1]; Control = "$($Matches[1])_emulator/"; SdkAppId = $SdkAppId; SecretKey = $script:testKey }
}

function Stop-EmulatorHost($Emulator) {
    if ($Emulator -and -not $Emulator.Process.HasExited) {
        $Emulator.Process.Kill($true)
        $null = $Emulator.Process.WaitForExit(10000)
    }
}

# Everything back to how it was started: accounts, attribute names, journal, faults.
function Reset-EmulatorHost($Emulator) {
    $null = Invoke-RestMethod "$($Emulator.Control)reset" -NoProxy -Method Post
}

function Connect-EmulatorHost($Emulator, [hashtable] $With = @{}) {
    $key = ConvertTo-SecureString $script:testKey -AsPlainText
    $place = $With.ContainsKey('Endpoint') ? @{} : @{ Endpoint = $Emulator.Endpoint }
    Connect-Chat -SdkAppId 1400000000 -SecretKey $key @place -PassThru @With
}

# The number of the last call that the emulator dealt with.
function Get-EmulatorMark($Emulator) {
    (Invoke-RestMethod "$($Emulator.Control)journal?max=0" -NoProxy).Count
}

# The calls after that one, of one command if it is named.
function Get-EmulatorCall($Emulator, [long] $After = 0, [string] $Endpoint) {
    $journal = Invoke-RestMethod "$($Emulator.Control)journal?after=$After" -NoProxy
    $journal.Entries | Where-Object { -not $Endpoint -or $_.Endpoint -ceq $Endpoint }
}

function Add-EmulatorFault($Emulator, [string] $Fault, [int] $Limit) {
    $body = @{ Fault = $Fault }
    if ($Limit) { $body.Limit = $Limit }
    $null = Invoke-RestMethod "$($Emulator.Control)faults" -NoProxy -Method Post -Body ($body | ConvertTo-Json) -ContentType 'application/json'
}

function Clear-EmulatorFault($Emulator) {
    $null = Invoke-RestMethod "$($Emulator.Control)faults" -NoProxy -Method Delete
}

# What the emulator holds: attributes by account, both told apart by case. A deleted account is not in it.
function Get-EmulatorAccount($Emulator) {
    $state = (Invoke-WebRequest "$($Emulator.Control)state" -NoProxy).Content | ConvertFrom-Json -AsHashtable
    $accounts = [System.Collections.Generic.Dictionary[string, object]]::new()
    foreach ($account in $state.Accounts) {
        if (-not $account.ContainsKey('DeletedAt')) {
            $accounts[$account.UserID] = $account.ContainsKey('Attributes') ? $account.Attributes : @{}
        }
    }

    return , $accounts
}

# Waits until a condition holds. The time given is for a machine that is busy with other things: whoever waits in vain, fails.
function Wait-Until([scriptblock] $Condition, [string] $What = 'the condition', [int] $TimeoutSec = 120) {
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($watch.Elapsed.TotalSeconds -gt $TimeoutSec) {
            throw "Waited $TimeoutSec seconds in vain for $What."
        }

        [System.Threading.Thread]::Sleep(20)
    }
}

function Import-SupportType {
    if (-not ('TencentChat.PesterSupport.AnsweringHost' -as [type])) {
        Add-Type -Path (Join-Path $PSScriptRoot 'Support' 'AnsweringHost.cs'), (Join-Path $PSScriptRoot 'Support' 'Relay.cs')
    }
}

# A host that answers questions (Y, A, N, L; the last answer stays), and keeps them. Its Reset gives it other answers.
function New-AnsweringHost([string[]] $Answer = 'N') {
    Import-SupportType
    $asker = [TencentChat.PesterSupport.AnsweringHost]::new()
    $asker.Reset($Answer)
    return $asker
}

# Stands between the module and the Host and remembers the heads of all requests.
function New-Relay([uri] $Target, [switch] $AsksForCredential) {
    Import-SupportType
    [TencentChat.PesterSupport.Relay]::new($Target, [bool]$AsksForCredential)
}

# A runspace with the staged module. Without a host it has nobody to ask, as an unattended job.
function New-ModuleRunspace {
    [CmdletBinding()]
    param($AskingHost)

    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule((Get-StagedManifest))
    $runspace = $AskingHost ? [runspacefactory]::CreateRunspace($AskingHost, $state) : [runspacefactory]::CreateRunspace($state)
    $runspace.Open()
    return $runspace
}

# Starts a script in the runspace; its parameters are bound by name.
function Start-InRunspace($Runspace, [string] $Script, [hashtable] $Parameter = @{}) {
    $shell = [powershell]::Create($Runspace)
    $null = $shell.AddScript($Script, $true).AddParameters($Parameter)
    $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
    $running = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]$null, $output)
    [pscustomobject]@{ Shell = $shell; Output = $output; Running = $running }
}

# Waits for the end of such a script and tells all that came of it. Terminating is the error that ended it.
function Complete-InRunspace($Job, [int] $TimeoutSec = 120) {
    $terminating = $null
    try {
        if (-not $Job.Running.AsyncWaitHandle.WaitOne($TimeoutSec * 1000)) {
            throw "The script in the runspace did not end within $TimeoutSec seconds."
        }

        try {
            $null = $Job.Shell.EndInvoke($Job.Running)
        }
        catch {
            $terminating = $_.Exception.InnerException ? $_.Exception.InnerException : $_.Exception
        }

        $streams = $Job.Shell.Streams
        [pscustomobject]@{
            Output      = @($Job.Output)
            Error       = @($streams.Error)
            Warning     = @($streams.Warning)
            Verbose     = @($streams.Verbose)
            Debug       = @($streams.Debug)
            Information = @($streams.Information)
            Progress    = @($streams.Progress)
            Terminating = $terminating
        }
    }
    finally {
        $Job.Shell.Dispose()
    }
}

# Ctrl+C. Returns whether the script ended by that within half a minute, which leaves room for a busy machine: what does not
# end then waits for something else.
function Stop-InRunspace($Job) {
    $stopping = $Job.Shell.BeginStop($null, $null)
    $stopping.AsyncWaitHandle.WaitOne(30000) -and $Job.Shell.InvocationStateInfo.State -eq 'Stopped'
}

function Invoke-InRunspace($Runspace, [string] $Script, [hashtable] $Parameter = @{}, [int] $TimeoutSec = 120) {
    Complete-InRunspace (Start-InRunspace $Runspace $Script $Parameter) $TimeoutSec
}

# A row for each number, ids with the prefix.
function New-TestRow([int] $Count, [string] $Prefix = 'user') {
    foreach ($number in 1..$Count) {
        [pscustomobject]@{ UserId = '{0}{1:d4}' -f $Prefix, $number; city = "City $number" }
    }
}

Export-ModuleMember -Function '*-*'
