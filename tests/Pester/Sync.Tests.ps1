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
        $null = Set-ChatUserAttribute user1, user2 @{ sex = 'f'; city = 'Paris'; level = '1' }
        $rows = @{ UserId = 'user1'; city = 'Paris'; sex = 'm' }, [pscustomobject]@{ UserId = 'user2'; city = 'Paris'; sex = 'm' },
            [pscustomobject]@{ UserId = 'user2'; city = 'Paris'; level = '9' }
        $found = $rows | Compare-ChatUserAttribute -Property city -Prune
        $found | ForEach-Object { "$($_.UserId) $($_.Action) $($_.Name)" } | Should -BeExactly @('user1 Remove level', 'user2 Remove level', 'user2 Remove sex')
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

    It 'shows old and new values under -WhatIf, one line an account, and only reads (P8)' {
        $table[4].city = 'Rome'
        $table[4].level = ''
        $runspace = New-ModuleRunspace (New-AnsweringHost 'Y')
        try {
            $run = Invoke-InRunspace $runspace 'param($table, $chat) $table | Sync-ChatUserAttribute -ClearEmpty -WhatIf -Connection $chat' @{ table = $table; chat = (Get-ChatConnection) }
        }
        finally {
            $runspace.Dispose()
        }

        @($run.Output | Where-Object Status -eq Skipped).UserId | Should -BeExactly 'user5'
        @($run.Output | Where-Object Status -eq Unchanged) | Should -HaveCount 249
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
            Should -Throw -ErrorId 'RemovalThresholdReached,*'
        $results | Should -HaveCount 250
        @($results | Where-Object Status -eq Succeeded) | Should -HaveCount 10
        @($results | Where-Object Status -eq Skipped) | Should -HaveCount 240
        @((Get-EmulatorAccount $emulator).GetEnumerator() | Where-Object { $_.Key -like 'user*' -and -not $_.Value.ContainsKey('city') }) | Should -HaveCount 10
        $table | Select-Object UserId, level | Sync-ChatUserAttribute -Prune -RemovalThreshold 0 | Where-Object Status -eq Succeeded | Should -HaveCount 240
    }

    It 'stops reading when nothing can be written any more, with a result for every row (P1, P7)' {
        $table | ForEach-Object { $_.city = 'Rome' }
        Add-EmulatorFault $emulator 'im_set_attr:90045:1'
        try {
            { $table | Sync-ChatUserAttribute -BatchSize 5 -ThrottleLimit 1 -OutVariable script:results } | Should -Throw -ErrorId 'FeatureNotEnabled,*'
        }
        finally {
            Clear-EmulatorFault $emulator
        }

        $results | Should -HaveCount 250
        @($results | Where-Object Status -eq Succeeded) | Should -HaveCount 0
        @(Get-EmulatorCall $emulator -After $mark -Endpoint 'im_get_attr').Count | Should -BeLessThan 40
    }

    It 'converges after it was broken off' {
        $table | ForEach-Object { $_.city = 'Rome' }
        $table | Sync-ChatUserAttribute -BatchSize 10 | Select-Object -First 30 | Should -HaveCount 30
        $null = $table | Sync-ChatUserAttribute
        $table | Compare-ChatUserAttribute | Should -BeNullOrEmpty
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

    It 'leaves alone what is as it wants already, so that a run that was broken off can be run again' {
        $null = Import-Csv $plan | Sync-ChatUserAttribute -Plan
        (Import-Csv $plan | Sync-ChatUserAttribute -Plan).Status | Should -Be @('Unchanged', 'Unchanged')
    }

    It 'fails a line that is none, and takes no options that would change it' {
        $bad = [pscustomobject]@{ UserId = 'user1'; Name = 'city'; Current = 'Paris'; Desired = ''; Action = 'Set' }
        ($bad | Sync-ChatUserAttribute -Plan -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly 'InvalidPlan'
        { Import-Csv $plan | Sync-ChatUserAttribute -Plan -Prune } | Should -Throw -ErrorId 'PlanWithOptions,*'
        { Import-Csv $plan | Sync-ChatUserAttribute -Plan -UserIdProperty Name } | Should -Throw -ErrorId 'PlanWithOptions,*'
    }
}
