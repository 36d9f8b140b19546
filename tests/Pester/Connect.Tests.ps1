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

    It 'takes the app id by position, and the key after it' {
        Connect-Chat 1400000000 -SecretKey $key -Endpoint $emulator.Endpoint
        (Get-ChatConnection).SdkAppId | Should -Be 1400000000
        Disconnect-Chat
        Connect-Chat '1400000000' $key -Endpoint $emulator.Endpoint
        (Get-ChatConnection).SdkAppId | Should -Be 1400000000
    }

    It 'quotes nothing that may be the key in a wrong place: <_> (P9)' -ForEach @(
        'Connect-Chat $text 1400000000', 'Connect-Chat $text $text', 'Connect-Chat -SdkAppId $text', 'Connect-Chat -SdkAppId $text -SecretKey $key', 'Connect-Chat 1400000000 $text',
        'Connect-Chat 1400000000 -SecretKey $text', 'Connect-Chat 1400000000 -UserSig $text', 'Connect-Chat $key 1400000000'
    ) {
        $text = Get-TestKey
        $command = [scriptblock]::Create($_)
        $problem = { . $command } | Should -Throw -PassThru
        $shown = ($problem | Out-String -Width 4000) + ($problem | Format-List * -Force | Out-String -Width 4000) + $problem.Exception.ToString() + ($problem | Get-Error | Out-String -Width 4000)
        $shown | Should -Not -BeLike "*$($text.Substring(0, 12))*"
        $problem.FullyQualifiedErrorId | Should -BeLike 'Parameter*,TencentChat.PowerShell.Commands.ConnectChatCommand'
    }

    It 'tells a secret in the wrong place from a number: <What>' -ForEach @(
        @{ What = 'no number'; Run = { Connect-Chat abc -SecretKey $key }; Message = '*An SDKAppID is a number such as 1400000000*-SecretKey*' }
        @{ What = 'no SecureString'; Run = { Connect-Chat 1400000000 abc }; Message = '*SecureString*Read-Host -AsSecureString*' }
    ) {
        $Run | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*' -ExpectedMessage $Message
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

    It 'asks for the secret key when it is given the app alone' {
        $asker = New-AnsweringHost
        $runspace = New-ModuleRunspace $asker
        try {
            $with = @{ Place = $emulator.Endpoint }
            $asker.Password = $key
            $run = Invoke-InRunspace $runspace 'param($Place) Connect-Chat 1400000000 -Endpoint $Place -PassThru' $with
            $run.Error | Should -BeNullOrEmpty
            $run.Output.AdminUserId | Should -BeExactly 'administrator'
            $asker.Questions | Should -BeLike '*secret key of app 1400000000*User: administrator'
            $asker.Questions.Clear()
            $run = Invoke-InRunspace $runspace 'param($Place) Connect-Chat 1400000000 -AdminUserId robot -Endpoint $Place -PassThru' $with
            $run.Output.AdminUserId | Should -BeExactly 'robot'
            $asker.Questions | Should -BeLike '*User: robot'
            $asker.Password = $null
            (Invoke-InRunspace $runspace 'param($Place) Connect-Chat 1400000000 -Endpoint $Place' $with).Error[0] | Should -BeLike '*No secret key was given*'
            $asker.Password = [securestring]::new()
            (Invoke-InRunspace $runspace 'param($Place) Connect-Chat 1400000000 -Endpoint $Place' $with).Error[0] | Should -BeLike '*secret key is empty*'
        }
        finally {
            $runspace.Dispose()
        }
    }

    It 'says what to give where nobody can be asked for the key: <_>' -ForEach 'without a host', 'with -NonInteractive' {
        $message = 'Nobody can be asked for the secret key here: give -Credential, -SecretKey or -UserSig.'
        if ($_ -eq 'without a host') {
            $runspace = New-ModuleRunspace
            try {
                (Invoke-InRunspace $runspace 'Connect-Chat 1400000000').Error[0] | Should -BeExactly $message
            }
            finally {
                $runspace.Dispose()
            }
        }
        else {
            $run = Invoke-FreshPwsh "Import-Module '$(Get-StagedManifest)'; try { Connect-Chat 1400000000 } catch { `"`$_ `$(`$_.FullyQualifiedErrorId)`" }"
            $run.Output | Should -BeLike "*$message InvalidConfiguration,*"
        }
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
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
    }

    It 'refuses <What> without any call' -ForEach @(
        @{ What = 'plain http to another machine'; With = @{ Endpoint = 'http://192.0.2.1' }; ErrorId = 'InvalidConfiguration'; Message = '*https*' }
        @{ What = 'plain http to a name'; With = @{ Endpoint = 'http://localhost.example.org' }; ErrorId = 'InvalidConfiguration'; Message = '*https*' }
        @{ What = 'another scheme'; With = @{ Endpoint = 'ftp://127.0.0.1' }; ErrorId = 'InvalidConfiguration'; Message = '*https://host*' }
        @{ What = 'an address that is none'; With = @{ Endpoint = 'console' }; ErrorId = 'InvalidConfiguration'; Message = '*https://host*' }
        @{ What = 'a region beside an address'; With = @{ Endpoint = 'https://127.0.0.1'; Region = 'Singapore' }; ErrorId = 'InvalidConfiguration'; Message = '*-Region or -Endpoint*' }
        @{ What = 'an admin that nobody can be'; With = @{ AdminUserId = "a`nb" }; ErrorId = 'InvalidConfiguration'; Message = '*control characters or broken Unicode.' }
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
        $connection.TimeoutSec | Should -Be 20
        $connection.AttributeService | Should -Be 'TimPush'
    }

    It 'warns that the embedded emulator is not the cloud' {
        Connect-Chat -Emulator -AttributeName city -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 1
        $told[0].Message | Should -Match 'nothing reaches the cloud'
        (Get-ChatAttributeName).Name | Should -BeExactly 'city'
    }

    It 'sends plain http to another machine only where that is said' {
        # 192.0.2.0/24 is nobody's; -SkipCheck calls nobody anyway.
        $away = @{ SdkAppId = 1400000000; SecretKey = $key; Endpoint = 'http://192.0.2.1:5080'; SkipCheck = $true }
        { Connect-Chat @away } | Should -Throw -ErrorId 'InvalidConfiguration,*'
        { Connect-Chat @away -AllowUnencrypted:$false } | Should -Throw -ErrorId 'InvalidConfiguration,*'
        (Connect-Chat @away -AllowUnencrypted -PassThru).Host | Should -Be 'http://192.0.2.1:5080/'
    }

    It 'tells under -Verbose where it goes' {
        $lines = Connect-Chat @app -SecretKey $key -Verbose 4>&1
        "$lines" | Should -BeExactly "Connected to app 1400000000 ($($emulator.Endpoint.Authority)) as 'administrator'."
        "$(Connect-Chat -Emulator -Verbose -WarningAction SilentlyContinue 4>&1)" | Should -BeLike "Connected to app 14* (embedded emulator) as 'administrator'."
    }

    It 'has no proxy for an emulator that no packet reaches' {
        { Connect-Chat -Emulator -Proxy http://127.0.0.1:3128 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'gives each embedded emulator a state and an id of its own' {
        $one = Connect-Chat -Emulator -AttributeName city -PassThru -WarningAction SilentlyContinue
        $two = Connect-Chat -Emulator -AttributeName level -PassThru -WarningAction SilentlyContinue
        $one.SdkAppId | Should -Not -Be $two.SdkAppId
        (Get-ChatAttributeName -Connection $one).Name | Should -BeExactly 'city'
        (Get-ChatAttributeName -Connection $two).Name | Should -BeExactly 'level'
    }

    It 'refuses names that no app could have for the embedded emulator, as an error of its own: <What>' -ForEach @(
        @{ What = 'a name twice'; Names = 'level', 'city', 'city'; Message = "*'city' twice*must be unique*" }
        @{ What = 'a name of 51 bytes'; Names = , ('x' * 51) }
        @{ What = 'eleven names'; Names = 1..11 | ForEach-Object { "n$_" } }
    ) {
        $problem = { Connect-Chat -Emulator -AttributeName $Names } | Should -Throw -PassThru
        $problem.FullyQualifiedErrorId | Should -BeLike '*,TencentChat.PowerShell.Commands.ConnectChatCommand'
        $problem.CategoryInfo.Category | Should -Match 'InvalidArgument|InvalidData'
        if ($_.ContainsKey('Message')) { $problem.Exception.Message | Should -BeLike $Message }
        $problem.Exception.Message | Should -Not -BeLike '*(Parameter *'
    }
}

Describe 'Get-ChatConnection' {
    It 'tells an emulator from the service, in every view' {
        $emulated = Connect-Chat -Emulator -PassThru -WarningAction SilentlyContinue
        $real = Connect-Chat @app -SecretKey $key -PassThru
        $emulated.IsEmulator | Should -BeTrue
        $real.IsEmulator | Should -BeFalse
        $emulated | Format-Table | Out-String -Width 80 | Should -Match "$($emulated.SdkAppId) administrator +embedded emulator +AllMemberPush +False"
        $emulated | Format-List | Out-String -Width 80 | Should -Match '(?m)^Host +: embedded emulator\r?$'
        $real, $emulated | Format-Table | Out-String -Width 80 | Should -Not -Match '\u2026'
        $real | Format-List | Out-String -Width 80 | Should -Match '(?m)^IsEmulator +: False\r?$'
    }

    It 'comes to a few lines of JSON' {
        $json = Connect-Chat @app -SecretKey $key -TimeoutSec 20 -PassThru | ConvertTo-Json
        ($json -split '\n').Count | Should -BeLessOrEqual 14
        ($json | ConvertFrom-Json).TimeoutSec | Should -Be 20
    }

    It 'shows nothing where there is nothing, and so does Disconnect-Chat' {
        Disconnect-Chat
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
        { Get-ChatAttributeName -Connection $connection } | Should -Throw -ErrorId 'ConnectionClosed,*' -ExpectedMessage 'The connection was closed. Connect again*'
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
        "$($one, $one | Disconnect-Chat -Verbose 4>&1)" | Should -BeLike 'Disconnected from app 1400000000 (127.0.0.1:*).*'
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

    It 'that runspaces share have one rate limiter (P4)' {
        Reset-EmulatorHost $emulator
        $connection = Connect-Chat @app -SecretKey $key -CallsPerSecond 40 -PassThru
        $manifest = Get-StagedManifest
        # Together, and measured here: what arrives is bunched up where the emulator was held up.
        $start = [System.Threading.Barrier]::new(3)
        $seconds = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $rows = 1..20 | ForEach-Object { "p$_" }
            $null = ($using:start).SignalAndWait(120000)
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $null = $rows | Set-ChatUserAttribute -Attribute @{ city = 'x' } -BatchSize 1 -Connection $using:connection
            $watch.Elapsed.TotalSeconds
        } -ThrottleLimit 3
        @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr') | Should -HaveCount 60
        ($seconds | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 1 -Because 'each has 20 calls, and 40 a second are allowed'
    }
}
