#Requires -Version 7.4
# Compare-ChatUserAttribute and Sync-ChatUserAttribute: what they find, what they send, and what a second run sends.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'sex,city,level'

    function New-Table([int] $Count) {
        foreach ($number in 1..$Count) {
            [pscustomobject]@{ UserId = "user$number"; city = 'Paris'; level = "$number" }
        }
    }

    # As from a file: ConvertFrom-Csv takes an empty last cell for none at all.
    function Import-Line([string[]] $Line) {
        Set-Content "$TestDrive/lines.csv" $Line
        Import-Csv "$TestDrive/lines.csv"
    }

    function Get-ChangingCall([long] $After) {
        @(Get-EmulatorCall $emulator -After $After | Where-Object Endpoint -in 'im_set_attr', 'im_remove_attr')
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Compare-ChatUserAttribute' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $table = New-Table 250
        $null = $table | Set-ChatUserAttribute
        $mark = Get-EmulatorMark $emulator
    }

    It 'says nothing where nothing differs' {
        $table | Compare-ChatUserAttribute | Should -BeNullOrEmpty
    }

    It 'gives one object for each difference, in input order, and changes nothing' {
        $table[4].city = 'Rome'
        $table[4].level = '99'
        $table[120].level = ''
        $table[200].city = 'paris'
        $found = $table | Compare-ChatUserAttribute
        $found | ForEach-Object { "$($_.UserId) $($_.Action) $($_.Name) $($_.Current) $($_.Desired)" } |
            Should -BeExactly @('user5 Set city Paris Rome', 'user5 Set level 5 99', 'user201 Set city Paris paris')
        Get-ChangingCall $mark | Should -HaveCount 0
    }

    It 'asks for removals with -ClearEmpty and -Prune only' {
        $table[0].city = ''
        $table[0] | Compare-ChatUserAttribute | Should -BeNullOrEmpty
        $found = $table[0] | Compare-ChatUserAttribute -ClearEmpty
        "$($found.Action) $($found.Name) $($found.Current) [$($found.Desired)]" | Should -BeExactly 'Remove city Paris []'
        $found = $table[1] | Select-Object UserId, city | Compare-ChatUserAttribute -Prune
        "$($found.Action) $($found.Name)" | Should -BeExactly 'Remove level'
        $table[1] | Compare-ChatUserAttribute -Property city -Prune | Should -BeNullOrEmpty -Because 'the table has a column for level'
    }

    It 'binds rows as Set-ChatUserAttribute does: unknown columns are refused before anything is read (P10)' {
        { [pscustomobject]@{ UserId = 'a'; town = 'Rome' } | Compare-ChatUserAttribute } | Should -Throw -ErrorId 'InvalidAttribute,*'
        $found = [pscustomobject]@{ key = 'user1'; city = 'Rome'; note = 'x' } | Compare-ChatUserAttribute -UserIdProperty key -Property city
        $found.UserId | Should -BeExactly 'user1'
        @(Get-EmulatorCall $emulator -After $mark -Endpoint 'im_get_attr') | Should -HaveCount 1
    }

    It 'compares numbers, truth values and dates as Set-ChatUserAttribute writes them, in any culture' {
        $date = [datetime]::new(2026, 3, 4, 5, 6, 7, [DateTimeKind]::Utc)
        $row = [pscustomobject]@{ UserId = 'typed'; sex = $true; city = 1234.5; level = $date }
        $before = [cultureinfo]::CurrentCulture
        try {
            $null = $row | Set-ChatUserAttribute
            [cultureinfo]::CurrentCulture = 'de-DE'
            $row | Compare-ChatUserAttribute | Should -BeNullOrEmpty
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'takes two ways to write a character for two values' {
        $composed = [pscustomobject]@{ UserId = 'user1'; city = "Orl$([char]0xe9)ans" }
        $decomposed = [pscustomobject]@{ UserId = 'user1'; city = "Orle$([char]0x301)ans" }
        $null = $composed | Set-ChatUserAttribute
        $composed | Compare-ChatUserAttribute | Should -BeNullOrEmpty
        $decomposed | Compare-ChatUserAttribute | Should -HaveCount 1
    }
}

Describe 'Sync-ChatUserAttribute' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $table = New-Table 250
        $null = $table | Set-ChatUserAttribute
        $mark = Get-EmulatorMark $emulator
    }

    It 'sends only what differs, and gives every row one result in input order (P1)' {
        $table[4].city = 'Rome'
        $table[200].level = 'x'
        $results = $table | Sync-ChatUserAttribute
        $results.UserId | Should -BeExactly $table.UserId
        ($results | Where-Object Status -ne Unchanged).UserId | Should -BeExactly @('user5', 'user201')
        $results[4].Status | Should -Be 'Succeeded'
        "$($results[4].Changes)" | Should -BeExactly "set city: 'Paris' → 'Rome'"
        (Get-ChangingCall $mark).Accounts | Should -BeExactly @('user5', 'user201')
        (Get-EmulatorAccount $emulator)['user5'].city | Should -BeExactly 'Rome'
    }

    It 'makes no changing call when it is run twice' {
        $table | ForEach-Object { $_.city = 'Rome' }
        ($table | Sync-ChatUserAttribute).Status | Select-Object -Unique | Should -Be 'Succeeded'
        $second = Get-EmulatorMark $emulator
        ($table | Sync-ChatUserAttribute).Status | Select-Object -Unique | Should -Be 'Unchanged'
        Get-ChangingCall $second | Should -HaveCount 0
        Get-EmulatorCall $emulator -After $second -Endpoint 'im_get_attr' | Should -HaveCount 3
    }

    It 'sends one set and one remove for an account that needs both' {
        $table[0].city = ''
        $table[0].level = '7'
        $result = $table[0] | Sync-ChatUserAttribute -ClearEmpty
        $result.Status | Should -Be 'Succeeded'
        $result.Done | Should -HaveCount 2
        (Get-ChangingCall $mark).Endpoint | Should -BeExactly @('im_set_attr', 'im_remove_attr')
        $held = (Get-EmulatorAccount $emulator)['user1']
        $held.Keys | Should -BeExactly @('level')
        $held.level | Should -BeExactly '7'
    }

    It 'removes with -Prune what the table has no column for' {
        $null = Set-ChatUserAttribute user1 @{ sex = 'f' }
        ($table | Sync-ChatUserAttribute -Prune | Where-Object Status -eq Succeeded).UserId | Should -BeExactly 'user1'
        (Get-EmulatorAccount $emulator)['user1'].Keys | Sort-Object | Should -BeExactly @('city', 'level')
    }

    It 'leaves alone with -Prune what a column stands for that -Property did not pick, in rows of every form' {
        $null = Set-ChatUserAttribute user1, user2, user3 @{ sex = 'f'; city = 'Paris'; level = '1' }
        $rows = @{ UserId = 'user1'; city = 'Paris'; sex = 'm' }, [pscustomobject]@{ UserId = 'user2'; city = 'Paris'; sex = 'm' },
            [pscustomobject]@{ UserId = 'user3'; city = 'Paris'; level = '9' }
        $found = $rows | Compare-ChatUserAttribute -Property city -Prune
        $found | ForEach-Object { "$($_.UserId) $($_.Action) $($_.Name)" } | Should -BeExactly @('user1 Remove level', 'user2 Remove level', 'user3 Remove sex')
    }

    It 'tells of a row that failed half-way what was done' {
        $table[0].city = ''
        $table[0].level = '7'
        Add-EmulatorFault $emulator 'im_remove_attr:79999:1'
        $result = $table[0] | Sync-ChatUserAttribute -ClearEmpty -ErrorAction SilentlyContinue
        Clear-EmulatorFault $emulator
        $result.Status | Should -Be 'Failed'
        $result.Message | Should -BeLike '*the values were set*'
        "$($result.Done)" | Should -BeExactly "set level: '1' → '7'"
        ($table[0] | Sync-ChatUserAttribute -ClearEmpty).Status | Should -Be 'Succeeded'
    }

    It 'fails the row of an account that cannot be read, and no other (P2)' {
        $rows = $table[0], [pscustomobject]@{ UserId = 'nobody'; city = 'Rome'; level = '1' }, $table[1]
        $results = $rows | Sync-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable failed
        $results.Status | Should -Be @('Unchanged', 'Failed', 'Unchanged')
        $failed | Should -HaveCount 1
        $failed[0].TargetObject.UserId | Should -BeExactly 'nobody'
        Get-ChangingCall $mark | Should -HaveCount 0
    }

    It 'lets the last row of an account win, however far apart its rows are (P3)' {
        $rows = @($table[0].PSObject.Copy()) + $table[1..240] + @($table[0].PSObject.Copy(), $table[0].PSObject.Copy())
        $rows[0].city = 'Rome'
        $rows[241].city = 'Oslo'
        $rows[242].city = 'Paris'
        $results = $rows | Sync-ChatUserAttribute -BatchSize 10
        $results | Should -HaveCount 243
        (Get-EmulatorAccount $emulator)['user1'].city | Should -BeExactly 'Paris'
    }

    It 'shows under -WhatIf what would change in the table of the results, tells the app once, and only reads (P8, P11)' {
        $table[4].city = 'Rome'
        $table[4].level = ''
        $table[9].city = 'Oslo'
        $asker = New-AnsweringHost 'Y'
        $runspace = New-ModuleRunspace $asker
        try {
            $script = 'param($table, $chat) $table | Sync-ChatUserAttribute -ClearEmpty -WhatIf -Connection $chat -OutVariable results | Where-Object Status -ne Unchanged | Out-String -Width 80; $results'
            $run = Invoke-InRunspace $runspace $script @{ table = $table; chat = (Get-ChatConnection) }
        }
        finally {
            $runspace.Dispose()
        }

        $screen, $results = $run.Output
        $screen | Should -Match "user5 [^\n]*set city: 'Paris' → 'Rome'"
        ($screen -replace '\s') | Should -BeLike "*user5Skipped*removelevel:'5'→(none)*user10Skipped*setcity:'Paris'→'Oslo'*"
        $asker.Lines | Should -BeExactly "What if: Performing the operation `"Change users as the results show`" on target `"users in app 1400000000 ($($emulator.Endpoint.Authority))`"."
        $asker.Questions | Should -HaveCount 0
        @($results | Where-Object Status -eq Skipped).UserId | Should -BeExactly @('user5', 'user10')
        @($results | Where-Object Status -eq Unchanged) | Should -HaveCount 248
        Get-ChangingCall $mark | Should -HaveCount 0
    }

    It 'asks for each account with -Confirm, and sends only what was agreed to' {
        $table[4].city = 'Rome'
        $table[5].city = 'Oslo'
        $runspace = New-ModuleRunspace (New-AnsweringHost 'N', 'Y')
        try {
            $run = Invoke-InRunspace $runspace 'param($table, $chat) $table | Sync-ChatUserAttribute -Confirm -Connection $chat' @{ table = $table; chat = (Get-ChatConnection) }
        }
        finally {
            $runspace.Dispose()
        }

        ($run.Output | Where-Object Status -eq Succeeded).UserId | Should -BeExactly 'user6'
        (Get-ChangingCall $mark).Accounts | Should -BeExactly 'user6'
    }

    It 'ends before more accounts than -RemovalThreshold lose an attribute, and says how to go on' {
        { $table | Select-Object UserId, level | Sync-ChatUserAttribute -Prune -RemovalThreshold 10 -OutVariable script:results } |
            Should -Throw -ErrorId 'RemovalThresholdReached,*' -ExpectedMessage '*(the threshold is 10)*'
        $results | Should -HaveCount 250
        @($results | Where-Object Status -eq Succeeded) | Should -HaveCount 10
        @($results | Where-Object Status -eq Skipped) | Should -HaveCount 240
        @((Get-EmulatorAccount $emulator).GetEnumerator() | Where-Object { $_.Key -like 'user*' -and -not $_.Value.ContainsKey('city') }) | Should -HaveCount 10
        $table | Select-Object UserId, level | Sync-ChatUserAttribute -Prune -RemovalThreshold 0 | Where-Object Status -eq Succeeded | Should -HaveCount 240
    }

    It 'tells under -WhatIf that -RemovalThreshold would end the run' {
        $table = $table | Select-Object UserId, city
        $null = $table | Sync-ChatUserAttribute -Prune -RemovalThreshold 3 -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -HaveCount 1
        $warned[0].Message | Should -BeExactly "$($table.Count) users would lose an attribute, and -RemovalThreshold is 3: without -WhatIf the run stops before more lose one."
        foreach ($most in $table.Count, 0) {
            $null = $table | Sync-ChatUserAttribute -Prune -RemovalThreshold $most -WhatIf -WarningVariable warned
            $warned | Should -HaveCount 0 -Because "$most"
        }
    }

    It 'stops reading when nothing can be written any more, with a result for every row (P1, P7)' {
        $table | ForEach-Object { $_.city = 'Rome' }
        Add-EmulatorFault $emulator 'im_set_attr:90045:1'
        # Fifty readings in half a minute, of which the first leads to the end: time enough for the slowest machine to see it.
        Add-EmulatorFault $emulator 'im_get_attr:delay:600:1'
        try {
            { $table | Sync-ChatUserAttribute -BatchSize 5 -ThrottleLimit 1 -OutVariable script:results } | Should -Throw -ErrorId 'FeatureNotEnabled,*'
        }
        finally {
            Clear-EmulatorFault $emulator
        }

        $results | Should -HaveCount 250
        @($results | Where-Object Status -eq Succeeded) | Should -HaveCount 0
        @($results | Where-Object Status -eq Skipped).ErrorId | Sort-Object -Unique | Should -Be 'RunStopped'
        @(Get-EmulatorCall $emulator -After $mark -Endpoint 'im_get_attr').Count | Should -BeLessThan 50
    }

    It 'converges after it was broken off' {
        $table | ForEach-Object { $_.city = 'Rome' }
        $table | Sync-ChatUserAttribute -BatchSize 10 | Select-Object -First 30 | Should -HaveCount 30
        $null = $table | Sync-ChatUserAttribute
        $table | Compare-ChatUserAttribute | Should -BeNullOrEmpty
    }
}

Describe 'A user who comes several times' {
    BeforeAll {
        function Get-StateText {
            $held = Get-EmulatorAccount $emulator
            foreach ($user in $held.Keys | Where-Object { $_ -cne 'administrator' } | Sort-Object -CaseSensitive) {
                "${user}: $(($held[$user].GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ' ')"
            }
        }

        # What a table comes to by Set, by Sync, and by a plan in a file; and what a second Sync sends.
        function Get-Outcome([object[]] $Rows, [object[]] $Before, [hashtable] $With = @{}) {
            foreach ($way in 'Sync', 'Plan') {
                Reset-EmulatorHost $emulator
                $null = Connect-EmulatorHost $emulator
                $ids = $Rows | ForEach-Object { $_.UserId } | Where-Object { $_ } | Sort-Object -CaseSensitive -Unique
                $null = $ids | Set-ChatUserAttribute -Attribute @{ level = '0' }
                $null = $ids | Remove-ChatUserAttribute -All
                $null = $Before | Set-ChatUserAttribute
                if ($way -eq 'Sync') {
                    $first = @($Rows | Sync-ChatUserAttribute @With -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)
                    $state = Get-StateText
                    $mark = Get-EmulatorMark $emulator
                    $second = @($Rows | Sync-ChatUserAttribute @With -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)
                    $calls = Get-ChangingCall $mark
                }
                else {
                    $Rows | Compare-ChatUserAttribute @With -WarningAction SilentlyContinue -ErrorAction SilentlyContinue | Export-Csv "$TestDrive/twice.csv"
                    $applied = @(Import-Csv "$TestDrive/twice.csv" | Sync-ChatUserAttribute -Plan)
                }
            }

            @{ First = $first; Second = $second; Calls = @($calls); State = $state; Applied = $applied; PlanState = Get-StateText }
        }
    }

    It 'is as all rows say together, and a second run changes nothing: <What>' -ForEach @(
        @{ What = 'rows that take turns'; Csv = 'UserId,city', 'a,A', 'a,B', 'a,A', 'b,B'; Held = 'a: city=A', 'b: city=B' }
        @{ What = 'the last one is as it is already'; Csv = 'UserId,city', 'a,A', 'b,x', 'a,old'; Held = 'a: city=old', 'b: city=x' }
        @{ What = 'empty cells that say nothing'; Csv = 'UserId,city,sex', 'a,A,', 'a,,f', 'a,,'; Held = 'a: city=A sex=f', 'b: ' }
        @{ What = 'empty cells that remove'; Csv = 'UserId,city,sex', 'a,A,f', 'a,,m', 'b,,f', 'b,B,'; With = @{ ClearEmpty = $true }; Held = 'a: sex=m', 'b: city=B' }
        @{ What = 'a user without any value, on purpose'; Csv = 'UserId,city,sex', 'a,A,f', 'a,,'; With = @{ ClearEmpty = $true; AllowEmptyRow = $true }; Held = 'a: ', 'b: ' }
        @{ What = 'ids that differ by case are two users'; Csv = 'UserId,city', 'a,A', 'B,C', 'b,B', 'A,D'; Held = 'A: city=D', 'a: city=A', 'B: city=C', 'b: city=B' }
    ) {
        $with = $_['With'] ?? @{}
        $before = [pscustomobject]@{ UserId = 'a'; city = 'old' }
        $outcome = Get-Outcome (Import-Line $Csv) $before $with
        if ($Held -notcontains 'b: ' -or $Csv -match '^b,') {
            $expected = $Held
        }
        else {
            $expected = @($Held -ne 'b: ')
        }

        $outcome.State | Should -BeExactly ($expected | Sort-Object -CaseSensitive)
        $outcome.PlanState | Should -BeExactly $outcome.State
        $outcome.First | Should -HaveCount ($Csv.Count - 1)
        $outcome.First.Status | Should -BeIn 'Succeeded', 'Unchanged'
        $outcome.Second.Status | Select-Object -Unique | Should -Be 'Unchanged'
        $outcome.Calls | Should -HaveCount 0
    }

    It 'is one user whatever the case of the column in this row or that' {
        $rows = [pscustomobject]@{ UserId = 'a'; City = 'A' }, @{ USERID = 'a'; CITY = 'B' }, [pscustomobject]@{ userid = 'a'; city = 'C' }, [pscustomobject]@{ UserId = 'b'; City = 'x' }
        $outcome = Get-Outcome $rows ([pscustomobject]@{ UserId = 'a'; city = 'B' }) @{ Property = 'city' }
        $outcome.State | Should -BeExactly @('a: city=C', 'b: city=x')
        $outcome.PlanState | Should -BeExactly $outcome.State
        $outcome.First.Message | Should -BeExactly @('Row 3 of this user says otherwise, and the last row wins.', 'Row 3 of this user says otherwise, and the last row wins.', $null, $null)
        $outcome.Calls | Should -HaveCount 0
    }

    It 'is as the table that comes with the module says, and a second run sends nothing (P3): <_>' -ForEach '', 'ClearEmpty' {
        $with = $_ ? @{ ClearEmpty = $true } : @{}
        $rows = Import-Csv (Join-Path $PSScriptRoot '../../samples/users.csv')
        $outcome = Get-Outcome $rows ([pscustomobject]@{ UserId = 'twice_near'; city = 'old'; sex = 'x' }) $with
        $outcome.First.Row -join ' ' | Should -BeExactly (1..$rows.Count -join ' ')
        $outcome.State -match '^twice' | Should -HaveCount 2
        Compare-Object $outcome.State $outcome.PlanState -CaseSensitive | Should -BeNullOrEmpty
        $errorIds = ($outcome.First | Where-Object ErrorId).ErrorId
        $errorIds | Should -HaveCount 3
        ($outcome.Second | Where-Object ErrorId).ErrorId | Should -BeExactly $errorIds
        $outcome.Second | Where-Object Status -notin 'Unchanged', 'Failed' | Should -BeNullOrEmpty
        $outcome.Calls | Should -HaveCount 0

        # What Set-ChatUserAttribute made of it is right already.
        if (-not $_) {
            $null = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
            $mark = Get-EmulatorMark $emulator
            ($rows | Sync-ChatUserAttribute -ErrorAction SilentlyContinue | Where-Object ErrorId).ErrorId | Should -BeExactly $errorIds
            Get-ChangingCall $mark | Should -HaveCount 0
        }
    }

    It 'is not changed at all when one of the rows is bad, whichever it is, and no other user is held up (P2)' {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = 'a', 'b' | Set-ChatUserAttribute -Attribute @{ city = 'old' }
        $rows = 'UserId,city', 'a,new', "a,$('x' * 51)", 'b,new', 'a,newer' | ConvertFrom-Csv
        $results = $rows | Sync-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems
        $results.ErrorId | Should -BeExactly @('OtherRowFailed', 'InvalidAttributeValue', $null, 'OtherRowFailed')
        $problems | Should -HaveCount 3
        $problems[0].Exception.Message | Should -BeLike "Row 1, user 'a': *(row 2)"
        Get-StateText | Should -BeExactly @('a: city=old', 'b: city=new')
        ($rows | Compare-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems) | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId -replace ',.*' | Should -BeExactly @('OtherRowFailed', 'InvalidAttributeValue', 'OtherRowFailed')

        # What failed is still all of the user: mended, it can be piped back in.
        $todo = $results | Where-Object Status -eq Failed | ForEach-Object InputObject
        $todo[1].city = 'mended'
        $null = $todo | Sync-ChatUserAttribute
        Get-StateText | Should -BeExactly @('a: city=newer', 'b: city=new')
    }
}

Describe '-ClearEmpty' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = 'a', 'b' | Set-ChatUserAttribute -Attribute @{ city = 'Paris'; sex = 'f'; level = '3' }
        $mark = Get-EmulatorMark $emulator
    }

    It 'refuses a row of empty cells alone in <_>, and says how to clear a user on purpose' -ForEach 'Sync-ChatUserAttribute', 'Compare-ChatUserAttribute' {
        $rows = Import-Line 'UserId,city,sex', 'a,,', 'b,,f'
        $out = @($rows | & $_ -ClearEmpty -ErrorAction SilentlyContinue -ErrorVariable problems)
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'EmptyRow,*'
        $problems[0].TargetObject.UserId | Should -BeExactly 'a'
        $problems[0].ErrorDetails.RecommendedAction | Should -BeLike '*Remove-ChatUserAttribute*-AllowEmptyRow*'
        ($out | Where-Object UserId -eq a).Status | Should -BeIn @($null, 'Failed')
        (Get-ChangingCall $mark).Accounts | Should -Not -Contain 'a'
    }

    It 'and -Prune refuse a row that has no column but that of the id in <_>' -ForEach 'Sync-ChatUserAttribute', 'Compare-ChatUserAttribute' {
        $rows = [pscustomobject]@{ UserId = 'a' }, [pscustomobject]@{ UserId = 'b'; city = 'Paris' }
        foreach ($with in @{ Prune = $true }, @{ Prune = $true; ClearEmpty = $true }) {
            $out = @($rows | & $_ @with -ErrorAction SilentlyContinue -ErrorVariable problems)
            $problems.FullyQualifiedErrorId | Should -BeLike 'EmptyRow,*'
            $problems[0].TargetObject.UserId | Should -BeExactly 'a'
            $out | Where-Object UserId -EQ b | Should -Not -BeNullOrEmpty
        }
        (Get-ChangingCall $mark).Accounts | Should -Not -Contain 'a'
        ($rows | Sync-ChatUserAttribute -Prune -AllowEmptyRow).Status | Should -Not -Contain 'Failed'
        (Get-EmulatorAccount $emulator)['a'].Keys | Should -HaveCount 0
        'b' | Sync-ChatUserAttribute -Prune -Attribute @{ city = 'Rome' } | ForEach-Object Status | Should -Be 'Succeeded'
    }

    It 'takes such a row with -AllowEmptyRow, or where -Attribute says more' {
        $null = Import-Line 'UserId,city,sex', 'a,,' | Sync-ChatUserAttribute -ClearEmpty -AllowEmptyRow
        (Get-EmulatorAccount $emulator)['a'].Keys | Should -BeExactly 'level'
        $null = Import-Line 'UserId,city', 'b,' | Sync-ChatUserAttribute -ClearEmpty -Attribute @{ sex = 'm' }
        (Get-EmulatorAccount $emulator)['b'].sex | Should -BeExactly 'm'
    }

    It 'takes a row of empty cells for one that says nothing where they remove nothing' {
        (Import-Line 'UserId,city,sex', 'a,,' | Sync-ChatUserAttribute).Status | Should -Be 'Unchanged'
        (Import-Line 'UserId,city,sex', 'a,,' | Set-ChatUserAttribute).Status | Should -Be 'Skipped'
    }

    It 'leaves what a line is too short for, and warns of it once' {
        $rows = Import-Line 'UserId,city,sex,level', 'a,Par', 'b,Rom', 'b,Rome,,'
        $results = $rows | Sync-ChatUserAttribute -ClearEmpty -WarningVariable told -WarningAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        $told | Should -HaveCount 1
        "$told" | Should -BeLike "Row 1 *'sex', 'level'*"
        $held = Get-EmulatorAccount $emulator
        $held['a'].city, $held['a'].sex, $held['a'].level | Should -BeExactly @('Par', 'f', '3')
        $held['b'].Keys | Should -BeExactly 'city'
    }

    It 'and -Prune look at the columns of each row where -Attribute is given too' {
        $rows = [pscustomobject]@{ UserId = 'a'; sex = 'f' }, [pscustomobject]@{ UserId = 'b'; city = 'Paris' }
        $found = $rows | Compare-ChatUserAttribute -Prune -Attribute @{ level = '3' }
        $found | ForEach-Object { "$($_.UserId) $($_.Action) $($_.Name)" } | Should -BeExactly @('a Remove city', 'b Remove sex')
    }
}

Describe 'The rows that Sync-ChatUserAttribute keeps' {
    BeforeAll {
        $null = Connect-Chat -Emulator -AttributeName city, sex, level -WarningAction Ignore
    }

    It 'come back as they were: <What>' -ForEach @(
        @{ What = 'of a file'; Row = { 'UserId,city,Note', 'a,,"x ""y"""' | ConvertFrom-Csv } }
        @{ What = 'of a short line'; Row = { 'UserId,city,Note', 'a' | ConvertFrom-Csv } }
        @{ What = 'with a number'; Row = { [pscustomobject]@{ UserId = 'a'; city = 5; Note = $null } } }
        @{ What = 'with a type of their own'; Row = { [pscustomobject]@{ PSTypeName = 'Own'; UserId = 'a'; city = 'x'; Note = '' } } }
        @{ What = 'a table'; Row = { @{ UserId = 'a'; city = 'x'; Note = 1 } } }
    ) {
        $given = & $Row
        $back = (@($given; & $Row; & $Row) | Sync-ChatUserAttribute -Property city -ErrorAction SilentlyContinue)[2].InputObject
        $back | ConvertTo-Json | Should -BeExactly ($given | ConvertTo-Json)
        $back.PSTypeNames | Should -BeExactly $given.PSTypeNames
        ($back | Get-Member -MemberType NoteProperty).Definition | Should -BeExactly ($given | Get-Member -MemberType NoteProperty).Definition
    }

    It 'are kept in a form of their own, and not as the objects that came' {
        $ids = 1..40 | ForEach-Object { "user$_" }
        $null = $ids | Set-ChatUserAttribute -Attribute @{ city = 'x' }
        $weak = [System.Collections.Generic.List[WeakReference]]::new()
        $results = & {
            foreach ($id in $ids) {
                $row = [pscustomobject]@{ UserId = $id; city = 'x' }
                $weak.Add([WeakReference]::new($row))
                $row
            }

            [GC]::Collect()
            $script:alive = @($weak | Where-Object IsAlive).Count
        } | Sync-ChatUserAttribute
        $results.InputObject.UserId | Should -BeExactly $ids
        $alive | Should -BeLessThan 5 -Because 'only what the engine still has at hand may be left'
    }
}

Describe 'A plan' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $table = New-Table 20
        $null = $table | Set-ChatUserAttribute
        $table[2].city = 'Rome'
        $table[3].level = ''
        $plan = Join-Path $TestDrive 'plan.csv'
        $table | Compare-ChatUserAttribute -ClearEmpty | Export-Csv $plan
        $mark = Get-EmulatorMark $emulator
    }

    It 'is applied as it stands in the file, and nothing else' {
        $results = Import-Csv $plan | Sync-ChatUserAttribute -Plan
        $results.Status | Should -Be @('Succeeded', 'Succeeded')
        $held = Get-EmulatorAccount $emulator
        $held['user3'].city | Should -BeExactly 'Rome'
        $held['user4'].Keys | Should -BeExactly @('city')
        (Get-ChangingCall $mark).Accounts | Should -BeExactly @('user3', 'user4')
    }

    It 'is applied from the pipeline as well as from a file' {
        ($table | Compare-ChatUserAttribute -ClearEmpty | Sync-ChatUserAttribute -Plan).Status | Should -Be @('Succeeded', 'Succeeded')
    }

    It 'refuses an account that has changed since, and tells what it found' {
        $null = Set-ChatUserAttribute user3 @{ city = 'Oslo' }
        $results = Import-Csv $plan | Sync-ChatUserAttribute -Plan -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Failed', 'Succeeded')
        $results[0].ErrorId | Should -BeExactly 'PlanOutdated'
        $results[0].Message | Should -BeLike "*'Oslo'*'Paris'*"
        (Get-EmulatorAccount $emulator)['user3'].city | Should -BeExactly 'Oslo'
    }

    It 'changes of a user what is still as the plan says, and nothing else' {
        $row = [pscustomobject]@{ UserId = 'user7'; city = 'Rome'; level = '8' }
        $both = $row | Compare-ChatUserAttribute
        $null = Set-ChatUserAttribute user7 @{ city = 'Oslo' }
        $results = $both | Sync-ChatUserAttribute -Plan -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Failed', 'Succeeded')
        $held = (Get-EmulatorAccount $emulator)['user7']
        "$($held.city) $($held.level)" | Should -BeExactly 'Oslo 8'
        ($results | Out-String -Width 80) -replace '\s' | Should -Match "PlanOutdated:.*'Oslo'"
    }

    It 'leaves alone what is as it wants already, so that a run that was broken off can be run again' {
        $null = Import-Csv $plan | Sync-ChatUserAttribute -Plan
        (Import-Csv $plan | Sync-ChatUserAttribute -Plan).Status | Should -Be @('Unchanged', 'Unchanged')
    }

    It 'is applied to the app that it was made for, and to no other (P11)' {
        $lines = @(Import-Csv $plan)
        $lines.App | Should -BeExactly @('app 1400000000', 'app 1400000000')
        $lines[0].App = 'app 1400000001'
        { $lines | Sync-ChatUserAttribute -Plan } | Should -Throw -ErrorId 'PlanOfOtherApp,*' -ExpectedMessage '*app 1400000001*app 1400000000*'
        @(Get-EmulatorCall $emulator -After $mark) | Should -HaveCount 0

        $results = $lines[1], $lines[0] | Sync-ChatUserAttribute -Plan -ErrorAction SilentlyContinue
        $results.ErrorId | Should -BeExactly @($null, 'PlanOfOtherApp')
        (Get-EmulatorAccount $emulator)['user3'].city | Should -BeExactly 'Paris'
    }

    It 'counts its removals where -RemovalThreshold is given with it, and only there' {
        $removals = @($table | Select-Object UserId, level | Compare-ChatUserAttribute -Prune)
        $removals | Should -HaveCount 20
        $null = $removals | Sync-ChatUserAttribute -Plan -RemovalThreshold 5 -WhatIf -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -HaveCount 1
        { $removals | Sync-ChatUserAttribute -Plan -RemovalThreshold 5 -OutVariable script:results } | Should -Throw -ErrorId 'RemovalThresholdReached,*'
        @($results | Where-Object Status -EQ Succeeded) | Should -HaveCount 5

        $rest = @($table | Select-Object UserId, level | Compare-ChatUserAttribute -Prune)
        @($rest | Sync-ChatUserAttribute -Plan | Where-Object Status -EQ Succeeded) | Should -HaveCount 15
    }

    It 'need not name its app, as one that was written by hand' {
        $lines = @(Import-Csv $plan)
        $lines[0].App = ''
        ($lines[0], ($lines[1] | Select-Object * -ExcludeProperty App) | Sync-ChatUserAttribute -Plan).Status | Should -Be @('Succeeded', 'Succeeded')
    }

    It 'fails a line that is none, and takes no options that would change it' {
        $bad = [pscustomobject]@{ UserId = 'user1'; Name = 'city'; Current = 'Paris'; Desired = ''; Action = 'Set' }
        ($bad | Sync-ChatUserAttribute -Plan -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly 'InvalidPlan'
        { Import-Csv $plan | Sync-ChatUserAttribute -Plan -Prune } | Should -Throw -ErrorId 'PlanWithOptions,*'
        { Import-Csv $plan | Sync-ChatUserAttribute -Plan -UserIdProperty Name } | Should -Throw -ErrorId 'PlanWithOptions,*'
    }
}
