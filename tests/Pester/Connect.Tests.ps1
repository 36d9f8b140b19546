#Requires -Version 7.4
# Connect-Chat, Get-ChatConnection, Disconnect-Chat: ways in, and what is said when there is none.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--admin', 'administrator', '--admin', 'robot'
    $key = ConvertTo-SecureString (Get-TestKey) -AsPlainText
    $app = @{ SdkAppId = 1400000000; Endpoint = $emulator.Endpoint }

    function Get-RunName {
        (Set-ChatUserAttribute -UserId a -Attribute @{ city = 'Paris' }).Status
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Connect-Chat' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        Disconnect-Chat
    }

    It 'takes the admin and the key from a credential' {
        Connect-Chat @app -Credential ([pscredential]::new('robot', $key))
        (Get-ChatConnection).AdminUserId | Should -BeExactly 'robot'
        Get-RunName | Should -Be 'Succeeded'
    }

    It 'takes the key from a SecureString, for administrator unless told otherwise' {
        Connect-Chat @app -SecretKey $key
        (Get-ChatConnection).AdminUserId | Should -BeExactly 'administrator'
        Get-RunName | Should -Be 'Succeeded'
        Connect-Chat @app -SecretKey $key -AdminUserId robot
        (Get-ChatConnection).AdminUserId | Should -BeExactly 'robot'
        Get-RunName | Should -Be 'Succeeded'
    }

    It 'takes a signature that was made elsewhere' {
        Connect-Chat @app -UserSig (ConvertTo-SecureString (Get-TestUserSig) -AsPlainText)
        Get-RunName | Should -Be 'Succeeded'
        Connect-Chat @app -AdminUserId robot -UserSig (ConvertTo-SecureString (Get-TestUserSig robot) -AsPlainText)
        Get-RunName | Should -Be 'Succeeded'
    }

    It 'takes the app id by position' {
        Connect-Chat 1400000000 -SecretKey $key -Endpoint $emulator.Endpoint
        (Get-ChatConnection).SdkAppId | Should -Be 1400000000
    }

    It 'proves the credentials with one call, and none with -SkipCheck' {
        $mark = Get-EmulatorMark $emulator
        Connect-Chat @app -SecretKey $key
        $calls = @(Get-EmulatorCall $emulator -After $mark)
        $calls.Endpoint | Should -BeExactly 'account_check'
        $mark = Get-EmulatorMark $emulator
        Connect-Chat @app -SecretKey $key -SkipCheck
        @(Get-EmulatorCall $emulator -After $mark) | Should -HaveCount 0
    }

    It 'writes nothing, and the connection with -PassThru' {
        Connect-Chat @app -SecretKey $key | Should -BeNullOrEmpty
        $connection = Connect-Chat @app -SecretKey $key -PassThru
        [object]::ReferenceEquals($connection, (Get-ChatConnection)) | Should -BeTrue
        $connection.Host | Should -Be $emulator.Endpoint
        $connection.Region | Should -BeNullOrEmpty
        $connection.IsClosed | Should -BeFalse
    }

    It 'says in one sentence what is wrong with <What>, and how to go on' -ForEach @(
        @{ What = 'the key of another app'; With = @{ SecretKey = ConvertTo-SecureString ('0' * 64) -AsPlainText }; ErrorId = 'WrongKey'; Category = 'AuthenticationError'; Code = 70009 }
        @{ What = 'an admin who is none'; With = @{ AdminUserId = 'nobody' }; ErrorId = 'NotAdmin'; Category = 'PermissionDenied'; Code = 60010 }
        @{ What = 'the id of another app'; With = @{ SdkAppId = 1400000001 }; ErrorId = 'WrongRegion'; Category = 'AuthenticationError'; Code = 70020 }
        @{ What = 'a wrong region (60026)'; With = @{}; Fault = 60026; ErrorId = 'WrongRegion'; Category = 'InvalidData'; Code = 60026 }
        @{ What = 'a wrong region (70016)'; With = @{}; Fault = 70016; ErrorId = 'WrongRegion'; Category = 'AuthenticationError'; Code = 70016 }
        @{ What = 'a service that is suspended'; With = @{}; Fault = 60020; ErrorId = 'ServiceSuspended'; Category = 'NotEnabled'; Code = 60020 }
        @{ What = 'an address that the app does not allow'; With = @{}; Fault = 60021; ErrorId = 'AddressNotAllowed'; Category = 'PermissionDenied'; Code = 60021 }
    ) {
        if ($_.ContainsKey('Fault')) { Add-EmulatorFault $emulator "account_check:$($Fault):1" }
        $given = $app.Clone()
        $given.SecretKey = $key
        $With.Keys | ForEach-Object { $given[$_] = $With[$_] }
        $problem = { Connect-Chat @given } | Should -Throw -ErrorId "$ErrorId,*" -PassThru
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.Exception.Error.Code | Should -Be $Code
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problem.Exception.Message | Should -Match "\b$Code\b"
        Get-ChatConnection | Should -BeNullOrEmpty
    }

    It 'says so when a signature is <What>' -ForEach @(
        @{ What = 'no signature'; Sig = { 'nonsense' }; ErrorId = '*InvalidUserSig*' }
        @{ What = 'for another user'; Sig = { Get-TestUserSig robot }; ErrorId = '*' }
        @{ What = 'expired'; Sig = { Get-TestUserSig -AgeSec 100000 }; ErrorId = '*UserSigExpired*' }
    ) {
        $sig = ConvertTo-SecureString (& $Sig) -AsPlainText
        $problem = { Connect-Chat @app -UserSig $sig } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike $ErrorId
        $problem.Exception | Should -BeOfType [TencentChat.Errors.ChatException]
        Get-ChatConnection | Should -BeNullOrEmpty
    }

    It 'says so when nobody listens, without trying for long' {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        { Connect-Chat -SdkAppId 1400000000 -SecretKey $key -Endpoint 'http://127.0.0.1:1' -MaxRetry 0 } | Should -Throw -ErrorId 'ConnectionFailed,*'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 10
    }

    It 'refuses <What> without any call' -ForEach @(
        @{ What = 'plain http to another machine'; With = @{ Endpoint = 'http://192.0.2.1' }; ErrorId = 'InvalidConfiguration'; Message = '*https*' }
        @{ What = 'plain http to a name'; With = @{ Endpoint = 'http://localhost.example.org' }; ErrorId = 'InvalidConfiguration'; Message = '*https*' }
        @{ What = 'another scheme'; With = @{ Endpoint = 'ftp://127.0.0.1' }; ErrorId = 'InvalidConfiguration'; Message = '*https://host*' }
        @{ What = 'an address that is none'; With = @{ Endpoint = 'console' }; ErrorId = 'InvalidConfiguration'; Message = '*https://host*' }
        @{ What = 'a region beside an address'; With = @{ Endpoint = 'https://127.0.0.1'; Region = 'Singapore' }; ErrorId = 'InvalidConfiguration'; Message = '*-Region and -Endpoint*' }
        @{ What = 'an unknown region'; With = @{ Region = 'Atlantis' }; ErrorId = 'CannotConvertArgumentNoMessage'; Message = '*Singapore*' }
        @{ What = 'an app id of 0'; With = @{ SdkAppId = 0 }; ErrorId = 'ParameterArgumentValidationError'; Message = '*' }
        @{ What = 'a time-out below the service''s own'; With = @{ TimeoutSec = 3 }; ErrorId = 'ParameterArgumentValidationError'; Message = '*' }
    ) {
        $given = @{ SdkAppId = 1400000000; SecretKey = $key }
        $With.Keys | ForEach-Object { $given[$_] = $With[$_] }
        { Connect-Chat @given -MaxRetry 0 } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage $Message
    }

    It 'takes every region''s address by its name' {
        foreach ($region in [enum]::GetNames([TencentChat.Protocol.ChatRegion])) {
            $connection = Connect-Chat -SdkAppId 1400000000 -SecretKey $key -Region $region -SkipCheck -PassThru
            $connection.Region | Should -Be $region
            $connection.Host.Scheme | Should -BeExactly 'https'
        }
    }

    It 'shows what it was told to do about calls' {
        $connection = Connect-Chat @app -SecretKey $key -CallsPerSecond 7.5 -MaxRetry 2 -TimeoutSec 20 -AttributeService TimPush -PassThru
        $connection.CallsPerSecond | Should -Be 7.5
        $connection.MaxRetry | Should -Be 2
        $connection.Timeout | Should -Be ([timespan]::FromSeconds(20))
        $connection.AttributeService | Should -Be 'TimPush'
    }

    It 'warns that the embedded emulator is not the cloud' {
        Connect-Chat -Emulator -AttributeName city -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 1
        $told[0].Message | Should -Match 'nothing reaches the cloud'
        (Get-ChatAttributeName).Name | Should -BeExactly 'city'
    }

    It 'gives each embedded emulator a state of its own' {
        $one = Connect-Chat -Emulator -AttributeName city -PassThru -WarningAction SilentlyContinue
        $two = Connect-Chat -Emulator -AttributeName level -PassThru -WarningAction SilentlyContinue
        (Get-ChatAttributeName -Connection $one).Name | Should -BeExactly 'city'
        (Get-ChatAttributeName -Connection $two).Name | Should -BeExactly 'level'
    }

    It 'refuses names that no app could have for the embedded emulator, as an error of its own: <What>' -ForEach @(
        @{ What = 'a name twice'; Names = 'city', 'city' }
        @{ What = 'a name of 51 bytes'; Names = , ('x' * 51) }
        @{ What = 'eleven names'; Names = 1..11 | ForEach-Object { "n$_" } }
    ) {
        $problem = { Connect-Chat -Emulator -AttributeName $Names } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike '*,TencentChat.PowerShell.Commands.ConnectChatCommand'
        $problem.CategoryInfo.Category | Should -Match 'InvalidArgument|InvalidData'
    }
}

Describe 'The environment' {
    BeforeAll {
        $names = 'SDKAPPID', 'SECRETKEY', 'USERSIG', 'ADMIN', 'REGION', 'ENDPOINT' | ForEach-Object { "TENCENTCHAT_$_" }
        function Set-ChatVariable([hashtable] $Values) {
            $Values.Keys | ForEach-Object { Set-Item "Env:TENCENTCHAT_$_" $Values[$_] }
        }
    }

    BeforeEach {
        Disconnect-Chat
        Set-ChatVariable @{ SDKAPPID = '1400000000'; SECRETKEY = Get-TestKey; ENDPOINT = $emulator.Endpoint }
    }

    AfterEach {
        $names | ForEach-Object { Remove-Item "Env:$_" -ErrorAction Ignore }
        Disconnect-Chat
    }

    It 'connects a runbook that never calls Connect-Chat' {
        Get-RunName | Should -Be 'Succeeded'
        (Get-ChatConnection).AdminUserId | Should -BeExactly 'administrator'
    }

    It 'names the admin' {
        Set-ChatVariable @{ ADMIN = 'robot' }
        Connect-Chat
        (Get-ChatConnection).AdminUserId | Should -BeExactly 'robot'
    }

    It 'may hold a signature instead of the key' {
        Remove-Item Env:TENCENTCHAT_SECRETKEY
        Set-ChatVariable @{ USERSIG = Get-TestUserSig }
        Get-RunName | Should -Be 'Succeeded'
    }

    It 'may name a region, in any case' {
        Remove-Item Env:TENCENTCHAT_ENDPOINT
        Set-ChatVariable @{ REGION = 'siliconvalley' }
        (Connect-Chat -SkipCheck -PassThru).Region | Should -Be 'SiliconValley'
    }

    It 'gives way to what Connect-Chat is told' {
        Set-ChatVariable @{ ENDPOINT = 'https://192.0.2.1' }
        (Connect-Chat -Endpoint $emulator.Endpoint -PassThru).Host | Should -Be $emulator.Endpoint
        (Connect-Chat -Region Tokyo -SkipCheck -PassThru).Region | Should -Be 'Tokyo'
    }

    It 'that <What> is told so, by the variable''s name (P10)' -ForEach @(
        @{ What = 'has no app'; Without = 'SDKAPPID'; With = @{}; Message = '*TENCENTCHAT_SDKAPPID*' }
        @{ What = 'has no secret'; Without = 'SECRETKEY'; With = @{}; Message = '*TENCENTCHAT_SECRETKEY*' }
        @{ What = 'has no number for an app'; With = @{ SDKAPPID = 'abc' }; Message = '*TENCENTCHAT_SDKAPPID*number*' }
        @{ What = 'has no address for an endpoint'; With = @{ ENDPOINT = 'console' }; Message = '*TENCENTCHAT_ENDPOINT*' }
        @{ What = 'has an unknown region'; Without = 'ENDPOINT'; With = @{ REGION = 'Atlantis' }; Message = '*TENCENTCHAT_REGION*Singapore*' }
        @{ What = 'sends plain http abroad'; With = @{ ENDPOINT = 'http://192.0.2.1' }; Message = '*https*' }
    ) {
        if ($_.ContainsKey('Without')) { Remove-Item "Env:TENCENTCHAT_$Without" }
        Set-ChatVariable $With
        { Get-ChatAttributeName } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage $Message
        { Connect-Chat } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage $Message
    }
}

Describe 'Without a connection' {
    BeforeEach {
        Disconnect-Chat
    }

    It '<Name> says how to get one' -ForEach @(
        @{ Name = 'Set-ChatUserAttribute'; Run = { Set-ChatUserAttribute -UserId a -Attribute @{ city = 'x' } } }
        @{ Name = 'Get-ChatUserAttribute'; Run = { Get-ChatUserAttribute -UserId a } }
        @{ Name = 'Remove-ChatUserAttribute'; Run = { Remove-ChatUserAttribute -UserId a -All } }
        @{ Name = 'Remove-ChatAccount'; Run = { Remove-ChatAccount -UserId a -Force } }
        @{ Name = 'Get-ChatAttributeName'; Run = { Get-ChatAttributeName } }
        @{ Name = 'Set-ChatAttributeName'; Run = { Set-ChatAttributeName x } }
    ) {
        $Run | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage 'Not connected. Call Connect-Chat*Connect-Chat -Emulator.'
    }

    It 'Get-ChatConnection and Disconnect-Chat have nothing to say' {
        Get-ChatConnection | Should -BeNullOrEmpty
        Disconnect-Chat | Should -BeNullOrEmpty
    }
}

Describe 'Disconnect-Chat' {
    It 'closes the default connection, and cmdlets that are given it say so' {
        $connection = Connect-Chat @app -SecretKey $key -PassThru
        Disconnect-Chat
        Get-ChatConnection | Should -BeNullOrEmpty
        $connection.IsClosed | Should -BeTrue
        { Get-ChatAttributeName -Connection $connection } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*closed*Connect-Chat*'
    }

    It 'closes the connection it is given and leaves the default one' {
        $one = Connect-Chat @app -SecretKey $key -PassThru
        $two = Connect-Chat @app -SecretKey $key -PassThru
        Disconnect-Chat -Connection $one
        $one.IsClosed | Should -BeTrue
        $two.IsClosed | Should -BeFalse
        Get-RunName | Should -Be 'Succeeded'
    }

    It 'takes connections from the pipeline, twice without harm' {
        $one = Connect-Chat @app -SecretKey $key -PassThru
        $one, $one | Disconnect-Chat
        Get-ChatConnection | Disconnect-Chat
        $one.IsClosed | Should -BeTrue
    }
}

Describe 'Several connections' {
    It 'serve several apps side by side' {
        $other = Start-EmulatorHost -AttributeName city -SdkAppId 1600000000
        try {
            $one = Connect-Chat @app -SecretKey $key -PassThru
            $two = Connect-Chat -SdkAppId 1600000000 -SecretKey $key -Endpoint $other.Endpoint -PassThru
            Reset-EmulatorHost $emulator
            Reset-EmulatorHost $other
            $null = Set-ChatUserAttribute -UserId a -Attribute @{ city = 'one' } -Connection $one
            $null = Set-ChatUserAttribute -UserId a -Attribute @{ city = 'two' } -Connection $two
            $null = Set-ChatUserAttribute -UserId b -Attribute @{ city = 'default' }
            (Get-EmulatorAccount $emulator)['a'].city | Should -BeExactly 'one'
            (Get-EmulatorAccount $other)['a'].city | Should -BeExactly 'two'
            (Get-EmulatorAccount $other)['b'].city | Should -BeExactly 'default'
            (Get-EmulatorAccount $emulator).ContainsKey('b') | Should -BeFalse
        }
        finally {
            Stop-EmulatorHost $other
        }
    }

    It 'have a default in each runspace, and no other runspace sees it' {
        $null = Connect-Chat @app -SecretKey $key
        $runspace = New-ModuleRunspace
        try {
            (Invoke-InRunspace $runspace '@(Get-ChatConnection).Count').Output | Should -Be 0
            $null = Invoke-InRunspace $runspace 'Connect-Chat -Emulator -AttributeName level -WarningAction SilentlyContinue'
            (Invoke-InRunspace $runspace '(Get-ChatAttributeName).Name').Output | Should -BeExactly 'level'
            (Get-ChatAttributeName).Name | Should -BeExactly 'city'
        }
        finally {
            $runspace.Dispose()
        }
    }

    It 'can be used in ForEach-Object -Parallel with $using:' {
        Reset-EmulatorHost $emulator
        $connection = Connect-Chat @app -SecretKey $key -PassThru
        $manifest = Get-StagedManifest
        $results = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $ids = 1..50 | ForEach-Object { "u$_" }
            Set-ChatUserAttribute -UserId ($ids -replace 'u', "p$_-") -Attribute @{ city = "$_" } -Connection $using:connection
        } -ThrottleLimit 4
        $results | Should -HaveCount 200
        $results.Status | Select-Object -Unique | Should -Be 'Succeeded'
        $held = Get-EmulatorAccount $emulator
        @($held.Keys | Where-Object { $_ -match '^p\d-' }) | Should -HaveCount 200
        $held['p3-7'].city | Should -BeExactly '3'
    }

    It 'that runspaces share pace their calls together (P4)' {
        Reset-EmulatorHost $emulator
        $connection = Connect-Chat @app -SecretKey $key -CallsPerSecond 40 -PassThru
        $manifest = Get-StagedManifest
        $null = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            1..20 | ForEach-Object { "p$_" } | Set-ChatUserAttribute -Attribute @{ city = 'x' } -BatchSize 1 -Connection $using:connection
        } -ThrottleLimit 3
        $times = @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr' | ForEach-Object { [datetime]$_.Time })
        $times | Should -HaveCount 60
        ($times[-1] - $times[0]).TotalSeconds | Should -BeGreaterThan 1
    }
}
