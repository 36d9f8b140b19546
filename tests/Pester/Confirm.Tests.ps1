#Requires -Version 7.4
# Who is asked, and that nothing is sent for what was declined or only shown (P8): every way to say so, for each cmdlet that
# changes something, with few and many batches, one after the other and side by side. What counts is what the emulator saw.

BeforeDiscovery {
    $shapes = @(
        @{ Shape = 'serial'; Rows = 7; With = @{ ThrottleLimit = 1 } }
        @{ Shape = 'many batches, told of'; Rows = 23; With = @{ BatchSize = 2; ThrottleLimit = 1; Verbose = $true } }
        @{ Shape = 'concurrent'; Rows = 23; With = @{ BatchSize = 2; ThrottleLimit = 8 } }
    )
    $cmdlets = @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; Endpoint = 'im_set_attr'; Always = @{ Attribute = @{ city = 'new' } }; Asks = $false }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; Endpoint = 'im_remove_attr'; Always = @{ Name = 'city' }; Asks = $false }
        @{ Cmdlet = 'Remove-ChatAccount'; Endpoint = 'account_delete'; Always = @{}; Asks = $true }
        @{ Cmdlet = 'Import-ChatAccount'; Endpoint = 'multiaccount_import'; Always = @{}; Asks = $false }
        @{ Cmdlet = 'Revoke-ChatLogin'; Endpoint = 'kick'; Always = @{}; Asks = $true; OneByOne = $true }
    )

    # Sent: which rows are to arrive. Asked: how many questions there are to be.
    $ways = @(
        @{ Way = '-WhatIf'; With = @{ WhatIf = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '$WhatIfPreference'; Before = '$WhatIfPreference = $true'; Sent = 'none'; Asked = 'none' }
        @{ Way = 'the -WhatIf of a function around it'; Around = @{ WhatIf = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '$WhatIfPreference with -WhatIf:$false'; Before = '$WhatIfPreference = $true'; With = @{ WhatIf = $false; Confirm = $false }; Sent = 'all'; Asked = 'none' }
        @{ Way = '-Confirm:$false'; With = @{ Confirm = $false }; Sent = 'all'; Asked = 'none' }
        @{ Way = '$ConfirmPreference = None'; Before = '$ConfirmPreference = "None"'; Sent = 'all'; Asked = 'none' }
        @{ Way = '-Confirm answered with yes'; With = @{ Confirm = $true }; Answer = 'Y'; Sent = 'all'; Asked = 'all' }
        @{ Way = '-Confirm answered with yes to all'; With = @{ Confirm = $true }; Answer = 'A'; Sent = 'all'; Asked = 'one' }
        @{ Way = '-Confirm declined'; With = @{ Confirm = $true }; Answer = 'N'; Sent = 'none'; Asked = 'all' }
        @{ Way = '-Confirm declined for all'; With = @{ Confirm = $true }; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = '-Confirm declined for the first and the third'; With = @{ Confirm = $true }; Answer = 'N', 'Y', 'N', 'A'; Sent = 'but two'; Asked = 'four' }
        @{ Way = '$ConfirmPreference = Low declined'; Before = '$ConfirmPreference = "Low"'; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = '$ConfirmPreference = Medium declined'; Before = '$ConfirmPreference = "Medium"'; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = '$ConfirmPreference = Low with -Confirm:$false'; Before = '$ConfirmPreference = "Low"'; With = @{ Confirm = $false }; Sent = 'all'; Asked = 'none' }
        @{ Way = 'a default of -WhatIf'; Before = '$PSDefaultParameterValues = @{ "*-Chat*:WhatIf" = $true }'; Sent = 'none'; Asked = 'none' }
        @{ Way = 'a default of -Confirm declined'; Before = '$PSDefaultParameterValues = @{ "*-Chat*:Confirm" = $true }'; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = 'the -Confirm of a function around it, declined'; Around = @{ Confirm = $true }; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = '-WhatIf with -Confirm'; With = @{ WhatIf = $true; Confirm = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '-WhatIf with -Confirm:$false'; With = @{ WhatIf = $true; Confirm = $false }; Sent = 'none'; Asked = 'none' }
    )
    $forceWays = @(
        @{ Way = '-Force'; With = @{ Force = $true }; Sent = 'all'; Asked = 'none' }
        @{ Way = '-Force -WhatIf'; With = @{ Force = $true; WhatIf = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '-Force under $WhatIfPreference'; Before = '$WhatIfPreference = $true'; With = @{ Force = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '-Force in a function called with -WhatIf'; Around = @{ WhatIf = $true }; With = @{ Force = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '-Force under $WhatIfPreference with -WhatIf:$false'; Before = '$WhatIfPreference = $true'; With = @{ Force = $true; WhatIf = $false }; Sent = 'all'; Asked = 'none' }
        @{ Way = '-Force with a default of -WhatIf'; Before = '$PSDefaultParameterValues = @{ "*-Chat*:WhatIf" = $true }'; With = @{ Force = $true }; Sent = 'none'; Asked = 'none' }
        @{ Way = '-Force with -Confirm declined'; With = @{ Force = $true; Confirm = $true }; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = '-Force with -Confirm:$false'; With = @{ Force = $true; Confirm = $false }; Sent = 'all'; Asked = 'none' }
        @{ Way = '-Force under $ConfirmPreference = Low'; Before = '$ConfirmPreference = "Low"'; With = @{ Force = $true }; Sent = 'all'; Asked = 'none' }
        @{ Way = '-Force -WhatIf -Confirm:$false'; With = @{ Force = $true; WhatIf = $true; Confirm = $false }; Sent = 'none'; Asked = 'none' }
        @{ Way = 'its own question declined'; Answer = 'L'; Sent = 'none'; Asked = 'one' }
        @{ Way = 'its own question declined row by row'; Answer = 'N'; Sent = 'none'; Asked = 'all' }
        @{ Way = 'its own question answered with yes'; Answer = 'Y'; Sent = 'all'; Asked = 'all' }
    )

    # What asks by itself has -Force; nothing else asks unless it is told to.
    $cases = foreach ($cmdlet in $cmdlets) {
        foreach ($shape in $shapes) {
            foreach ($way in $ways + ($cmdlet.Asks ? $forceWays : @())) {
                @{
                    Cmdlet = $cmdlet.Cmdlet; Endpoint = $cmdlet.Endpoint; Shape = $shape.Shape; Rows = $shape.Rows; Way = $way.Way
                    With = @($cmdlet.Always, ($cmdlet['OneByOne'] ? @{ ThrottleLimit = $shape.With.ThrottleLimit; Verbose = [bool]$shape.With['Verbose'] } : $shape.With), $way['With']); Before = $way['Before']; Around = $way['Around']; Answer = $way['Answer']
                    Sent = $way.Sent; Asked = $way.Asked
                }
            }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city,sex', '--rate-limit', '0', '--plan', 'paid', '--deletion', 'on'
    $connection = Connect-EmulatorHost $emulator
    $script:round = 0
    $asker = New-AnsweringHost
    $runspace = New-ModuleRunspace $asker

    # Preferences are set where a person or a script sets them: around the call, in a scope of its own.
    $caller = @'
param($Ids, $Cmdlet, $With, $Connection, $Around, $Before)
function Invoke-Caller {
    [CmdletBinding(SupportsShouldProcess)]
    param()
    $Ids | & $Cmdlet @With -Connection $Connection
}
if ($Before) { . ([scriptblock]::Create($Before)) }
if ($Around) { Invoke-Caller @Around } else { $Ids | & $Cmdlet @With -Connection $Connection }
'@

    # Accounts that nothing else in this file uses, all of them there.
    function New-Account([int] $Count) {
        $script:round++
        $ids = @(1..$Count | ForEach-Object { "r$($script:round)-$_" })
        $null = Set-ChatUserAttribute -UserId $ids -Attribute @{ city = 'old' } -Connection $connection
        return $ids
    }
}

AfterAll {
    $runspace.Dispose()
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe '<Cmdlet>, <Shape>, with <Way>' -ForEach $cases {
    It 'sends <Sent>, asks <Asked>, and gives every row its result (P1, P8)' {
        $ids = New-Account $Rows
        $given = @{}
        foreach ($part in $With) {
            if ($part) { $part.Keys | ForEach-Object { $given[$_] = $part[$_] } }
        }

        # Where nobody is to be asked, a question would be declined, and seen.
        $asker.Reset($Answer ? $Answer : 'N')
        $mark = Get-EmulatorMark $emulator
        $run = Invoke-InRunspace $runspace $caller @{ Ids = $ids; Cmdlet = $Cmdlet; With = $given; Around = $Around; Before = $Before; Connection = $connection }

        $expected = @(switch ($Sent) { 'all' { $ids } 'but two' { $ids | Where-Object { $_ -notin $ids[0, 2] } } })
        $run.Terminating | Should -BeNullOrEmpty
        $run.Error | Should -HaveCount 0
        $arrived = @(Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | ForEach-Object Accounts)
        $arrived | Sort-Object | Should -BeExactly ($expected | Sort-Object)
        $run.Output.UserId | Should -BeExactly $ids
        @($run.Output | Where-Object Status -EQ Succeeded | ForEach-Object UserId) | Should -BeExactly $expected
        @($run.Output | Where-Object Status -EQ Skipped) | Should -HaveCount ($ids.Count - $expected.Count)
        $asker.Questions | Should -HaveCount (@{ none = 0; one = 1; four = 4; all = $ids.Count }[$Asked])
        @($run.Verbose | Where-Object Message -Match 'Performing the operation') | Should -HaveCount 0
        $shows = $given['WhatIf'] -or ($Around -and $Around['WhatIf']) -or ("$Before" -match 'WhatIf' -and -not $given.ContainsKey('WhatIf'))
        @($asker.Lines -like 'What if: *') | Should -HaveCount ($shows ? $ids.Count : 0)
    }
}

Describe 'A question' {
    It 'of <Cmdlet> names what is done, to whom, and in which app; -WhatIf does as well' -ForEach @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; With = @{ Attribute = @{ city = 'x' } }; Text = "Set city='x'" }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; With = @{ Name = 'city' }; Text = 'Remove attribute city' }
        @{ Cmdlet = 'Remove-ChatAccount'; With = @{}; Text = 'Delete account permanently' }
        @{ Cmdlet = 'Import-ChatAccount'; With = @{}; Text = 'Import account' }
        @{ Cmdlet = 'Revoke-ChatLogin'; With = @{}; Text = 'Revoke all logins and signatures' }
        @{ Cmdlet = 'Sync-ChatUserAttribute'; With = @{ Attribute = @{ city = 'x' } }; Text = "set city: 'old' → 'x'" }
    ) {
        $null = Set-ChatUserAttribute -UserId somebody -Attribute @{ city = 'old' } -Connection $connection
        $expected = "Performing the operation `"$Text`" on target `"user 'somebody' in app 1400000000 ($($emulator.Endpoint.Authority))`"."
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('somebody'); Cmdlet = $Cmdlet; With = $With + @{ Confirm = $true }; Connection = $connection }
        $asker.Questions | Should -HaveCount 1
        ($asker.Questions[0] -split '\r?\n')[-1] | Should -BeExactly $expected
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('somebody'); Cmdlet = $Cmdlet; With = $With + @{ WhatIf = $true }; Connection = $connection }

        # The results of a synchronization show what would change, and one line is enough to name the app.
        if ($Cmdlet -eq 'Sync-ChatUserAttribute') {
            $expected = $expected -replace '".*" on target ".* in app', '"Change users as the results show" on target "users in app'
        }

        $asker.Lines | Should -BeExactly "What if: $expected"
    }

    It 'names the emulator' {
        $emulated = Connect-Chat -Emulator -AttributeName city -PassThru -WarningAction Ignore
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('somebody'); Cmdlet = 'Remove-ChatAccount'; With = @{}; Connection = $emulated }
        $asker.Questions[0] | Should -Match "user 'somebody' in app \d+ \(embedded emulator\)"
    }

    It 'of Set-ChatAttributeName names what is done and in which app' {
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('somebody'); Cmdlet = 'Set-ChatAttributeName'; With = @{ Confirm = $true }; Connection = $connection }
        $asker.Questions | Should -HaveCount 1
        $asker.Questions[0] | Should -Match "Name attribute slots.*slot 2: 'somebody' in app 1400000000"
    }

    It 'shows the values that a row sets, and not the attributes whose cells are empty' {
        $asker.Reset('N')
        $rows = @{ UserId = 'a'; sex = 'f'; city = '' }, @{ UserId = 'b'; sex = ''; city = 'x' }, @{ UserId = 'c'; sex = 'f'; city = 'x' }
        $null = Invoke-InRunspace $runspace $caller @{ Ids = $rows; Cmdlet = 'Set-ChatUserAttribute'; With = @{ Confirm = $true; Property = 'sex', 'city' }; Connection = $connection }
        $asker.Questions[0] | Should -Match "`"Set sex='f'`""
        $asker.Questions[1] | Should -Match "`"Set city='x'`""
        $asker.Questions[2] | Should -Match "`"Set sex='f', city='x'`""
    }

    It 'fits on a screen, and nothing in a value plays with the terminal' {
        $names = 1..10 | ForEach-Object { "attribute$_" }
        $emulated = Connect-Chat -Emulator -AttributeName $names -PassThru -WarningAction Ignore
        $values = @{}
        $names | ForEach-Object { $values[$_] = 'x' * 49 }
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('somebody'); Cmdlet = 'Set-ChatUserAttribute'; With = @{ Confirm = $true; Attribute = $values }; Connection = $emulated }
        $asker.Questions[0].Length | Should -BeLessThan 400
        $asker.Questions[0] | Should -Match "Set attribute\d+='xxx.*…`" on target `"user 'somebody'"

        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('somebody'); Cmdlet = 'Set-ChatUserAttribute'; With = @{ Confirm = $true; Attribute = @{ attribute1 = "a`e[2Jb`nc" } }; Connection = $emulated }
        $asker.Questions[0] | Should -Match ([regex]::Escape("Set attribute1='a[2Jb c'"))
    }

    It 'is not asked for a row that cannot be sent anyway' {
        $asker.Reset('N')
        $run = Invoke-InRunspace $runspace $caller @{ Ids = @('', 'administrator'); Cmdlet = 'Remove-ChatAccount'; With = @{}; Connection = $connection }
        $run.Output.Status | Should -Be @('Failed', 'Failed')
        $asker.Questions | Should -HaveCount 0
    }

    It 'is not asked by Set-ChatAttributeName when it is only to show, and declining sends nothing' {
        $mark = Get-EmulatorMark $emulator
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('new1'); Cmdlet = 'Set-ChatAttributeName'; With = @{ WhatIf = $true }; Connection = $connection }
        $asker.Questions | Should -HaveCount 0
        $null = Invoke-InRunspace $runspace $caller @{ Ids = @('new1'); Cmdlet = 'Set-ChatAttributeName'; With = @{ Confirm = $true }; Connection = $connection }
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_set_attr_name' | Should -HaveCount 0
    }
}

Describe 'A PowerShell that can ask nobody (-NonInteractive)' {
    # One process for all, because each start costs a second; the accounts tell the cases apart.
    BeforeAll {
        $cases = foreach ($shape in @{ Name = 'serial'; With = '-ThrottleLimit 1' }, @{ Name = 'batches'; With = '-ThrottleLimit 1 -BatchSize 2' }, @{ Name = 'concurrent'; With = '-ThrottleLimit 8 -BatchSize 2' }) {
            @{ Name = "set-$($shape.Name)"; Text = "Set-ChatUserAttribute -Attribute @{ city = 'new' } $($shape.With)" }
            @{ Name = "remove-$($shape.Name)"; Text = "Remove-ChatUserAttribute -Name city $($shape.With)" }
            @{ Name = "delete-$($shape.Name)"; Text = "Remove-ChatAccount $($shape.With)" }
            @{ Name = "force-$($shape.Name)"; Text = "Remove-ChatAccount -Force $($shape.With)" }
            @{ Name = "forceshow-$($shape.Name)"; Text = "Remove-ChatAccount -Force -WhatIf $($shape.With)" }
            @{ Name = "confirm-$($shape.Name)"; Text = "Set-ChatUserAttribute -Attribute @{ city = 'new' } -Confirm $($shape.With)" }
        }
        foreach ($case in $cases) {
            $null = Set-ChatUserAttribute -UserId (1..7 | ForEach-Object { "$($case.Name)-$_" }) -Attribute @{ city = 'old' } -Connection $connection
        }

        $mark = Get-EmulatorMark $emulator
        $text = "Import-Module '$(Get-StagedManifest)'`n" + (($cases | ForEach-Object { "`$Error.Clear(); 1..7 | ForEach-Object { '$($_.Name)-' + `$_ } | $($_.Text) | Out-Null; '$($_.Name) ' + `$? + ' ' + `$Error[0].FullyQualifiedErrorId" }) -join "`n")
        $run = Invoke-FreshPwsh -Command $text -Environment @{ TENCENTCHAT_SDKAPPID = 1400000000; TENCENTCHAT_SECRETKEY = Get-TestKey; TENCENTCHAT_ENDPOINT = $emulator.Endpoint }
        $calls = @(Get-EmulatorCall $emulator -After $mark)
    }

    It 'sends what needs no answer: <_>' -ForEach 'set-serial', 'set-batches', 'set-concurrent', 'remove-serial', 'remove-batches', 'remove-concurrent', 'force-serial', 'force-batches', 'force-concurrent' {
        @($calls.Accounts -clike "$_-*") | Should -HaveCount 7
        $run.Output | Should -Match "$_ True"
    }

    It 'sends nothing that needs an answer or is only shown: <_>' -ForEach 'delete-serial', 'delete-batches', 'delete-concurrent', 'forceshow-serial', 'forceshow-batches', 'forceshow-concurrent', 'confirm-serial', 'confirm-batches', 'confirm-concurrent' {
        @($calls.Accounts -clike "$_-*") | Should -HaveCount 0
    }

    It 'says why, and what to do: <Case>' -ForEach @(
        @{ Case = 'delete-serial'; Says = 'Remove-ChatAccount has to ask, and nobody can be asked.*then give -Force\.' }
        @{ Case = 'confirm-serial'; Says = 'Set-ChatUserAttribute has to ask, and nobody can be asked.*then leave -Confirm away\.' }
    ) {
        $run.Output | Should -Match "$Case False NobodyToAsk,TencentChat.PowerShell.Commands"
        ($run.Error -replace '\r?\n\s*\|?\s*', ' ') | Should -Match $Says
        $run.Error | Should -Not -Match 'NonInteractive'
    }

    It 'says so in a host that has no prompt as well' {
        $silent = New-ModuleRunspace
        try {
            $run = Invoke-InRunspace $silent 'param($To) "somebody" | Remove-ChatAccount -Connection $To' @{ To = $connection }
        }
        finally {
            $silent.Dispose()
        }

        @($run.Error)[0].FullyQualifiedErrorId | Should -BeLike 'NobodyToAsk,*'
        @($run.Error)[0].CategoryInfo.Category | Should -Be 'InvalidOperation'
    }

    It 'says so where the input has ended, as in a job of a timer' {
        $mark = Get-EmulatorMark $emulator
        $text = "Import-Module '$(Get-StagedManifest)'; 'somebody' | Remove-ChatAccount"
        $run = Invoke-FreshPwsh -EndOfInput -Command $text -Environment @{ TENCENTCHAT_SDKAPPID = 1400000000; TENCENTCHAT_SECRETKEY = Get-TestKey; TENCENTCHAT_ENDPOINT = $emulator.Endpoint }
        ($run.Error -replace '\r?\n\s*\|?\s*', ' ') | Should -Match 'Remove-ChatAccount has to ask, and nobody can be asked.*then give -Force\.'
        Get-EmulatorCall $emulator -After $mark -Endpoint 'account_delete' | Should -BeNullOrEmpty
    }

    It 'needs no answer for what -Confirm:$false allows' {
        $silent = New-ModuleRunspace
        try {
            $run = Invoke-InRunspace $silent 'param($To) "somebody" | Set-ChatUserAttribute -Attribute @{ city = "x" } -Connection $To; "somebody" | Remove-ChatAccount -Confirm:$false -Connection $To' @{ To = $connection }
        }
        finally {
            $silent.Dispose()
        }

        $run.Output.Status | Should -Be @('Succeeded', 'Succeeded')
    }
}
