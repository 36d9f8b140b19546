#Requires -Version 7.4
# Results that lost their type on the way: from files, from jobs, from other machines.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    Import-StagedModule

    function Save-Thing([object[]] $Thing, [string] $How) {
        switch ($How) {
            'Export-Clixml' {
                $file = Join-Path $TestDrive 'saved.xml'
                $Thing | Export-Clixml $file
                Import-Clixml $file
            }
            'ConvertTo-Json' { ConvertTo-Json $Thing -Depth 4 | ConvertFrom-Json }
            'ConvertTo-Json and -AsHashtable' { ConvertTo-Json $Thing -Depth 4 | ConvertFrom-Json -AsHashtable }

            # What Receive-Job and Invoke-Command hand out, as deep as they send it.
            'a job' { $Thing | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 1)) } }
        }
    }

    # A block of the topic about bulk runs, by its heading and a word in it.
    function Get-TopicBlock([string] $Heading, [string] $With) {
        $blocks = Get-CodeBlock (Join-Path (Get-RepositoryRoot) 'docs' 'en-US' 'about_TencentChat_Bulk.md') | Where-Object Heading -EQ $Heading
        [scriptblock]::Create(($blocks | Where-Object Text -Match $With | Select-Object -Last 1).Text)
    }

    function Get-Held([string] $UserId) {
        $attributes = (Get-ChatUserAttribute $UserId).Attributes
        ($attributes.Keys | Sort-Object | ForEach-Object { "$_=$($attributes[$_])" }) -join ', '
    }
}

AfterAll {
    Disconnect-Chat
}

Describe 'Results that come back by <_>' -ForEach 'Export-Clixml', 'ConvertTo-Json', 'ConvertTo-Json and -AsHashtable', 'a job' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'sex', 'city', 'level' -WarningAction SilentlyContinue
        $how = $_
    }

    It 'stand for their rows' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51; level = 1 }, [pscustomobject]@{ UserId = 'b'; city = 'Rome'; level = 2 }
        $failed = @($rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue | Where-Object Status -EQ Failed)
        $saved = @(Save-Thing $failed $how)
        $saved | Should -HaveCount 1
        $saved[0].InputObject.city = 'short'
        $again = $saved | Set-ChatUserAttribute
        $again.Status | Should -Be 'Succeeded'
        $again.UserId | Should -BeExactly 'a'
        Get-Held 'a' | Should -BeExactly 'city=short, level=1'
    }

    It 'are run again as the help says: what has an ErrorId, and nothing else' {
        $first = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51 }, [pscustomobject]@{ UserId = 'b'; city = 'Rome' }, [pscustomobject]@{ UserId = 'c'; city = '' }, [pscustomobject]@{ UserId = ''; city = 'Oslo' } | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $first.Status | Should -Be @('Failed', 'Succeeded', 'Skipped', 'Failed')
        $results = @(Save-Thing $first $how)
        $results[0].InputObject.city = 'short'
        $block = [scriptblock]::Create(((Get-TopicBlock 'Results' 'ErrorId').ToString() -split '\| Out-Null\s|Out-Null\s')[-1])
        $again = & $block -ErrorAction SilentlyContinue 2>$null
        $again.Status | Should -Be @('Succeeded', 'Failed')
        Get-Held 'a' | Should -BeExactly 'city=short'
    }

    It 'are run again as the help says where a user has several rows: the newest value stays' {
        $rows = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51; level = 1 }, [pscustomobject]@{ UserId = 'b'; city = 'Rome'; level = 1 }, [pscustomobject]@{ UserId = 'A'; city = 'Bonn'; level = 5 }, [pscustomobject]@{ UserId = 'a'; city = ''; level = 2 }
        $first = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $first.Status | Should -Be @('Failed', 'Succeeded', 'Succeeded', 'Succeeded')
        $results = @(Save-Thing $first $how)
        $results[0].InputObject.city = 'short'
        $again = & (Get-TopicBlock 'Several rows for one user' 'Group-Object')
        $again.UserId | Should -BeExactly @('a', 'a')
        Get-Held 'a' | Should -BeExactly 'city=short, level=2'
    }

    It 'stand for their rows among rows' {
        $saved = @(Save-Thing @([pscustomobject]@{ UserId = 'b'; city = 'Rome' }, [pscustomobject]@{ UserId = 'c'; city = 'Oslo' } | Set-ChatUserAttribute -WhatIf) $how)
        $all = @([pscustomobject]@{ UserId = 'a'; city = 'Paris' }) + $saved + @([pscustomobject]@{ UserId = 'd'; city = 'Lima' })
        ($all | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded', 'Succeeded')
        'a', 'b', 'c', 'd' | ForEach-Object { Get-Held $_ } | Should -BeExactly @('city=Paris', 'city=Rome', 'city=Oslo', 'city=Lima')
    }

    It 'give back attributes that were read' {
        $null = [pscustomobject]@{ UserId = 'a'; city = 'Paris'; level = 1 }, [pscustomobject]@{ UserId = 'b'; city = 'Rome'; level = $null } | Set-ChatUserAttribute
        $saved = @(Save-Thing @(Get-ChatUserAttribute a, b) $how)
        $saved[1].city = 'Oslo'
        ($saved | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded')
        Get-Held 'a' | Should -BeExactly 'city=Paris, level=1'
        Get-Held 'b' | Should -BeExactly 'city=Oslo'
        ($saved | Sync-ChatUserAttribute).Status | Should -Be @('Unchanged', 'Unchanged')
    }

    It 'give back an attribute that is called as a member of results is' {
        Connect-Chat -Emulator -AttributeName 'Row', 'Status', 'city' -WarningAction SilentlyContinue
        $null = [pscustomobject]@{ UserId = 'a'; Row = 'third'; city = 'Paris' } | Set-ChatUserAttribute
        $saved = @(Save-Thing @(Get-ChatUserAttribute a) $how)
        $null = Remove-ChatUserAttribute a -All -Confirm:$false
        ($saved | Set-ChatUserAttribute).Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Paris, Row=third'
    }

    It 'name their accounts, whatever the id column of their rows was called' {
        $saved = @(Save-Thing @([pscustomobject]@{ Id = 'a'; city = 'Paris' } | Set-ChatUserAttribute -UserIdProperty Id) $how)
        ($saved | Get-ChatUserAttribute).city | Should -BeExactly 'Paris'
        ($saved | Get-ChatUserAttribute -UserIdProperty Id).city | Should -BeExactly 'Paris'
        ($saved | Set-ChatUserAttribute -UserIdProperty Id).Status | Should -Be 'Succeeded'
        ($saved | Set-ChatUserAttribute -UserIdProperty Id -Attribute @{ city = 'Rome' } -WarningAction SilentlyContinue).Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Rome'
    }

    It 'stand for what was to be imported' {
        $saved = @(Save-Thing @([pscustomobject]@{ UserId = 'a'; Nick = 'Ann' } | Import-ChatAccount -WhatIf) $how)
        $again = $saved | Import-ChatAccount
        $again.Status | Should -Be 'Succeeded'
        $again.InputObject.Nick | Should -BeExactly 'Ann'
    }

    It 'are refused when their rows name other users by now' {
        $row = [pscustomobject]@{ UserId = ''; city = ''; Nick = '' }
        $results = 'u1', 'u2' | ForEach-Object { $row.UserId = $_; $row.city = "Town of $_"; $row } | Set-ChatUserAttribute -BatchSize 1 -Property city
        $saved = @(Save-Thing $results $how)
        ($saved | Set-ChatUserAttribute -Property city -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly @('RowChanged', $null)
        ($saved | Import-ChatAccount -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly @('RowChanged', $null)
        ($saved | Get-ChatUserAttribute).city | Should -BeExactly @('Town of u1', 'Town of u2')
    }

    It 'keep a row that holds its attributes as a table' {
        $saved = @(Save-Thing @([pscustomobject]@{ UserId = 'a'; Attribute = @{ city = 'Paris'; level = 2 } } | Set-ChatUserAttribute -WhatIf) $how)
        ($saved | Set-ChatUserAttribute).Status | Should -Be 'Succeeded'
        Get-Held 'a' | Should -BeExactly 'city=Paris, level=2'
    }

    It 'need something to set when their rows were names' {
        $saved = @(Save-Thing @('a' | Set-ChatUserAttribute -Attribute @{ city = 'Paris' }) $how)
        { $saved | Set-ChatUserAttribute } | Should -Throw -ErrorId 'AttributeMissing,*'
    }
}

Describe 'Results of a run that was stopped' {
    BeforeAll {
        $emulator = Start-EmulatorHost '--attribute-names', 'city'
    }

    AfterAll {
        Stop-EmulatorHost $emulator
    }

    Describe 'of <Name> (P1)' -ForEach @(
        @{ Name = 'Set-ChatUserAttribute'; Endpoint = 'im_set_attr'; With = @{ Attribute = @{ city = 'Rome' } } }
        @{ Name = 'Get-ChatUserAttribute'; Endpoint = 'im_get_attr'; With = @{} }
        @{ Name = 'Remove-ChatUserAttribute'; Endpoint = 'im_remove_attr'; With = @{ Name = 'city' } }
        @{ Name = 'Sync-ChatUserAttribute'; Endpoint = 'im_get_attr'; With = @{ Attribute = @{ city = 'Rome' } } }
        @{ Name = 'Add-ChatUserTag'; Endpoint = 'im_add_tag'; With = @{ Tag = 'x' } }
        @{ Name = 'Remove-ChatUserTag'; Endpoint = 'im_remove_tag'; With = @{ Tag = 'x' } }
        @{ Name = 'Set-ChatUserTag'; Endpoint = 'im_get_tag'; With = @{ Tag = 'x' } }
        @{ Name = 'Get-ChatUserTag'; Endpoint = 'im_get_tag'; With = @{} }
        @{ Name = 'Clear-ChatUserTag'; Endpoint = 'im_remove_all_tags'; With = @{ Force = $true } }
        @{ Name = 'Get-ChatAccount'; Endpoint = 'account_check'; With = @{} }
        @{ Name = 'Import-ChatAccount'; Endpoint = 'multiaccount_import'; With = @{} }
        @{ Name = 'Get-ChatOnlineStatus'; Endpoint = 'query_online_status'; With = @{} }
        @{ Name = 'Revoke-ChatLogin'; Endpoint = 'kick'; With = @{ Force = $true } }
        @{ Name = 'Remove-ChatAccount'; Endpoint = 'account_delete'; With = @{ Force = $true } }
        @{ Name = 'Send-ChatPush'; Endpoint = 'batch'; With = @{ Text = 'Hello'; Force = $true }; Connect = @{ AttributeService = 'TimPush' } }
    ) {
        BeforeAll {
            Reset-EmulatorHost $emulator
            $null = Connect-EmulatorHost $emulator ($Connect ?? @{})
            Add-EmulatorFault $emulator "$($Endpoint):70009:1"
            $small = (Get-Command $Name).Parameters.ContainsKey('BatchSize') ? @{ BatchSize = 1; ThrottleLimit = 1 } : @{}
            $stopped = [System.Collections.Generic.List[object]]::new()
            $rows = 1..3 | ForEach-Object { [pscustomobject]@{ UserId = "u$_" } }
            { $rows | & $Name @With @small -ErrorAction SilentlyContinue | ForEach-Object { $stopped.Add($_) } } | Should -Throw
        }

        It 'say which rows are left and why, <How>' -ForEach @(
            @{ How = 'as they come' }
            @{ How = 'Export-Clixml' }
            @{ How = 'ConvertTo-Json' }
            @{ How = 'a job' }
        ) {
            $results = @($How -eq 'as they come' ? $stopped : (Save-Thing $stopped.ToArray() $How))
            $left = @($results | Where-Object ErrorId)
            $left | Should -HaveCount 3
            $left.ErrorId | Should -Contain 'RunStopped'
            $left.Row | Should -Be 1, 2, 3
            ($results | ForEach-Object InputObject).UserId | Should -BeExactly 'u1', 'u2', 'u3'
        }
    }
}

Describe 'Results that were exported to a CSV file' {
    BeforeEach {
        Connect-Chat -Emulator -AttributeName 'city' -WarningAction SilentlyContinue
    }

    It 'are refused by <Name>, as their rows are lost' -ForEach @(
        @{ Name = 'Set-ChatUserAttribute'; Make = { [pscustomobject]@{ UserId = 'a'; city = 'Paris' } | Set-ChatUserAttribute } }
        @{ Name = 'Import-ChatAccount'; Make = { [pscustomobject]@{ UserId = 'a'; Nick = 'Ann' } | Import-ChatAccount } }
    ) {
        $file = Join-Path $TestDrive 'results.csv'
        & $Make | Export-Csv $file
        $problem = { Import-Csv $file | & $Name } | Should -Throw -ErrorId 'RowNotSaved,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Export-Clixml*'
    }
}

Describe 'A job (Start-Job)' {
    BeforeAll {
        Connect-Chat -Emulator -AttributeName 'city', 'level' -WarningAction SilentlyContinue
        $received = Start-Job -ArgumentList (Get-StagedManifest) {
            param($module)
            Import-Module $module
            Connect-Chat -Emulator -AttributeName 'city', 'level' -WarningAction Ignore
            $rows = "UserId,city,level`nann,$('x' * 51),1`nbob,Rome,2" | ConvertFrom-Csv
            $rows | Set-ChatUserAttribute -ErrorAction Ignore
            $rows
            'bob', 'missing' | Get-ChatUserAttribute -ErrorAction Ignore
        } | Receive-Job -Wait -AutoRemoveJob
    }

    It 'gives results that pipe back as their rows' {
        $results = $received[0, 1]
        $results.InputObject.city | Should -BeExactly @(('x' * 51), 'Rome')
        $again = $results | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $again.ErrorId | Should -BeExactly @('InvalidAttributeValue', $null)
        $again.InputObject[1].level | Should -BeExactly '2'
        Get-Held 'bob' | Should -BeExactly 'city=Rome, level=2'
    }

    It 'gives rows that are set, without what the engine adds to them' {
        ($received[2, 3] | Set-ChatUserAttribute -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly @('InvalidAttributeValue', $null)
        ($received[3] | Sync-ChatUserAttribute).Status | Should -Be 'Unchanged'
    }

    It 'gives users that were read, and those that were not are refused (P12)' {
        ($received[4, 5] | Sync-ChatUserAttribute -ClearEmpty -ErrorAction SilentlyContinue).ErrorId | Should -BeExactly @($null, 'NotRead')
    }
}
