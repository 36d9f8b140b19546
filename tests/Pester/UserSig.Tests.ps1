#Requires -Version 7.4
# New-ChatUserSig: signatures for clients, which are secrets.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--plan', 'paid'
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'New-ChatUserSig' {
    BeforeAll {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'makes a signature that the service accepts' {
        $signature = New-ChatUserSig -UserId administrator -AsSecureString
        $signature | Should -BeOfType [securestring]
        { Connect-Chat -SdkAppId 1400000000 -UserSig $signature -Endpoint $emulator.Endpoint } | Should -Not -Throw
        (Get-ChatAccount -UserId administrator).AccountStatus | Should -Be 'Imported'
        $null = Connect-EmulatorHost $emulator
    }

    It 'makes one for each account of the pipeline' {
        $signatures = [pscustomobject]@{ UserId = 'ann' }, [pscustomobject]@{ Account = 'bob' } | New-ChatUserSig -AsPlainText
        $signatures | Should -HaveCount 2
        $signatures | Should -BeOfType [string]
        $signatures[0] | Should -Not -BeExactly $signatures[1]
        $signatures | Should -Match '^e[A-Za-z0-9*_-]+$'
    }

    It 'tells whose it is and until when' {
        $before = [DateTimeOffset]::UtcNow
        $made = 'ann', 'bob' | New-ChatUserSig -Lifetime (New-TimeSpan -Days 1)
        $made.UserId | Should -BeExactly @('ann', 'bob')
        $made.UserSig | Should -Match '^e[A-Za-z0-9*_-]+$'
        foreach ($one in $made) {
            # Never later than it really ends, and whole seconds.
            $one.Expires | Should -BeGreaterThan $before.AddDays(1).AddSeconds(-1)
            $one.Expires | Should -BeLessOrEqual ([DateTimeOffset]::UtcNow.AddDays(1))
        }

        $bytes = [Convert]::FromBase64String($made[0].UserSig.Replace('*', '+').Replace('-', '/').Replace('_', '='))
        $inside = [System.IO.Compression.ZLibStream]::new([System.IO.MemoryStream]::new($bytes), [System.IO.Compression.CompressionMode]::Decompress)
        $told = [System.IO.StreamReader]::new($inside).ReadToEnd() | ConvertFrom-Json
        $told.'TLS.identifier' | Should -BeExactly 'ann'
        $end = $told.'TLS.time' + $told.'TLS.expire'
        $end - $made[0].Expires.ToUnixTimeSeconds() | Should -BeIn @(0, 1)
        (New-ChatUserSig ann -Lifetime 00:00:01.2).Expires | Should -BeOfType [DateTimeOffset]
    }

    It 'is shown by no view, and there for who asks for it (P9)' {
        $made = New-ChatUserSig ann
        $shown = ($made | Out-String -Width 4000), ($made | Format-List | Out-String -Width 4000), "$made", ($made, (New-ChatUserSig bob) | Format-Table | Out-String -Width 4000), ($made | Format-Wide | Out-String) -join "`n"
        $shown | Should -Match 'ann'
        $shown | Should -Match "$(([datetime]::Now).AddDays(180).Year)"
        $shown | Should -Not -Match ([regex]::Escape($made.UserSig.Substring(0, 20)))
        $made | Out-String -Width 80 | Should -Match '(?m)^UserId +Expires'
        ($made | ConvertTo-Csv) -join '' | Should -Match ([regex]::Escape($made.UserSig))
    }

    It 'is text or a SecureString, and not both' {
        { New-ChatUserSig ann -AsPlainText -AsSecureString } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }

    It 'is an error for a user whom no signature can name, and the others get theirs' {
        $made = "a`nb", 'ann' | New-ChatUserSig -ErrorVariable problems -ErrorAction SilentlyContinue
        $made.UserId | Should -BeExactly 'ann'
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidUserSigRequest,*'
        "$($problems[0])" | Should -BeExactly 'A user id cannot hold control characters or broken Unicode.'
    }

    It 'makes none that the service would take for expired, and no other where the user takes ticks for days' {
        { New-ChatUserSig ann -Lifetime 1 } | Should -Throw -ErrorId 'InvalidLifetime,*' -ExpectedMessage '*New-TimeSpan -Days 1*'
        { New-ChatUserSig ann -Lifetime 0 } | Should -Throw -ErrorId 'InvalidLifetime,*'
        { New-ChatUserSig ann -Lifetime '20000.00:00' } | Should -Throw -ErrorId 'InvalidLifetime,*'
        New-ChatUserSig ann -Lifetime 00:00:01 | Should -Not -BeNullOrEmpty
    }

    It 'says so when the connection has no key to sign with' {
        $given = Connect-Chat -SdkAppId 1400000000 -UserSig (ConvertTo-SecureString (Get-TestUserSig) -AsPlainText) -Endpoint $emulator.Endpoint -PassThru
        { New-ChatUserSig ann -Connection $given } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*key*'
    }
}
