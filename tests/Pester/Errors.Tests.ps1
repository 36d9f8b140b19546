#Requires -Version 7.4
# Error records: their words, their targets, their order, and what scripts do with them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    # What a person has at the prompt; whoever runs these tests may have another.
    $ErrorActionPreference = 'Continue'
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--rate-limit', '0'

    # A table of which every tenth row has a value that is too long.
    function New-MixedRow([int] $Count) {
        New-TestRow $Count | ForEach-Object {
            if ($_.UserId -match '0$') { $_.city = 'x' * 51 }
            $_
        }
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'The error of a failed row' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'has a stable word, a category, the result as its target, and advice' {
        $result = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51 } | Set-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems | Should -HaveCount 1
        $problem = $problems[0]
        $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidAttributeValue,TencentChat.PowerShell.Commands.SetChatUserAttributeCommand'
        $problem.CategoryInfo.Category | Should -Be 'InvalidData'
        [object]::ReferenceEquals($problem.TargetObject, $result) | Should -BeTrue
        $problem.ErrorDetails.RecommendedAction | Should -Match '50 bytes'
        $problem.Exception | Should -BeOfType [TencentChat.Errors.ChatRowException]
        $problem.Exception.Error.ErrorId | Should -BeExactly 'InvalidAttributeValue'
        "$problem" | Should -Match "^Row 1, user 'a': "
    }

    It 'of <Cmdlet> when the service answers <Code> to it is <ErrorId>, <Category>' -ForEach @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; Fault = 'im_set_attr:90030:1'; Code = 90030; ErrorId = 'InvalidAttributeValue'; Category = 'InvalidData' }
        @{ Cmdlet = 'Set-ChatUserAttribute'; Fault = 'im_set_attr:90048:1'; Code = 90048; ErrorId = 'AccountNotFound'; Category = 'ObjectNotFound' }
        @{ Cmdlet = 'Set-ChatUserAttribute'; Fault = 'im_set_attr:12345:1'; Code = 12345; ErrorId = 'UnknownServiceError'; Category = 'InvalidResult' }
        @{ Cmdlet = 'Set-ChatUserAttribute'; Fault = 'im_set_attr:60007:1'; Code = 60007; ErrorId = 'Throttled'; Category = 'LimitsExceeded' }
        @{ Cmdlet = 'Get-ChatUserAttribute'; Fault = 'im_get_attr:91000:1'; Code = 91000; ErrorId = 'ServiceFault'; Category = 'OperationTimeout' }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; Fault = 'im_remove_attr:90048:1'; Code = 90048; ErrorId = 'AccountNotFound'; Category = 'ObjectNotFound' }
        @{ Cmdlet = 'Remove-ChatAccount'; Fault = 'account_delete:70402:1'; Code = 70402; ErrorId = 'InvalidRequest'; Category = 'InvalidData' }
        @{ Cmdlet = 'Remove-ChatAccount'; Fault = 'account_delete:30008:1'; Code = 30008; ErrorId = 'ConflictingWrite'; Category = 'ResourceBusy' }
    ) {
        $null = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        Add-EmulatorFault $emulator $Fault
        $with = @{
            'Set-ChatUserAttribute'    = @{ Attribute = @{ city = 'x' } }
            'Get-ChatUserAttribute'    = @{}
            'Remove-ChatUserAttribute' = @{ All = $true }
            'Remove-ChatAccount'       = @{ Force = $true }
        }[$Cmdlet]
        $result = & $Cmdlet -UserId a @with -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.ErrorId | Should -BeExactly $ErrorId
        $result.ErrorCode | Should -Be $Code
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].Exception.Message | Should -Match "\b$Code\b"
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'shows what to do on the screen, once, whether the engine shows advice (from 7.5 on) or not' {
        $null = [pscustomobject]@{ UserId = 'a'; city = 'x' * 51 } | Set-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems
        $advice = $problems[0].ErrorDetails.RecommendedAction
        $advice | Should -Match '50 bytes'
        $screen = ($problems[0] | Out-String -Width 200) -replace "`e\[[\d;]*m" -replace '\s*\r?\n\s*\|?\s*', ' '
        [regex]::Matches($screen, [regex]::Escape($advice)) | Should -HaveCount 1 -Because $screen
        [regex]::Matches($screen, [regex]::Escape("Row 1, user 'a':")) | Should -HaveCount 1
    }

    It 'says that the effect is not known when no answer came' {
        $null = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        Add-EmulatorFault $emulator 'im_set_attr:drop-after:1'
        $result = Set-ChatUserAttribute -UserId a -Attribute @{ city = 'x' } -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.Status | Should -Be 'Unknown'
        $result.ErrorId | Should -BeExactly 'NoAnswer'
        $problems[0].Exception.Message | Should -Match 'not known'
    }

    It 'ends a push to a condition that users are piped into, before anything is sent (P10)' {
        foreach ($audience in @{ All = $true }, @{ AnyTag = 'vip' }) {
            { 'a', 'b' | Send-ChatPush @audience -Text 'noon' -Force } | Should -Throw -ErrorId 'InvalidPush,*' -Because "$($audience.Keys)"
        }

        Get-EmulatorCall $emulator | Where-Object Path -Like '*push' | Should -BeNullOrEmpty
    }

    It 'advises no second message when a push may have gone out (P13)' {
        $null = Connect-EmulatorHost $emulator
        Add-EmulatorFault $emulator 'im_push:drop-after:1'
        $result = Send-ChatPush -All -Text 'noon' -Force -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.Status | Should -Be 'Unknown'
        $problems[0].ErrorDetails.RecommendedAction | Should -MatchExactly "-MsgRandom $($result.MsgRandom)\b"
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -Match 'safe'

        $null = Connect-EmulatorHost $emulator @{ AttributeService = 'TimPush' }
        Add-EmulatorFault $emulator 'batch:drop-after:1'
        $result = Send-ChatPush -UserId a -Text 'noon' -Force -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.Status | Should -Be 'Unknown'
        $problems[0].ErrorDetails.RecommendedAction | Should -MatchExactly 'before you push again'
    }

    It 'comes after all results of its batch, so that nothing is lost on the way to it (P1)' {
        $order = New-MixedRow 25 | Set-ChatUserAttribute 2>&1 | ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? 'error' : 'result' }
        $order | Should -BeExactly (@('result') * 25 + @('error') * 2)
        $order = New-MixedRow 30 | Set-ChatUserAttribute -BatchSize 9 2>&1 | ForEach-Object { $_ -is [System.Management.Automation.ErrorRecord] ? 'error' : 'result' }
        # A batch ends with the ninth row that can be sent, so each bad row is the first of the next batch.
        $order | Should -BeExactly (@('result') * 19 + @('error') + @('result') * 10 + @('error', 'result', 'error'))
    }
}

Describe 'Scripts that meet a failed row' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'go on, with $? false and an entry of $Error for each' {
        $Error.Clear()
        $null = New-MixedRow 20 | Set-ChatUserAttribute 2>$null
        $? | Should -BeFalse
        $Error | Should -HaveCount 2
        $null = New-TestRow 3 | Set-ChatUserAttribute
        $? | Should -BeTrue
    }

    It 'stop with -ErrorAction Stop at the first one, with the results of its batch out, and send nothing more (P1, P8)' {
        $rows = New-TestRow 1000
        $rows[4].city = 'x' * 51
        $got = [System.Collections.Generic.List[object]]::new()
        $problem = $null
        try {
            $rows | Set-ChatUserAttribute -BatchSize 10 -ThrottleLimit 1 -ErrorAction Stop | ForEach-Object { $got.Add($_) }
        }
        catch {
            $problem = $_
        }

        $problem.FullyQualifiedErrorId | Should -BeExactly 'InvalidAttributeValue,TencentChat.PowerShell.Commands.SetChatUserAttributeCommand'
        $problem.TargetObject.Row | Should -Be 5
        $got.Row | Should -Be @(1..11)
        @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count | Should -BeLessThan 50
        # A call that was on its way when the command ended has arrived before these.
        1..5 | ForEach-Object { $null = Get-ChatAttributeName }
        $mark = Get-EmulatorMark $emulator
        1..5 | ForEach-Object { $null = Get-ChatAttributeName }
        @(Get-EmulatorCall $emulator -After $mark -Endpoint 'im_set_attr') | Should -HaveCount 0
    }

    It 'stop with $ErrorActionPreference = ''Stop'' as well, and catch the kind they want' {
        $ErrorActionPreference = 'Stop'
        $caught = try {
            Set-ChatUserAttribute -UserId '' -Attribute @{ city = 'x' }
        }
        catch [TencentChat.Errors.ChatRowException] {
            $_.TargetObject.ErrorId
        }
        @($caught)[-1] | Should -BeExactly 'MissingUserId'
    }

    It 'pass over them with -ErrorAction Ignore and leave no trace' {
        $Error.Clear()
        $results = New-MixedRow 20 | Set-ChatUserAttribute -ErrorAction Ignore
        $results | Should -HaveCount 20
        $Error | Should -HaveCount 0
    }

    It 'find the failed rows in -ErrorVariable, as results' {
        $null = New-MixedRow 20 | Set-ChatUserAttribute -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.TargetObject.UserId | Should -BeExactly @('user0010', 'user0020')
        $problems.TargetObject.InputObject | ForEach-Object { $_.city = 'ok' }
        ($problems.TargetObject | Set-ChatUserAttribute).Status | Should -Be @('Succeeded', 'Succeeded')
    }
}

Describe 'A run that is hopeless' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'ends with one terminating error that says what to do, after a result for every row (P1, P7): <Code>' -ForEach @(
        @{ Code = 70009; ErrorId = 'WrongKey'; Category = 'AuthenticationError' }
        @{ Code = 60010; ErrorId = 'NotAdmin'; Category = 'PermissionDenied' }
        @{ Code = 60026; ErrorId = 'WrongRegion'; Category = 'InvalidData' }
        @{ Code = 90045; ErrorId = 'FeatureNotEnabled'; Category = 'NotEnabled' }
        @{ Code = 60020; ErrorId = 'ServiceSuspended'; Category = 'NotEnabled' }
        @{ Code = 60028; ErrorId = 'TrialLimitReached'; Category = 'QuotaExceeded' }
    ) {
        Add-EmulatorFault $emulator "im_set_attr:$($Code):1"
        $got = [System.Collections.Generic.List[object]]::new()
        $problem = $null
        try {
            New-TestRow 1000 | Set-ChatUserAttribute -ThrottleLimit 1 -ErrorAction SilentlyContinue | ForEach-Object { $got.Add($_) }
        }
        catch {
            $problem = $_
        }

        $problem.FullyQualifiedErrorId | Should -BeExactly "$ErrorId,TencentChat.PowerShell.Commands.SetChatUserAttributeCommand"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problem.Exception.Error.Code | Should -Be $Code
        $got.Row | Should -Be @(1..1000)
        @($got | Where-Object Status -EQ Failed) | Should -HaveCount 100
        @($got | Where-Object Status -EQ Skipped) | Should -HaveCount 900
        $got[999].Message | Should -Match $ErrorId
        @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr') | Should -HaveCount 1
    }

    It 'mid-way keeps what succeeded before (P1, P7)' {
        $got = [System.Collections.Generic.List[object]]::new()
        $problem = $null
        try {
            New-TestRow 500 | ForEach-Object {
                if ($_.UserId -eq 'user0301') {
                    # The third batch has been answered when this strikes, and no row of the next one is there yet.
                    Wait-Until { @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count -eq 3 } 'three calls'
                    Add-EmulatorFault $emulator 'im_set_attr:60010:1'
                }
                $_
            } | Set-ChatUserAttribute -ErrorAction SilentlyContinue | ForEach-Object { $got.Add($_) }
        }
        catch {
            $problem = $_
        }

        $problem.FullyQualifiedErrorId | Should -BeLike 'NotAdmin,*'
        $got.Row | Should -Be @(1..500)
        @($got | Where-Object Status -EQ Succeeded).Row | Should -Be @(1..300)
        # One batch, or what was on its way beside it.
        @($got | Where-Object Status -EQ Failed) | Should -Not -BeNullOrEmpty
        $got | Select-Object -Skip 300 | Where-Object Status -NotIn Failed, Skipped | Should -BeNullOrEmpty
        $got | Where-Object Status -EQ Skipped | Where-Object ErrorId -NE RunStopped | Should -BeNullOrEmpty
        $held = Get-EmulatorAccount $emulator
        $held.ContainsKey('user0300') | Should -BeTrue
        $held.ContainsKey('user0301') | Should -BeFalse
    }

    It 'to the call for the names of the attributes gives each row its result: <Cmdlet> (P1, P7)' -ForEach @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; With = @{} }
        @{ Cmdlet = 'Set-ChatUserAttribute'; With = @{ Confirm = $true } }
        @{ Cmdlet = 'Get-ChatUserAttribute'; With = @{} }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; With = @{ Name = 'city' } }
        @{ Cmdlet = 'Sync-ChatUserAttribute'; With = @{ ClearEmpty = $true; Prune = $true } }
    ) {
        $null = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        foreach ($fault in @{ Kind = '70009'; ErrorId = 'WrongKey' }, @{ Kind = '91000'; ErrorId = 'ServiceFault' }) {
            Reset-EmulatorHost $emulator
            Add-EmulatorFault $emulator "im_get_attr_name:$($fault.Kind):1"
            $got = [System.Collections.Generic.List[object]]::new()
            $rows = @(New-TestRow 249) + [pscustomobject]@{ UserId = ''; city = 'x' }
            $problem = try { $rows | & $Cmdlet @With -InformationVariable told -ErrorAction SilentlyContinue | ForEach-Object { $got.Add($_) } } catch { $_ }
            $problem.FullyQualifiedErrorId | Should -BeLike "$($fault.ErrorId),*"
            $got.Row | Should -Be @(1..250)
            $got.UserId | Should -Be $rows.UserId
            $got | Select-Object -First 249 | ForEach-Object ErrorId | Sort-Object -Unique | Should -Be 'RunStopped'
            $got[0].Message | Should -Match $fault.ErrorId
            $got[249].ErrorId | Should -Be 'MissingUserId'
            @($got | Where-Object ErrorId | ForEach-Object InputObject).UserId | Should -Be $rows.UserId
            $told[-1].MessageData.Skipped | Should -Be 249
            @(Get-EmulatorCall $emulator).Endpoint | Sort-Object -Unique | Should -Be 'im_get_attr_name'
        }
    }

    It 'to that call ends Compare-ChatUserAttribute, which writes differences only' {
        Add-EmulatorFault $emulator 'im_get_attr_name:70009:1'
        { New-TestRow 5 | Compare-ChatUserAttribute } | Should -Throw -ErrorId 'WrongKey,*'
    }

    It 'keeps a service that is down from being asked a hundred thousand times (P7)' {
        $null = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        Add-EmulatorFault $emulator 'im_set_attr:503:1'
        $got = [System.Collections.Generic.List[object]]::new()
        { New-TestRow 3000 | Set-ChatUserAttribute -ThrottleLimit 2 -ErrorAction SilentlyContinue | ForEach-Object { $got.Add($_) } } | Should -Throw
        $got | Should -HaveCount 3000
        @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr').Count | Should -BeLessThan 15
    }

    It 'says so with the exit code in a script that nobody watches' {
        $null = Add-EmulatorFault $emulator 'im_set_attr:60010:1'
        $run = Invoke-FreshPwsh -Command @"
`$ErrorActionPreference = 'Stop'
Import-Module '$(Get-StagedManifest)'
1..300 | Set-ChatUserAttribute -Attribute @{ city = 'x' } | Out-Null
'not reached'
"@ -Environment @{ TENCENTCHAT_SDKAPPID = 1400000000; TENCENTCHAT_SECRETKEY = Get-TestKey; TENCENTCHAT_ENDPOINT = $emulator.Endpoint }
        $run.ExitCode | Should -Be 1
        $run.Output | Should -Not -Match 'not reached'
        $run.Error | Should -Match 'admin'
        $run.Error | Should -Not -Match (Get-TestKey)
    }
}

Describe 'An error of a call that is about no row' {
    It 'talks of no rows: <Fault>' -ForEach @(
        @{ Fault = 'drop-after'; ErrorId = 'NoAnswer'; Category = 'OperationTimeout' }
        @{ Fault = 'truncated'; ErrorId = 'MalformedReply'; Category = 'ProtocolError' }
        @{ Fault = '60008'; ErrorId = 'ServiceBusy'; Category = 'OperationTimeout' }
        @{ Fault = '91000'; ErrorId = 'ServiceFault'; Category = 'OperationTimeout' }
    ) {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator @{ MaxRetry = 0 }
        Add-EmulatorFault $emulator "im_get_attr_name:$($Fault):1"
        $problem = try { Get-ChatAttributeName } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike "$ErrorId,*"
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problem.ErrorDetails.RecommendedAction | Should -Not -Match '\brows?\b'
    }

    It 'of Connect-Chat where nobody listens does neither' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $key = ConvertTo-SecureString (Get-TestKey) -AsPlainText
        $problem = try { Connect-Chat -SdkAppId 1400000000 -SecretKey $key -Endpoint "http://127.0.0.1:$port" -MaxRetry 0 } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
        $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
        $problem.ErrorDetails.RecommendedAction | Should -Match '-Endpoint'
        $problem.ErrorDetails.RecommendedAction | Should -Not -Match '\brows?\b'
        "$problem" | Should -BeLike "No connection to the service could be made. (127.0.0.1:$port accepts no connection (ConnectionRefused).)*"
    }
}

Describe 'One bad row' {
    It 'that the service refuses is found alone, at no more than about 2 log2(100) extra calls (P2)' {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = Set-ChatUserAttribute -UserId 'user0042' -Attribute @{ city = 'x' }
        $null = Remove-ChatAccount -UserId 'user0042' -Force
        $mark = Get-EmulatorMark $emulator
        $results = New-TestRow 100 | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        @($results | Where-Object Status -EQ Succeeded) | Should -HaveCount 99
        @($results | Where-Object Status -EQ Failed).UserId | Should -BeExactly 'user0042'
        @(Get-EmulatorCall $emulator -After $mark -Endpoint 'im_set_attr').Count | Should -BeLessOrEqual 16
    }

    It 'does not keep a passing fault from being repeated for its neighbours (P6)' {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        Add-EmulatorFault $emulator 'im_set_attr:91000:1' -Limit 1
        Add-EmulatorFault $emulator 'im_set_attr:truncated:1' -Limit 1
        Add-EmulatorFault $emulator 'im_set_attr:502:1' -Limit 1
        $results = New-TestRow 10 | Set-ChatUserAttribute
        $results.Status | Select-Object -Unique | Should -Be 'Succeeded'
        $results[0].Attempts | Should -Be 4
    }
}
