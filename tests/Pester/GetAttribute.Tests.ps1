#Requires -Version 7.4
# Get-ChatUserAttribute: its columns, what it does not show, accounts that are missing, and the way through a file and back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule

    function Get-Column($InputObject) {
        $file = Join-Path $TestDrive 'columns.csv'
        $InputObject | Export-Csv $file
        (Get-Content $file -TotalCount 1).Replace('"', '') -split ','
    }
}

AfterAll {
    Disconnect-Chat
}

Describe 'Get-ChatUserAttribute' {
    BeforeAll {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
        $null = @(
            @{ UserId = 'a'; city = 'Paris'; sex = 'f' }
            @{ UserId = 'b'; level = '3' }
            @{ UserId = 'A'; city = 'Oslo' }
            @{ UserId = '1001'; city = 'Rome' }
        ) | Set-ChatUserAttribute
        $null = Set-ChatUserAttribute -UserId 'none' -Attribute @{ city = 'x' }
        $null = Remove-ChatUserAttribute -UserId 'none' -All
    }

    It 'shows the id, one column for each of the app''s attributes in the order of their slots, and whether the user was read' {
        $got = Get-ChatUserAttribute -UserId a
        Get-Column $got | Should -BeExactly @('UserId', 'sex', 'city', 'level', 'ReadStatus')
        $got.UserId | Should -BeExactly 'a'
        $got.sex | Should -BeExactly 'f'
        $got.city | Should -BeExactly 'Paris'
        $got.level | Should -BeNullOrEmpty
    }

    It 'shows the same columns whatever the accounts have, and for missing ones too' {
        foreach ($first in 'a', 'b', 'none', 'missing') {
            Get-Column (Get-ChatUserAttribute -UserId $first, 'a' -ErrorAction SilentlyContinue) | Should -BeExactly @('UserId', 'sex', 'city', 'level', 'ReadStatus')
        }
    }

    It 'answers in the order of the input, though the service does not (P1)' {
        $ids = 'b', 'a', '1001', 'A', 'none', 'a'
        (Get-ChatUserAttribute -UserId $ids).UserId | Should -BeExactly $ids
    }

    It 'tells accounts apart by case' {
        (Get-ChatUserAttribute -UserId a, A).city | Should -BeExactly @('Paris', 'Oslo')
    }

    It 'shows the attributes that -Name picks, in that order' {
        Get-Column (Get-ChatUserAttribute -UserId a -Name level, city) | Should -BeExactly @('UserId', 'level', 'city', 'ReadStatus')
    }

    It 'refuses a -Name that the app does not have (P10)' {
        { Get-ChatUserAttribute -UserId a -Name city, town } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage "*'town'*"
    }

    It 'takes names from the pipeline: text, numbers, rows, results' {
        ('a' | Get-ChatUserAttribute).city | Should -BeExactly 'Paris'
        (1001 | Get-ChatUserAttribute).city | Should -BeExactly 'Rome'
        ([pscustomobject]@{ UserId = 'a'; shoe = 42 } | Get-ChatUserAttribute).city | Should -BeExactly 'Paris'
        ([pscustomobject]@{ To_Account = 'a' } | Get-ChatUserAttribute).city | Should -BeExactly 'Paris'
        (@{ Identifier = 'a' } | Get-ChatUserAttribute).city | Should -BeExactly 'Paris'
        ([pscustomobject]@{ Mail = 'a' } | Get-ChatUserAttribute -UserIdProperty Mail).city | Should -BeExactly 'Paris'
        (Get-ChatUserAttribute -UserId a | Get-ChatUserAttribute).city | Should -BeExactly 'Paris'
    }

    It 'has an account without attributes succeed, with empty columns' {
        $got = Get-ChatUserAttribute -UserId none
        $got.Status | Should -Be 'Succeeded'
        $got.Attributes.Count | Should -Be 0
    }

    It 'fails a missing account alone, with its own error, and keeps its place (P1, P2)' {
        $got = Get-ChatUserAttribute -UserId a, missing, b -ErrorAction SilentlyContinue -ErrorVariable problems
        $got.UserId | Should -BeExactly @('a', 'missing', 'b')
        $got.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $got[1].ErrorId | Should -BeExactly 'AccountNotFound'
        $problems | Should -HaveCount 1
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'finds one missing account among a hundred in a bounded number of tries (P2)' {
        $ids = @(1..99 | ForEach-Object { "many$_" })
        $null = Set-ChatUserAttribute -UserId $ids -Attribute @{ city = 'x' }
        $got = Get-ChatUserAttribute -UserId ($ids[0..49] + 'missing' + $ids[50..98]) -ErrorAction SilentlyContinue
        @($got | Where-Object Status -EQ Succeeded) | Should -HaveCount 99
        ($got.Attempts | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 8
    }

    It 'has Status, Attributes, InputObject and the rest at hand by name, and out of CSV files' {
        $row = [pscustomobject]@{ UserId = 'a'; shoe = 42 }
        $got = $row | Get-ChatUserAttribute
        $got.Status | Should -Be 'Succeeded'
        $got.Attributes['city'] | Should -BeExactly 'Paris'
        $got.Attributes.ContainsKey('level') | Should -BeFalse
        $got.InputObject.shoe | Should -Be 42
        $got.Row | Should -Be 1
        $got.Batch | Should -Be 1
        $got.Attempts | Should -Be 1
        $got.ErrorId | Should -BeNullOrEmpty
        ($got | Select-Object * | ConvertTo-Json | ConvertFrom-Json -AsHashtable).Keys | Should -BeExactly @('UserId', 'sex', 'city', 'level', 'ReadStatus')
        @($got | Where-Object Status -EQ Succeeded) | Should -HaveCount 1
    }

    It 'of a result carries the row, not the result' {
        $row = [pscustomobject]@{ UserId = 'a'; city = 'Paris' }
        $got = $row | Set-ChatUserAttribute | Get-ChatUserAttribute
        [object]::ReferenceEquals($got.InputObject, $row) | Should -BeTrue
    }

    It 'goes through a file and back: Export-Csv, edit, Import-Csv, Set-ChatUserAttribute' {
        $file = Join-Path $TestDrive 'round.csv'
        Get-ChatUserAttribute -UserId a, b, A, missing -ErrorAction SilentlyContinue | Export-Csv $file
        (Get-Content -Raw $file).Replace('Paris', 'Nice, "Côte"'.Replace('"', '""')) | Set-Content $file
        $results = Import-Csv $file | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded', 'Failed')
        $results[3].ErrorId | Should -BeExactly 'NotRead'
        (Get-ChatUserAttribute -UserId a).city | Should -BeExactly 'Nice, "Côte"'
        (Get-ChatUserAttribute -UserId b).level | Should -BeExactly '3'
        $null = Set-ChatUserAttribute -UserId a -Attribute @{ city = 'Paris' }
    }

    It 'goes straight back into Set-ChatUserAttribute, with a column changed' {
        $null = Get-ChatUserAttribute -UserId b | ForEach-Object { $_.level = 'x'; $_ } | Set-ChatUserAttribute
        (Get-ChatUserAttribute -UserId b).level | Should -BeExactly 'x'
        $null = Set-ChatUserAttribute -UserId b -Attribute @{ level = '3' }
    }

    It 'goes straight back into Set-ChatUserAttribute with a constant beside it' {
        (Get-ChatUserAttribute -UserId b | Set-ChatUserAttribute -Attribute @{ city = 'Bonn' } -WarningVariable told).Status | Should -Be 'Succeeded'
        $told | Should -BeNullOrEmpty
        $got = Get-ChatUserAttribute -UserId b
        $got.city, $got.level | Should -BeExactly @('Bonn', '3')
        $null = Remove-ChatUserAttribute -UserId b -Name city
    }

    It 'keeps every character on the way out and back' {
        $odd = "L1`r`nL2, `"q`" $([char]::ConvertFromUtf32(0x1F600)) 上海"
        $null = Set-ChatUserAttribute -UserId odd -Attribute @{ city = $odd }
        $file = Join-Path $TestDrive 'odd.csv'
        Get-ChatUserAttribute -UserId odd | Export-Csv $file
        $null = Import-Csv $file | ForEach-Object { $_.UserId = 'odd2'; $_ } | Set-ChatUserAttribute
        (Get-ChatUserAttribute -UserId odd2).city | Should -BeExactly $odd
    }

    It 'comes to nothing for no input' {
        @(@() | Get-ChatUserAttribute) | Should -HaveCount 0
        @(Get-ChatUserAttribute -UserId @()) | Should -HaveCount 0
    }
}

Describe 'Attributes whose names differ by case alone' {
    BeforeAll {
        Connect-Chat -Emulator -AttributeName 'city', 'City', 'userid' -WarningAction SilentlyContinue
    }

    It 'are told apart by Set-ChatUserAttribute, and Get-ChatUserAttribute warns that only one can be a column' {
        $both = [System.Collections.Generic.Dictionary[string, string]]::new()
        $both['city'] = 'Paris'
        $both['City'] = 'Rome'
        $null = Set-ChatUserAttribute -UserId a -Attribute $both
        $got = Get-ChatUserAttribute -UserId a -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 2
        $told[0].Message | Should -BeLike "*'City'*"
        $told[1].Message | Should -BeLike "*'userid'*"
        $got.UserId | Should -BeExactly 'a'
        $got.city | Should -BeExactly 'Paris'
        $got.Attributes['City'] | Should -BeExactly 'Rome'
        $got.Attributes['city'] | Should -BeExactly 'Paris'
    }

    It 'can each be a column when -Name picks it' {
        $got = Get-ChatUserAttribute -UserId a -Name City
        Get-Column $got | Should -BeExactly @('UserId', 'City', 'ReadStatus')
        $got.City | Should -BeExactly 'Rome'
    }
}

Describe 'An app without attributes' {
    It 'shows users with no column of attributes' {
        Connect-Chat -Emulator -WarningAction SilentlyContinue
        $got = Get-ChatUserAttribute -UserId administrator
        $got.UserId | Should -BeExactly 'administrator'
        Get-Column $got | Should -BeExactly @('UserId', 'ReadStatus')
    }
}

Describe 'The table of users' {
    BeforeAll {
        function Get-Line($InputObject) {
            @(($InputObject | Out-String -Width 80) -split '\r?\n' | Where-Object { $_.Trim() } | Select-Object -Skip 2)
        }
    }

    It 'shows what is, not what was read' {
        Connect-Chat -Emulator -AttributeName sex, city -WarningAction SilentlyContinue
        $null = Set-ChatUserAttribute ann -Attribute @{ sex = 'f'; city = 'Paris' }
        $got = Get-ChatUserAttribute ann
        Get-Line $got | Should -Match '^ann +sex=f; city=Paris$'
        $got.city = 'Kobe'
        Get-Line $got | Should -Match '^ann +sex=f; city=Kobe$'
        $got.sex = ''
        Get-Line $got.PSObject.Copy() | Should -Match '^ann +city=Kobe$'
        ($got | Format-List | Out-String) | Should -Match '(?m)^city\s+: Kobe\s*$'
    }

    It 'shows an attribute that is called as a member of results is' {
        Connect-Chat -Emulator -AttributeName Status, ErrorId, Attributes -WarningAction SilentlyContinue
        $null = Set-ChatUserAttribute ann -Attribute @{ Status = 'gold'; ErrorId = 'none'; Attributes = 'some' }
        $got = Get-ChatUserAttribute ann, missing -ErrorAction SilentlyContinue
        (Get-Line $got)[0] | Should -Match '^ann +Status=gold; ErrorId=none; Attributes=some$'
        (Get-Line $got)[1] | Should -Match '^missing +Failed: AccountNotFound: '
        ($got | Format-List | Out-String) -replace '\s+', ' ' | Should -Match 'Status : gold ErrorId : none Attributes : some ReadStatus : Succeeded .*ReadStatus : Failed'
    }

    It 'shows the columns that -Name picked' {
        Connect-Chat -Emulator -AttributeName sex, city -WarningAction SilentlyContinue
        $null = Set-ChatUserAttribute ann -Attribute @{ sex = 'f'; city = 'Paris' }
        Get-Line (Get-ChatUserAttribute ann -Name city) | Should -Match '^ann +city=Paris$'
    }

    It 'shows all of that in the Constrained Language mode too' {
        $shown = Invoke-FreshPwsh "Import-Module '$(Get-StagedManifest)'; Connect-Chat -Emulator -AttributeName city -WarningAction Ignore; `$null = Set-ChatUserAttribute ann @{ city = 'Paris' }; `$got = Get-ChatUserAttribute ann, missing -ErrorAction Ignore; `$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; `$got; `$got | Format-List"
        $shown.Error | Should -BeNullOrEmpty
        $shown.Output | Should -Match '(?m)^ann +city=Paris'
        $shown.Output | Should -Match '(?m)^missing +Failed: AccountNotFound'
        $shown.Output | Should -Match '(?m)^city\s+: Paris'
    }
}

Describe 'An answer that names an attribute twice' {
    It 'is read: the last value counts' {
        $emulator = Start-EmulatorHost '--attribute-names', 'city'
        $relay = New-Relay $emulator.Endpoint
        try {
            $null = Connect-EmulatorHost $emulator @{ Endpoint = $relay.Address }
            $null = Set-ChatUserAttribute ann -Attribute @{ city = 'Rome' }
            $relay.Rewrites = [System.ValueTuple[string, string]]::new('"city":"Rome"', '"city":"Rome","city":"Oslo"')
            $got = Get-ChatUserAttribute ann
            $got.Status | Should -Be 'Succeeded'
            $got.city | Should -BeExactly 'Oslo'
            $got.Attributes['city'] | Should -BeExactly 'Oslo'
        }
        finally {
            $relay.Dispose()
            Stop-EmulatorHost $emulator
        }
    }
}
