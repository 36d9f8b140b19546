#Requires -Version 7.4
# What tables bring: Import-Csv | Set-ChatUserAttribute, checked by what the emulator then holds.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'sex,city,level'

    # Writes a table as it stands, sets it, and tells everything that came of it.
    function Set-Table([string] $Text, [switch] $Bom, [hashtable] $With = @{}) {
        $file = Join-Path $TestDrive 'users.csv'
        [System.IO.File]::WriteAllText($file, $Text, [System.Text.UTF8Encoding]::new($Bom))
        $mark = Get-EmulatorMark $emulator
        $results = @(Import-Csv $file | Set-ChatUserAttribute @With -ErrorAction SilentlyContinue -ErrorVariable problems)
        [pscustomobject]@{
            Results  = $results
            Errors   = @($problems)
            Calls    = @(Get-EmulatorCall $emulator -After $mark -Endpoint 'im_set_attr')
            Accounts = Get-EmulatorAccount $emulator
        }
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'A table for Set-ChatUserAttribute' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'is set cell by cell, with one result a row in the order of the rows (P1)' {
        $run = Set-Table "UserId,sex,city,level`na,f,Paris,1`nb,m,Rome,2`nc,f,Oslo,3`n"
        $run.Results.UserId | Should -BeExactly @('a', 'b', 'c')
        $run.Results.Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        $run.Results.Row | Should -Be @(1, 2, 3)
        $run.Errors | Should -HaveCount 0
        $run.Accounts['a'] | Should -BeOfType [System.Collections.IDictionary]
        $run.Accounts['a'].city | Should -BeExactly 'Paris'
        $run.Accounts['b'].sex | Should -BeExactly 'm'
        $run.Accounts['c'].level | Should -BeExactly '3'
        $run.Calls | Should -HaveCount 1
    }

    It 'may begin with a byte order mark' {
        $run = Set-Table "UserId,city`na,Paris`n" -Bom
        $run.Results.Status | Should -Be 'Succeeded'
        $run.Accounts['a'].city | Should -BeExactly 'Paris'
    }

    It 'may have <What> in a cell, which arrive as they are' -ForEach @(
        @{ What = 'quotes'; Cell = '"The ""Old"" Town"'; Value = 'The "Old" Town' }
        @{ What = 'commas'; Cell = '"Paris, France"'; Value = 'Paris, France' }
        @{ What = 'line breaks of Unix'; Cell = "`"Old`nTown`""; Value = "Old`nTown" }
        @{ What = 'line breaks of Windows'; Cell = "`"Old`r`nTown`""; Value = "Old`r`nTown" }
        @{ What = 'spaces at the ends'; Cell = '" Rome "'; Value = ' Rome ' }
        @{ What = 'characters beyond the basic plane'; Cell = "Rome $([char]::ConvertFromUtf32(0x1F600))$([char]::ConvertFromUtf32(0x20BB7))"; Value = "Rome $([char]::ConvertFromUtf32(0x1F600))$([char]::ConvertFromUtf32(0x20BB7))" }
        @{ What = 'Chinese characters'; Cell = '上海市浦东新区'; Value = '上海市浦东新区' }
        @{ What = 'combining marks'; Cell = "A$([char]0x30A)rhus"; Value = "A$([char]0x30A)rhus" }
        @{ What = 'text that looks like JSON'; Cell = '"{""a"":[1,\u0041]}"'; Value = '{"a":[1,\u0041]}' }
        @{ What = 'a backslash and a tab'; Cell = "`"C:\temp`t`""; Value = "C:\temp`t" }
        @{ What = 'digits with leading zeros'; Cell = '007'; Value = '007' }
        @{ What = 'nothing but spaces'; Cell = '" "'; Value = ' ' }
    ) {
        $run = Set-Table "UserId,city`na,$Cell`n"
        $run.Errors | Should -HaveCount 0
        $run.Results.Status | Should -Be 'Succeeded'
        $run.Accounts['a'].city | Should -BeExactly $Value
    }

    It 'may have ids beyond the basic plane' {
        $id = "u$([char]::ConvertFromUtf32(0x1F984))张"
        $run = Set-Table "UserId,city`n$id,Paris`n"
        $run.Results.UserId | Should -BeExactly $id
        $run.Accounts[$id].city | Should -BeExactly 'Paris'
    }

    It 'leaves alone what an empty cell stands for' {
        $null = Set-Table "UserId,sex,city`na,f,Paris`n"
        $run = Set-Table "UserId,sex,city`na,,Rome`n"
        $run.Results.Status | Should -Be 'Succeeded'
        $run.Accounts['a'].sex | Should -BeExactly 'f'
        $run.Accounts['a'].city | Should -BeExactly 'Rome'
    }

    It 'sends nothing for a row whose cells are all empty, and says so' {
        $run = Set-Table "UserId,sex,city`na,,`n"
        $run.Results.Status | Should -Be 'Skipped'
        $run.Results.Message | Should -Match 'empty'
        $run.Errors | Should -HaveCount 0
        $run.Calls | Should -HaveCount 0
    }

    It 'fails a row without an id alone, names it, and sets its neighbours (P2, P10)' {
        $run = Set-Table "UserId,city`na,Paris`n,Rome`n"" "",Bonn`nc,Oslo`n"
        $run.Results.Status | Should -Be @('Succeeded', 'Failed', 'Failed', 'Succeeded')
        $run.Results[1].ErrorId | Should -BeExactly 'MissingUserId'
        $run.Results[2].ErrorId | Should -BeExactly 'MissingUserId'
        $run.Results[1].Attempts | Should -Be 0
        $run.Errors | Should -HaveCount 2
        $run.Errors[0].Exception.Message | Should -Match '\bRow 2\b'
        $run.Calls.Accounts | Should -BeExactly @('a', 'c')
    }

    It 'lets the last row win for a repeated id, near and far, and gives each row its result (P3)' {
        $middle = foreach ($number in 1..250) { "u$number,f,Town $number" }
        $run = Set-Table (@('UserId,sex,city', 'twice,f,First', 'twice,,Second') + $middle + @('twice,m,', 'twice,,Last') -join "`n")
        $run.Results | Should -HaveCount 254
        $run.Results.Status | Select-Object -Unique | Should -Be 'Succeeded'
        $run.Results[0, 1, 252, 253].UserId | Should -BeExactly @('twice', 'twice', 'twice', 'twice')
        $run.Accounts['twice'].city | Should -BeExactly 'Last'
        $run.Accounts['twice'].sex | Should -BeExactly 'm'
    }

    It 'takes ids that differ by case alone for different accounts (P3)' {
        $run = Set-Table "UserId,city`nAnna,Paris`nanna,Rome`nANNA,Oslo`n"
        $run.Results.Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        $run.Calls | Should -HaveCount 1
        $run.Accounts['Anna'].city | Should -BeExactly 'Paris'
        $run.Accounts['anna'].city | Should -BeExactly 'Rome'
        $run.Accounts['ANNA'].city | Should -BeExactly 'Oslo'
    }

    It 'is refused before anything is sent when a column is no attribute of the app (P10)' {
        $mark = Get-EmulatorMark $emulator
        { Set-Table "UserId,city,town`na,Paris,x`n" } | Should -Throw -ErrorId 'InvalidAttribute,TencentChat.PowerShell.Commands.SetChatUserAttributeCommand' -ExpectedMessage "*'town'*sex, city, level*"
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_set_attr' | Should -HaveCount 0
    }

    It 'is refused with a hint when a column differs from an attribute by case alone (P10)' {
        { Set-Table "UserId,City`na,Paris`n" } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage "*'City'*'city'*case*"
    }

    It 'is refused when no column names the account (P10)' {
        $problem = { Set-Table "Who,city`na,Paris`n" } | Should -Throw -ErrorId 'UserIdColumnNotFound,*' -ExpectedMessage '*Who, city*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-UserIdProperty*'
    }

    It 'is refused with a hint when its columns are separated by <What> and read as one (P10)' -ForEach @(
        @{ What = 'semicolons'; Sign = ';'; Hint = "*-Delimiter ';'*" }
        @{ What = 'tabs'; Sign = "`t"; Hint = '*-Delimiter `t*' }
    ) {
        $problem = { Set-Table "UserId$($Sign)city`na$($Sign)Paris`n" } | Should -Throw -ErrorId 'UserIdColumnNotFound,*' -PassThru
        $problem.Exception.Message.Contains($Hint.Trim('*'), 'Ordinal') | Should -BeTrue
    }

    It 'must be read: the file itself is refused (P10)' {
        $file = Join-Path $TestDrive 'itself.csv'
        Set-Content $file "UserId,city`na,Paris"
        $problem = { Get-Item $file | Set-ChatUserAttribute } | Should -Throw -ErrorId 'FileIsNoRow,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Import-Csv*'
        { Get-Item $file | Set-ChatUserAttribute -Attribute @{ city = 'x' } } | Should -Throw -ErrorId 'FileIsNoRow,*'
    }

    It 'may hold a value of exactly 50 bytes: <What>' -ForEach @(
        @{ What = 'Latin letters'; Value = 'x' * 50 }
        @{ What = 'Chinese characters'; Value = '上' * 16 + 'xx' }
        @{ What = 'emoji'; Value = [char]::ConvertFromUtf32(0x1F600) * 12 + 'xx' }
    ) {
        $run = Set-Table "UserId,city`na,$Value`n"
        $run.Results.Status | Should -Be 'Succeeded'
        $run.Accounts['a'].city | Should -BeExactly $Value
    }

    It 'fails a row with a value of 51 bytes alone, without sending it: <What> (P2, P10)' -ForEach @(
        @{ What = 'Latin letters'; Value = 'x' * 51 }
        @{ What = 'Chinese characters'; Value = '上' * 17 }
        @{ What = 'emoji'; Value = [char]::ConvertFromUtf32(0x1F600) * 12 + 'xxx' }
    ) {
        $run = Set-Table "UserId,city`na,Paris`nb,$Value`nc,Oslo`n"
        $run.Results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $run.Results[1].ErrorId | Should -BeExactly 'InvalidAttributeValue'
        $run.Results[1].Message | Should -Match "'city'"
        $run.Errors | Should -HaveCount 1
        $run.Errors[0].Exception.Message | Should -Match "Row 2, user 'b'"
        $run.Calls | Should -HaveCount 1
        $run.Calls.Accounts | Should -BeExactly @('a', 'c')
    }

    It 'fails a row with half a character alone (P10)' {
        $mark = Get-EmulatorMark $emulator
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, [pscustomobject]@{ UserId = 'b'; city = "x$([char]0xD83D)" }, [pscustomobject]@{ UserId = "c$([char]0xDC00)"; city = 'x' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Failed')
        $results[1..2].ErrorId | Should -BeExactly @('InvalidText', 'InvalidText')
        (Get-EmulatorCall $emulator -After $mark -Endpoint 'im_set_attr').Accounts | Should -BeExactly 'a'
    }

    It 'is set by the columns that -Property picks, whatever else it has' {
        $run = Set-Table "UserId,city,shoe,sex`na,Paris,42,f`n" -With @{ Property = 'city' }
        $run.Results.Status | Should -Be 'Succeeded'
        $run.Accounts['a'].Keys | Should -BeExactly @('city')
    }

    It 'is refused when -Property picks a column that it does not have (P10)' {
        { Set-Table "UserId,city`na,Paris`n" -With @{ Property = 'city', 'level' } } |
            Should -Throw -ErrorId 'PropertyNotFound,*' -ExpectedMessage "*'level'*UserId, city*"
    }

    It 'may name the account in a column of any name with -UserIdProperty, in any case' {
        $run = Set-Table "MAIL,city`na@example.org,Paris`n" -With @{ UserIdProperty = 'mail' }
        $run.Results.UserId | Should -BeExactly 'a@example.org'
        $run.Accounts['a@example.org'].city | Should -BeExactly 'Paris'
    }

    It 'is refused when it lacks the column that -UserIdProperty names (P10)' {
        { Set-Table "UserId,city`na,Paris`n" -With @{ UserIdProperty = 'mail' } } | Should -Throw -ErrorId 'UserIdColumnNotFound,*' -ExpectedMessage "*'mail'*"
    }

    It 'may name the account in a column called <Column>' -ForEach @(
        'UserId', 'userid', 'USERID', 'To_Account', 'Account', 'Identifier', 'User' | ForEach-Object { @{ Column = $_ } }
    ) {
        $run = Set-Table "$Column,city`na,Paris`n"
        $run.Results.Status | Should -Be 'Succeeded'
        $run.Accounts['a'].city | Should -BeExactly 'Paris'
    }

    It 'may have its columns in any order' {
        $run = Set-Table "level,city,UserId`n9,Paris,a`n"
        $run.Accounts['a'].level | Should -BeExactly '9'
    }

    It 'that is empty comes to nothing: no result, no error, no call' {
        $run = Set-Table "UserId,city`n"
        $run.Results | Should -HaveCount 0
        $run.Errors | Should -HaveCount 0
        $run.Calls | Should -HaveCount 0
    }

    It 'of <Rows> rows takes <Calls> calls of at most 100 accounts' -ForEach @(
        @{ Rows = 1; Calls = 1 }
        @{ Rows = 100; Calls = 1 }
        @{ Rows = 101; Calls = 2 }
        @{ Rows = 1000; Calls = 10 }
    ) {
        $run = Set-Table ((@('UserId,city') + (1..$Rows | ForEach-Object { "u$_,Town $_" })) -join "`n")
        $run.Results.Row | Should -Be @(1..$Rows)
        $run.Results.UserId | Should -BeExactly @(1..$Rows | ForEach-Object { "u$_" })
        $run.Calls | Should -HaveCount $Calls
        ($run.Calls.AccountCount | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 100
        ($run.Calls.AccountCount | Measure-Object -Sum).Sum | Should -Be $Rows
        $run.Accounts["u$Rows"].city | Should -BeExactly "Town $Rows"
    }

    It 'is sent in calls of -BatchSize accounts' {
        $run = Set-Table ((@('UserId,city') + (1..10 | ForEach-Object { "u$_,Town $_" })) -join "`n") -With @{ BatchSize = 3 }
        $run.Calls.AccountCount | Sort-Object | Should -Be @(1, 3, 3, 3)
        $run.Results.Row | Should -Be @(1..10)
    }
}
