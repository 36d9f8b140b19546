# The table as Markdown, and two charts as SVG.

function ConvertTo-MarkdownTable([pscustomobject[]] $Line) {
    '| Measured | Bar | Result | Met |'
    '|---|---|---|---|'
    foreach ($one in $Line) {
        "| $($one.Name.Replace('|', '\|')) | $($one.Bar) | $($one.Result) | $($null -eq $one.IsMet ? '' : $one.IsMet ? 'yes' : '**no**') |"
    }
}

# Bars one below the other. The drawing stands on a light and on a dark page.
function New-BarChart([string] $Title, [pscustomobject[]] $Bar, [double] $Full, [string] $Mark) {
    $left = 270
    $width = 330
    $height = 62 + (30 * $Bar.Count)
    $invariant = [cultureinfo]::InvariantCulture
    $end = $left + $width
    @(
        "<svg xmlns=`"http://www.w3.org/2000/svg`" viewBox=`"0 0 720 $height`" width=`"720`" height=`"$height`" role=`"img`" aria-label=`"$Title`">"
        '<style>text{font:13px system-ui,sans-serif;fill:#24292f}.t{font-weight:600;font-size:15px}.m{fill:#1a7f8c}.o{fill:#9aa4af}.l{stroke:#c9510c;stroke-dasharray:4 3}.n{fill:#c9510c;font-size:12px}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.n{fill:#f0883e}}</style>'
        "<text class=`"t`" x=`"8`" y=`"22`">$Title</text>"
        for ($i = 0; $i -lt $Bar.Count; $i++) {
            $y = 40 + (30 * $i)
            $length = [Math]::Max(1.0, [Math]::Min(1.0, $Bar[$i].Value / $Full) * $width).ToString('0.#', $invariant)
            "<text x=`"$($left - 8)`" y=`"$($y + 15)`" text-anchor=`"end`">$($Bar[$i].Name)</text>"
            "<rect class=`"$($Bar[$i].IsOurs ? 'm' : 'o')`" x=`"$left`" y=`"$y`" width=`"$length`" height=`"20`" rx=`"2`"/>"
            # Beyond the line of the mark, not across it.
            $after = $left + [double]::Parse($length, $invariant) + 6
            $after = $Mark -and $after -gt $end - 60 ? $end + 6 : $after
            "<text x=`"$($after.ToString('0.#', $invariant))`" y=`"$($y + 15)`">$($Bar[$i].Label)</text>"
        }
        if ($Mark) {
            "<line class=`"l`" x1=`"$end`" x2=`"$end`" y1=`"32`" y2=`"$($height - 20)`"/>"
            "<text class=`"n`" x=`"$end`" y=`"$($height - 6)`" text-anchor=`"middle`">$Mark</text>"
        }
        '</svg>'
    ) -join "`n"
}

# Whether a line tells what a user waits for; the others tell what the module costs.
function Test-IsWait([pscustomobject] $Line) {
    $Line.Name -match '^(Of 100 calls a second|Sync-|First result)'
}

function Write-SpeedReport([string] $Root, [pscustomobject[]] $Line, [hashtable] $Facts, [pscustomobject[]] $Rates, [int] $Rows, [int] $Seconds, [int] $SyncRows) {
    $images = Join-Path $Root 'docs' 'images'
    $null = New-Item -ItemType Directory -Force $images
    $times = @(
        [pscustomobject]@{ Name = 'Import-Csv | Out-Null'; Value = 1; Label = '1.0'; IsOurs = $false }
        [pscustomobject]@{ Name = 'the least possible cmdlet'; Value = $Facts.least; Label = Format-Number $Facts.least '0.0'; IsOurs = $false }
        [pscustomobject]@{ Name = 'Set-ChatUserAttribute'; Value = $Facts.module; Label = Format-Number $Facts.module '0.0'; IsOurs = $true }
        [pscustomobject]@{ Name = 'a script with Invoke-RestMethod'; Value = $Facts.script; Label = Format-Number $Facts.script '0.0'; IsOurs = $false }
    )
    New-BarChart 'Time for the same rows when the service answers at once' $times ($Facts.script) | Set-Content (Join-Path $images 'bench-time.svg')
    $bars = foreach ($rate in $Rates) {
        [pscustomobject]@{ Name = "Set-ChatUserAttribute, $($rate.LatencyMs) ms"; Value = $rate.Module; Label = "$(Format-Number ($rate.Module * 100) '0.0') %"; IsOurs = $true }
        [pscustomobject]@{ Name = "a script, $($rate.LatencyMs) ms"; Value = $rate.Script; Label = "$(Format-Number ($rate.Script * 100) '0.0') %"; IsOurs = $false }
    }
    New-BarChart 'Accounts a second, as a share of what the service allows' $bars 1 '10,000 accounts a second' | Set-Content (Join-Path $images 'bench-rate.svg')

    @(
        '# Performance'
        ''
        '<!-- Written by ./build.ps1 Bench. -->'
        ''
        'The service takes 100 accounts a call and 100 calls a second: 10,000 accounts a second. So a run waits for the service and not'
        'for the module. All figures are of one run of the bench.'
        ''
        '## What one waits for'
        ''
        ConvertTo-MarkdownTable @($Line | Where-Object { Test-IsWait $_ })
        ''
        '![Accounts a second at 20, 100 and 500 ms of latency](images/bench-rate.svg)'
        ''
        '## What it costs'
        ''
        ConvertTo-MarkdownTable @($Line | Where-Object { -not (Test-IsWait $_) })
        ''
        '![Time for the same rows when the service answers at once](images/bench-time.svg)'
        ''
        '## What falls short, and why'
        ''
        'Runs that share an app find their shares by being throttled, so their first seconds have more of it. A run that is alone'
        'again takes back what another left only step by step, as it cannot know that the other is gone.'
        ''
        '`Sync-ChatUserAttribute` reads its table to the end before it reads the app: only all rows of a user say how the user is to be.'
        ''
        'A fresh process runs every method first in a quick form, then in one that counts, and only then in its final one. One thread'
        'compiles them in the background, one after the other, and rests whenever any method is called for the first time. A run has'
        'more than a thousand methods in that queue: the engine''s binder, `Import-Csv`, and all that an HTTP call goes through. Until'
        'it is empty, some seconds after the start, the engine''s own code for each row is the counting one, and the compiler takes CPU'
        'time as well. No module can set how its process compiles; this one only spares its own methods for rows and calls the first two.'
        ''
        'Where the service takes its time to answer, the hand-written script waits for one call after the other, as the first picture'
        'shows.'
        ''
        '## How it is measured'
        ''
        "* Everything runs in a PowerShell of its own (``pwsh -NoProfile -NonInteractive``), here PowerShell $($PSVersionTable.PSVersion) on .NET $([Environment]::Version), $([Environment]::ProcessorCount) processor cores that the servers share, $([System.Runtime.InteropServices.RuntimeInformation]::OSDescription)."
        "* The table has $($Rows.ToString('N0', [cultureinfo]::InvariantCulture)) rows of four columns (UserId, sex, city, level), and $($SyncRows.ToString('N0', [cultureinfo]::InvariantCulture)) where accounts are synchronized."
        '* Runs that are compared take turns, and the figure is the median of their ratios; a time alone says more about the machine than about the module.'
        '* The *least possible cmdlet* (`tests/Bench/LeastCmdlet`) takes the four columns by name, calls `ShouldProcess`, and writes an object: what the engine costs for a row, whatever a module does.'
        '* *At once*: a small web server answers OK without looking at the call (`tests/Bench/InstantServer`); `Connect-Chat -CallsPerSecond 1000000` lifts the limit, which nobody should do elsewhere. The hand-written script (`tests/Bench/HandWritten.ps1`) sends batches of a hundred with `Invoke-RestMethod`, one after the other; it gets fewer rows, and its time is scaled per row.'
        "* *Of 100 calls a second*: the emulator lets 100 calls through in a second, any one (*sliding*) or each of the clock (*fixed*), and holds each answer back for the latency. A run goes on for $Seconds seconds; what counts is what the emulator let through and throttled once the last run had been there for six. Nothing is set by hand, and runs are processes that know nothing of each other."
        '* Memory is the process''s peak working set, as the system counts it.'
        ''
        '## How to repeat it'
        ''
        '```powershell'
        './build.ps1 Bench          # about half an hour'
        './build.ps1 Bench -Full    # a hundred seconds a run under the limit'
        './build.ps1 Bench -Only Alone,Together -Latency 20 -LimitBatchSize 2   # a quick look at the limit'
        '```'
    ) | Set-Content (Join-Path $Root 'docs' 'performance.md')
}
