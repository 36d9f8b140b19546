#Requires -Version 7.4
# P12: a user who could not be read is never taken for one without values, however the row comes back.

BeforeDiscovery {
    # Every way out of Get-ChatUserAttribute and back into a pipeline.
    $ways = @(
        @{ Way = 'straight through the pipeline'; Carry = { $args[0] } }
        @{ Way = 'through Select-Object'; Carry = { $args[0] | Select-Object UserId, city } }
        @{ Way = 'through Select-Object *'; Carry = { $args[0] | Select-Object * } }
        @{ Way = 'as a CSV file'; Carry = { $args[0] | Export-Csv $args[1]; Import-Csv $args[1] } }
        @{ Way = 'as a CSV file of picked columns'; Carry = { $args[0] | Select-Object UserId, city | Export-Csv $args[1]; Import-Csv $args[1] } }
        @{ Way = 'as a CSV file whose empty cells somebody emptied'; Carry = { $args[0] | Export-Csv $args[1]; (Get-Content $args[1]) -replace '\(not read[^"]*' | Set-Content $args[1]; Import-Csv $args[1] } }
        @{ Way = 'as JSON'; Carry = { $args[0] | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'as JSON of tables'; Carry = { $args[0] | ConvertTo-Json | ConvertFrom-Json -AsHashtable } }
        @{ Way = 'as JSON of picked columns'; Carry = { $args[0] | Select-Object UserId, city | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'as Clixml'; Carry = { $args[0] | Export-Clixml $args[1]; Import-Clixml $args[1] } }
        @{ Way = 'from a job'; Carry = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0], 1)) } }
        @{ Way = 'with a cell changed'; Carry = { $args[0] | ForEach-Object { if ($_.UserId -eq 'lost') { $_.city = 'Rome' }; $_ } } }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'sex,city,level'
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'A user who could not be read' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        $null = 'lost', 'found' | Set-ChatUserAttribute -Attribute @{ sex = 'f'; city = 'Paris'; level = '3' }
        Add-EmulatorFault $emulator 'im_get_attr:91000:1' -Limit 1
        $read = 'lost', 'found' | Get-ChatUserAttribute -BatchSize 1 -ThrottleLimit 1 -ErrorAction SilentlyContinue
        $read.Status | Should -Be @('Unknown', 'Succeeded')
        $mark = Get-EmulatorMark $emulator
    }

    It 'is not set, not compared and not synchronized, when the row comes <Way> (P12)' -ForEach $ways {
        $rows = @(& $Carry $read (Join-Path $TestDrive 'read'))
        $rows | Should -HaveCount 2
        $runs = @(
            , @($rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue)
            , @($rows | Set-ChatUserAttribute -Property city -ErrorAction SilentlyContinue)
            , @($rows | Sync-ChatUserAttribute -ClearEmpty -ErrorAction SilentlyContinue)
            , @($rows | Sync-ChatUserAttribute -ClearEmpty -Property city -ErrorAction SilentlyContinue)
        )
        foreach ($results in $runs) {
            $results.UserId | Should -BeExactly @('lost', 'found')
            $results[0].Status | Should -Be 'Failed'
            $results[0].ErrorId | Should -BeExactly 'NotRead'
            $results[1].Status | Should -BeIn 'Succeeded', 'Unchanged'
        }

        $rows | Compare-ChatUserAttribute -ClearEmpty -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'NotRead,*'
        $held = (Get-EmulatorAccount $emulator)['lost']
        $held.city, $held.sex, $held.level | Should -BeExactly @('Paris', 'f', '3')
        (Get-EmulatorCall $emulator -After $mark | Where-Object Endpoint -NE 'im_get_attr').Accounts | Should -Not -Contain 'lost'
    }

    It 'is not set either when -Attribute says the values' {
        $read | Set-ChatUserAttribute -Attribute @{ city = 'Rome' } -ErrorAction SilentlyContinue | ForEach-Object ErrorId | Should -BeExactly @('NotRead', $null)
    }

    It 'is not said to be changed perhaps, by <_>' -ForEach 'Get-ChatUserAttribute', 'Compare-ChatUserAttribute', 'Sync-ChatUserAttribute', 'Get-ChatUserTag', 'Get-ChatAccount', 'Get-ChatOnlineStatus' {
        foreach ($endpoint in 'im_get_attr', 'im_get_tag', 'account_check', 'query_online_status') {
            Add-EmulatorFault $emulator "$($endpoint):91000:1"
        }
        $row = $_ -like '*-ChatUserAttribute' -and $_ -notlike 'Get-*' ? [pscustomobject]@{ UserId = 'lost'; city = 'Rome' } : 'lost'
        $results = $row | & $_ -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        $problems[0].ErrorDetails.Message | Should -BeLike "*user 'lost': *"
        $problems[0].ErrorDetails.Message | Should -Not -BeLike '*took effect*'
        if ($_ -like 'Sync-*') {
            "$($results.Status) $($results.Attempts)" | Should -BeExactly 'Failed 0'
            ($results | Out-String -Width 80) -replace '\s' | Should -BeLike '*couldnotberead,sonothingwaschanged.*'
        }
    }

    It 'is told from one without values in the table, in a file, in JSON and by a column that Tab finds' {
        $shown = ($read | Out-String -Width 80) -split '\r?\n'
        $shown -match '^lost ' | Should -Match 'Unknown: ServiceFault'
        $shown -match '^found ' | Should -Match 'city=Paris'
        ($read | ConvertTo-Csv)[1] | Should -Match '"\(not read: ServiceFault [^"]*\)".*"Unknown"$'
        $json = $read[0] | ConvertTo-Json | ConvertFrom-Json
        $json.city | Should -Match '^\(not read: '
        $json.ReadStatus | Should -BeExactly 'Unknown'
        ($read[0] | Get-Member -MemberType Properties).Name | Should -Contain 'ReadStatus'
        ($read | Where-Object ReadStatus -NE Succeeded).UserId | Should -BeExactly 'lost'
        ($read | Group-Object city -NoElement).Name | Should -HaveCount 2
    }

    It 'has no attributes, rather than an empty table of them' {
        $null -eq $read[0].Attributes | Should -BeTrue
        $null = Remove-ChatUserAttribute found -All
        (Get-ChatUserAttribute found).Attributes.Count | Should -Be 0
        (Get-ChatUserAttribute found).city | Should -BeNullOrEmpty
    }

    It 'can be read again, imported and deleted: that takes the id alone' {
        ($read | Get-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded')
        ($read | Import-ChatAccount -WarningVariable told).Status | Should -Be @('Succeeded', 'Succeeded')
        $told | Should -BeNullOrEmpty
        ($read | Remove-ChatAccount -Force).Status | Should -Be @('Succeeded', 'Succeeded')
    }

    It 'is one again when somebody fills in the row of the file' {
        $file = Join-Path $TestDrive 'filled.csv'
        $read | Export-Csv $file
        Import-Csv $file | ForEach-Object { if ($_.UserId -eq 'lost') { $_.sex = ''; $_.city = 'Rome'; $_.level = ''; $_.ReadStatus = '' }; $_ } | Export-Csv "$file.2"
        (Import-Csv "$file.2" | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded')
        (Get-EmulatorAccount $emulator)['lost'].city | Should -BeExactly 'Rome'
    }

    It 'says of a run that was stopped that the rest was not read (P7, P12)' {
        Add-EmulatorFault $emulator 'im_get_attr:70009:1'
        { 1..3 | ForEach-Object { "u$_" } | Get-ChatUserAttribute -BatchSize 1 -ThrottleLimit 1 -OutVariable script:stopped -ErrorAction SilentlyContinue } | Should -Throw
        Clear-EmulatorFault $emulator
        $stopped | Should -HaveCount 3
        $stopped[2].Status | Should -Be 'Skipped'
        $stopped[2].ErrorId | Should -Be 'RunStopped'
        $stopped[2].city | Should -Match '^\(not read: RunStopped '
        [System.Text.Encoding]::UTF8.GetByteCount($stopped[2].city) | Should -BeGreaterThan 50 -Because 'no value is that long'
        ($stopped | Sync-ChatUserAttribute -ClearEmpty -ErrorAction SilentlyContinue).ErrorId | Select-Object -Unique | Should -BeExactly 'NotRead'
    }
}

Describe 'The column ReadStatus' {
    It 'is the app''s own where an attribute is called so' {
        Connect-Chat -Emulator -AttributeName city, ReadStatus -WarningAction SilentlyContinue
        $null = [pscustomobject]@{ UserId = 'a'; city = 'Paris'; ReadStatus = 'x' } | Set-ChatUserAttribute
        $read = Get-ChatUserAttribute a, missing -ErrorAction SilentlyContinue
        $read[0].ReadStatus | Should -BeExactly 'x'
        $file = Join-Path $TestDrive 'own.csv'
        $read | Export-Csv $file
        (Import-Csv $file | Sync-ChatUserAttribute -ClearEmpty -ErrorAction SilentlyContinue).Status | Should -Be @('Unchanged', 'Failed')
        (Import-Csv $file | Set-ChatUserAttribute -ErrorAction SilentlyContinue).ErrorId | Should -Be @($null, 'NotRead')
    }
}
