# How much of the limit runs take, alone and together, as the service sees it. Each measurement takes the seconds given, and some
# for the start of its processes.

# So long after the last run has begun, rates are as they will be.
$script:settleSec = 6

# Runs of the module, each in a process of its own, against an emulator that lets 100 calls through in a second.
function Invoke-LimitRun([int] $LatencyMs, [string] $Window, [object[]] $Run, [switch] $Busy) {
    $server = Start-LabEmulator '--rate-limit', '100', '--latency-ms', $LatencyMs, '--assume', "rate-limit-window=$Window"
    $child = Join-Path $PSScriptRoot 'LimitChild.ps1'
    $arguments = '-ModuleManifest', $ModuleManifest, '-Endpoint', $server.Endpoint, '-BatchSize', "$LimitBatchSize"
    $started = @()
    $other = $null
    try {
        # An emulator that still compiles its own code stands still, and what it then gets at once counts as too many.
        $null = Invoke-LabScript $child ($arguments + '-Prefix', 'warm', '-Seconds', '2')
        if ($Busy) {
            $other = [System.Diagnostics.Process]::Start((New-PwshStart '-Command', 'while ($true) { }'))
        }
        $start = [DateTimeOffset]::UtcNow.AddSeconds(3 + $Run.Count)
        for ($i = 0; $i -lt $Run.Count; $i++) {
            $begin = $start.AddSeconds($Run[$i].After).ToUnixTimeMilliseconds()
            $started += Start-LabScript $child ($arguments + '-Prefix', "run$i", '-Seconds', "$($Run[$i].Seconds)", '-BeginAt', "$begin")
        }
        $results = foreach ($one in $started) {
            Wait-LabScript $one 120
        }
        $journal = (Invoke-RestMethod "$($server.Endpoint)/_emulator/journal" -NoProxy).Entries
    }
    finally {
        foreach ($one in $started) {
            Stop-LabServer $one
        }
        if ($other) {
            $other.Kill($true)
            $other.Dispose()
        }
        Stop-LabServer $server
    }

    # A call that is one too many is refused unread, so nobody knows whose it was.
    $passed = [System.Collections.Generic.List[object]]::new()
    $refused = [System.Collections.Generic.List[double]]::new()
    foreach ($entry in $journal) {
        if ($entry.Endpoint -eq 'im_set_attr' -and $entry.Code -eq 0 -and $entry.Accounts[0] -match '^(run\d+)-') {
            $passed.Add([pscustomobject]@{ Run = $Matches[1]; At = ([datetime]$entry.Time).Ticks / 1e7 })
        }
        elseif ($entry.Endpoint -eq 'im_set_attr' -and $entry.Code -ne 0 -and $passed.Count) {
            $refused.Add(([datetime]$entry.Time).Ticks / 1e7)
        }
    }
    [pscustomobject]@{ Passed = $passed; Refused = $refused; Results = @($results) }
}

# A line of the table, from what the service saw between two moments.
function New-LimitLine([string] $Name, [pscustomobject] $Seen, [double] $From, [double] $To, [double] $LeastShare, [double] $MostThrottled, [switch] $IsShared) {
    # Whole seconds: in seven and a half of them the service may let eight hundred calls through.
    $To = $From + [Math]::Max(1, [Math]::Floor($To - $From))
    $passed = @($Seen.Passed | Where-Object { $_.At -ge $From -and $_.At -lt $To })
    $share = $passed.Count / 100 / ($To - $From)
    $refused = @($Seen.Refused | Where-Object { $_ -ge $From -and $_ -lt $To })
    $throttled = $refused.Count / ($refused.Count + $passed.Count)
    $throttledInAll = $Seen.Refused.Count / ($Seen.Refused.Count + $Seen.Passed.Count)
    $bad = ($Seen.Results | Measure-Object Bad -Sum).Sum
    $warnings = @($Seen.Results | Where-Object Warnings).Count
    $bar = "at least $(Format-Number ($LeastShare * 100) '0.#') %, throttled at most $(Format-Number ($MostThrottled * 100) '0.#') %"
    $result = "$(Format-Number ($share * 100) '0.0') %, $(Format-Number ($throttled * 100) '0.00') % ($(Format-Number ($throttledInAll * 100) '0.00') % with the start)"
    $isMet = $share -ge $LeastShare -and $throttled -le $MostThrottled -and $bad -eq 0
    if ($IsShared) {
        $counts = @($passed | Group-Object Run | ForEach-Object Count | Sort-Object)
        $evenness = $counts[0] / $counts[-1]
        $bar += ', slowest to quickest at least 0.5'
        $result += ", $(Format-Number $evenness)"
        $isMet = $isMet -and $evenness -ge 0.5 -and $counts.Count -eq $Seen.Results.Count
    }
    foreach ($one in $Seen.Results) {
        Write-Line "    $($one.Summary)"
    }
    Write-Line "  $Name`: $result; $bad rows not set; warned: $warnings of $($Seen.Results.Count)"
    New-Line $Name $bar "$result$($bad ? "; $bad rows not set" : '')" $isMet
}

function Measure-Alone([int] $LatencyMs, [string] $Window, [int] $Seconds, [switch] $Busy) {
    $seen = Invoke-LimitRun $LatencyMs $Window @(@{ After = 0; Seconds = $Seconds }) -Busy:$Busy
    $times = $seen.Passed.At | Measure-Object -Minimum -Maximum
    $name = "Of 100 calls a second: one run, $LatencyMs ms, $Window second$($Busy ? ', another process busy' : '')"
    $line = New-LimitLine $name $seen ($times.Minimum + $script:settleSec) ($times.Maximum - 1) ($Busy ? 0.95 : 0.985) ($Busy ? 0.01 : 0.001)
    $script:limits += [pscustomobject]@{ LatencyMs = $LatencyMs; Window = $Window; IsBusy = [bool]$Busy; Share = [double]($line.Result -split ' ')[0] / 100 }
    $line
}

function Measure-Together([int] $Count, [int] $LatencyMs, [string] $Window, [int] $Seconds) {
    $seen = Invoke-LimitRun $LatencyMs $Window @(1..$Count | ForEach-Object { @{ After = 0; Seconds = $Seconds } })
    $times = $seen.Passed | Group-Object Run | ForEach-Object { $_.Group.At | Measure-Object -Minimum -Maximum }
    $from = ($times.Minimum | Measure-Object -Maximum).Maximum + $script:settleSec
    $to = ($times.Maximum | Measure-Object -Minimum).Minimum - 1
    New-LimitLine "Of 100 calls a second: $Count runs, $LatencyMs ms, $Window second" $seen $from $to 0.9 0.02 -IsShared
}

# One run goes on, another comes after a third of the time and goes after the second.
function Measure-ComeAndGo([int] $LatencyMs, [string] $Window, [int] $Seconds) {
    $seen = Invoke-LimitRun $LatencyMs $Window @(@{ After = 0; Seconds = $Seconds }, @{ After = $Seconds / 3; Seconds = $Seconds / 3 })
    $times = $seen.Passed.At | Measure-Object -Minimum -Maximum
    New-LimitLine "Of 100 calls a second: another run comes and goes, the changes counted in, $LatencyMs ms, $Window second" $seen ($times.Minimum + $script:settleSec) ($times.Maximum - 1) 0.9 0.02
}

# The script of hand, at the same latency: what it makes of the limit.
function Measure-HandWritten([int] $LatencyMs, [string] $Path, [int] $Rows, [string] $Assembly) {
    $slow = Start-LabServer $Assembly $LatencyMs
    try {
        $byHand = Invoke-Child HandWritten $Path $slow
    }
    finally {
        Stop-LabServer $slow
    }
    $alone = $script:limits | Where-Object { $_.LatencyMs -eq $LatencyMs -and $_.Window -eq 'sliding' -and -not $_.IsBusy }
    $script:rates += [pscustomobject]@{ LatencyMs = $LatencyMs; Module = $alone.Share; Script = $Rows / $byHand.Seconds / 10000 }
}
