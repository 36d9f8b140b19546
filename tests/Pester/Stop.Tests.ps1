#Requires -Version 7.4
# Ends before the end: Ctrl+C, Select-Object -First, a producer that is slow or fails. After that nothing more is sent (P8).

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--rate-limit', '0'

    # The calls since a mark, after one more call has gone all the way: whatever was to be sent would have arrived before it.
    function Get-LateCall([long] $After) {
        foreach ($round in 1..5) {
            $null = Get-ChatAttributeName
        }
        @(Get-EmulatorCall $emulator -After $After | Where-Object Endpoint -CNE 'im_get_attr_name')
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Ctrl+C' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        # No call ends by its own time-out while a test looks on.
        $connection = Connect-EmulatorHost $emulator @{ TimeoutSec = 300 }
        $runspace = New-ModuleRunspace
    }

    AfterEach {
        $runspace.Dispose()
    }

    It 'gives the prompt back while the service does not answer <Cmdlet>, and nothing more is sent (P8)' -ForEach @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; Endpoint = 'im_set_attr'; With = @{ Attribute = @{ city = 'x' } } }
        @{ Cmdlet = 'Get-ChatUserAttribute'; Endpoint = 'im_get_attr'; With = @{} }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; Endpoint = 'im_remove_attr'; With = @{ All = $true } }
        @{ Cmdlet = 'Remove-ChatAccount'; Endpoint = 'account_delete'; With = @{ Force = $true } }
        @{ Cmdlet = 'Add-ChatUserTag'; Endpoint = 'im_add_tag'; With = @{ Tag = 'vip' } }
        @{ Cmdlet = 'Clear-ChatUserTag'; Endpoint = 'im_remove_all_tags'; With = @{ Force = $true } }
    ) {
        Add-EmulatorFault $emulator "$($Endpoint):hang:1"
        $script = 'param($Cmdlet, $With, $Connection) 1..5000 | ForEach-Object { "u$_" } | & $Cmdlet @With -BatchSize 10 -ThrottleLimit 4 -Connection $Connection'
        $job = Start-InRunspace $runspace $script @{ Cmdlet = $Cmdlet; With = $With; Connection = $connection }
        Wait-Until { @(Get-EmulatorCall $emulator -Endpoint $Endpoint).Count -eq 4 } 'four calls that hang'
        $mark = Get-EmulatorMark $emulator
        Stop-InRunspace $job | Should -BeTrue
        Get-LateCall $mark | Should -HaveCount 0
        $null = Complete-InRunspace $job
    }

    It 'gives the prompt back while <What> waits' -ForEach @(
        @{ What = 'Connect-Chat'; Endpoint = 'account_check'; Script = 'param($Connection, $Key, $Address) Connect-Chat -SdkAppId 1400000000 -SecretKey $Key -Endpoint $Address -TimeoutSec 300' }
        @{ What = 'Get-ChatAttributeName'; Endpoint = 'im_get_attr_name'; Script = 'param($Connection, $Key, $Address) Get-ChatAttributeName -Connection $Connection' }
        @{ What = 'Set-ChatAttributeName'; Endpoint = 'im_set_attr_name'; Script = 'param($Connection, $Key, $Address) Set-ChatAttributeName level -Connection $Connection' }
        @{ What = 'Set-ChatUserAttribute for the names of the attributes'; Endpoint = 'im_get_attr_name'; Script = 'param($Connection, $Key, $Address) Set-ChatUserAttribute -UserId a -Attribute @{ city = "x" } -Connection $Connection' }
    ) {
        Add-EmulatorFault $emulator "$($Endpoint):hang:1"
        $mark = Get-EmulatorMark $emulator
        $job = Start-InRunspace $runspace $Script @{ Connection = $connection; Key = ConvertTo-SecureString (Get-TestKey) -AsPlainText; Address = $emulator.Endpoint }
        Wait-Until { @(Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint).Count -gt 0 } 'the call that hangs'
        Stop-InRunspace $job | Should -BeTrue
        $null = Complete-InRunspace $job
    }

    It 'ends a wait between two tries, and there is no further try (P8)' {
        Add-EmulatorFault $emulator 'im_set_attr:503:1'
        $script = 'param($Connection) Set-ChatUserAttribute -UserId a -Attribute @{ city = "x" } -Connection $Connection'
        $job = Start-InRunspace $runspace $script @{ Connection = $connection }
        Wait-Until { @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count -ge 2 } 'a second try'
        Stop-InRunspace $job | Should -BeTrue
        # One try may have been on its way when the command ended.
        @(Get-LateCall (Get-EmulatorMark $emulator)).Count | Should -BeLessOrEqual 1
        $null = Complete-InRunspace $job
    }

    It 'leaves the connection fit for the next command' {
        Add-EmulatorFault $emulator 'im_set_attr:hang:1'
        $job = Start-InRunspace $runspace 'param($Connection) 1..500 | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $Connection' @{ Connection = $connection }
        Wait-Until { @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count -gt 0 } 'the call that hangs'
        Stop-InRunspace $job | Should -BeTrue
        $null = Complete-InRunspace $job
        Clear-EmulatorFault $emulator
        $run = Invoke-InRunspace $runspace 'param($Connection) 1..500 | Set-ChatUserAttribute -Attribute @{ city = "y" } -Connection $Connection' @{ Connection = $connection }
        @($run.Output | Where-Object Status -EQ Succeeded) | Should -HaveCount 500
    }
}

Describe 'Select-Object -First' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'ends <Cmdlet> early without an error, and nothing more is sent (P8)' -ForEach @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; Endpoint = 'im_set_attr'; With = @{ Attribute = @{ city = 'x' } } }
        @{ Cmdlet = 'Get-ChatUserAttribute'; Endpoint = 'im_get_attr'; With = @{} }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; Endpoint = 'im_remove_attr'; With = @{ All = $true } }
        @{ Cmdlet = 'Remove-ChatAccount'; Endpoint = 'account_delete'; With = @{ Force = $true } }
        @{ Cmdlet = 'Add-ChatUserTag'; Endpoint = 'im_add_tag'; With = @{ Tag = 'vip' } }
        @{ Cmdlet = 'Clear-ChatUserTag'; Endpoint = 'im_remove_all_tags'; With = @{ Force = $true } }
    ) {
        $ids = 1..2000 | ForEach-Object { "u$_" }
        $null = Set-ChatUserAttribute -UserId $ids -Attribute @{ city = 'x' }
        $mark = Get-EmulatorMark $emulator
        $results = $ids | & $Cmdlet @With -BatchSize 10 -ThrottleLimit 2 -ErrorVariable problems | Select-Object -First 3
        $problems | Should -HaveCount 0
        $results.UserId | Should -BeExactly @('u1', 'u2', 'u3')
        $sent = @(Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint)
        $sent.Count | Should -BeLessThan 100
        # As many as may be in flight may have been on their way when the command ended; what they named was queued before.
        $null = Get-LateCall 0
        @(Get-LateCall ($sent[-1].Sequence)).Count | Should -BeLessOrEqual 2
    }

    It 'leaves the producer of the rows where it stopped' {
        $script:made = 0
        $null = 1..100000 | ForEach-Object { $script:made++; "u$_" } | Set-ChatUserAttribute -Attribute @{ city = 'x' } | Select-Object -First 3
        $script:made | Should -BeLessThan 50000
    }
}

Describe 'A producer of rows' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'that is slow does not keep its last rows unsent: a partial batch goes after a second (P5)' {
        $sent = @{}
        $results = & {
            'a', 'b'
            # Only what was sent on its own can arrive before the third row is given: together, unless a second passed between the two.
            Wait-Until { 'b' -in (Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Accounts } 'the partial batch'
            $sent.Accounts = (Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Accounts
            'c'
        } | Set-ChatUserAttribute -Attribute @{ city = 'x' }
        $sent.Accounts | Sort-Object | Should -BeExactly @('a', 'b')
        $results.UserId | Should -BeExactly @('a', 'b', 'c')
        $results.Status | Select-Object -Unique | Should -Be 'Succeeded'
        $results[2].Batch | Should -Be ($results[1].Batch + 1)
    }

    It 'that is slow sees its first full batch leave before the next row (P5)' {
        $results = & {
            1..100 | ForEach-Object { "u$_" }
            Wait-Until { (Get-EmulatorCall $emulator -Endpoint 'im_set_attr' | Measure-Object AccountCount -Sum).Sum -eq 100 } 'the first batch'
            'last'
        } | Set-ChatUserAttribute -Attribute @{ city = 'x' }
        $results[100].Batch | Should -Be ($results[99].Batch + 1)
    }

    It 'that fails ends the command, and the rows it still held are not sent (P8)' {
        $mark = Get-EmulatorMark $emulator
        {
            & { 'a', 'b'; throw 'the file ends here' } | Set-ChatUserAttribute -Attribute @{ city = 'x' }
        } | Should -Throw 'the file ends here'
        Get-LateCall $mark | Should -HaveCount 0
    }

    It 'is held back when the service is slow: the window is bounded (P5)' {
        # No call ends by its own time-out meanwhile.
        $null = Connect-EmulatorHost $emulator @{ TimeoutSec = 300 }
        Add-EmulatorFault $emulator 'im_set_attr:hang:1'
        $runspace = New-ModuleRunspace
        try {
            $made = [System.Collections.Concurrent.ConcurrentQueue[int]]::new()
            $script = 'param($Made, $Connection) 1..100000 | ForEach-Object { $Made.Enqueue($_); "u$_" } | Set-ChatUserAttribute -Attribute @{ city = "x" } -ThrottleLimit 2 -Connection $Connection'
            $job = Start-InRunspace $runspace $script @{ Made = $made; Connection = Get-ChatConnection }
            Wait-Until { @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count -eq 2 } 'two calls that hang'
            Wait-Until { $made.Count -ge 200 } 'rows for two calls'
            Wait-Until { $before = $made.Count; [System.Threading.Thread]::Sleep(200); $made.Count -eq $before } 'the producer to stand still'
            $made.Count | Should -BeLessOrEqual 1000
            Stop-InRunspace $job | Should -BeTrue
            $null = Complete-InRunspace $job
        }
        finally {
            $runspace.Dispose()
        }
    }

    It 'that hands over rows after a hopeless answer is not read to its end when it is live (P7)' {
        Add-EmulatorFault $emulator 'im_set_attr:60010:1'
        $script:given = 0
        $results = [System.Collections.Generic.List[object]]::new()
        {
            & {
                1..100 | ForEach-Object { "u$_" }
                Wait-Until { @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count -gt 0 } 'the refusal'
                foreach ($number in 1..20) {
                    $script:given++
                    "late$number"
                    # A line of a log that is followed comes when it comes.
                    [System.Threading.Thread]::Sleep(1100)
                }
            } | Set-ChatUserAttribute -Attribute @{ city = 'x' } -ErrorAction SilentlyContinue | ForEach-Object { $results.Add($_) }
        } | Should -Throw -ErrorId 'NotAdmin,*'
        $script:given | Should -BeLessThan 20
        $results.Count | Should -BeGreaterOrEqual 100
    }
}
