#Requires -Version 7.4
# Rows that cannot be right: what is told, where, and that their neighbours are done all the same (P1, P2, P10).

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule

    Add-Type -TypeDefinition @'
namespace TencentChat.PesterSupport
{
    public sealed class Wordless : System.IFormattable
    {
        public string ToString(string format, System.IFormatProvider provider) { throw new System.InvalidOperationException("boom"); }
    }
}
'@

    function Get-Held([string] $UserId) {
        $held = (Get-ChatUserAttribute -UserId $UserId -ErrorAction SilentlyContinue -WarningAction SilentlyContinue).Attributes
        ($held.Keys | Sort-Object -CaseSensitive | ForEach-Object { "$_=$($held[$_])" }) -join ';'
    }

    # Tables whose keys differ by case.
    function New-CaseTable {
        $table = [System.Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal)
        for ($i = 0; $i -lt $args.Count; $i += 2) { $table[$args[$i]] = $args[$i + 1] }
        $table
    }

    function New-Throwing([string] $UserId, [string] $Column = 'city') {
        $row = [pscustomobject]@{ UserId = $UserId; level = '1' }
        if ($Column -eq 'UserId') { $row.PSObject.Properties.Remove('UserId') }
        $row | Add-Member -PassThru ScriptProperty $Column { throw 'boom' }
    }
}

AfterAll {
    Disconnect-Chat
}

Describe 'A cell that throws' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'fails its row alone, as row <Bad> of 500, and says which (P1, P2)' -ForEach @(@{ Bad = 1 }, @{ Bad = 450 }, @{ Bad = 500 }) {
        $rows = 1..500 | ForEach-Object { $_ -eq $Bad ? (New-Throwing "u$_") : [pscustomobject]@{ UserId = "u$_"; city = 'Paris' } }
        $results = @($rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems)
        $results | Should -HaveCount 500
        @($results | Where-Object Status -EQ Succeeded) | Should -HaveCount 499
        $results[$Bad - 1].Status | Should -Be 'Failed'
        $results[$Bad - 1].ErrorId | Should -BeExactly 'UnreadableCell'
        $problems | Should -HaveCount 1
        $problems[0].Exception.Message | Should -Be "Row $Bad, user 'u$Bad': The cell 'city' cannot be read. (boom)"
    }

    It 'fails its row also where -Property picks the column, and where the next row is built the same way' {
        $rows = (New-Throwing 'a'), (New-Throwing 'b'), [pscustomobject]@{ UserId = 'c'; city = 'Rome'; shoe = 1 }
        ($rows | Set-ChatUserAttribute -Property city -ErrorAction SilentlyContinue).ErrorId | Should -Be @('UnreadableCell', 'UnreadableCell', $null)
        Get-Held 'c' | Should -BeExactly 'city=Rome'
    }

    It 'fails its row alone in <Name> when it names the user (P2)' -ForEach @(
        @{ Name = 'Set-ChatUserAttribute'; With = @{} }
        @{ Name = 'Get-ChatUserAttribute'; With = @{} }
        @{ Name = 'Import-ChatAccount'; With = @{ WarningAction = 'SilentlyContinue' } }
        @{ Name = 'Remove-ChatAccount'; With = @{ Force = $true } }
        @{ Name = 'Sync-ChatUserAttribute'; With = @{} }
    ) {
        $null = Set-ChatUserAttribute a, c -Attribute @{ level = '1' }
        $rows = [pscustomobject]@{ UserId = 'a'; level = '1' }, (New-Throwing '' UserId), [pscustomobject]@{ UserId = 'c'; level = '1' }
        $results = $rows | & $Name @With -ErrorAction SilentlyContinue
        $results.ErrorId | Should -Be @($null, 'UnreadableCell', $null)
        $results[1].UserId | Should -BeExactly ''
    }

    It 'fails its row alone in Import-ChatAccount when it is a nickname' {
        $rows = [pscustomobject]@{ UserId = 'a'; Nick = 'Ann' }, ([pscustomobject]@{ UserId = 'b' } | Add-Member -PassThru ScriptProperty Nick { throw 'boom' }), [pscustomobject]@{ UserId = 'c'; Nick = 'Cy' }
        ($rows | Import-ChatAccount -ErrorAction SilentlyContinue).ErrorId | Should -Be @($null, 'UnreadableCell', $null)
    }

    It 'fails its row alone also when it is the text of a value that throws, in <Name>' -ForEach @(
        @{ Name = 'Set-ChatUserAttribute'; Column = 'city'; ErrorId = 'InvalidAttributeValue' }
        @{ Name = 'Import-ChatAccount'; Column = 'Nick'; ErrorId = 'InvalidAttributeValue' }
        @{ Name = 'Remove-ChatAccount'; Column = 'UserId'; ErrorId = 'InvalidUserId' }
    ) {
        $force = $Name -like 'Remove-*' ? @{ Force = $true } : @{}
        $null = 'a', 'c' | Import-ChatAccount
        $rows = 'a', 'b', 'c' | ForEach-Object { [pscustomobject]@{ UserId = $_ } | Add-Member -PassThru -Force $Column ($Column -eq 'UserId' ? $_ : 'x') }
        $rows[1].$Column = [TencentChat.PesterSupport.Wordless]::new()
        ($rows | & $Name @force -ErrorAction SilentlyContinue).ErrorId | Should -Be @($null, $ErrorId, $null)
    }
}

Describe 'Columns whose names differ by case' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'city', 'City' -WarningAction SilentlyContinue
    }

    It 'are each taken by their exact name' {
        $null = New-CaseTable UserId a city paris City ROME | Set-ChatUserAttribute -Property City
        Get-Held 'a' | Should -BeExactly 'City=ROME'
        $null = New-CaseTable UserId b city paris City ROME | Set-ChatUserAttribute -Property city, City
        Get-Held 'b' | Should -BeExactly 'city=paris;City=ROME'
        $null = New-CaseTable UserId c city paris City ROME | Set-ChatUserAttribute
        Get-Held 'c' | Should -BeExactly 'city=paris;City=ROME'
    }

    It 'are told when -Property fits two of them, or takes one of them twice (P10)' {
        { New-CaseTable UserId a CITY paris City ROME | Set-ChatUserAttribute -Property city } | Should -Throw -ErrorId 'AmbiguousColumn,*' -ExpectedMessage "*'CITY' and 'City'*'city'*"
        { [pscustomobject]@{ UserId = 'a'; city = 'x' } | Set-ChatUserAttribute -Property city, City } | Should -Throw -ErrorId 'AmbiguousColumn,*' -ExpectedMessage "*'city' and 'City'*"
        Get-Held 'a' | Should -BeNullOrEmpty
    }

    It 'are told when two of them name the user, and -UserIdProperty says which (P10)' {
        $row = New-CaseTable UserId a userid b city x
        { $row | Set-ChatUserAttribute -Property city } | Should -Throw -ErrorId 'AmbiguousColumn,*' -ExpectedMessage "*'UserId' and 'userid'*"
        { $row | Remove-ChatAccount -Force } | Should -Throw -ErrorId 'AmbiguousColumn,*'
        ($row | Set-ChatUserAttribute -UserIdProperty userid -Property city).UserId | Should -BeExactly 'b'
        ($row | Remove-ChatAccount -UserIdProperty userid -Force).UserId | Should -BeExactly 'b'
    }

    It 'may be picked twice by one name' {
        ([pscustomobject]@{ UserId = 'a'; city = 'x' } | Set-ChatUserAttribute -Property city, city).Status | Should -Be 'Succeeded'
    }

    It 'are found in any case where there is one only, and the attribute is what the user wrote' {
        $null = [pscustomobject]@{ userID = 'a'; CITY = 'x' } | Set-ChatUserAttribute -Property City
        Get-Held 'a' | Should -BeExactly 'City=x'
    }

    It 'are told when a table has two keys of one name' {
        Connect-Chat -Emulator -AttributeName '1' -WarningAction SilentlyContinue
        $table = @{ UserId = 'a'; 1 = 'x' }
        $table['1'] = 'y'
        { $table | Set-ChatUserAttribute } | Should -Throw -ErrorId 'AmbiguousColumn,*' -ExpectedMessage "*'1'*"
    }
}

Describe 'A table that cannot be understood' {
    BeforeAll {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
    }

    It 'is told with ten of its columns at most' {
        $wide = [ordered]@{ UserId = 'a' }
        1..40 | ForEach-Object { $wide["column$_"] = $_ }
        { [pscustomobject]$wide | Set-ChatUserAttribute } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage "*'column10' and 30 more*"
        $wide.Remove('UserId')
        { [pscustomobject]$wide | Remove-ChatAccount -Force } | Should -Throw -ErrorId 'UserIdColumnNotFound,*' -ExpectedMessage '*column10 and 30 more*'
        { [pscustomobject]$wide | Set-ChatUserAttribute -UserIdProperty column1 -Property sex } | Should -Throw -ErrorId 'PropertyNotFound,*' -ExpectedMessage '*column10 and 30 more*'
    }

    It 'is told with the cure, when a column differs from an attribute by case alone' {
        { [pscustomobject]@{ UserId = 'a'; City = 'x' } | Set-ChatUserAttribute } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage '*-Property city*'
        ([pscustomobject]@{ UserId = 'a'; City = 'x' } | Set-ChatUserAttribute -Property city).Status | Should -Be 'Succeeded'
        $problem = { Get-ChatUserAttribute a -Name City } | Should -Throw -ErrorId 'InvalidAttribute,*' -PassThru
        "$problem" | Should -Match "'city'; case matters"
        "$problem $($problem.ErrorDetails.RecommendedAction)" | Should -Not -Match '-Property|-UserIdProperty'
    }

    It 'is told to be a plan, when it is what Compare-ChatUserAttribute wrote' {
        $null = Set-ChatUserAttribute a -Attribute @{ city = 'Paris' }
        $plan = [pscustomobject]@{ UserId = 'a'; city = 'Rome' } | Compare-ChatUserAttribute
        $told = @(
            { $plan | Sync-ChatUserAttribute } | Should -Throw -ErrorId 'RowIsPlan,*' -PassThru
            { $plan | Set-ChatUserAttribute } | Should -Throw -ErrorId 'RowIsPlan,*' -PassThru
            { $plan | ConvertTo-Csv | ConvertFrom-Csv | Sync-ChatUserAttribute } | Should -Throw -ErrorId 'RowIsPlan,*' -PassThru
        )
        $told.ErrorDetails.RecommendedAction | Should -BeLike '* -Plan.'
        (Get-ChatUserAttribute a).city | Should -BeExactly 'Paris'
    }

    It 'has advice of its own for each error: the row lacks <What>' -ForEach @(
        @{ What = 'an id column'; Row = [pscustomobject]@{ city = 'x' }; ErrorId = 'UserIdColumnNotFound'; Advice = '-UserIdProperty' }
        @{ What = 'a user id'; Row = [pscustomobject]@{ UserId = ''; city = 'x' }; ErrorId = 'MissingUserId'; Advice = '-UserIdProperty' }
        @{ What = 'a user id that is text'; Row = [pscustomobject]@{ UserId = 'a', 'b'; city = 'x' }; ErrorId = 'InvalidUserId'; Advice = 'one user id' }
        @{ What = 'a user id, and has a date there'; Row = [pscustomobject]@{ UserId = [datetime]'2026-01-01'; city = 'x' }; ErrorId = 'InvalidUserId'; Advice = 'one user id' }
        @{ What = 'a known attribute'; Row = [pscustomobject]@{ UserId = 'b'; town = 'x' }; ErrorId = 'InvalidAttribute'; Advice = 'Set-ChatAttributeName' }
        @{ What = 'a known attribute in its table'; Row = [pscustomobject]@{ UserId = 'b'; Attribute = @{ town = 'x' } }; ErrorId = 'InvalidAttribute'; Advice = 'Get-ChatAttributeName' }
        @{ What = 'a value in its table'; Row = [pscustomobject]@{ UserId = 'b'; Attribute = @{ city = '' } }; ErrorId = 'InvalidAttributeValue'; Advice = 'Remove-ChatUserAttribute' }
        @{ What = 'a table in its table'; Row = [pscustomobject]@{ UserId = 'b'; Attribute = 'city' }; ErrorId = 'AttributeMissing'; Advice = '-Attribute @{' }
        @{ What = 'a value that is text'; Row = [pscustomobject]@{ UserId = 'b'; city = @{} }; ErrorId = 'InvalidAttributeValue'; Advice = 'one value' }
        @{ What = 'its rows'; Row = [System.IO.FileInfo]'leavers.csv'; ErrorId = 'FileIsNoRow'; Advice = 'Import-Csv' }
    ) {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'x' }, $Row, [pscustomobject]@{ UserId = 'c'; city = 'x' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems
        $results.ErrorId | Should -BeExactly @($null, $ErrorId, $null)
        $problems | Should -HaveCount 1
        $problems[0].ErrorDetails.RecommendedAction.Contains($Advice) | Should -BeTrue -Because $problems[0].ErrorDetails.RecommendedAction
    }
}

Describe 'Which user a row names' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'city' -WarningAction SilentlyContinue
        $null = Set-ChatUserAttribute x, y, z, Jane, root -Attribute @{ city = 'Paris' }
    }

    It 'is found anew in a row of another shape: <What>' -ForEach @(
        @{ What = 'objects'; Rows = { [pscustomobject]@{ User = 'x' }; [pscustomobject]@{ UserId = 'y'; User = 'Jane' } } }
        @{ What = 'objects with as many columns'; Rows = { [pscustomobject]@{ User = 'x'; note = 1 }; [pscustomobject]@{ User = 'Jane'; UserId = 'y' } } }
        @{ What = 'tables'; Rows = { @{ User = 'x' }; @{ UserId = 'y'; User = 'Jane' } } }
        @{ What = 'tables with as many keys'; Rows = { @{ User = 'x'; note = 1 }; @{ UserId = 'y'; User = 'Jane' } } }
        @{ What = 'a table, then an object'; Rows = { @{ User = 'x'; note = 1 }; [pscustomobject]@{ User = 'Jane'; UserId = 'y' } } }
    ) {
        $results = & $Rows | Remove-ChatAccount -Force
        $results.UserId | Should -BeExactly @('x', 'y')
        ('x', 'y', 'Jane' | Get-ChatAccount).AccountStatus | Should -Be @('NotImported', 'NotImported', 'Imported')
        $null = & $Rows | ForEach-Object { if ($_ -is [hashtable]) { $_.city = 'Rome' } else { $_ | Add-Member city Rome }; $_ } | Set-ChatUserAttribute -Property city -ErrorAction SilentlyContinue
        (Get-ChatUserAttribute Jane).city | Should -BeExactly 'Paris'
    }

    It 'is nobody where a later row is a file: <What>' -ForEach @(
        @{ What = 'live'; File = { Get-Item $PSCommandPath } }
        @{ What = 'from a job'; File = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-Item $PSCommandPath), 1)) | Add-Member -PassThru -Force User root } }
    ) {
        $results = @([pscustomobject]@{ User = 'x' }) + @(& $File) + @([pscustomobject]@{ User = 'z' }) | Remove-ChatAccount -Force -ErrorAction SilentlyContinue
        $results.ErrorId | Should -Be @($null, 'FileIsNoRow', $null)
        (Get-ChatAccount root).AccountStatus | Should -Be 'Imported'
        { & $File | Remove-ChatAccount -Force } | Should -Throw -ErrorId 'FileIsNoRow,*'
    }

    It 'has one answer in every command, when a later row has no id column' {
        $rows = [pscustomobject]@{ UserId = 'x'; city = 'a' }, [pscustomobject]@{ city = 'b' }, [pscustomobject]@{ UserId = ''; city = 'c' }
        $runs = @(
            , @($rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue)
            , @($rows | Sync-ChatUserAttribute -ErrorAction SilentlyContinue)
            , @($rows | Get-ChatUserAttribute -ErrorAction SilentlyContinue)
            , @($rows | Import-ChatAccount -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
            , @($rows | Remove-ChatUserAttribute -Name city -ErrorAction SilentlyContinue)
            , @($rows | Get-ChatAccount -ErrorAction SilentlyContinue)
            , @($rows | Get-ChatOnlineStatus -ErrorAction SilentlyContinue)
            , @($rows | Revoke-ChatLogin -Force -ErrorAction SilentlyContinue)
            , @($rows | Remove-ChatAccount -Force -ErrorAction SilentlyContinue)
        )
        foreach ($results in $runs) {
            $results.ErrorId | Should -Be @($null, 'UserIdColumnNotFound', 'MissingUserId')
        }
    }
}

Describe 'A $null in the pipeline' {
    BeforeEach {
        Connect-Chat -Emulator -Plan Paid -AttributeService TimPush -AllowAccountDeletion -AttributeName 'sex', 'city' -WarningAction SilentlyContinue
        $null = 'a', 'b', 'c', 'd' | Import-ChatAccount
    }

    It 'is a row that fails alone in <Name>, and the rows after it keep their numbers (P1)' -ForEach @(
        @{ Name = 'Set-ChatUserAttribute'; With = @{ Attribute = @{ city = 'Rome' } } }
        @{ Name = 'Get-ChatUserAttribute'; With = @{} }
        @{ Name = 'Remove-ChatUserAttribute'; With = @{ Name = 'city' } }
        @{ Name = 'Sync-ChatUserAttribute'; With = @{ Attribute = @{ city = 'Rome' } } }
        @{ Name = 'Add-ChatUserTag'; With = @{ Tag = 'x' } }
        @{ Name = 'Remove-ChatUserTag'; With = @{ Tag = 'x' } }
        @{ Name = 'Set-ChatUserTag'; With = @{ Tag = 'x' } }
        @{ Name = 'Get-ChatUserTag'; With = @{} }
        @{ Name = 'Clear-ChatUserTag'; With = @{ Force = $true } }
        @{ Name = 'Get-ChatAccount'; With = @{} }
        @{ Name = 'Import-ChatAccount'; With = @{} }
        @{ Name = 'Get-ChatOnlineStatus'; With = @{} }
        @{ Name = 'Revoke-ChatLogin'; With = @{ Force = $true } }
        @{ Name = 'Remove-ChatAccount'; With = @{ Force = $true } }
        @{ Name = 'Send-ChatPush'; With = @{ Text = 'Hello'; Force = $true } }
    ) {
        foreach ($rows in @('a', $null, 'b'), @($null, 'c', 'd')) {
            $results = @($rows | & $Name @With -ErrorAction SilentlyContinue -ErrorVariable problems | Sort-Object Row)
            $results.Row | Should -Be 1, 2, 3
            $at = [Array]::IndexOf($rows, $null)
            $results[$at].Status | Should -Be 'Failed'
            $results[$at].ErrorId | Should -BeExactly 'MissingUserId'
            $results[$at].UserId | Should -BeExactly ''
            $null -eq $results[$at].InputObject | Should -BeTrue
            $results[2].Status | Should -Be 'Succeeded'
            $problems | Should -HaveCount 1
            $problems[0].Exception.Message | Should -Be "Row $($at + 1): The row is `$null."
            $problems[0].ErrorDetails.RecommendedAction | Should -Match 'gave \$null in place of a row'
            $problems[0].ErrorDetails.RecommendedAction | Should -Not -Match 'id column|UserIdProperty'
        }
    }

    It 'is told by Compare-ChatUserAttribute, whose output has no row number' {
        $results = @('a', $null, 'b' | Compare-ChatUserAttribute -Attribute @{ city = 'Rome' } -ErrorAction SilentlyContinue -ErrorVariable problems)
        $results.UserId | Should -Be 'a', 'b'
        $problems.Exception.Message | Should -Be 'Row 2: The row is $null.'
    }

    It 'fails alone where the other rows are a table' {
        $rows = $null, [pscustomobject]@{ UserId = 'a'; city = 'Paris' }, $null, [pscustomobject]@{ UserId = 'b'; city = 'Rome' }
        ($rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue).ErrorId | Should -Be @('MissingUserId', $null, 'MissingUserId', $null)
        "$(Get-Held 'a') $(Get-Held 'b')" | Should -BeExactly 'city=Paris city=Rome'
    }
}

Describe 'An id cell with two ids' {
    It 'fails its row and says so' {
        Connect-Chat -Emulator -AttributeName 'sex', 'city' -WarningAction SilentlyContinue
        $rows = [pscustomobject]@{ UserId = 'a', 'b' }, [pscustomobject]@{ UserId = 'c' }
        $results = @($rows | Set-ChatUserAttribute -Attribute @{ city = 'x' } -ErrorAction SilentlyContinue -ErrorVariable problems)
        $results.ErrorId | Should -Be @('InvalidUserId', $null)
        $problems[0].Exception.Message | Should -Be 'Row 1: The user id is a list of 2; a row names one user.'
    }
}
