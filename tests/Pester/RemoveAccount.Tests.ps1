#Requires -Version 7.4
# Remove-ChatAccount. Who is asked, and when nothing is sent, is in Confirm.Tests.ps1.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'city', '--admin', 'administrator', '--admin', 'second', '--admin', 'Administrator'
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Remove-ChatAccount' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = Set-ChatUserAttribute -UserId a, A, b, 1001 -Attribute @{ city = 'Paris' }
        $mark = Get-EmulatorMark $emulator
    }

    It 'deletes the accounts that are named, and no other' {
        $results = 'a', 1001 | Remove-ChatAccount -Force
        $results.UserId | Should -BeExactly @('a', '1001')
        $results.Status | Should -Be @('Succeeded', 'Succeeded')
        $held = Get-EmulatorAccount $emulator
        $held.ContainsKey('a') | Should -BeFalse
        $held.ContainsKey('1001') | Should -BeFalse
        $held.ContainsKey('A') | Should -BeTrue
        $held.ContainsKey('b') | Should -BeTrue
    }

    It 'takes rows by their id column and by -UserIdProperty' {
        (@{ Identifier = 'a'; note = 'left' } | Remove-ChatAccount -Force).Status | Should -Be 'Succeeded'
        ([pscustomobject]@{ Mail = 'b' } | Remove-ChatAccount -UserIdProperty Mail -Force).Status | Should -Be 'Succeeded'
        (Get-EmulatorAccount $emulator).ContainsKey('b') | Should -BeFalse
    }

    It 'fails a missing account alone (P2)' {
        $results = 'a', 'missing', 'b' | Remove-ChatAccount -Force -ErrorAction SilentlyContinue -ErrorVariable problems
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].ErrorId | Should -BeExactly 'AccountNotFound'
        $results[1].ErrorCode | Should -Be 70107
        $problems | Should -HaveCount 1
    }

    It 'refuses the admin of the connection itself, even with -Force, and sends it nowhere' {
        $results = 'a', 'administrator', 'b' | Remove-ChatAccount -Force -ErrorAction SilentlyContinue
        $results.Status | Should -Be @('Succeeded', 'Failed', 'Succeeded')
        $results[1].ErrorId | Should -BeExactly 'OwnAdminAccount'
        (Get-EmulatorCall $emulator -After $mark -Endpoint 'account_delete').Accounts | Should -BeExactly @('a', 'b')
    }

    It 'refuses an account that differs from that admin by case alone: how the service compares is documented nowhere' {
        $result = 'Administrator' | Remove-ChatAccount -Force -ErrorAction SilentlyContinue
        $result.ErrorId | Should -BeExactly 'OwnAdminAccount'
        Get-EmulatorCall $emulator -After $mark -Endpoint 'account_delete' | Should -BeNullOrEmpty
    }

    It 'deletes an account that is named twice once, and gives each row its result (P1, P3)' {
        $results = 'a', 'b', 'a' | Remove-ChatAccount -Force
        $results.Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        (Get-EmulatorCall $emulator -After $mark -Endpoint 'account_delete').Accounts | Should -BeExactly @('a', 'b')
    }

    It 'that was lost on the way and then answers "no such account" has succeeded (P6)' {
        Add-EmulatorFault $emulator 'account_delete:drop-after:1' -Limit 1
        $results = 'a', 'b' | Remove-ChatAccount -Force
        $results.Status | Should -Be @('Succeeded', 'Succeeded')
        $results.Attempts | Should -Be @(2, 2)
        $results[0].Message | Should -Match 'earlier try'
    }

    It 'refuses a file in the place of its rows, and does not take its owner for an account (P10)' {
        $file = Join-Path $TestDrive 'leavers.csv'
        Set-Content $file 'UserId'
        $problem = { Get-Item $file | Remove-ChatAccount -Force } | Should -Throw -ErrorId 'FileIsNoRow,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Import-Csv*'
        Get-EmulatorCall $emulator -After $mark -Endpoint 'account_delete' | Should -HaveCount 0
    }

    It 'says so and stops when the app does not allow deletion (P7)' {
        $paid = Start-EmulatorHost '--attribute-names', 'city', '--plan', 'paid'
        try {
            $null = Connect-EmulatorHost $paid
            $results = @()
            { 1..250 | ForEach-Object { "u$_" } | Remove-ChatAccount -Force -ThrottleLimit 1 -OutVariable results -ErrorAction SilentlyContinue } |
                Should -Throw -ErrorId 'DeletionNotEnabled,*'
            Get-EmulatorCall $paid -Endpoint 'account_delete' | Should -HaveCount 1
        }
        finally {
            Stop-EmulatorHost $paid
        }
    }

    It 'is known by the engine to need a confirmation' {
        $attribute = (Get-Command Remove-ChatAccount).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)
        $attribute.SupportsShouldProcess | Should -BeTrue
        $attribute.ConfirmImpact | Should -Be 'High'
    }
}
