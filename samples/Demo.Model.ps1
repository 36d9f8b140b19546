# What Demo.ps1 expects, worked out from the table alone, and the comparisons it makes. All text is compared by its
# characters: -eq, hashtables and Sort-Object -Unique would take Ä and ä, or two ways to write é, for one.

$script:facts = 0
$script:differences = 0
$script:limit = 50

function Show-Text([string] $Text) {
    Write-Information $Text -InformationAction Continue
}

function Test-Fact([string] $Fact, [bool] $Holds) {
    $script:facts++
    if ($Holds) {
        Show-Text "    ok: $Fact"
    }
    else {
        $script:differences++
        Show-Text "    DIFFERS: $Fact"
    }
}

function Test-SameText([string] $One, [string] $Other) {
    [string]::Equals($One, $Other, [StringComparison]::Ordinal)
}

function Test-SameList([string[]] $One, [string[]] $Other) {
    [System.Linq.Enumerable]::SequenceEqual([string[]]@($One), [string[]]@($Other), [StringComparer]::Ordinal)
}

# Prints the verdict and returns the exit code.
function Complete-Demo {
    Show-Text ''
    Show-Text ($script:differences ? "$script:differences of $script:facts checks DIFFER." : "All $script:facts checks hold.")
    return [int]($script:differences -gt 0)
}

# The rules of the main job, in few words: a row needs an id; a value has at most 50 bytes of UTF-8; a bad row is left out
# whole; an empty cell leaves alone; the later row wins.
function Get-ExpectedOutcome([object[]] $Rows) {
    $names = @($Rows[0].PSObject.Properties.Name | Where-Object { $_ -cne 'UserId' })
    $users = [System.Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal)
    $errors = foreach ($row in $Rows) {
        $long = @($names | Where-Object { [System.Text.Encoding]::UTF8.GetByteCount($row.$_) -gt $script:limit })
        if ($row.UserId.Length -eq 0 -or $long) {
            $row.UserId.Length -eq 0 ? 'MissingUserId' : 'InvalidAttributeValue'
            continue
        }

        ''
        if (-not $users.Contains($row.UserId)) {
            $users[$row.UserId] = [System.Collections.Generic.Dictionary[string, string]]::new()
        }
        foreach ($name in $names | Where-Object { $row.$_ -ne '' }) {
            $users[$row.UserId][$name] = $row.$name
        }
    }

    # Errors has an entry a row, empty for a good one.
    [pscustomobject]@{ Rows = $Rows; Names = $names; Users = $users; Errors = @($errors); BadCount = @($errors -ne '').Count }
}

# One result a row, in order, each with the status and the ErrorId it must have; a failed one with a message and an error
# record of its own.
function Test-RowResult([pscustomobject] $Model, [object[]] $Result, [object[]] $Problem) {
    Test-Fact 'there is one result for each row' ($Result.Count -eq $Model.Rows.Count)
    $misplaced = $wrong = $silent = 0
    for ($index = 0; $index -lt [Math]::Min($Result.Count, $Model.Rows.Count); $index++) {
        $row = $Model.Rows[$index]
        if (-not (Test-SameText $Result[$index].InputObject.UserId $row.UserId) -or -not (Test-SameText $Result[$index].InputObject.city $row.city)) {
            $misplaced++
        }
        $expected = $Model.Errors[$index]
        if ($Result[$index].Status -ne ($expected ? 'Failed' : 'Succeeded') -or -not (Test-SameText $Result[$index].ErrorId $expected)) {
            $wrong++
        }
        $record = @($Problem | Where-Object { $expected -and [object]::ReferenceEquals($_.TargetObject, $Result[$index]) })
        if ($expected -and (-not $Result[$index].Message -or $record.Count -ne 1 -or $record[0].FullyQualifiedErrorId -cnotlike "$expected,*")) {
            $silent++
        }
    }

    Test-Fact 'results are in the order of the rows' ($misplaced -eq 0)
    Test-Fact 'good rows succeeded; bad ones failed, each for its own reason, without harm to their neighbours' ($wrong -eq 0)
    Test-Fact 'each failed row has a message and an error of its own, and there are no other errors' (
        $silent -eq 0 -and $Problem.Count -eq $Model.BadCount)
}

# Every attribute of every user, character by character; a user of the model who was not read is a difference too.
function Test-StoredValue([string] $Fact, [System.Collections.IDictionary] $Expected, [object[]] $User) {
    $seen = [System.Collections.Generic.HashSet[string]]::new()
    $examples = @(foreach ($read in $User) {
            $null = $seen.Add($read.UserId)
            $values = $Expected[$read.UserId]
            foreach ($name in 'sex', 'city', 'level') {
                $want = $values -and $values.ContainsKey($name) ? $values[$name] : ''
                if (-not (Test-SameText $read.$name $want)) {
                    "$($read.UserId) $name is $(ConvertTo-Json $read.$name -Compress), not $(ConvertTo-Json $want -Compress)"
                }
            }
        })
    $missing = @($Expected.Keys | Where-Object { -not $seen.Contains($_) })
    Test-Fact $Fact ($examples.Count -eq 0 -and $missing.Count -eq 0 -and $seen.Count -eq $Expected.Count)
    $examples + @($missing | ForEach-Object { "$_ was not read" }) | Select-Object -First 5 | ForEach-Object { Show-Text "        $_" }
}

# The awkward rows of the table, and what became of each.
function Show-OddRow([pscustomobject] $Model, [object[]] $Result, [object[]] $User) {
    $byId = [System.Collections.Generic.Dictionary[string, object]]::new()
    $User | ForEach-Object { $byId[$_.UserId] = $_ }
    $same = [System.Collections.Generic.Dictionary[string, int]]::new()
    $alike = [System.Collections.Generic.Dictionary[string, int]]::new([StringComparer]::OrdinalIgnoreCase)
    foreach ($row in $Model.Rows) {
        $same[$row.UserId] = $same.ContainsKey($row.UserId) ? $same[$row.UserId] + 1 : 1
        $alike[$row.UserId] = $alike.ContainsKey($row.UserId) ? $alike[$row.UserId] + 1 : 1
    }

    $odd = for ($index = 0; $index -lt $Model.Rows.Count; $index++) {
        $row = $Model.Rows[$index]
        $why = Get-Oddity -Row $row -Same $same[$row.UserId] -Alike $alike[$row.UserId]
        if ($why) {
            [pscustomobject]@{
                Row           = $index + 1
                UserId        = $row.UserId
                Oddity        = $why -join ', '
                Status        = [string]$Result[$index].Status
                'City stored' = $byId.ContainsKey($row.UserId) ? (ConvertTo-Json $byId[$row.UserId].city -Compress) : '-'
            }
        }
    }
    Show-Text ''
    Show-Text '# The awkward rows of the file, and what became of them.'
    Show-Text (($odd | Format-Table -AutoSize -Wrap | Out-String -Width 130).Trim("`r", "`n"))
}

function Get-Oddity([object] $Row, [int] $Same, [int] $Alike) {
    $bytes = [System.Text.Encoding]::UTF8.GetByteCount($Row.city)
    if ($Row.UserId.Length -eq 0) { 'no user id' }
    if ($Row.UserId.Length -eq 32) { 'id of 32 bytes' }
    if ($Row.UserId -match '^\d') { 'id like a number' }
    if ($Same -gt 1) { 'repeated id' }
    if ($Alike -ne $Same) { 'ids differ by case' }
    if ($bytes -ge $script:limit) { "$bytes bytes" }
    if ($Row.city -eq '') { 'empty city' }
    if ($Row.city.Contains('"')) { 'quotes' }
    if ($Row.city.Contains(',')) { 'comma' }
    if ($Row.city.Contains("`n")) { 'line break' }
    if ($Row.city.Contains("`t")) { 'tab' }
    if ($Row.city -match '^ | $') { 'spaces at the ends' }
    if ($Row.city -match '\p{Cs}') { 'beyond the basic plane' }
    if (-not $Row.city.IsNormalized()) { 'decomposed letters' }
}
