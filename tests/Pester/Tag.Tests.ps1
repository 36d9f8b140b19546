#Requires -Version 7.4
# Add-, Remove-, Set-, Get- and Clear-ChatUserTag: rows of every kind, who is asked, and the round trip through files.

BeforeDiscovery {
    $families = @{ Family = 'AllMemberPush' }, @{ Family = 'TimPush' }
    $rowKinds = @(
        @{ Kind = 'a CSV file'; Rows = { "UserId,Tag`nann,vip;beta`nbob,vip" | ConvertFrom-Csv }; With = @{} }
        @{ Kind = 'a CSV file with another delimiter'; Rows = { "UserId,Tag`nann,vip|beta`nbob,vip" | ConvertFrom-Csv }; With = @{ Delimiter = '|' } }
        @{ Kind = 'one tag a row'; Rows = { "UserId,Tag`nann,vip`nbob,vip`nann,beta" | ConvertFrom-Csv }; With = @{} }
        @{ Kind = 'hashtables with arrays'; Rows = { @{ UserId = 'ann'; Tag = 'vip', 'beta' }, @{ UserId = 'bob'; Tag = 'vip' } }; With = @{} }
        @{ Kind = 'a column Tags'; Rows = { [pscustomobject]@{ To_Account = 'ann'; Tags = @('vip', 'beta') }, [pscustomobject]@{ To_Account = 'bob'; Tags = 'vip' } }; With = @{} }
        @{ Kind = 'JSON'; Rows = { '[{"UserId":"ann","Tag":["vip","beta"]},{"UserId":"bob","Tag":"vip"}]' | ConvertFrom-Json }; With = @{} }
        @{ Kind = 'ids with -Tag on top of rows'; Rows = { [pscustomobject]@{ UserId = 'ann'; Tag = 'beta' }, 'bob' }; With = @{ Tag = 'vip' } }
        @{ Kind = 'an id column of its own name'; Rows = { "Kunde,Tag`nann, vip ; beta;`nbob,vip" | ConvertFrom-Csv }; With = @{ UserIdProperty = 'Kunde' } }
    )
    $changing = @(
        @{ Cmdlet = 'Add-ChatUserTag'; With = @{ Tag = 'new' }; Says = 'Add tag new' }
        @{ Cmdlet = 'Remove-ChatUserTag'; With = @{ Tag = 'old' }; Says = 'Remove tag old' }
        @{ Cmdlet = 'Set-ChatUserTag'; With = @{ Tag = 'new' }; Says = 'Set tags: add new; remove old' }
        @{ Cmdlet = 'Clear-ChatUserTag'; With = @{}; Says = 'Remove all tags' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--rate-limit', '0', '--plan', 'paid'
    $connections = @{}
    foreach ($family in 'AllMemberPush', 'TimPush') {
        $connections[$family] = Connect-EmulatorHost $emulator @{ AttributeService = $family }
    }

    $connection = $connections['AllMemberPush']
    $asker = New-AnsweringHost
    $runspace = New-ModuleRunspace $asker

    function Get-TagText([string[]] $UserId) {
        Get-ChatUserTag $UserId -Connection $connection | ForEach-Object { "$($_.UserId)=$($_.Tag -join ';')" }
    }

    # The commands that change tags, as they arrived.
    function Get-TagCall([long] $After) {
        Get-EmulatorCall $emulator -After $After | Where-Object Endpoint -Match 'add_tag|remove_tag|remove_all_tags|clear_all_tags'
    }
}

AfterAll {
    $runspace.Dispose()
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Tags of users' {
    BeforeEach {
        Reset-EmulatorHost $emulator
    }

    Describe 'Rows for Add-ChatUserTag' {
        It 'may be <Kind>' -ForEach $rowKinds {
            $rows = & $Rows
            $results = $rows | Add-ChatUserTag @With -Connection $connection
            $results.Status | Select-Object -Unique | Should -Be Succeeded
            $results | Should -HaveCount $rows.Count
            Get-TagText ann, bob | Should -BeExactly 'ann=beta;vip', 'bob=vip'
        }

        It 'are one set of tags for a user, ten a call' {
            $results = 1..25 | ForEach-Object { @{ UserId = 'ann'; Tag = "t$_" } } | Add-ChatUserTag -Connection $connection
            $results.Status | Select-Object -Unique | Should -Be Succeeded
            @(Get-EmulatorCall $emulator -Endpoint im_add_tag) | Should -HaveCount 3
            (Get-ChatUserTag ann -Connection $connection).Tag | Should -HaveCount 25
        }

        It 'fail alone when a tag is too long or empty' {
            $rows = @{ UserId = 'ann'; Tag = 'x' * 51 }, @{ UserId = 'bob'; Tag = 'vip' }, @{ UserId = 'cid'; Tag = @('a', $null) }, @{ UserId = 'dan'; Tag = '' }
            $results = $rows | Add-ChatUserTag -Connection $connection -ErrorVariable faults -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'Failed', 'Succeeded', 'Failed', 'Skipped'
            $faults.FullyQualifiedErrorId | Should -BeLike 'InvalidTag,*'
            @(Get-EmulatorCall $emulator -Endpoint im_add_tag).Accounts | Should -BeExactly 'bob'
        }

        It 'are told when they have no tags at all' {
            { [pscustomobject]@{ UserId = 'ann'; City = 'x' } | Add-ChatUserTag -Connection $connection } | Should -Throw -ErrorId 'TagMissing,*'
            { 'ann' | Add-ChatUserTag -Connection $connection } | Should -Throw -ErrorId 'TagMissing,*'
        }

        It 'can be piped back in as results, whatever the id column is called' {
            Add-EmulatorFault $emulator 'im_add_tag:90048:1' 3
            $failed = @("Kunde,Tag`nann,vip`nbob,beta" | ConvertFrom-Csv | Add-ChatUserTag -UserIdProperty Kunde -Connection $connection -ErrorAction SilentlyContinue)
            $failed.Status | Should -Be 'Failed', 'Failed'
            $again = $failed | Add-ChatUserTag -Connection $connection
            $again.UserId | Should -BeExactly 'ann', 'bob'
            $again.Status | Should -Be 'Succeeded', 'Succeeded'
            $saved = $failed | ConvertTo-Json -Depth 4 | ConvertFrom-Json | Remove-ChatUserTag -Connection $connection
            $saved.Status | Should -Be 'Succeeded', 'Succeeded'
            Get-TagText ann, bob | Should -BeExactly 'ann=', 'bob='
        }

        It 'are refused as results whose rows name other users by now, in <_>: nobody gets the tags of another' -ForEach 'Add-ChatUserTag', 'Set-ChatUserTag', 'Remove-ChatUserTag' {
            Connect-Chat -Emulator -Account a, b -WarningAction Ignore
            $row = [pscustomobject]@{ UserId = ''; Tag = '' }
            $results = 'a', 'b' | ForEach-Object { $row.UserId = $_; $row.Tag = "of $_"; $row } | Add-ChatUserTag
            $again = @($results; $results | ConvertTo-Json -Depth 4 | ConvertFrom-Json) | & $_ -ErrorAction SilentlyContinue
            $again.ErrorId | Should -Be @('RowChanged', $null, 'RowChanged', $null)
            (Get-ChatUserTag a).Tag | Should -BeExactly 'of a'
            ($results | Add-ChatUserTag -Tag all -ErrorAction SilentlyContinue).ErrorId | Should -Be @('RowChanged', $null)
        }
    }

    Describe 'Set-ChatUserTag in <Family>' -ForEach $families {
        BeforeEach {
            $chosen = $connections[$Family]
            $null = Add-ChatUserTag ann, bob -Tag old, keep -Connection $chosen
        }

        It 'gives users exactly the tags of all their rows, and a second run changes nothing' {
            $rows = @{ UserId = 'ann'; Tag = 'keep' }, @{ UserId = 'bob'; Tag = 'keep;old' }, @{ UserId = 'ann'; Tag = 'new' }
            $results = $rows | Set-ChatUserTag -Connection $chosen
            $results.Status | Should -Be 'Succeeded', 'Unchanged', 'Succeeded'
            "$($results[0].Added)/$($results[0].Removed)" | Should -Be 'new/old'
            (Get-ChatUserTag ann -Connection $chosen).Tag | Should -BeExactly 'keep', 'new'

            $mark = Get-EmulatorMark $emulator
            ($rows | Set-ChatUserTag -Connection $chosen).Status | Select-Object -Unique | Should -Be Unchanged
            Get-TagCall $mark | Should -HaveCount 0
        }

        It 'makes a round trip from Get over a file that was edited' {
            Get-ChatUserTag ann, bob -Connection $chosen | Export-Csv "$TestDrive/tags.csv"
            $rows = Import-Csv "$TestDrive/tags.csv"
            ($rows | Set-ChatUserTag -Connection $chosen).Status | Should -Be 'Unchanged', 'Unchanged'
            $rows[0].Tag = 'keep;gold'
            $rows | Export-Csv "$TestDrive/tags.csv"
            (Import-Csv "$TestDrive/tags.csv" | Set-ChatUserTag -Connection $chosen).Status | Should -Be 'Succeeded', 'Unchanged'
            (Get-ChatUserTag ann -Connection $chosen).Tag | Should -BeExactly 'gold', 'keep'
        }

        It 'removes nothing from a user of whom a row is wrong' {
            $results = @{ UserId = 'ann'; Tag = 'keep' }, @{ UserId = 'ann'; Tag = 'x' * 51 } | Set-ChatUserTag -Connection $chosen -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'Skipped', 'Failed'
            (Get-ChatUserTag ann -Connection $chosen).Tag | Should -BeExactly 'keep', 'old'
        }
    }

    Describe 'What Get-ChatUserTag wrote' {
        BeforeAll {
            function Save-Tag([object[]] $Read, [string] $How) {
                switch ($How) {
                    'straight' { $Read }
                    'from Clixml' { $Read | Export-Clixml "$TestDrive/tags.xml"; Import-Clixml "$TestDrive/tags.xml" }
                    'from JSON' { ConvertTo-Json $Read -Depth 4 | ConvertFrom-Json }
                    'from JSON as tables' { ConvertTo-Json $Read -Depth 4 | ConvertFrom-Json -AsHashtable }
                    'from a job' { $Read | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 1)) } }
                }
            }
        }

        BeforeEach {
            Connect-Chat -Emulator -AttributeName city -WarningAction Ignore
            $null = Import-ChatAccount ann, bob
            $null = Add-ChatUserTag ann -Tag vip, beta
            $null = Add-ChatUserTag bob -Tag beta
            $rows = "Kunde,city`nann,Rome`nbob,Oslo" | ConvertFrom-Csv
        }

        It 'is taken as the row it carries by the cmdlets for attributes, <_>' -ForEach 'straight', 'from Clixml', 'from JSON', 'from JSON as tables', 'from a job' {
            $read = Save-Tag ($rows | Get-ChatUserTag -UserIdProperty Kunde) $_
            $vip = $read | Where-Object Tag -Contains vip
            ($vip | Set-ChatUserAttribute -UserIdProperty Kunde).Status | Should -Be 'Succeeded'
            ($read | Compare-ChatUserAttribute -UserIdProperty Kunde).UserId | Should -BeExactly 'bob'
            $named = Save-Tag (Get-ChatUserTag ann) $_ | Set-ChatUserAttribute -Attribute @{ city = 'Lima' }
            "$($named.UserId) $($named.Status) $($named.InputObject)" | Should -BeExactly 'ann Succeeded ann'
            ($read | Get-ChatUserAttribute).city | Should -BeExactly 'Lima', $null
            ($read | Import-ChatAccount -UserIdProperty Kunde -WarningVariable told).Status | Should -Be 'Succeeded', 'Succeeded'
            $told | Should -BeNullOrEmpty
        }

        It 'is a row of tags to the cmdlets for tags, <_>, also as the row of another result' -ForEach 'straight', 'from Clixml', 'from JSON', 'from JSON as tables', 'from a job' {
            $read = @(Save-Tag ($rows | Get-ChatUserTag -UserIdProperty Kunde) $_)
            $null = Clear-ChatUserTag ann -Force
            $set = @($read | Set-ChatUserTag)
            $set.Status | Should -Be 'Succeeded', 'Unchanged'
            (Save-Tag $set $_ | Set-ChatUserTag).Status | Should -Be 'Unchanged', 'Unchanged'
            (Save-Tag @($read | Get-ChatAccount) $_ | Set-ChatUserTag).Status | Should -Be 'Unchanged', 'Unchanged'
            (Get-ChatUserTag ann).Tag | Should -BeExactly 'beta', 'vip'
        }

        It 'exports the columns UserId, Tag, Status and Message, and no others' {
            $rows | Get-ChatUserTag -UserIdProperty Kunde | Export-Csv "$TestDrive/columns.csv"
            (Get-Content "$TestDrive/columns.csv")[0] | Should -BeExactly '"UserId","Tag","Status","Message"'
            ($rows | Get-ChatUserTag -UserIdProperty Kunde | Get-Member -MemberType Properties).Name | Should -Be 'Message', 'Status', 'Tag', 'UserId'
        }

        It 'makes users without tags for attributes in an emulator' {
            $read = @($rows | Get-ChatUserTag -UserIdProperty Kunde)
            Connect-Chat -Emulator -Account $read -UserIdProperty Kunde -WarningAction Ignore
            (Get-ChatAttributeName).Name | Should -BeExactly 'city'
        }
    }

    Describe 'A user who could not be read (P12)' {
        BeforeAll {
            $unread = @(Get-ChatUserTag nobody -Connection $connections['TimPush'] -ErrorAction SilentlyContinue)
        }

        It 'is refused by <Cmdlet> as <Form>' -ForEach @(
            foreach ($cmdlet in 'Set-ChatUserTag', 'Add-ChatUserTag') {
                @{ Cmdlet = $cmdlet; Form = 'an object'; Convert = { $unread } }
                @{ Cmdlet = $cmdlet; Form = 'CSV'; Convert = { $unread | ConvertTo-Csv | ConvertFrom-Csv } }
                @{ Cmdlet = $cmdlet; Form = 'JSON'; Convert = { $unread | ConvertTo-Json | ConvertFrom-Json } }
                @{ Cmdlet = $cmdlet; Form = 'two picked columns'; Convert = { $unread | Select-Object UserId, Tag } }
            }
        ) {
            $unread | Should -HaveCount 1
            $unread[0].Status | Should -Be Failed
            $mark = Get-EmulatorMark $emulator
            $result = & $Convert | & $Cmdlet -Connection $connections['TimPush'] -ErrorAction SilentlyContinue -ErrorVariable faults
            $result.Status | Should -Be Failed
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'NotRead,*'
            Get-TagCall $mark | Should -HaveCount 0
        }
    }

    Describe '<Cmdlet>, who is asked (P8, P11)' -ForEach $changing {
        BeforeEach {
            $null = Add-ChatUserTag ann -Tag old -Connection $connection
            $mark = Get-EmulatorMark $emulator
            $script = 'param($Cmdlet, $With, $Connection) & $Cmdlet ann @With -Connection $Connection'
            $given = $With.Clone()
        }

        It 'sends nothing under -WhatIf' {
            $result = & $Cmdlet ann @With -Connection $connection -WhatIf
            $result.Status | Should -Be Skipped
            Get-TagCall $mark | Should -HaveCount 0
        }

        It 'asks with the user, the tags and the app, and sends nothing when declined' {
            $asker.Reset('N')
            $given.Confirm = $true
            $run = Invoke-InRunspace $runspace $script @{ Cmdlet = $Cmdlet; With = $given; Connection = $connection }
            $run.Output.Status | Should -Be Skipped
            $asker.Questions | Should -HaveCount 1
            $asker.Questions[0] | Should -Match ([regex]::Escape($Says))
            $asker.Questions[0] | Should -Match "user 'ann' in app 1400000000"
            Get-TagCall $mark | Should -HaveCount 0
        }

        It 'sends with -Confirm:$false' {
            (& $Cmdlet ann @With -Connection $connection -Confirm:$false).Status | Should -Be Succeeded
            @(Get-TagCall $mark).Count | Should -BeGreaterThan 0
        }
    }

    Describe 'A tag that cannot be' {
        It 'is refused before anything is sent, with the limit: <Name>' -ForEach @(
            @{ Name = '51 bytes'; Tag = 'x' * 51; Says = "longer than 50 bytes.*'x+', 51 bytes" }
            @{ Name = '51 bytes of Chinese'; Tag = '客' * 17; Says = "longer than 50 bytes.*51 bytes" }
            @{ Name = 'spaces'; Tag = '  '; Says = 'longer than 50 bytes' }
            @{ Name = 'empty, in a list of a row'; Tag = ''; Says = 'longer than 50 bytes' }
            @{ Name = 'half a character'; Tag = "a$([char]0xd800)"; Says = 'surrogate' }
            @{ Name = '101 tags'; Tag = 1..101; Says = 'at most 100 tags.*101 tags' }
        ) {
            $mark = Get-EmulatorMark $emulator
            foreach ($cmdlet in 'Add-ChatUserTag', 'Remove-ChatUserTag', 'Set-ChatUserTag') {
                $result = @{ UserId = 'ann'; Tag = @($Tag) } | & $cmdlet -Connection $connection -ErrorAction SilentlyContinue
                $result.Status | Should -Be Failed
                $result.Message | Should -Match $Says
            }
            Get-TagCall $mark | Should -HaveCount 0
        }

        It 'stands in one column: a row with Tag and Tags is refused by <_>, and takes no tag away' -ForEach 'Add-ChatUserTag', 'Remove-ChatUserTag', 'Set-ChatUserTag' {
            $null = Add-ChatUserTag ann, bob -Tag vip -Connection $connection
            $mark = Get-EmulatorMark $emulator
            $both = [pscustomobject]@{ UserId = 'ann'; Tag = 'beta'; Tags = 'vip' }
            $problem = { $both | & $_ -Connection $connection } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'AmbiguousColumn,*'
            $problem.Exception.Message | Should -BeExactly 'The row has tags in two columns, Tag, Tags.'
            Get-TagCall $mark | Should -HaveCount 0

            $results = @{ UserId = 'bob'; Tag = 'vip' }, $both | & $_ -Connection $connection -ErrorAction SilentlyContinue
            $results.ErrorId | Should -Be $null, 'AmbiguousColumn'
            Get-TagText ann | Should -BeExactly 'ann=vip'
        }

        It 'is told apart by case, and counts once where it comes twice' {
            $null = Add-ChatUserTag ann -Tag a, A, a -Connection $connection
            Get-TagText ann | Should -BeExactly 'ann=A;a'
        }
    }

    Describe 'Clear-ChatUserTag' {
        It 'asks by itself, and -Force does not' {
            $null = Add-ChatUserTag ann -Tag old -Connection $connection
            $asker.Reset('N')
            $run = Invoke-InRunspace $runspace 'param($Connection) Clear-ChatUserTag ann -Connection $Connection' @{ Connection = $connection }
            $asker.Questions | Should -HaveCount 1
            $run.Output.Status | Should -Be Skipped
            (Clear-ChatUserTag ann -Force -Connection $connection).Status | Should -Be Succeeded
            Get-TagText ann | Should -BeExactly 'ann='
        }
    }

    Describe 'Completion of tags' {
        It 'knows those that were sent with rows or read on the connection' {
            $null = Disconnect-Chat
            $null = Connect-EmulatorHost $emulator
            $null = @{ UserId = 'ann'; Tag = 'from a row;vip' } | Add-ChatUserTag
            $null = Add-ChatUserTag ann -Tag vitamin -WhatIf
            $found = (TabExpansion2 'Remove-ChatUserTag ann -Tag vi').CompletionMatches.CompletionText
            $found | Should -BeExactly 'vip', 'vitamin'
            (TabExpansion2 'Send-ChatPush -AnyTag fr').CompletionMatches.CompletionText | Should -BeExactly "'from a row'"
        }
    }
}
