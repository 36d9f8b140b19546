#Requires -Version 7.4
# The environment in place of Connect-Chat, and that it never stands in for an app that somebody named (P11). What counts is
# which app's emulator saw the call.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $mine = Start-EmulatorHost '--attribute-names', 'city', '--admin', 'administrator', '--admin', 'robot'
    $other = Start-EmulatorHost -AttributeName level -SdkAppId 1400000001
    $wrongKey = ConvertTo-SecureString ('0' * 64) -AsPlainText
    $names = 'SDKAPPID', 'SECRETKEY', 'USERSIG', 'ADMIN', 'REGION', 'ENDPOINT' | ForEach-Object { "TENCENTCHAT_$_" }

    function Set-ChatVariable([hashtable] $Values) {
        $Values.Keys | ForEach-Object { Set-Item "Env:TENCENTCHAT_$_" $Values[$_] }
    }

    function Set-ChatEnvironment($Emulator) {
        Set-ChatVariable @{ SDKAPPID = $Emulator.SdkAppId; SECRETKEY = Get-TestKey; ENDPOINT = $Emulator.Endpoint }
    }

    function Clear-ChatEnvironment {
        $names | ForEach-Object { Remove-Item "Env:$_" -ErrorAction Ignore }
    }

    function Start-Case {
        Reset-EmulatorHost $mine
        Reset-EmulatorHost $other
        Set-ChatEnvironment $mine
        $script:runspace = New-ModuleRunspace
    }

    function Stop-Case {
        $script:runspace.Dispose()
        Clear-ChatEnvironment
    }

    # A runspace in which nobody has called Connect-Chat or Disconnect-Chat, unless the test does.
    function Invoke-Here([string] $Script, [hashtable] $With = @{}) {
        $run = Invoke-InRunspace $script:runspace "param(`$With) $Script" @{ With = $With }
        if ($run.Terminating) { throw $run.Terminating }
        return $run.Output
    }

    # The word that a script's error begins with.
    function Get-ErrorWord([string] $Script, [hashtable] $With = @{}) {
        @(Invoke-Here "try { $Script } catch { @(`$_.FullyQualifiedErrorId -split ',')[0] }" $With)[-1]
    }

    function Get-CallCount($Emulator) {
        @(Get-EmulatorCall $Emulator).Count
    }

    $with = @{ WrongKey = $wrongKey; Key = ConvertTo-SecureString (Get-TestKey) -AsPlainText; Mine = $mine.Endpoint; Other = $other.Endpoint }
    $connectWrongly = 'try { Connect-Chat 1400000001 -SecretKey $With.WrongKey -Endpoint $With.Other } catch { $_.FullyQualifiedErrorId }'
}

AfterAll {
    Stop-EmulatorHost $mine
    Stop-EmulatorHost $other
}

Describe 'The environment' {
    BeforeEach { Start-Case }

    AfterEach { Stop-Case }

    It 'connects a runbook that never calls Connect-Chat, and tells so under -Verbose' {
        Invoke-Here 'Get-ChatAttributeName -Verbose 4>&1 | ForEach-Object { "$($_.Name ?? $_)" }' | Should -BeExactly @("Connected by the environment to app 1400000000 ($($mine.Endpoint.Authority)) as 'administrator'.", 'city')
        Invoke-Here '(Get-ChatConnection).AdminUserId' | Should -BeExactly 'administrator'
    }

    It 'names the admin' {
        Set-ChatVariable @{ ADMIN = 'robot' }
        Invoke-Here '(Connect-Chat -PassThru).AdminUserId' | Should -BeExactly 'robot'
    }

    It 'may hold a signature instead of the key' {
        Remove-Item Env:TENCENTCHAT_SECRETKEY
        Set-ChatVariable @{ USERSIG = Get-TestUserSig }
        Invoke-Here '(Get-ChatAttributeName).Name' | Should -BeExactly 'city'
    }

    It 'may name a region, in any case' {
        Remove-Item Env:TENCENTCHAT_ENDPOINT
        Set-ChatVariable @{ REGION = 'siliconvalley' }
        Invoke-Here '(Connect-Chat -SkipCheck -PassThru).Region' | Should -Be 'SiliconValley'
    }

    It 'gives way to what Connect-Chat is told about the place, also where it contradicts itself' {
        Set-ChatVariable @{ ENDPOINT = 'https://192.0.2.1'; REGION = 'Seoul' }
        Invoke-Here '(Connect-Chat -Endpoint $With.Mine -PassThru).Host' $with | Should -Be $mine.Endpoint
        Invoke-Here '(Connect-Chat -Region Tokyo -SkipCheck -PassThru).Region' | Should -Be 'Tokyo'
    }

    It 'that <What> is told so, by the variable''s name (P10)' -ForEach @(
        @{ What = 'has no app'; Without = 'SDKAPPID'; With = @{}; ErrorId = 'NotConnected'; Message = 'Not connected: *TENCENTCHAT_SDKAPPID*Connect-Chat -Emulator.' }
        @{ What = 'has no secret'; Without = 'SECRETKEY'; With = @{}; Message = '*TENCENTCHAT_SECRETKEY*TENCENTCHAT_USERSIG*' }
        @{ What = 'has two secrets'; With = @{ USERSIG = 'x' }; Message = 'TENCENTCHAT_SECRETKEY and TENCENTCHAT_USERSIG are both set*' }
        @{ What = 'has two places'; With = @{ REGION = 'Singapore' }; Message = 'TENCENTCHAT_REGION and TENCENTCHAT_ENDPOINT are both set*' }
        @{ What = 'has no number for an app'; With = @{ SDKAPPID = 'abc' }; Message = '*TENCENTCHAT_SDKAPPID*number*' }
        @{ What = 'has no address for an endpoint'; With = @{ ENDPOINT = 'console' }; Message = '*TENCENTCHAT_ENDPOINT*' }
        @{ What = 'has an unknown region'; Without = 'ENDPOINT'; With = @{ REGION = 'Atlantis' }; Message = '*TENCENTCHAT_REGION*Singapore*' }
        @{ What = 'has a number for a region'; Without = 'ENDPOINT'; With = @{ REGION = '1' }; Message = '*TENCENTCHAT_REGION*Singapore*' }
        @{ What = 'has two regions'; Without = 'ENDPOINT'; With = @{ REGION = 'China,Singapore' }; Message = '*TENCENTCHAT_REGION*Singapore*' }
        @{ What = 'sends plain http abroad'; With = @{ ENDPOINT = 'http://192.0.2.1' }; Message = '*https*' }
        @{ What = 'has an admin that nobody can be'; With = @{ ADMIN = "a`tb" }; Message = '*control characters or broken Unicode.' }
    ) {
        if ($_.ContainsKey('Without')) { Remove-Item "Env:TENCENTCHAT_$Without" }
        Set-ChatVariable $With
        foreach ($command in 'Get-ChatAttributeName', "'u1' | Remove-ChatAccount -Force", 'Connect-Chat') {
            $told = Invoke-Here "try { $command } catch { `$_.FullyQualifiedErrorId, `"`$_`" }"
            $told[0] | Should -BeLike "$($_.ErrorId ?? 'InvalidConfiguration'),*"
            $told[1] | Should -BeLike $Message
        }
    }
}

Describe 'No app but the one that was named (P11)' {
    BeforeEach { Start-Case }

    AfterEach { Stop-Case }

    It 'is deleted from after Connect-Chat <Way>' -ForEach @(
        @{ Way = 'was refused'; Script = '$connectWrongly' }
        @{ Way = 'did not reach anybody'; Script = { 'try { Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint http://127.0.0.1:1 -MaxRetry 0 } catch { "refused" }' } }
        @{ Way = 'contradicted itself'; Script = { 'try { Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other -Region Tokyo } catch { "refused" }' } }
        @{ Way = 'found nobody to ask for the key'; Script = { 'try { Connect-Chat 1400000001 -Endpoint $With.Other } catch { "refused" }' } }
        @{ Way = 'was refused with what the environment says'; Script = { '$env:TENCENTCHAT_SECRETKEY = "0" * 64; try { Connect-Chat } catch { "refused" }' } }
        @{ Way = 'was given a key that nobody had found'; Script = { 'try { Connect-Chat 1400000001 -SecretKey $With.Nothing -Endpoint $With.Other } catch { "refused" }' } }
        @{ Way = 'was given a key as plain text'; Script = { 'try { Connect-Chat 1400000001 -SecretKey made-up -Endpoint $With.Other } catch { "refused" }' } }
        @{ Way = 'was given no app'; Script = { 'try { Connect-Chat $With.Nothing -SecretKey $With.Key -Endpoint $With.Other } catch { "refused" }' } }
        @{ Way = 'was given a region that does not exist'; Script = { 'try { Connect-Chat 1400000001 -SecretKey $With.Key -Region Atlantis } catch { "refused" }' } }
        @{ Way = 'was given an address that is none, after it had succeeded'; Script = { 'Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other; try { Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Nothing } catch { "refused" }' } }
        @{ Way = 'was refused after the environment had been used'; Script = { 'Get-ChatAttributeName; ' + $connectWrongly } }
        @{ Way = 'was refused after it had succeeded'; Script = { 'Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other; ' + $connectWrongly } }
    ) {
        $text = $Script -is [scriptblock] ? (& $Script) : $connectWrongly
        $null = Invoke-Here $text $with
        Set-ChatEnvironment $mine
        $null = Invoke-RestMethod "$($mine.Control)reset" -NoProxy -Method Post
        Invoke-Here 'Get-ChatConnection' | Should -BeNullOrEmpty
        $told = Invoke-Here "try { 'u1', 'u2' | Remove-ChatAccount -Force } catch { `$_.FullyQualifiedErrorId, `"`$_`" }"
        $told[0] | Should -BeLike 'NotConnected,*'
        $told[1] | Should -BeLike 'Not connected: the last Connect-Chat failed; connect again.*'
        Get-CallCount $mine | Should -Be 0
        Invoke-Here 'Connect-Chat; (Get-ChatAttributeName).Name' | Should -BeExactly 'city'
    }

    It 'is deleted from after Connect-Chat was stopped with Ctrl+C' {
        Add-EmulatorFault $other 'account_check:hang:1'
        $job = Start-InRunspace $script:runspace 'param($With) Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other' @{ With = $with }
        Wait-Until { (Invoke-RestMethod "$($other.Control)journal?max=0" -NoProxy).Count -gt 0 } 'the call of Connect-Chat'
        $job.Shell.Stop()
        $job.Shell.Dispose()
        Get-ErrorWord "'u1' | Remove-ChatAccount -Force" | Should -BeExactly 'NotConnected'
        Get-CallCount $mine | Should -Be 0
    }

    It 'is deleted from after <Way>' -ForEach @(
        @{ Way = 'Disconnect-Chat'; Script = 'Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other; Disconnect-Chat' }
        @{ Way = 'Disconnect-Chat by pipeline'; Script = 'Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other; Get-ChatConnection | Disconnect-Chat' }
        @{ Way = 'Disconnect-Chat of what the environment had connected'; Script = '$null = Get-ChatAttributeName; Disconnect-Chat' }
        @{ Way = 'Disconnect-Chat of what the environment had connected and does not say any more'; Script = '$null = Get-ChatAttributeName; $env:TENCENTCHAT_ADMIN = "robot"; Disconnect-Chat' }
        @{ Way = 'Disconnect-Chat where there was nothing'; Script = 'Disconnect-Chat' }
        @{ Way = 'a pipeline that had nothing for Disconnect-Chat'; Script = 'Get-ChatConnection | Disconnect-Chat' }
    ) {
        $null = Invoke-Here $Script $with
        $calls = Get-CallCount $mine
        $told = Invoke-Here "try { 'u1', 'u2' | Remove-ChatAccount -Force } catch { `$_.FullyQualifiedErrorId, `"`$_`" }"
        $told[0] | Should -BeLike 'NotConnected,*'
        $told[1] | Should -BeLike 'Not connected: Disconnect-Chat was called; connect again.*'
        Get-CallCount $mine | Should -Be $calls
        Invoke-Here 'Connect-Chat; (Get-ChatAttributeName).Name' | Should -BeExactly 'city'
    }

    It 'is <Cmdlet>''s after a failed Connect-Chat' -ForEach @(
        @{ Cmdlet = 'Set-ChatUserAttribute'; Script = "Set-ChatUserAttribute a @{ city = 'x' }" }
        @{ Cmdlet = 'Get-ChatUserAttribute'; Script = 'Get-ChatUserAttribute a' }
        @{ Cmdlet = 'Remove-ChatUserAttribute'; Script = 'Remove-ChatUserAttribute a -All' }
        @{ Cmdlet = 'Import-ChatAccount'; Script = 'Import-ChatAccount a' }
        @{ Cmdlet = 'Get-ChatAttributeName'; Script = 'Get-ChatAttributeName' }
        @{ Cmdlet = 'Set-ChatAttributeName'; Script = 'Set-ChatAttributeName x' }
        @{ Cmdlet = 'New-ChatUserSig'; Script = 'New-ChatUserSig a' }
    ) {
        $null = Invoke-Here $connectWrongly $with
        Get-ErrorWord $Script | Should -BeExactly 'NotConnected'
        Get-CallCount $mine | Should -Be 0
    }

    It 'stays where Connect-Chat is not run: <What>' -ForEach @(
        @{ What = 'its help'; Script = 'Get-Help Connect-Chat; Connect-Chat -?' }
        @{ What = 'its syntax'; Script = 'Get-Command Connect-Chat -Syntax; (Get-Command Connect-Chat -ArgumentList 1400000001).Parameters' }
        @{ What = 'Tab behind it'; Script = '"Connect-Chat 1400000001 -Reg", "Connect-Chat -Region S", "Connect-Chat 1 -SecretKey x -" | ForEach-Object { [System.Management.Automation.CommandCompletion]::CompleteInput($_, $_.Length, $null) }' }
    ) {
        $null = Invoke-Here 'Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other' $with
        $null = Invoke-Here $Script
        Invoke-Here '[gc]::Collect(); [gc]::WaitForPendingFinalizers(); (Get-ChatConnection).SdkAppId' | Should -Be 1400000001
    }

    It 'is what -Connection says, whatever became of the default' {
        $null = Invoke-Here 'Connect-Chat 1400000001 -SecretKey $With.Key -Endpoint $With.Other -PassThru | Set-Variable chat -Scope Global' $with
        $null = Invoke-Here $connectWrongly $with
        Invoke-Here '(Get-ChatAttributeName -Connection $chat).Name' | Should -BeExactly 'level'
        $env:TENCENTCHAT_ADMIN = 'robot'
        Invoke-Here '(Get-ChatAttributeName -Connection $chat).Name' | Should -BeExactly 'level'
    }

    It 'stays the environment''s where another connection is closed' {
        $null = Invoke-Here '$null = Get-ChatAttributeName' $with
        $spare = Connect-Chat 1400000001 -SecretKey $with.Key -Endpoint $other.Endpoint -PassThru
        $null = Invoke-Here '$With.Spare | Disconnect-Chat' @{ Spare = $spare }
        Invoke-Here '(Get-ChatAttributeName).Name' | Should -BeExactly 'city'
        Disconnect-Chat
    }

    It 'is a runspace''s own affair: one disconnects, the next goes by the environment' {
        $null = Invoke-Here $connectWrongly $with
        $next = New-ModuleRunspace
        try {
            (Invoke-InRunspace $next '(Get-ChatAttributeName).Name').Output | Should -BeExactly 'city'
        }
        finally {
            $next.Dispose()
        }

        Get-ErrorWord 'Get-ChatAttributeName' | Should -BeExactly 'NotConnected'
    }

    It 'is remembered when the module is removed and imported again' {
        $run = Invoke-FreshPwsh "Import-Module '$(Get-StagedManifest)'; Disconnect-Chat; Remove-Module TencentChat; Import-Module '$(Get-StagedManifest)'; try { Get-ChatAttributeName } catch { `$_.FullyQualifiedErrorId }"
        $run.Output | Should -BeLike 'NotConnected,*'
        Get-CallCount $mine | Should -Be 0
    }

    It 'is not asked for by Tab either' {
        $complete = '[System.Management.Automation.CommandCompletion]::CompleteInput("Get-ChatUserAttribute u1 -Name ", 31, $null).CompletionMatches.CompletionText'
        $null = Invoke-Here 'Get-ChatAttributeName'
        Invoke-Here $complete | Should -Contain 'city'
        Set-ChatEnvironment $other
        Invoke-Here $complete | Should -Not -Contain 'city'
        $null = Invoke-Here $connectWrongly $with
        $calls = Get-CallCount $mine
        Set-ChatEnvironment $mine
        Invoke-Here $complete | Should -Not -Contain 'city'
        Get-CallCount $mine | Should -Be $calls
    }
}

Describe 'A connection of the environment, when the environment changes (P11)' {
    BeforeEach { Start-Case }

    AfterEach { Stop-Case }

    It 'is made anew when <What> is another' -ForEach @(
        @{ What = 'the app'; Change = { Set-ChatEnvironment $other }; Name = 'level' }
        @{ What = 'the admin'; Change = { Set-ChatVariable @{ ADMIN = 'robot' } }; Name = 'city'; Admin = 'robot' }
        @{ What = 'the secret, now a signature'; Change = { Remove-Item Env:TENCENTCHAT_SECRETKEY; Set-ChatVariable @{ USERSIG = Get-TestUserSig } }; Name = 'city' }
    ) {
        $null = Invoke-Here '$null = Get-ChatAttributeName; $global:before = Get-ChatConnection'
        & $Change
        Invoke-Here 'Get-ChatConnection' | Should -BeNullOrEmpty
        Invoke-Here '(Get-ChatAttributeName).Name' | Should -BeExactly $Name
        Invoke-Here '(Get-ChatConnection).AdminUserId' | Should -BeExactly ($_['Admin'] ?? 'administrator')
        Invoke-Here '[object]::ReferenceEquals((Get-ChatConnection), $before)' | Should -BeFalse
        Invoke-Here '$before.IsClosed' | Should -BeTrue
    }

    It 'never goes on with the old key' {
        $null = Invoke-Here 'Get-ChatAttributeName'
        $env:TENCENTCHAT_SECRETKEY = '0' * 64
        Get-ErrorWord "'u1' | Remove-ChatAccount -Force" | Should -BeExactly 'WrongKey'
    }

    It 'deletes in the app that the environment names now' {
        foreach ($app in $mine, $other) {
            Set-ChatEnvironment $app
            (Invoke-Here "'u1' | Import-ChatAccount").Status | Should -Be 'Succeeded'
        }

        (Invoke-Here "'u1' | Remove-ChatAccount -Force").Status | Should -Be 'Succeeded'
        (Get-EmulatorAccount $mine).ContainsKey('u1') | Should -BeTrue
        (Get-EmulatorAccount $other).ContainsKey('u1') | Should -BeFalse
    }

    It 'is no more when <What>' -ForEach @(
        @{ What = 'the variables are gone'; Change = { Clear-ChatEnvironment }; ErrorId = 'NotConnected' }
        @{ What = 'the key is gone'; Change = { Remove-Item Env:TENCENTCHAT_SECRETKEY }; ErrorId = 'InvalidConfiguration' }
        @{ What = 'there are two secrets'; Change = { Set-ChatVariable @{ USERSIG = 'x' } }; ErrorId = 'InvalidConfiguration' }
    ) {
        $null = Invoke-Here '$null = Get-ChatAttributeName; $global:before = Get-ChatConnection'
        & $Change
        Get-ErrorWord 'Get-ChatAttributeName' | Should -BeExactly $ErrorId
        Invoke-Here '$before.IsClosed' | Should -BeTrue
        Clear-ChatEnvironment
        Set-ChatEnvironment $other
        Invoke-Here '(Get-ChatAttributeName).Name' | Should -BeExactly 'level'
    }

    It 'stays while the environment says the same' {
        Invoke-Here '$null = Get-ChatAttributeName; $one = Get-ChatConnection; $env:TENCENTCHAT_OTHER = 1; $null = Get-ChatAttributeName; [object]::ReferenceEquals($one, (Get-ChatConnection))' | Should -BeTrue
        $env:TENCENTCHAT_ADMIN = ' '
        Invoke-Here '[object]::ReferenceEquals($one, (Get-ChatConnection)) -or (Get-ChatConnection).IsClosed' | Should -BeFalse
        Remove-Item Env:TENCENTCHAT_OTHER
    }

    It 'is not closed under a run that is under way, and is closed after it' {
        $run = Invoke-Here '
            $results = 1..900 | ForEach-Object { "u$_" } | Set-ChatUserAttribute -Attribute @{ city = "x" } | ForEach-Object {
                if ($_.Row -eq 1) {
                    $global:old = Get-ChatConnection
                    $env:TENCENTCHAT_SDKAPPID = "1400000001"
                    $env:TENCENTCHAT_ENDPOINT = "$($With.Other)"
                    $global:inside = (Get-ChatAttributeName).Name, $old.IsClosed
                }
                $_
            }
            @($results | Where-Object Status -EQ Succeeded).Count
            $inside
            $old.IsClosed' $with
        $run | Should -Be @(900, 'level', $false, $true)
        @((Get-EmulatorAccount $mine).Keys -like 'u*') | Should -HaveCount 900
    }

    It 'that Connect-Chat made goes along as well, with the rate that Connect-Chat was told' {
        $null = Invoke-Here 'Connect-Chat -CallsPerSecond 7'
        Set-ChatEnvironment $other
        Invoke-Here '(Get-ChatAttributeName).Name' | Should -BeExactly 'level'
        Invoke-Here '(Get-ChatConnection).CallsPerSecond' | Should -Be 7
        Invoke-Here 'Connect-Chat -Endpoint $With.Mine -SkipCheck; Get-ChatConnection | Set-Variable one -Scope Global' $with
        $env:TENCENTCHAT_ENDPOINT = 'https://192.0.2.1'
        Invoke-Here '[object]::ReferenceEquals($one, (Get-ChatConnection))' | Should -BeTrue
    }

    It 'that Connect-Chat made outlives the variables, so that a script can clear its key' {
        $null = Invoke-Here 'Connect-Chat'
        Clear-ChatEnvironment
        Invoke-Here '(Get-ChatAttributeName).Name' | Should -BeExactly 'city'
    }

    It 'keeps the secret in no form that could be read' {
        $null = Invoke-Here 'Get-ChatAttributeName'
        $stamp = [TencentChat.ChatConnection].Assembly.GetName().Name | Should -BeExactly 'TencentChat'
        $type = (Get-Command Connect-Chat).ImplementingType.Assembly.GetType('TencentChat.PowerShell.Connections.EnvironmentStamp')
        $stamp = $type.GetMethod('Take').Invoke($null, @($false))
        $held = $type.GetField('_values', 'NonPublic, Instance').GetValue($stamp)
        $held | Should -Contain '1400000000'
        "$held" | Should -Not -BeLike "*$((Get-TestKey).Substring(0, 12))*"
    }
}

Describe 'Without a connection' {
    BeforeEach {
        Start-Case
        Clear-ChatEnvironment
    }

    AfterEach { Stop-Case }

    It '<_> says how to get one, and all say the same' -ForEach @(
        "Set-ChatUserAttribute -UserId a -Attribute @{ city = 'x' }", 'Get-ChatUserAttribute -UserId a', 'Remove-ChatUserAttribute -UserId a -All', 'Remove-ChatAccount -UserId a -Force',
        'Get-ChatAttributeName', 'Set-ChatAttributeName x', 'New-ChatUserSig a', 'Connect-Chat'
    ) {
        $told = Invoke-Here "try { $_ } catch { `$_.FullyQualifiedErrorId, `"`$_`", `$_.CategoryInfo.Category }"
        $told[0] | Should -BeLike 'NotConnected,*'
        $told[1] | Should -BeExactly 'Not connected: Connect-Chat needs -SdkAppId and a credential, or TENCENTCHAT_SDKAPPID and TENCENTCHAT_SECRETKEY in the environment. To try things out without an account: Connect-Chat -Emulator.'
        $told[2] | Should -Be 'ConnectionError'
    }
}
