# The books as Markdown.

function Format-Count([long] $Value) {
    $Value.ToString('N0', [cultureinfo]::InvariantCulture)
}

function Write-StormReport([string] $Root, [pscustomobject[]] $Operation, [System.Collections.IDictionary] $Fault, [int] $Rows, [int] $Seed) {
    # The emulator's counts run on through the three operations of the first storm: the last has them all.
    $struck = $Operation[2].Faults
    $calls = ($Operation[0..2] | Measure-Object Calls -Sum).Sum
    @(
        '# Reliability'
        ''
        '<!-- Written by ./build.ps1 Storm. -->'
        ''
        "$(Format-Count $Rows) rows went through ``Set-ChatUserAttribute``, ``Get-ChatUserAttribute`` and ``Remove-ChatAccount -Force`` in a real ``pwsh``, over real"
        'sockets, while the emulator injected the faults below. One row in ten thousand was bad, and one in five'
        'hundred named an account that another row names too. Then a program that shares no code with the module compared the results'
        'with the input, and the emulator''s state with both.'
        ''
        '| Operation | Rows | Results | Succeeded | Failed | of them expected | Unknown | Sent more than once | Most tries | Calls | Wrong |'
        '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|'
        foreach ($one in $Operation) {
            $books = $one.Books
            $results = $books.Succeeded + $books.Failed + $books.Unknown + $books.Skipped
            $cells = $books.Rows, $results, $books.Succeeded, $books.Failed, [Math]::Min($books.Failed, $books.HopelessRows), $books.Unknown, $books.RepeatedRows, $books.MostAttempts, $one.Calls, $books.Wrong
            "| ``$($one.Name)`` | $(($cells | ForEach-Object { Format-Count $_ }) -join ' | ') |"
        }
        ''
        '*Wrong* counts everything that should not be:'
        ''
        '* a row without a result, with two, or out of order;'
        '* a good row that failed or was left out, a bad one that succeeded;'
        '* `Unknown` for a row whose call was answered, by the emulator''s journal;'
        '* an account that holds anything else than its rows say, in their order, or that exists and should not;'
        '* a value read that the account does not hold;'
        '* a tag too many or too few;'
        '* a push that came twice, that came though it failed, or whose unclear answer was followed by another call.'
        ''
        'The *second runs* follow a `kill -9` of `pwsh` in the middle of the first: the final state must be what the whole input says,'
        'whatever the first run had done. Rows of a second delete whose account is gone fail with `AccountNotFound`. In the'
        'lines with `-MaxRetry 1` a tenth of the answers is lost before the work, a tenth after it, and each call is retried only once, so that'
        'some rows end as `Unknown`.'
        ''
        'The lines of tags count as sent more than once what takes several calls by itself: more than ten tags of a user, and adding and'
        'removing in `Set-ChatUserTag`. `Unchanged` counts as succeeded. Pushes meet every fault several times as often, in the same kinds:'
        'no user and no audience got one twice, what was told as sent was sent with the task that was told, what was told as failed'
        'was not, and a push whose answer was lost is `Unknown` and was not sent again.'
        ''
        '## The faults'
        ''
        '| Fault | Share requested | Calls affected in the first three operations |'
        '|---|--:|--:|'
        foreach ($kind in $Fault.Keys) {
            $share = [double]::Parse($Fault[$kind].Fault.Split(':')[-1], [cultureinfo]::InvariantCulture)
            $count = $struck.ContainsKey($kind) ? $struck[$kind] : 0
            "| $($Fault[$kind].Text) | $(($share * 100).ToString('0.#', [cultureinfo]::InvariantCulture)) % | $(Format-Count $count) of $(Format-Count $calls) |"
        }
        ''
        'A burst affects every call that comes while it lasts; the share is that of the calls that begin one. The emulator keeps the'
        'service''s limit of 100 calls in any second throughout, and the client waits four seconds for an answer.'
        ''
        '## How to repeat it'
        ''
        '```powershell'
        './build.ps1 Storm                           # the figures above; about half an hour'
        './build.ps1 Storm -Rows 20000 -NoReport     # the short form, which is one of the tests'
        '```'
        ''
        "The seed ($Seed here, ``-Seed``) decides the input and which calls are affected. Which rows are in an affected call depends on the timing,"
        'so the counts differ a little from run to run; *wrong* does not.'
    ) | Set-Content (Join-Path $Root 'docs' 'reliability.md')
}
