#Requires -Version 7.4
# The forms in which rows reach Set-ChatUserAttribute, on the embedded emulator.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule

    # What an account has, as text that compares.
    function Get-Held([string] $UserId) {
        $held = (Get-ChatUserAttribute -UserId $UserId -ErrorAction SilentlyContinue).Attributes
        ($held.GetEnumerator() | Sort-Object Key -CaseSensitive | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ';'
    }
}

AfterAll {
    Disconnect-Chat
}

Describe 'Rows for Set-ChatUserAttribute' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'may be <What>' -ForEach @(
        @{ What = 'objects'; Row = [pscustomobject]@{ UserId = 'a'; city = 'Paris'; level = 1 } }
        @{ What = 'hashtables'; Row = @{ UserId = 'a'; city = 'Paris'; level = 1 } }
        @{ What = 'ordered dictionaries'; Row = [ordered]@{ city = 'Paris'; level = 1; UserId = 'a' } }
        @{ What = 'generic dictionaries'; Row = & { $d = [System.Collections.Generic.Dictionary[string, object]]::new(); $d['UserId'] = 'a'; $d['city'] = 'Paris'; $d['level'] = 1; $d } }
        @{ What = 'objects of JSON'; Row = '{"UserId":"a","city":"Paris","level":1}' | ConvertFrom-Json }
        @{ What = 'dictionaries of JSON'; Row = '{"UserId":"a","city":"Paris","level":1}' | ConvertFrom-Json -AsHashtable }
        @{ What = 'objects with selected properties'; Row = [pscustomobject]@{ UserId = 'a'; city = 'Paris'; level = 1; shoe = 42 } | Select-Object UserId, city, level }
        @{ What = 'objects with calculated properties'; Row = [pscustomobject]@{ Mail = 'a' } | Select-Object @{ n = 'UserId'; e = 'Mail' }, @{ n = 'city'; e = { 'Paris' } }, @{ n = 'level'; e = { 1 } } }
        @{ What = 'objects with an Attribute property that is a hashtable'; Row = [pscustomobject]@{ UserId = 'a'; Attribute = @{ city = 'Paris'; level = 1 } } }
        @{ What = 'objects with an Attribute property that is an object'; Row = [pscustomobject]@{ UserId = 'a'; Attribute = [pscustomobject]@{ city = 'Paris'; level = 1 } } }
        @{ What = 'hashtables with an Attribute entry'; Row = @{ UserId = 'a'; Attribute = [ordered]@{ city = 'Paris'; level = 1 } } }
    ) {
        $results = @(, $Row | Set-ChatUserAttribute)
        $results | Should -HaveCount 1
        $results.UserId | Should -BeExactly 'a'
        $results.Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Paris;level=1'
    }

    It 'may be rows of a data table, of which -Property picks columns' {
        $table = [System.Data.DataTable]::new()
        'UserId', 'city', 'level' | ForEach-Object { $null = $table.Columns.Add($_) }
        $null = $table.Rows.Add('a', 'Paris', [DBNull]::Value)
        $results = $table.Rows | Set-ChatUserAttribute -Property city, level
        $results.Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Paris'
    }

    It 'may be given by -InputObject' {
        $result = Set-ChatUserAttribute -InputObject ([pscustomobject]@{ UserId = 'a'; city = 'Paris' })
        $result.Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Paris'
    }

    It 'may be names of accounts, with -Attribute for all of them as <What>' -ForEach @(
        @{ What = 'a hashtable'; Attribute = @{ city = 'Paris'; level = 1 } }
        @{ What = 'an ordered dictionary'; Attribute = [ordered]@{ level = 1; city = 'Paris' } }
        @{ What = 'an object'; Attribute = [pscustomobject]@{ city = 'Paris'; level = 1 } }
    ) {
        $results = 'a', 'b' | Set-ChatUserAttribute -Attribute $Attribute
        $results.UserId | Should -BeExactly @('a', 'b')
        Get-Held 'a' | Should -BeExactly 'city=Paris;level=1'
        Get-Held 'b' | Should -BeExactly 'city=Paris;level=1'
    }

    It 'may be numbers that name accounts' {
        $results = 1001, 1002L | Set-ChatUserAttribute -Attribute @{ city = 'Paris' }
        $results.UserId | Should -BeExactly @('1001', '1002')
    }

    It 'may bring columns of their own beside -Attribute: both are set' {
        $rows = [pscustomobject]@{ UserId = 'a'; sex = 'f' }, @{ UserId = 'b'; level = 2 }, 'c', [pscustomobject]@{ UserId = 'd'; Attribute = @{ sex = 'm' } }
        ($rows | Set-ChatUserAttribute -Attribute @{ city = 'Bari' }).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded', 'Succeeded')
        'a', 'b', 'c', 'd' | ForEach-Object { Get-Held $_ } | Should -BeExactly @('city=Bari;sex=f', 'city=Bari;level=2', 'city=Bari', 'city=Bari;sex=m')
    }

    It 'may bring empty cells beside -Attribute, which leave their attributes alone' {
        ([pscustomobject]@{ UserId = 'a'; sex = '' } | Set-ChatUserAttribute -Attribute @{ city = 'Bari' }).Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Bari'
    }

    It 'give way to -Attribute where both name an attribute, and a warning tells it once' {
        $rows = [pscustomobject]@{ UserId = 'a'; sex = 'f'; city = 'Oslo' }, [pscustomobject]@{ UserId = 'b'; city = 'Rome'; sex = 'm' }, [pscustomobject]@{ UserId = 'c'; Attribute = @{ city = 'Rome'; level = 1 } }
        ($rows | Set-ChatUserAttribute -Attribute @{ city = 'Bari' } -WarningVariable told -WarningAction SilentlyContinue).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        'a', 'b', 'c' | ForEach-Object { Get-Held $_ } | Should -BeExactly @('city=Bari;sex=f', 'city=Bari;sex=m', 'city=Bari;level=1')
        $told | Should -HaveCount 1
        "$told" | Should -Match "'city'"
    }

    It 'are refused when a column beside -Attribute is no attribute, and the error says how to give the ids alone (P10)' {
        $row = [pscustomobject]@{ UserId = 'a'; shoe = 42 }
        $problem = { $row | Set-ChatUserAttribute -Attribute @{ city = 'Bari' } } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage "*'shoe'*" -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*ForEach-Object UserId*'
        ($row | ForEach-Object UserId | Set-ChatUserAttribute -Attribute @{ city = 'Bari' }).Status | Should -Be 'Succeeded'
        ([pscustomobject]@{ UserId = 'b'; shoe = 42; sex = 'f' } | Set-ChatUserAttribute -Property sex -Attribute @{ city = 'Bari' }).Status | Should -Be 'Succeeded'
        Get-Held 'b' | Should -BeExactly 'city=Bari;sex=f'
    }

    It 'may be named on the command line, by position too' {
        (Set-ChatUserAttribute -UserId a, b -Attribute @{ city = 'Paris' }).UserId | Should -BeExactly @('a', 'b')
        (Set-ChatUserAttribute c @{ city = 'Rome' }).Status | Should -Be 'Succeeded'
        Get-Held 'c' | Should -BeExactly 'city=Rome'
    }

    It 'may be named on the command line by <_>' -ForEach 'To_Account', 'Account', 'Identifier', 'User' {
        $named = @{ $_ = 'a' }
        (Set-ChatUserAttribute @named -Attribute @{ city = 'Paris' }).UserId | Should -BeExactly 'a'
    }

    It 'that are only names need -Attribute, and the error says so (P10)' {
        $problem = { 'a' | Set-ChatUserAttribute } | Should -Throw -ErrorId 'AttributeMissing,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Attribute @{*'
    }

    It 'are refused when -Attribute <What> (P10)' -ForEach @(
        @{ What = 'names nothing'; Attribute = @{}; ErrorId = 'AttributeMissing' }
        @{ What = 'is text'; Attribute = 'Paris'; ErrorId = 'AttributeMissing' }
        @{ What = 'is a list'; Attribute = @('city', 'Paris'); ErrorId = 'AttributeMissing' }
        @{ What = 'names an attribute that the app does not have'; Attribute = @{ town = 'x' }; ErrorId = 'InvalidAttribute' }
        @{ What = 'gives no value'; Attribute = @{ city = $null }; ErrorId = 'InvalidAttributeValue' }
        @{ What = 'gives an empty value'; Attribute = @{ city = '' }; ErrorId = 'InvalidAttributeValue' }
        @{ What = 'gives a list as value'; Attribute = @{ city = 'a', 'b' }; ErrorId = 'InvalidAttributeValue' }
        @{ What = 'gives a value of 51 bytes'; Attribute = @{ city = 'x' * 51 }; ErrorId = 'InvalidAttributeValue' }
    ) {
        { 'a' | Set-ChatUserAttribute -Attribute $Attribute } | Should -Throw -ErrorId "$ErrorId,*"
        { Set-ChatUserAttribute -UserId a -Attribute $Attribute } | Should -Throw -ErrorId "$ErrorId,*"
    }

    It 'fail alone when a cell holds <What> (P2, P10)' -ForEach @(
        @{ What = 'a list'; Cell = @('x', 'y') }
        @{ What = 'a table'; Cell = @{ x = 1 } }
        @{ What = 'an object'; Cell = [pscustomobject]@{ x = 1 } }
    ) {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, [pscustomobject]@{ UserId = 'b'; city = $Cell }, [pscustomobject]@{ UserId = 'c'; city = 'Rome' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].ErrorId | Should -BeExactly 'InvalidAttributeValue'
    }

    It 'leave alone what holds <What>' -ForEach @(
        @{ What = 'null'; Cell = $null }
        @{ What = 'empty text'; Cell = '' }
        @{ What = 'a database null'; Cell = [DBNull]::Value }
    ) {
        $null = Set-ChatUserAttribute -UserId a -Attribute @{ city = 'Paris' }
        $result = [pscustomobject]@{ UserId = 'a'; city = $Cell; level = 2 } | Set-ChatUserAttribute
        $result.Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Paris;level=2'
    }
}

Describe 'Rows that change their shape on the way to Set-ChatUserAttribute' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'are set with all their columns when a later row brings another attribute' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, [pscustomobject]@{ UserId = 'b'; city = 'Rome'; level = 3 }, [pscustomobject]@{ UserId = 'c'; city = 'Oslo' }
        ($rows | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        Get-Held 'a' | Should -BeExactly 'city=Paris'
        Get-Held 'b' | Should -BeExactly 'city=Rome;level=3'
        Get-Held 'c' | Should -BeExactly 'city=Oslo'
    }

    It 'fail alone, and by name, when a later row brings a column that is no attribute (P2, P10)' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, [pscustomobject]@{ UserId = 'b'; city = 'Rome'; town = 'x' }, [pscustomobject]@{ UserId = 'c'; city = 'Oslo' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].UserId | Should -BeExactly 'b'
        $results[1].ErrorId | Should -BeExactly 'InvalidAttribute'
        $problems[0].Exception.Message | Should -Match "Row 2.*'town'"
    }

    It 'are read by name when as many columns stand under other names' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, [pscustomobject]@{ UserId = 'b'; level = 3 }, [pscustomobject]@{ city = 'Oslo'; To_Account = 'c' }
        ($rows | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        Get-Held 'b' | Should -BeExactly 'level=3'
        Get-Held 'c' | Should -BeExactly 'city=Oslo'
    }

    It 'may go from objects to hashtables and back' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, @{ UserId = 'b'; city = 'Rome' }, [pscustomobject]@{ UserId = 'c'; city = 'Oslo' }
        ($rows | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        Get-Held 'b' | Should -BeExactly 'city=Rome'
    }

    It 'fail alone when a later row has no id column (P2)' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, [pscustomobject]@{ city = 'Rome' }, [pscustomobject]@{ UserId = 'c'; city = 'Oslo' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].Message | Should -Match 'other columns'
    }

    It 'fail alone when a later row is a bare name (P2)' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, 'b', [pscustomobject]@{ UserId = 'c'; city = 'Oslo' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].UserId | Should -BeExactly 'b'
    }

    It 'merge for one account though they name different attributes (P3)' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'Paris'; level = 1 }, [pscustomobject]@{ UserId = 'a'; sex = 'f' }, [pscustomobject]@{ UserId = 'a'; city = 'Rome' }
        ($rows | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        Get-Held 'a' | Should -BeExactly 'city=Rome;level=1;sex=f'
    }

    It 'keep their cells under an attribute whose name is a number' {
        Connect-Chat -Emulator -AttributeName '1', 'city' -WarningAction SilentlyContinue
        (@{ UserId = 'a'; 1 = 'x' } | Set-ChatUserAttribute).Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly '1=x'
        (Set-ChatUserAttribute -UserId b -Attribute @{ 1 = 'y' }).Status | Should -Be 'Succeeded'
        Get-Held 'b' | Should -BeExactly '1=y'
    }
}

Describe 'Results piped back into Set-ChatUserAttribute' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'stand for the rows they carry' {
        $null = [pscustomobject]@{ UserId = 'a'; city = 'Paris' } | Set-ChatUserAttribute -WhatIf | Set-ChatUserAttribute
        Get-Held 'a' | Should -BeExactly 'city=Paris'
    }

    It 'that failed can be repaired and run again' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51 }, [pscustomobject]@{ UserId = 'b'; city = 'Rome' }
        $failed = @($rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue | Where-Object Status -EQ Failed)
        $failed | Should -HaveCount 1
        [object]::ReferenceEquals($failed[0].InputObject, $rows[0]) | Should -BeTrue
        $failed.InputObject | ForEach-Object { $_.city = 'short' }
        ($failed | Set-ChatUserAttribute).Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=short'
    }

    It 'are refused when the script used one object for all rows: nobody gets the values of another' {
        $row = [pscustomobject]@{ UserId = ''; city = '' }
        $results = 1..3 | ForEach-Object { $row.UserId = "u$_"; $row.city = "Town $_"; $row } | Set-ChatUserAttribute -BatchSize 1
        'u1', 'u2', 'u3' | ForEach-Object { Get-Held $_ } | Should -BeExactly @('city=Town 1', 'city=Town 2', 'city=Town 3')
        $again = $results | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $again.UserId | Should -BeExactly @('u1', 'u2', 'u3')
        $again.ErrorId | Should -BeExactly @('RowChanged', 'RowChanged', $null)
        ($results | Get-ChatUserAttribute).city | Should -BeExactly @('Town 1', 'Town 2', 'Town 3')
    }

    It 'that lacked a user id can be given one' {
        $results = [pscustomobject]@{ UserId = ''; city = 'Paris' } | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.InputObject.UserId = 'found'
        ($results | Set-ChatUserAttribute).Status | Should -Be 'Succeeded'
        ($results | Get-ChatUserAttribute).UserId | Should -BeExactly 'found'
    }

    It 'keep the row however often they are piped' {
        $result = [pscustomobject]@{ UserId = 'a'; city = 'Paris' } | Set-ChatUserAttribute | Set-ChatUserAttribute | Set-ChatUserAttribute
        $result.InputObject.city | Should -BeExactly 'Paris'
        $result.InputObject | Should -BeOfType [pscustomobject]
    }

    It 'export as the rows to look at, and come back from the file' {
        $file = Join-Path $TestDrive 'todo.csv'
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51 }, [pscustomobject]@{ UserId = 'b'; city = 'Rome' }
        $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue | Where-Object Status -NE Succeeded | ForEach-Object InputObject | Export-Csv $file
        $again = Import-Csv $file
        $again.UserId | Should -BeExactly 'a'
        ($again | Select-Object UserId, @{ n = 'city'; e = { 'Oslo' } } | Set-ChatUserAttribute).Status | Should -Be 'Succeeded'
    }

    It 'feed the other cmdlets' {
        $null = [pscustomobject]@{ UserId = 'a'; city = 'Paris' } | Set-ChatUserAttribute
        $got = [pscustomobject]@{ UserId = 'a'; level = 2 } | Set-ChatUserAttribute | Get-ChatUserAttribute
        $got.level | Should -BeExactly '2'
        ($got | Remove-ChatUserAttribute -Name city | Remove-ChatAccount -Force).Status | Should -Be 'Succeeded'
    }
}

Describe 'No rows for Set-ChatUserAttribute' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'city' -WarningAction SilentlyContinue
    }

    It 'come to nothing when <What>' -ForEach @(
        @{ What = 'the pipeline is empty'; Run = { @() | Set-ChatUserAttribute } }
        @{ What = 'the list of accounts is empty'; Run = { Set-ChatUserAttribute -UserId @() -Attribute @{ city = 'x' } } }
    ) {
        @(& $Run) | Should -HaveCount 0
    }

    It 'make an empty name a failed row' {
        $result = Set-ChatUserAttribute -UserId '' -Attribute @{ city = 'x' } -ErrorAction SilentlyContinue
        $result.ErrorId | Should -BeExactly 'MissingUserId'
    }
}
