#Requires -Version 7.4
# The account commands: Import-ChatAccount, Get-ChatAccount, Get-ChatOnlineStatus, Revoke-ChatLogin.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--plan', 'paid'

    function Get-EmulatorAccountState([string] $UserId) {
        (Invoke-RestMethod "$($emulator.Control)state" -NoProxy).Accounts | Where-Object UserID -CEQ $UserId
    }

    function Set-EmulatorOnline([hashtable] $Online) {
        $accounts = foreach ($id in $Online.Keys) { @{ UserID = $id; Online = $Online[$id] } }
        $state = @{ AttributeNames = @{ '0' = 'city' }; AttributeTypes = @{ '0' = 0 }; Accounts = @($accounts) }
        $null = Invoke-RestMethod "$($emulator.Control)state" -NoProxy -Method Put -Body ($state | ConvertTo-Json -Depth 4) -ContentType 'application/json'
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Import-ChatAccount' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $mark = Get-EmulatorMark $emulator
    }

    It 'imports ids, a hundred a call' {
        $results = 1..250 | Import-ChatAccount
        $results | Should -HaveCount 250
        $results.Status | Sort-Object -Unique | Should -Be 'Succeeded'
        (Get-EmulatorAccount $emulator).ContainsKey('250') | Should -BeTrue
        $calls = Get-EmulatorCall $emulator -After $mark
        $calls.AccountCount | Sort-Object | Should -Be @(50, 100, 100)
    }

    It 'imports rows with Nick and FaceUrl, and leaves alone what a cell leaves empty' {
        $rows = "UserId,Nick,FaceUrl`nann,`"Ann, 安`",https://example.com/a.png`nbob,," | ConvertFrom-Csv
        ($rows | Import-ChatAccount).Status | Should -Be @('Succeeded', 'Succeeded')
        $ann = Get-EmulatorAccountState 'ann'
        $ann.Nick | Should -BeExactly 'Ann, 安'
        $ann.FaceUrl | Should -BeExactly 'https://example.com/a.png'
        (Get-EmulatorAccountState 'bob').PSObject.Properties['Nick'] | Should -BeNullOrEmpty
    }

    It 'warns once of columns that it does not use, by name (P10)' {
        $rows = "UserId,Nickname,Avatar`nann,Ann,x`nbob,Bob,y" | ConvertFrom-Csv
        ($rows | Import-ChatAccount -WarningVariable told -WarningAction SilentlyContinue).Status | Should -Be @('Succeeded', 'Succeeded')
        $told | Should -HaveCount 1
        "$told" | Should -BeExactly 'An account is imported with Nick and FaceUrl; not used: Nickname, Avatar.'
    }

    It 'does not warn of the columns of a row that a result carries' {
        $rows = "UserId,city`nann,Paris" | ConvertFrom-Csv
        ($rows | Get-ChatAccount | Import-ChatAccount -WarningVariable told).Status | Should -Be 'Succeeded'
        $told | Should -BeNullOrEmpty
    }

    It 'finds Nick and FaceUrl in any case, and the exact name first' {
        $table = [System.Collections.Specialized.OrderedDictionary]::new([StringComparer]::Ordinal)
        $table['UserId'] = 'ann'
        $table['nick'] = 'no'
        $table['Nick'] = 'yes'
        $null = $table, [pscustomobject]@{ USERID = 'bob'; NICK = 'Bob' } | Import-ChatAccount -WarningAction SilentlyContinue
        (Get-EmulatorAccountState 'ann').Nick | Should -BeExactly 'yes'
        (Get-EmulatorAccountState 'bob').Nick | Should -BeExactly 'Bob'
    }

    It 'takes one account on the command line' {
        (Import-ChatAccount -UserId ann -Nick Ann -FaceUrl https://example.com/a.png).Status | Should -Be 'Succeeded'
        (Get-EmulatorAccountState 'ann').Nick | Should -BeExactly 'Ann'
    }

    It 'makes failed rows of the accounts that the service refuses, and harms no neighbour (P2)' {
        $long = 'x' * 33
        $errors = $null
        $results = 'ann', $long, 'bob' | Import-ChatAccount -ErrorVariable errors -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].ErrorId | Should -Not -BeNullOrEmpty
        $errors | Should -HaveCount 1
        "$($errors[0])" | Should -BeLike "Row 2, user '$long'*"
        (Get-EmulatorAccount $emulator).ContainsKey('bob') | Should -BeTrue
    }

    It 'refuses a nickname that is too long before its neighbours are sent (P10)' {
        $rows = [pscustomobject]@{ UserId = 'ann'; Nick = 'n' * 501 }, [pscustomobject]@{ UserId = 'bob'; Nick = 'n' }
        $results = $rows | Import-ChatAccount -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Failed', 'Succeeded')
        $results[0].ErrorId | Should -Be 'InvalidProfile'
        @(Get-EmulatorCall $emulator -After $mark) | Should -HaveCount 1
    }

    It 'is safe to repeat, and ends at the hundredth account of a trial app' {
        $null = 'ann' | Import-ChatAccount
        ('ann' | Import-ChatAccount).Status | Should -Be 'Succeeded'
        $trial = Start-EmulatorHost '--plan', 'trial'
        try {
            $null = Connect-EmulatorHost $trial
            $results = 1..130 | Import-ChatAccount -ErrorAction SilentlyContinue
            $results | Should -HaveCount 130
            @($results | Where-Object Status -EQ 'Succeeded') | Should -HaveCount (Get-EmulatorAccount $trial).Keys.Where({ $_ -ne 'administrator' }).Count
            ($results | Where-Object Status -EQ 'Failed').ErrorId | Sort-Object -Unique | Should -Be 'TrialLimitReached'
        }
        finally {
            Stop-EmulatorHost $trial
        }
    }
}

Describe 'Get-ChatAccount' {
    BeforeAll {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = 'ann', 'Ann' | Import-ChatAccount
    }

    It 'tells which accounts exist, in the order asked, by the case of their ids' {
        $results = 'ann', 'ANN', 'Ann' | Get-ChatAccount
        $results.UserId | Should -BeExactly @('ann', 'ANN', 'Ann')
        $results.AccountStatus | Should -Be @('Imported', 'NotImported', 'Imported')
        $results.Status | Sort-Object -Unique | Should -Be 'Succeeded'
    }

    It 'pipes into what comes next' {
        $left = 'ann', 'missing' | Get-ChatAccount | Where-Object AccountStatus -EQ 'NotImported' | Import-ChatAccount
        $left.UserId | Should -Be 'missing'
        ('missing' | Get-ChatAccount).AccountStatus | Should -Be 'Imported'
    }

    It 'asks once for an account that comes twice, and answers twice' {
        $mark = Get-EmulatorMark $emulator
        ('ann', 'ann' | Get-ChatAccount).AccountStatus | Should -Be @('Imported', 'Imported')
        (Get-EmulatorCall $emulator -After $mark).AccountCount | Should -Be 1
    }
}

Describe 'Get-ChatOnlineStatus' {
    BeforeAll {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'asks for five hundred a call' {
        $null = 1..700 | Import-ChatAccount
        $mark = Get-EmulatorMark $emulator
        $results = 1..700 | Get-ChatOnlineStatus
        $results.State | Sort-Object -Unique | Should -Be 'Offline'
        (Get-EmulatorCall $emulator -After $mark).AccountCount | Sort-Object | Should -Be @(200, 500)
    }

    It 'tells the three states, and a missing account as a failed row (P2)' {
        Set-EmulatorOnline @{ ann = 'Online'; bob = 'PushOnline'; cat = 'Offline' }
        $results = 'ann', 'bob', 'missing', 'cat' | Get-ChatOnlineStatus -ErrorAction SilentlyContinue
        $results.State | Should -Be @('Online', 'PushOnline', $null, 'Offline')
        $results.Status | Should -Be @('Succeeded', 'Succeeded', 'Failed', 'Succeeded')
        $results[2].ErrorId | Should -Be 'AccountNotFound'
    }

    It 'fails every row, and no more, where no account of a call exists' {
        $results = 'missing', 'gone' | Get-ChatOnlineStatus -ErrorAction SilentlyContinue
        $results.ErrorId | Should -Be @('AccountNotFound', 'AccountNotFound')
    }

    It 'reads the other member that the service documents for the state' {
        $other = Start-EmulatorHost '--assume', 'online-state-member=status'
        try {
            $null = Connect-EmulatorHost $other
            $null = 'ann' | Import-ChatAccount
            ('ann' | Get-ChatOnlineStatus).State | Should -Be 'Offline'
        }
        finally {
            Stop-EmulatorHost $other
            $null = Connect-EmulatorHost $emulator
        }
    }

    It 'tells the devices with -Detailed' {
        Set-EmulatorOnline @{ ann = 'Online' }
        $detailed = 'ann' | Get-ChatOnlineStatus -Detailed
        $detailed.Platforms[0].Platform | Should -Be 'Web'
        ('ann' | Get-ChatOnlineStatus).Platforms | Should -HaveCount 0
    }
}

Describe 'Revoke-ChatLogin' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
        $null = 'ann', 'bob' | Import-ChatAccount
        $mark = Get-EmulatorMark $emulator
    }

    It 'logs out one account a call, and a missing one fails' {
        $results = 'ann', 'missing', 'bob' | Revoke-ChatLogin -Force -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].ErrorId | Should -Be 'AccountNotFound'
        $calls = Get-EmulatorCall $emulator -After $mark -Endpoint 'kick'
        $calls | Should -HaveCount 3
        $calls.AccountCount | Sort-Object -Unique | Should -Be 1
    }

    It 'makes earlier signatures of the account worthless' {
        (Get-EmulatorAccountState 'ann').PSObject.Properties['KickedAt'] | Should -BeNullOrEmpty
        $null = 'ann' | Revoke-ChatLogin -Force
        (Get-EmulatorAccountState 'ann').KickedAt | Should -BeGreaterThan 0
    }

    It 'warns when it is the connection''s own admin, and goes on with a new signature' {
        $warnings = $null
        (Revoke-ChatLogin -UserId administrator -Force -WarningVariable warnings -WarningAction SilentlyContinue).Status | Should -Be 'Succeeded'
        "$warnings" | Should -BeLike "*'administrator' is the admin of this connection*Here it is made anew."
        ('ann' | Get-ChatAccount -Connection $connection).AccountStatus | Should -Be 'Imported'
    }

    It 'warns that nothing works afterwards when the connection was given its signature' {
        # Signatures count in seconds, and a kick spares those of its own second.
        $given = Connect-Chat -SdkAppId 1400000000 -UserSig (ConvertTo-SecureString (Get-TestUserSig -AgeSec 60) -AsPlainText) -Endpoint $emulator.Endpoint -PassThru
        $warnings = $null
        $null = Revoke-ChatLogin -UserId administrator -Force -Connection $given -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*'administrator' is the admin of this connection*every call after this one is refused. Connect again with a new signature."
        { 'ann' | Get-ChatAccount -Connection $given -ErrorAction SilentlyContinue } | Should -Throw
    }

    It 'names the user and the app when it asks and when it tells' {
        $asker = New-AnsweringHost
        $runspace = New-ModuleRunspace $asker
        try {
            $null = Invoke-InRunspace $runspace 'param($Connection) Revoke-ChatLogin ann -Connection $Connection' @{ Connection = $connection }
            $asker.Questions | Should -BeLike "*`"user 'ann' in app 1400000000 ($($emulator.Endpoint.Authority))`"*"
        }
        finally {
            $runspace.Dispose()
        }

        "$(Revoke-ChatLogin ann -Force -Verbose 4>&1)" | Should -BeLike "Revoke-ChatLogin in app 1400000000 ($($emulator.Endpoint.Authority)), as *"
        @(Get-EmulatorCall $emulator -After $mark -Endpoint 'kick').Accounts | Should -BeExactly 'ann'
    }

    It 'asks: nothing is sent where there is nobody to answer (P8)' {
        $results = Invoke-FreshPwsh "Import-Module '$(Get-StagedManifest)'; Connect-Chat -Emulator -WarningAction Ignore; Import-ChatAccount ann | Out-Null; try { Revoke-ChatLogin ann } catch { `$_.FullyQualifiedErrorId }; 'after'"
        "$($results.Output)" | Should -Match 'after'
        "$($results.Output)" | Should -Not -Match 'Succeeded'
    }
}
