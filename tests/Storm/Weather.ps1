# One emulator under faults, the operations that run through it, and what the books say of them.

# The faults of the full storm; every command of the service meets them, the cheap ones at the start too.
$script:faults = [ordered]@{
    'drop-before'      = @{ Text = 'connection dropped before the work'; Fault = '*:drop-before:0.01' }
    'drop-after'       = @{ Text = 'connection dropped after the work'; Fault = '*:drop-after:0.01' }
    '502'              = @{ Text = 'HTTP 502'; Fault = '*:502:0.01' }
    '91000'            = @{ Text = 'code 91000, before the work'; Fault = '*:91000:0.01' }
    'code-after:60013' = @{ Text = 'code 60013, after the work'; Fault = '*:code-after:60013:0.01' }
    'truncated'        = @{ Text = 'JSON cut off'; Fault = '*:truncated:0.005' }
    'delay:6000'       = @{ Text = 'answer later than the client waits'; Fault = '*:delay:6000:0.01' }
    'throttle:300'     = @{ Text = 'refused as too many, in bursts of 0.3 s'; Fault = '*:throttle:300:0.002' }
}

# For pushes, of which there are few.
$script:pushFaults = @('im_push', 'batch' | ForEach-Object {
        $endpoint = $_
        'drop-before:0.06', 'drop-after:0.06', '502:0.03', '91000:0.03', 'code-after:60013:0.03', 'truncated:0.03', 'throttle:300:0.03' | ForEach-Object { "$endpoint`:$_" }
    })

function Start-Weather([string[]] $Fault, [int] $Seed) {
    Start-LabEmulator (@('--seed', $Seed, '--journal-capacity', '500000') + @($Fault | ForEach-Object { '--fault', $_ }))
}

function Get-EmulatorStat([pscustomobject] $Server) {
    Invoke-RestMethod "$($Server.Endpoint)/_emulator/stats" -NoProxy
}

function Save-EmulatorFile([pscustomobject] $Server, [string] $What, [string] $Path) {
    Invoke-WebRequest "$($Server.Endpoint)/_emulator/$What" -NoProxy -OutFile $Path
}

function Get-ChildArgument([pscustomobject] $Server, [string] $Operation, [System.Collections.IDictionary] $With) {
    $path = $With.Contains('Path') ? $With.Path : $script:path
    $more = $With.Keys | Where-Object { $_ -ne 'Path' } | ForEach-Object { "-$_", $With[$_] }
    @('-Operation', $Operation, '-Path', $path, '-Results', (Join-Path $script:temp 'results.tsv'),
        '-ModuleManifest', $ModuleManifest, '-Endpoint', $Server.Endpoint) + @($more)
}

# Starts an operation and ends its process without warning when the emulator has dealt with so many calls.
function Invoke-KilledOperation([pscustomobject] $Server, [string] $Operation, [int] $Calls, [hashtable] $With = @{}) {
    $end = (Get-EmulatorStat $Server).Calls + $Calls
    $process = [System.Diagnostics.Process]::Start((New-PwshStart (@('-File', (Join-Path $PSScriptRoot 'Child.ps1')) + (Get-ChildArgument $Server $Operation $With))))
    try {
        $null = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        $deadline = [datetime]::UtcNow.AddMinutes(15)
        while ((Get-EmulatorStat $Server).Calls -lt $end) {
            if ($process.HasExited -or [datetime]::UtcNow -gt $deadline) {
                throw "$Operation ended, or took too long, before it could be killed half-way."
            }
            Start-Sleep -Milliseconds 50
        }
    }
    finally {
        # SIGKILL on Linux and macOS, TerminateProcess on Windows: the process gets no chance to tidy up.
        $process.Kill()
        $process.WaitForExit()
        $process.Dispose()
    }
    Write-Line "  $Operation`: killed after $Calls calls"
}

# Runs an operation to its end, and has its results and the emulator's state checked by a process that knows nothing of either.
# With: MaxRetry, Family, and Path for another table.
function Invoke-Operation([pscustomobject] $Server, [string] $Name, [string] $Operation, [hashtable] $With = @{}) {
    $file = @{}
    'before.json', 'after.json', 'journal.json', 'results.tsv' | ForEach-Object { $file[$_] = Join-Path $script:temp $_ }
    $before = Get-EmulatorStat $Server
    Save-EmulatorFile $Server 'state' $file['before.json']
    $run = Invoke-LabScript (Join-Path $PSScriptRoot 'Child.ps1') (Get-ChildArgument $Server $Operation $With) -TimeoutSec 1200
    $after = Get-EmulatorStat $Server
    Save-EmulatorFile $Server ($Operation -eq 'push-audience' ? 'pushes?max=1000&accounts=0' : 'state') $file['after.json']
    Save-EmulatorFile $Server "journal?after=$($before.Calls)" $file['journal.json']

    $said = dotnet $script:ledger check $Operation ($With.ContainsKey('Path') ? $With.Path : $script:path) $file['results.tsv'] $file['before.json'] $file['after.json'] $file['journal.json']
    if ($LASTEXITCODE -notin 0, 1) {
        throw "The books of $Name could not be read: $said"
    }
    $books = $said | ConvertFrom-Json
    $counts = @{}
    foreach ($total in $after.Totals | Where-Object Fault) {
        $counts[$total.Fault] = $total.Calls + ($counts.ContainsKey($total.Fault) ? $counts[$total.Fault] : 0)
    }
    Write-Line ("  {0}: {1} rows in {2:N0} s, {3} calls: {4} succeeded, {5} failed, {6} unknown{7}; {8} rows sent more than once{9}; {10} wrong" -f
        $Name, $books.Rows, $run.Seconds, ($after.Calls - $before.Calls), $books.Succeeded, $books.Failed, $books.Unknown,
        ($books.Skipped ? ", $($books.Skipped) left out" : ''), $books.RepeatedRows,
        ($Operation -like 'push-*' ? ", $($books.ReceivedTwice) received twice" : ''), $books.Wrong)
    $books.Examples | ForEach-Object { Write-Line "    $_" }
    [pscustomobject]@{ Name = $Name; Books = $books; Run = $run; Calls = $after.Calls - $before.Calls; Faults = $counts }
}
