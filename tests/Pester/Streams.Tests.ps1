#Requires -Version 7.4
# What a run tells beside its results: progress, verbose lines, warnings, the summary.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--rate-limit', '0'
    $runspace = New-ModuleRunspace

    function Invoke-Run([string] $Script) {
        Invoke-InRunspace $runspace "param(`$Connection) $Script" @{ Connection = $connection }
    }
}

AfterAll {
    $runspace.Dispose()
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'The progress record' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
        Add-EmulatorFault $emulator 'im_set_attr:delay:800:1'
    }

    It 'is taken away when <Way>' -ForEach @(
        @{ Way = 'the run ends well'; Script = '1..3 | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection' }
        @{ Way = 'rows fail'; Script = '"a", "" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection' }
        @{ Way = 'the run is hopeless (P7)'; Fault = 60010; Script = '1..3 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -ThrottleLimit 1 -Connection $Connection' }
        @{ Way = '-ErrorAction Stop ends it'; Script = '"a", "" | Set-ChatUserAttribute -Attribute @{ city = "x" } -ErrorAction Stop -Connection $Connection' }
        @{ Way = 'Select-Object -First ends it'; Script = '1..20 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -ThrottleLimit 1 -Connection $Connection | Select-Object -First 2' }
        @{ Way = 'the command behind it fails'; Script = '1..20 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -ThrottleLimit 1 -Connection $Connection | ForEach-Object { if ($_.Row -eq 2) { throw "behind" } }' }
        @{ Way = 'a row in the middle makes no sense'; Script = '& { 1..9; , @("list") } | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -ThrottleLimit 1 -Connection $Connection' }
    ) {
        if ($_.ContainsKey('Fault')) {
            # Both: late, and then refused.
            Clear-EmulatorFault $emulator
            Add-EmulatorFault $emulator 'im_set_attr:delay:800:1' -Limit 2
            Add-EmulatorFault $emulator "im_set_attr:$($Fault):1"
        }

        $run = Invoke-Run $Script
        $records = @($run.Progress | Where-Object Activity -Match 'Chat')
        $records.Count | Should -BeGreaterOrEqual 2
        $records[-1].RecordType | Should -Be 'Completed'
        @($records | Where-Object RecordType -EQ Completed) | Should -HaveCount 1
        @($records.ActivityId | Sort-Object -Unique) | Should -HaveCount 1
    }

    # What comes behind the cmdlet takes its time on the cmdlet's own thread: a machine that is slow adds to that, and takes nothing away.
    It 'counts rows and failures' {
        Clear-EmulatorFault $emulator
        $run = Invoke-Run '1..4 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -Connection $Connection | ForEach-Object { Start-Sleep -Milliseconds 300 }'
        $shown = @($run.Progress | Where-Object { $_.Activity -match 'Chat' -and $_.RecordType -eq 'Processing' })
        $said = $shown.StatusDescription -join "`n"
        foreach ($line in '2 rows', '3 rows', '4 rows') {
            $said | Should -Match "(?m)^$line, 0 failed, \d+/s$"
        }
        $shown[0].Activity | Should -BeExactly 'Set-ChatUserAttribute'
    }

    It 'comes four times a second at most' {
        Clear-EmulatorFault $emulator
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $run = Invoke-Run '1..200 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -Connection $Connection | ForEach-Object { Start-Sleep -Milliseconds 5 }'
        $shown = @($run.Progress | Where-Object RecordType -EQ Processing)
        $shown | Should -Not -BeNullOrEmpty
        # The first after half a second.
        $shown.Count | Should -BeLessOrEqual ([Math]::Floor($watch.Elapsed.TotalSeconds * 4) - 1)
    }

    It 'fits beside the name of its cmdlet at 80 columns, also in a long run that is throttled' {
        $null = 1..3 | Set-ChatUserAttribute -Attribute @{ city = 'x' } -Connection $connection
        Add-EmulatorFault $emulator 'im_remove_attr:60007:1' -Limit 3
        Add-EmulatorFault $emulator 'im_remove_attr:delay:800:1'
        $run = Invoke-Run '1..3 | Remove-ChatUserAttribute -Name city -BatchSize 1 -ThrottleLimit 1 -Connection $Connection'
        $shown = @($run.Progress | Where-Object StatusDescription -Match 'throttled')[-1]
        # The engine draws "Activity [Status]". A million rows have six places more, and a comma.
        "$($shown.Activity) [$($shown.StatusDescription)]".Length | Should -BeLessOrEqual 72
    }

    It 'says "1 row" of one' {
        Clear-EmulatorFault $emulator
        $run = Invoke-Run '1..3 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 1 -Connection $Connection | ForEach-Object { Start-Sleep -Milliseconds 600 }'
        $said = $run.Progress.StatusDescription
        @($said -match '^1 row, ') | Should -Not -BeNullOrEmpty -Because ($said -join "`n")
        @($said -match '^1 rows') | Should -BeNullOrEmpty
    }

    It 'is not there for what takes no time' {
        Clear-EmulatorFault $emulator
        $null = Get-ChatAttributeName -Connection $connection
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $run = Invoke-Run '1..3 | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection'
        # The first one comes after a quarter of a second, which a busy machine may take for nothing.
        @($run.Progress | Where-Object RecordType -EQ Processing).Count | Should -BeLessOrEqual ([Math]::Floor($watch.Elapsed.TotalSeconds * 4))
    }

    It 'tells how much was read while <Cmdlet> reads a table, which it does to the end before anything is sent' -ForEach @(
        @{ Cmdlet = 'Sync-ChatUserAttribute'; With = '-Attribute @{ city = "x" }' }
        @{ Cmdlet = 'Compare-ChatUserAttribute'; With = '-Attribute @{ city = "x" }' }
        @{ Cmdlet = 'Set-ChatUserTag'; With = '-Tag vip' }
    ) {
        Clear-EmulatorFault $emulator
        $run = Invoke-Run "& { 'a'; Start-Sleep -Milliseconds 600; 'b'; Start-Sleep -Milliseconds 300; 'c' } | $Cmdlet $With -Connection `$Connection"
        $said = @($run.Progress | Where-Object RecordType -EQ Processing | ForEach-Object StatusDescription)
        # Where the first row took half a second already, that is shown before.
        $said | Should -Contain '2 rows of input read'
        $said[0] | Should -Match '^(1 row|2 rows) of input read$'
        $run.Progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'says so while the service throttles' {
        Clear-EmulatorFault $emulator
        Add-EmulatorFault $emulator 'im_set_attr:60007:1' -Limit 3
        $run = Invoke-Run '1..3 | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection'
        ($run.Progress.StatusDescription -join "`n") | Should -Match ', \d throttled$'
    }

    It 'says so, and so does the summary, where <Cmdlet> is throttled while it reads' -ForEach @(
        @{ Cmdlet = 'Sync-ChatUserAttribute'; Endpoint = 'im_get_attr'; With = '-Attribute @{ city = "x" }' }
        @{ Cmdlet = 'Set-ChatUserTag'; Endpoint = 'im_get_tag'; With = '-Tag vip' }
    ) {
        Clear-EmulatorFault $emulator
        $null = 1..3 | Set-ChatUserAttribute -Attribute @{ city = 'y' } -Connection $connection
        Add-EmulatorFault $emulator "$($Endpoint):60007:1" -Limit 3
        $run = Invoke-Run "1..3 | $Cmdlet $With -Connection `$Connection -InformationAction SilentlyContinue"
        $run.Output.Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        ($run.Progress.StatusDescription -join "`n") | Should -Match ', \d throttled$'
        $summary = @($run.Information | Where-Object Tags -Contains Summary)[-1].MessageData
        "$($summary.ThrottledCalls) $($summary.RepeatedCalls)" | Should -BeExactly '3 3'
    }
}

Describe 'Verbose' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
    }

    It 'is a line for each batch, with its rows, calls and failures' {
        $run = Invoke-Run '"a", "", "c", "d", "e" | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 2 -Verbose -Connection $Connection'
        $lines = @($run.Verbose.Message -match '^Batch \d')
        $lines | Should -HaveCount 2
        $lines[0] | Should -Match '^Batch 1: rows 1 to 3, 1 call in \d+ ms, 1 failed\.$'
        $lines[1] | Should -Match '^Batch 2: rows 4 to 5, 1 call in \d+ ms, 0 failed\.$'
    }

    It 'is there by the preference as well, also where a function was asked for it' {
        $byPreference = Invoke-Run '$VerbosePreference = "Continue"; "a" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection'
        @($byPreference.Verbose.Message -match '^Batch 1: rows 1 to 1, 1 call') | Should -HaveCount 1
        $byCaller = Invoke-Run 'function Set-City { [CmdletBinding()] param($To) "a" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $To }; Set-City -To $Connection -Verbose'
        @($byCaller.Verbose.Message -match '^Batch 1: rows 1 to 1, 1 call') | Should -HaveCount 1
        (Invoke-Run '$VerbosePreference = "Continue"; "a" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection -Verbose:$false').Verbose | Should -HaveCount 0
    }

    It 'ends with the summary' {
        $run = Invoke-Run '"a", "" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Verbose -Connection $Connection'
        $run.Verbose[-1].Message | Should -Match '^Set-ChatUserAttribute in app 1400000000 \(127\.0\.0\.1:\d+\): 2 rows in .*1 succeeded, 1 failed \(MissingUserId 1\), 0 unknown, 0 skipped'
    }

    It 'begins with the app and the admin' {
        $run = Invoke-Run '"a" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Verbose -Connection $Connection'
        $run.Verbose[0].Message | Should -Match "^Set-ChatUserAttribute in app 1400000000 \(127\.0\.0\.1:\d+\), as 'administrator'\.$"
    }

    It 'is no line for each row: <Command>' -ForEach @(
        @{ Command = 'Set-ChatUserAttribute -Attribute @{ city = "x" }' }
        @{ Command = 'Remove-ChatUserAttribute -Name city' }
        @{ Command = 'Import-ChatAccount' }
        @{ Command = 'Sync-ChatUserAttribute -Attribute @{ city = "y" }' }
        @{ Command = 'Remove-ChatAccount -Force' }
        @{ Command = 'Remove-ChatAccount -Confirm:$false' }
        @{ Command = 'Revoke-ChatLogin -Force -ThrottleLimit 1' }
    ) {
        $null = 1..25 | Set-ChatUserAttribute -Attribute @{ city = 'x' }
        $run = Invoke-Run "1..25 | $Command -Verbose -Connection `$Connection"
        @($run.Output | Where-Object Status -In Succeeded, Unchanged) | Should -HaveCount 25
        $run.Verbose.Message -match 'Performing the operation' | Should -BeNullOrEmpty
        $batches = @($run.Verbose.Message -match '^Batch \d')
        $batches.Count | Should -BeGreaterThan 0
        $run.Verbose | Should -HaveCount ($batches.Count + 2)
    }

    It 'says nothing unless it is asked for' {
        (Invoke-Run '"a" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection').Verbose | Should -HaveCount 0
    }
}

Describe 'Throttling' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
    }

    # However far apart they come: two are not enough to tell of somebody else.
    It 'costs no row, and is no reason to warn when it comes to two calls (P4, A20)' {
        Add-EmulatorFault $emulator 'im_set_attr:60007:1' -Limit 2
        $run = Invoke-Run '1..20 | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 2 -Connection $Connection'
        @($run.Output | Where-Object Status -EQ Succeeded) | Should -HaveCount 20
        $run.Warning | Should -HaveCount 0
        $summary = @($run.Information | Where-Object Tags -Contains 'Summary').MessageData
        $summary.Calls | Should -Be 12
        $summary.ThrottledCalls | Should -Be 2
        $summary.RepeatedCalls | Should -Be 2
        $summary.ThrottledShare | Should -Be (2 / 12)
        $summary.LowestCallsPerSecond | Should -BeLessThan 100
        "$summary" | Should -Match '; 12 calls \([\d.]+ a second\), 2 repeated, 2 \(16\.67 %\) throttled, down to [\d.]+ calls a second, [\d.]+ s lost\.$'
        $summary | Out-String | Should -Match '(?m)^ThrottledCalls\s+: 2 \(16\.67 %\)\s*$'
    }

    It 'is not warned of when there was none' {
        $run = Invoke-Run '1..200 | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection'
        $run.Warning | Should -HaveCount 0
        "$($run.Information[-1].MessageData)" | Should -Match '; 2 calls \([\d.]+ a second\), 0 repeated, 0 throttled\.$'
        $run.Information[-1].MessageData.TimeLost | Should -Be ([timespan]::Zero)
    }
}

Describe 'Who else uses the app' {
    # Who that is, only the rate limiter's tests can show, in a time of their own. Here it is what one sees of it.
    It 'is told when one call is throttled again and again, with what came of that, once' {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator @{ CallsPerSecond = 40 }
        Add-EmulatorFault $emulator 'im_set_attr:60007:1' -Limit 8
        $run = Invoke-Run '"a" | Set-ChatUserAttribute -Attribute @{ city = "x" } -WarningAction SilentlyContinue -WarningVariable told -Connection $Connection; $told'
        $run.Output[0].Status | Should -Be 'Succeeded'
        $run.Output | Should -HaveCount 2
        $run.Output[1].Message | Should -Match '^The service throttled [\d.]+ % of the calls to app 1400000000 \(127\.0\.0\.1:\d+\): Set-ChatUserAttribute went from [\d.]+ to [\d.]+ calls a second\. Another job seems to use the app\. Throttled calls are repeated\.$'
        $summary = $run.Information[-1].MessageData
        $summary.ThrottledCalls | Should -Be 8
        $summary.LowestCallsPerSecond | Should -BeLessThan 36
        $summary.TimeLost | Should -BeOfType [timespan]
    }
}

Describe 'The summary' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
    }

    It 'goes to the information stream, tagged Summary, never to the output' {
        $run = Invoke-Run '"a", "b", "" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection'
        $run.Output | Should -HaveCount 3
        $run.Information | Should -HaveCount 1
        $run.Information[0].Tags | Should -BeExactly @('TencentChat', 'Summary')
        $summary = $run.Information[0].MessageData
        $summary.Command | Should -BeExactly 'Set-ChatUserAttribute'
        $summary.Rows | Should -Be 3
        $summary.Succeeded | Should -Be 2
        $summary.Failed | Should -Be 1
        $summary.App | Should -Match '^app 1400000000 \('
        $summary.FailedByErrorId['MissingUserId'] | Should -Be 1
        $summary.UnknownByErrorId.Count | Should -Be 0
        $summary.Duration | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'puts each cause behind the number that it explains' {
        $connection = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        Add-EmulatorFault $emulator 'im_set_attr:drop-after:1' -Limit 1
        $run = Invoke-Run '"a", "b", "" | Set-ChatUserAttribute -Attribute @{ city = "x" } -BatchSize 2 -ErrorAction SilentlyContinue -Connection $Connection'
        $summary = $run.Information[-1].MessageData
        "$summary" | Should -BeLike '* 0 succeeded, 1 failed (MissingUserId 1), 2 unknown (NoAnswer 2), 0 skipped; *'
        $summary.UnknownByErrorId['NoAnswer'] | Should -Be 2
        $summary | Out-String | Should -Match '(?m)^FailedByErrorId\s+: MissingUserId 1\s*$'
        $summary | Out-String | Should -Match '(?m)^UnknownByErrorId\s+: NoAnswer 2\s*$'
    }

    It 'reads well in a file and as JSON' {
        $run = Invoke-Run '"a", "", ("x" * 600), "" | Set-ChatUserAttribute -Attribute @{ city = "x" } -ErrorAction SilentlyContinue -Connection $Connection'
        $summary = $run.Information[-1].MessageData
        $cells = $summary | ConvertTo-Csv | ConvertFrom-Csv
        $cells.FailedByErrorId | Should -BeExactly ($summary.FailedByErrorId.GetEnumerator().ForEach({ "$($_.Key) $($_.Value)" }) -join ', ')
        $cells.FailedByErrorId | Should -Match '\bMissingUserId 2\b'
        $cells.UnknownByErrorId | Should -BeExactly ''
        $cells.PSObject.Properties.Value | Should -Not -Match 'System\.|\[|Dictionary'
        $read = $summary | ConvertTo-Json | ConvertFrom-Json
        $read.FailedByErrorId.MissingUserId | Should -Be 2
        ($read.PSObject.Properties.Name | Sort-Object) -join ' ' | Should -BeExactly (($cells.PSObject.Properties.Name | Sort-Object) -join ' ') -Because 'nothing is said twice'
    }

    It 'counts what was skipped, by -WhatIf too' {
        $run = Invoke-Run '"a", "b" | Set-ChatUserAttribute -Attribute @{ city = "x" } -WhatIf -Connection $Connection'
        $run.Information[-1].MessageData.Skipped | Should -Be 2
    }

    It 'comes before the error of a hopeless run (P7)' {
        Add-EmulatorFault $emulator 'im_set_attr:60010:1'
        $run = Invoke-Run '1..250 | Set-ChatUserAttribute -Attribute @{ city = "x" } -ThrottleLimit 1 -ErrorAction SilentlyContinue -Connection $Connection'
        $summary = @($run.Information | Where-Object Tags -Contains 'Summary').MessageData
        $summary.Rows | Should -Be 250
        $summary.Failed | Should -Be 100
        $summary.Skipped | Should -Be 150
    }

    It 'is shown at the prompt with -InformationAction Continue, in one line' {
        $told = 'a' | Set-ChatUserAttribute -Attribute @{ city = 'x' } -InformationVariable kept -InformationAction SilentlyContinue
        $told.Status | Should -Be 'Succeeded'
        @("$kept" -split "`n") | Should -HaveCount 1
        "$kept" | Should -Match '1 row in'
    }
}

Describe 'What is emitted' {
    It 'is nothing but results: no text, no numbers, no formatting' {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
        (Invoke-Run '"a", "", "c" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection').Output | ForEach-Object { $_.PSObject.BaseObject.GetType().FullName } |
            Sort-Object -Unique | Should -BeExactly 'TencentChat.Operations.Attributes.AttributeRow'
        (Invoke-Run '"a", "zz" | Get-ChatUserAttribute -Connection $Connection').Output | ForEach-Object { $_.PSObject.BaseObject.GetType().Name } |
            Sort-Object -Unique | Should -BeExactly 'ChatUserAttributes'
    }
}
