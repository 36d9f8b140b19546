#Requires -Version 7.4
# Remove-ChatUserAttribute.

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

Describe 'Remove-ChatUserAttribute' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = Set-ChatUserAttribute -UserId a, A, b -Attribute @{ sex = 'f'; city = 'Paris'; level = 1 }
        $mark = Get-EmulatorMark $emulator
    }

    It 'removes the attributes of -Name and leaves the others' {
        $results = Remove-ChatUserAttribute -UserId a, b -Name city, sex
        $results.UserId | Should -BeExactly @('a', 'b')
        $results.Status | Should -Be @('Succeeded', 'Succeeded')
        $held = Get-EmulatorAccount $emulator
        $held['a'].Keys | Should -BeExactly @('level')
        $held['b'].Keys | Should -BeExactly @('level')
        $held['A'].Keys | Should -HaveCount 3
    }

    It 'removes everything with -All' {
        $null = 'a' | Remove-ChatUserAttribute -All
        (Get-EmulatorAccount $emulator)['a'].Keys | Should -HaveCount 0
    }

    It 'asks for one of -Name and -All, and takes only one (P10)' {
        { 'a' | Remove-ChatUserAttribute } | Should -Throw -ErrorId 'AttributeMissing,*'
        { 'a' | Remove-ChatUserAttribute -Name city -All } | Should -Throw -ErrorId 'AttributeMissing,*'
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_remove_attr' | Should -HaveCount 0
    }

    It 'refuses a -Name that the app does not have, before anything is sent (P10)' {
        { 'a' | Remove-ChatUserAttribute -Name town } | Should -Throw -ErrorId 'InvalidAttribute,*'
        { 'a' | Remove-ChatUserAttribute -Name City } | Should -Throw -ErrorId 'InvalidAttribute,*' -ExpectedMessage "*'city'*case*"
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_remove_attr' | Should -HaveCount 0
    }

    It 'takes rows, numbers and results by the pipeline' {
        ([pscustomobject]@{ Account = 'a'; shoe = 1 } | Remove-ChatUserAttribute -Name city).Status | Should -Be 'Succeeded'
        (Get-ChatUserAttribute -UserId b | Remove-ChatUserAttribute -Name city).Status | Should -Be 'Succeeded'
        $null = Set-ChatUserAttribute -UserId 1001 -Attribute @{ city = 'x' }
        (1001 | Remove-ChatUserAttribute -Name city).UserId | Should -BeExactly '1001'
        $held = Get-EmulatorAccount $emulator
        $held['a'].ContainsKey('city') | Should -BeFalse
        $held['b'].ContainsKey('city') | Should -BeFalse
        $held['1001'].Keys | Should -HaveCount 0
    }

    It 'asks the service once for an account that is named twice, and gives each row its result (P1, P3)' {
        $results = 'a', 'b', 'a' | Remove-ChatUserAttribute -Name city
        $results.UserId | Should -BeExactly @('a', 'b', 'a')
        (Get-EmulatorCall $emulator -After $mark -Endpoint 'im_remove_attr').Accounts | Should -BeExactly @('a', 'b')
    }

    It 'fails missing accounts and empty names alone (P2)' {
        $results = @('a', 'missing', '', 'b' | Remove-ChatUserAttribute -Name city -ErrorAction SilentlyContinue)
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Failed', 'Succeeded')
        $results[1].ErrorId | Should -BeExactly 'AccountNotFound'
        $results[2].ErrorId | Should -BeExactly 'MissingUserId'
    }

    It 'says what it would do under -WhatIf, and does nothing (P8)' {
        $results = 'a', 'b' | Remove-ChatUserAttribute -Name city -WhatIf
        $results.Status | Should -Be @('Skipped', 'Skipped')
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_remove_attr' | Should -HaveCount 0
    }

    It 'says so when the app has no attribute to remove' {
        Connect-Chat -Emulator -WarningAction SilentlyContinue
        { 'a' | Remove-ChatUserAttribute -All } | Should -Throw -ErrorId 'AttributeMissing,*' -ExpectedMessage '*no attribute*'
    }
}
