#Requires -Version 7.4
# Get-ChatAttributeName and Set-ChatAttributeName: the app's ten slots.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'sex,city'
}

AfterAll {
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Get-ChatAttributeName' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
    }

    It 'shows slot, name and account type of each slot that has a name' {
        $slots = Get-ChatAttributeName
        $slots.Slot | Should -Be @(0, 1)
        $slots.Name | Should -BeExactly @('sex', 'city')
        $slots.AccountType | Should -Be @(0, 0)
    }

    It 'asks the service every time, for an admin looks because something changed' {
        $null = Get-ChatAttributeName
        $mark = Get-EmulatorMark $emulator
        $null = Get-ChatAttributeName
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_get_attr_name' | Should -HaveCount 1
    }

    It 'comes to nothing for an app without names' {
        Connect-Chat -Emulator -WarningAction SilentlyContinue
        @(Get-ChatAttributeName) | Should -HaveCount 0
    }
}

Describe 'Set-ChatAttributeName with <Family>' -ForEach @(
    @{ Family = 'AllMemberPush'; Endpoint = 'im_set_attr_name' }
    @{ Family = 'TimPush'; Endpoint = 'set_attr_name' }
) {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator @{ AttributeService = $Family }
        $mark = Get-EmulatorMark $emulator
    }

    It 'gives new names the first free slots, and tells which' {
        $new = Set-ChatAttributeName level, vip
        $new.Slot | Should -Be @(2, 3)
        $new.Name | Should -BeExactly @('level', 'vip')
        (Get-ChatAttributeName).Name | Should -BeExactly @('sex', 'city', 'level', 'vip')
    }

    It 'leaves a name that the app has where it is, and calls nobody when there is nothing to do' {
        Set-ChatAttributeName sex, city | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | Should -HaveCount 0
        (Set-ChatAttributeName city, level).Name | Should -BeExactly 'level'
    }

    It 'gives a name to the slot that is asked for, free or not' {
        (Set-ChatAttributeName level -Slot 7).Slot | Should -Be 7
        (Set-ChatAttributeName gender -Slot 0).Slot | Should -Be 0
        (Get-ChatAttributeName | ForEach-Object { "$($_.Slot)=$($_.Name)" }) | Should -BeExactly @('0=gender', '1=city', '7=level')
    }

    It 'takes its own output, and that of Get-ChatAttributeName' {
        $saved = Get-ChatAttributeName
        $saved | Set-ChatAttributeName | Should -BeNullOrEmpty
        $null = [pscustomobject]@{ Slot = 5; Name = 'five' }, [pscustomobject]@{ Slot = 6; Name = 'six' } | Set-ChatAttributeName
        (Get-ChatAttributeName).Slot | Should -Be @(0, 1, 5, 6)
        'text' | Set-ChatAttributeName | ForEach-Object Slot | Should -Be 2
    }

    It 'makes one call, however many names are piped in' {
        $null = 'a', 'b', 'c' | Set-ChatAttributeName
        Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | Should -HaveCount 1
    }

    It 'refuses <What> before anything is sent (P10)' -ForEach @(
        @{ What = 'a name that stands in another slot'; With = @{ Name = 'city'; Slot = 4 }; ErrorId = 'AttributeNameTaken' }
        @{ What = 'more names than there are free slots'; With = @{ Name = 1..9 | ForEach-Object { "n$_" } }; ErrorId = 'NoFreeSlot' }
        @{ What = 'two names for one slot'; With = @{ Name = 'x', 'y'; Slot = 4 }; ErrorId = 'InvalidSlot' }
        @{ What = 'a name of spaces'; With = @{ Name = ' ' }; ErrorId = 'InvalidAttributeName' }
        @{ What = 'a name of 51 bytes'; With = @{ Name = '上' * 17 }; ErrorId = 'InvalidAttributeName' }
        @{ What = 'a slot that there is not'; With = @{ Name = 'x'; Slot = 10 }; ErrorId = 'ParameterArgumentValidationError' }
        @{ What = 'an account type that there is not'; With = @{ Name = 'x'; AccountType = 2 }; ErrorId = 'ParameterArgumentValidationError' }
    ) {
        { Set-ChatAttributeName @With } | Should -Throw -ErrorId "$ErrorId,*"
        Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | Should -HaveCount 0
    }

    It 'takes a name of exactly 50 bytes' {
        (Set-ChatAttributeName ('上' * 16 + 'xx')).Slot | Should -Be 2
    }

    It 'tells names apart by case' {
        (Set-ChatAttributeName City).Slot | Should -Be 2
    }

    It 'sends nothing under -WhatIf (P8)' {
        Set-ChatAttributeName level -WhatIf | Should -BeNullOrEmpty
        Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | Should -HaveCount 0
    }

    It 'makes the new name known to the other cmdlets at once' {
        $null = Get-ChatUserAttribute -UserId administrator
        $null = Set-ChatAttributeName level
        (Set-ChatUserAttribute -UserId a -Attribute @{ level = 1 }).Status | Should -Be 'Succeeded'
    }
}

Describe 'Account types' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator @{ AttributeService = 'TimPush' }
    }

    It 'can be given with the Push service, and are fixed by it' {
        (Set-ChatAttributeName device -AccountType 1).AccountType | Should -Be 1
        (Get-ChatAttributeName | Where-Object Name -CEQ device).AccountType | Should -Be 1
        { Set-ChatAttributeName other -Slot 2 -AccountType 0 -ErrorAction Stop } | Should -Throw -ErrorId 'WrongAccountType,*'
    }

    It 'fail the accounts of the other type alone (P2)' {
        $null = Set-ChatAttributeName device -AccountType 1
        $rows = @{ UserId = 'a'; city = 'Paris' }, @{ UserId = 'b'; device = 'x' }, @{ UserId = '379C2F0D-290D-47AE-94D1-919058C39C77'; device = 'y' }
        $results = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue
        $results[0].Status | Should -Be 'Succeeded'
        $results[1].Status | Should -Be 'Failed'
        $results[1].ErrorId | Should -BeExactly 'WrongAccountType'
        $results[1].ErrorCode | Should -Be 90035
    }
}
