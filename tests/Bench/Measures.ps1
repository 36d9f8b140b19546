# The measurements. Each returns lines for the table: what was measured, the bar, the result, whether it is met.

function New-Line([string] $Name, [string] $Bar, [string] $Result, [Nullable[bool]] $IsMet) {
    [pscustomobject]@{ Name = $Name; Bar = $Bar; Result = $Result; IsMet = $IsMet }
}

function Format-Number([double] $Value, [string] $Format = '0.00') {
    $Value.ToString($Format, [cultureinfo]::InvariantCulture)
}

function Invoke-Child([string] $What, [string] $Path, [pscustomobject] $Server, [switch] $AtAnyRate) {
    $arguments = @('-What', $What, '-Path', $Path)
    if ($What -in 'Module', 'Get', 'Sync') {
        $arguments += '-ModuleManifest', $ModuleManifest
    }
    if ($What -eq 'Least') {
        $arguments += '-ModuleManifest', $script:least
    }
    if ($Server) {
        $arguments += '-Endpoint', $Server.Endpoint
    }
    if ($AtAnyRate) {
        $arguments += '-AtAnyRate'
    }
    $run = Invoke-LabScript (Join-Path $PSScriptRoot 'Child.ps1') $arguments
    Write-Line "  $What, $(Split-Path -Leaf $Path): $(Format-Number $run.Seconds '0.0') s, $(Format-Number $run.CpuSeconds '0.0') s of CPU, peak $(Format-Number $run.PeakMB '0') MB"
    return $run
}

# Time and memory against a server that answers at once. Floor and module by turns, so that what disturbs one disturbs the other.
function Measure-Speed([hashtable] $Table, [int] $Rows, [int] $ScriptRows, [int] $SmallRows, [int] $Pairs, [string] $Assembly) {
    $server = Start-LabServer $Assembly
    try {
        # A server that still compiles its own code takes the time from the client.
        1..3 | ForEach-Object { $null = Invoke-Child Module $Table[$SmallRows] $server -AtAnyRate }
        $null = Invoke-Child Least $Table[$SmallRows]
        $floor = @(); $least = @(); $module = @(); $script = @(); $small = @()
        for ($i = 0; $i -lt $Pairs; $i++) {
            $floor += Invoke-Child Floor $Table[$Rows]
            $least += Invoke-Child Least $Table[$Rows]
            $module += Invoke-Child Module $Table[$Rows] $server -AtAnyRate
            $script += Invoke-Child HandWritten $Table[$ScriptRows] $server
            $small += Invoke-Child Module $Table[$SmallRows] $server -AtAnyRate
        }
        $furtherFloor = @(); $furtherModule = @(); $doubleModule = @()
        for ($i = 0; $i -lt [Math]::Min($Pairs, 3); $i++) {
            $furtherFloor += (Invoke-Child Floor $Table[2 * $Rows]).Seconds - $floor[$i].Seconds
            $doubleModule += Invoke-Child Module $Table[2 * $Rows] $server -AtAnyRate
            $furtherModule += $doubleModule[$i].Seconds - $module[$i].Seconds
        }
        $seen = Invoke-RestMethod "$($server.Endpoint)/bench" -NoProxy
    }
    finally {
        Stop-LabServer $server
    }

    if (@($module | Where-Object Succeeded -NE $Rows)) {
        throw "Not all of the $Rows rows succeeded: the time means nothing."
    }
    $ratio = Get-MedianRatio $module.Seconds $floor.Seconds
    $perRow = $script.ForEach({ $_.Seconds / $ScriptRows * $Rows })
    $scriptRatio = Get-MedianRatio $perRow $module.Seconds
    $above = Get-Median (0..($Pairs - 1) | ForEach-Object { $module[$_].PeakMB - $floor[$_].PeakMB })
    $growth = (Get-MedianRatio $module.PeakMB $small.PeakMB) - 1
    $furtherRatio = (Get-Median $furtherModule) / (Get-Median $furtherFloor)
    $furtherGrowth = (Get-MedianRatio $doubleModule.PeakMB $module[0..($doubleModule.Count - 1)].PeakMB) - 1
    $leastRatio = Get-MedianRatio $module.Seconds $least.Seconds
    $cpuRatio = Get-MedianRatio $module.CpuSeconds $floor.CpuSeconds
    $leastFloor = Get-MedianRatio $least.Seconds $floor.Seconds
    New-Line 'Import-Csv | Set-ChatUserAttribute | Out-Null, against the least possible cmdlet in its place' 'at most 1.5 times as long' "$(Format-Number $leastRatio) times" ($leastRatio -le 1.5)
    New-Line 'The same, against Import-Csv | Out-Null' 'to compare' "$(Format-Number $ratio) times" $null
    New-Line 'The least possible cmdlet, against Import-Csv | Out-Null' 'to compare' "$(Format-Number $leastFloor) times" $null
    New-Line 'CPU time of the whole process, against Import-Csv | Out-Null' 'at most 3.0 times as much' "$(Format-Number $cpuRatio) times" ($cpuRatio -le 3)
    New-Line 'The hand-written script, against the cmdlet' 'at least 10 times as long' "$(Format-Number $scriptRatio '0.0') times" ($scriptRatio -ge 10)
    New-Line "Peak memory at $($Rows.ToString('N0', [cultureinfo]::InvariantCulture)) rows, against Import-Csv | Out-Null" 'at most 60 MB more' "$(Format-Number $above '0') MB more" ($above -le 60)
    New-Line "Peak memory, against $($SmallRows.ToString('N0', [cultureinfo]::InvariantCulture)) rows" 'at most 5 % more' "$(Format-Number ($growth * 100) '0.0') % more" ($growth -le 0.05)
    New-Line 'As many rows again: the time that they add, against what they add to Import-Csv | Out-Null' 'to compare' "$(Format-Number $furtherRatio) times" $null
    New-Line 'As many rows again: the peak memory that they add' 'to compare' "$(Format-Number ($furtherGrowth * 100) '0.0') %" $null
    $script:facts['module'] = $ratio
    $script:facts['least'] = $leastFloor
    $script:facts['script'] = $ratio * $scriptRatio
    Write-Line "  most connections at a time: $($seen.MostConnections); most calls in flight: $($seen.MostInFlight)"
}

# One account in a hundred differs from the table: reading them all and changing those, against reading them all.
function Measure-Sync([string] $Path, [string] $ChangedPath, [int] $Rows, [int] $Pairs) {
    $server = Start-LabEmulator '--state', $State, '--rate-limit', '100', '--latency-ms', 20, '--no-journal-accounts'
    try {
        $ratios = for ($i = 0; $i -lt $Pairs; $i++) {
            $null = Invoke-Child Module $Path $server
            $get = Invoke-Child Get $Path $server
            $sync = Invoke-Child Sync $ChangedPath $server
            if ($get.Succeeded -ne $Rows -or $sync.Succeeded -ne $Rows / 100 -or $sync.Unchanged -ne $Rows - ($Rows / 100)) {
                throw "Of $Rows rows $($get.Succeeded) were read, $($sync.Succeeded) changed and $($sync.Unchanged) left: the time means nothing."
            }
            $sync.Seconds / $get.Seconds
        }
    }
    finally {
        Stop-LabServer $server
    }

    $ratio = Get-Median $ratios
    New-Line 'Sync-ChatUserAttribute where 1 % differs, against reading the accounts' 'at most 1.1 times as long' "$(Format-Number $ratio) times" ($ratio -le 1.1)
}

function Measure-Start([int] $Pairs) {
    $take = {
        param([string] $Command)
        $start = New-PwshStart '-Command', $Command
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Close()
        $process.WaitForExit()
        $clock.Elapsed.TotalMilliseconds
        $process.Dispose()
    }
    $import = "Import-Module '$($ModuleManifest.Replace("'", "''"))'"
    $null = & $take $import
    $above = for ($i = 0; $i -lt $Pairs; $i++) {
        $bare = & $take 'exit'
        (& $take $import) - $bare
    }
    $median = Get-Median $above
    New-Line 'Import-Module, above the start of a bare PowerShell' 'at most 60 ms' "$(Format-Number $median '0') ms" ($median -le 60)
}

# From the server's first answer to the first line of the table on the screen, which here is a pipe that is read at once.
function Measure-FirstResult([string] $Path, [int] $Times, [string] $Assembly) {
    $waits = for ($i = 0; $i -lt $Times; $i++) {
        $server = Start-LabServer $Assembly 100
        $start = New-PwshStart '-Command', "Import-Module '$ModuleManifest'; Connect-Chat -Endpoint $($server.Endpoint); Import-Csv '$Path' | Set-ChatUserAttribute"
        $process = [System.Diagnostics.Process]::Start($start)
        try {
            $process.StandardInput.Close()
            $null = $process.StandardError.ReadToEndAsync()
            do {
                $line = $process.StandardOutput.ReadLineAsync()
                if (-not $line.Wait(60000)) {
                    throw 'No result within a minute.'
                }
                $now = [System.Diagnostics.Stopwatch]::GetTimestamp()
            } until ($null -eq $line.Result -or $line.Result -match 'user_00000001')
            $answer = (Invoke-RestMethod "$($server.Endpoint)/bench" -NoProxy).FirstAnswerAt
            1000 * ($now - $answer) / [System.Diagnostics.Stopwatch]::Frequency
        }
        finally {
            $process.Kill($true)
            $process.Dispose()
            Stop-LabServer $server
        }
    }
    $median = Get-Median $waits
    New-Line 'First result on the screen, after the first answer' 'within 300 ms' "$(Format-Number $median '0') ms" ($median -le 300)
}
