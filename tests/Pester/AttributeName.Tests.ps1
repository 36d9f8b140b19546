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
        (Set-ChatAttributeName gender -Slot 0 -Force).Slot | Should -Be 0
        (Get-ChatAttributeName | ForEach-Object { "$($_.Slot)=$($_.Name)" }) | Should -BeExactly @('0=gender', '1=city', '7=level')
    }

    It 'takes its own output, and that of Get-ChatAttributeName' {
        $saved = Get-ChatAttributeName
        $saved | Set-ChatAttributeName | Should -BeNullOrEmpty
        'text' | Set-ChatAttributeName | ForEach-Object Slot | Should -Be 2
    }

    It 'adds what another app has more, and renames nothing, whatever slots the names had there' {
        $other = Connect-Chat -Emulator -AttributeName city, vip, level -AttributeService $Family -PassThru -WarningAction Ignore
        $connection = Connect-EmulatorHost $emulator @{ AttributeService = $Family }
        $new = Get-ChatAttributeName -Connection $other | Set-ChatAttributeName -Connection $connection
        ($new | ForEach-Object { "$($_.Slot)=$($_.Name)" }) | Should -BeExactly @('2=vip', '3=level')
        (Get-ChatAttributeName).Name | Should -BeExactly @('sex', 'city', 'vip', 'level')
        $null = [pscustomobject]@{ Slot = 0; Name = 'zero' } | Set-ChatAttributeName
        (Get-ChatAttributeName).Name[0] | Should -BeExactly 'sex'
    }

    It 'takes -Slot from nowhere but the command line' {
        (Get-Command Set-ChatAttributeName).Parameters['Slot'].Attributes.ValueFromPipelineByPropertyName | Should -Be $false
        (Get-Command Set-ChatAttributeName).Parameters['Slot'].Attributes.ValueFromPipeline | Should -Be $false
    }

    It 'makes one call, however many names are piped in' {
        $null = 'a', 'b', 'c' | Set-ChatAttributeName
        Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | Should -HaveCount 1
    }

    It 'refuses <What> before anything is sent (P10)' -ForEach @(
        @{ What = 'a name that stands in another slot'; With = @{ Name = 'city'; Slot = 4 }; ErrorId = 'AttributeNameTaken'; Message = "'city' is the name of slot 1*unique*" }
        @{ What = 'more names than there are free slots'; With = @{ Name = 1..9 | ForEach-Object { "n$_" } }; ErrorId = 'NoFreeSlot' }
        @{ What = 'two names for one slot'; With = @{ Name = 'x', 'y'; Slot = 4 }; ErrorId = 'InvalidSlot' }
        @{ What = 'a name that is given twice'; With = @{ Name = 'x', 'y', 'x' }; ErrorId = 'AttributeNameTaken'; Message = "'x' is given twice*unique*" }
        @{ What = 'a name of the app that is given twice'; With = @{ Name = 'city', 'city' }; ErrorId = 'AttributeNameTaken'; Message = "'city' is given twice*unique*" }
        @{ What = 'a name of spaces'; With = @{ Name = ' ' }; ErrorId = 'InvalidAttributeName' }
        @{ What = 'a name of 51 bytes'; With = @{ Name = '上' * 17 }; ErrorId = 'InvalidAttributeName' }
        @{ What = 'a slot that there is not'; With = @{ Name = 'x'; Slot = 10 }; ErrorId = 'ParameterArgumentValidationError' }
        @{ What = 'an account type that there is not'; With = @{ Name = 'x'; AccountType = 2 }; ErrorId = 'CannotConvertArgumentNoMessage'; Message = '*UserId*RegistrationId*' }
    ) {
        { Set-ChatAttributeName @With } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage ($_['Message'] ?? '*')
        Get-EmulatorCall $emulator -After $mark -Endpoint $Endpoint | Should -HaveCount 0
    }

    It 'refuses two names for one slot also when they come by the pipeline' {
        { 'x', 'y' | Set-ChatAttributeName -Slot 4 } | Should -Throw -ErrorId 'InvalidSlot,*'
        { 'x', 'y', 'x' | Set-ChatAttributeName } | Should -Throw -ErrorId 'AttributeNameTaken,*'
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

    It 'tells under -WhatIf and -Verbose what becomes of which slot, and of which app' {
        $app = "app 1400000000 ($($emulator.Endpoint.Authority))"
        # What is said under -WhatIf goes to the host; a transcript keeps it.
        Start-Transcript (Join-Path $TestDrive 'whatif.txt') -UseMinimalHeader | Out-Null
        Set-ChatAttributeName level -Slot 0 -WhatIf
        Set-ChatAttributeName level, vip -WhatIf
        Stop-Transcript | Out-Null
        $said = Get-Content -Raw (Join-Path $TestDrive 'whatif.txt')
        $said | Should -BeLike "*`"Rename attribute slot`" on target `"slot 0: 'sex' -> 'level' in $app`"*"
        $said | Should -BeLike "*`"Name attribute slots`" on target `"slot 2: 'level', slot 3: 'vip' in $app`"*"
        "$(Set-ChatAttributeName level -Slot 0 -Force -Verbose 4>&1)" | Should -BeLike "*`"slot 0: 'sex' -> 'level' in $app`"*"
        "$(Set-ChatAttributeName vip -Verbose 4>&1)" | Should -BeLike "*`"slot 2: 'vip' in $app`"*"
    }

    It 'makes the new name known to the other cmdlets at once' {
        $null = Get-ChatUserAttribute -UserId administrator
        $null = Set-ChatAttributeName level
        (Set-ChatUserAttribute -UserId a -Attribute @{ level = 1 }).Status | Should -Be 'Succeeded'
    }
}

Describe 'A slot that has a name' {
    BeforeAll {
        $asker = New-AnsweringHost
        $runspace = New-ModuleRunspace $asker
    }

    BeforeEach {
        Reset-EmulatorHost $emulator
        $connection = Connect-EmulatorHost $emulator
        $mark = Get-EmulatorMark $emulator
    }

    AfterAll {
        $runspace.Dispose()
    }

    It 'is renamed: <Command>, answered with <Answer>, <Asked> asked and <Renamed> done' -ForEach @(
        @{ Command = 'Set-ChatAttributeName level -Slot 0'; Answer = 'N'; Asked = 1; Renamed = $false }
        @{ Command = 'Set-ChatAttributeName level -Slot 0'; Answer = 'Y'; Asked = 1; Renamed = $true }
        @{ Command = '"level" | Set-ChatAttributeName -Slot 0'; Answer = 'N'; Asked = 1; Renamed = $false }
        @{ Command = 'Set-ChatAttributeName level -Slot 0 -Force'; Answer = 'N'; Asked = 0; Renamed = $true }
        @{ Command = 'Set-ChatAttributeName level -Slot 0 -Confirm:$false'; Answer = 'N'; Asked = 0; Renamed = $true }
        @{ Command = '$ConfirmPreference = "None"; Set-ChatAttributeName level -Slot 0'; Answer = 'N'; Asked = 0; Renamed = $true }
        @{ Command = 'Set-ChatAttributeName level -Slot 0 -Force -Confirm'; Answer = 'N'; Asked = 1; Renamed = $false }
        @{ Command = 'Set-ChatAttributeName level -Slot 0 -Force -WhatIf'; Answer = 'Y'; Asked = 0; Renamed = $false }
        @{ Command = '$WhatIfPreference = $true; Set-ChatAttributeName level -Slot 0 -Force'; Answer = 'Y'; Asked = 0; Renamed = $false }
    ) {
        $asker.Reset($Answer)
        $run = Invoke-InRunspace $runspace "param(`$Connection) `$PSDefaultParameterValues = @{ '*Chat*:Connection' = `$Connection }; $Command" @{ Connection = $connection }
        $run.Error | Should -BeNullOrEmpty
        $asker.Questions | Should -HaveCount $Asked
        (Get-ChatAttributeName).Name | Should -BeExactly @(($Renamed ? 'level' : 'sex'), 'city')
        @($run.Output.Name) -contains 'level' | Should -Be $Renamed
    }

    It 'is asked about with both names and the app' {
        $asker.Reset('N')
        $null = Invoke-InRunspace $runspace 'param($Connection) Set-ChatAttributeName level -Slot 1 -Connection $Connection' @{ Connection = $connection }
        $asker.Questions | Should -BeLike "*all users*slot 1: 'city' -> 'level' in app 1400000000 ($($emulator.Endpoint.Authority))*"
    }

    It 'stays as it is where nobody can be asked, and the error says -Force' {
        $alone = New-ModuleRunspace
        try {
            $run = Invoke-InRunspace $alone 'param($Connection) Set-ChatAttributeName level -Slot 0 -Connection $Connection' @{ Connection = $connection }
        }
        finally {
            $alone.Dispose()
        }

        $run.Error[0].FullyQualifiedErrorId | Should -BeLike 'NobodyToAsk,*'
        $run.Error[0].ErrorDetails.RecommendedAction | Should -BeLike '*-WhatIf*-Force*'
        (Get-ChatAttributeName).Name | Should -BeExactly @('sex', 'city')
    }

    It 'is not asked about when a free one gets the name: <Command>, <Asked> asked' -ForEach @(
        @{ Command = 'Set-ChatAttributeName level'; Asked = 0 }
        @{ Command = 'Set-ChatAttributeName level -Slot 7'; Asked = 0 }
        @{ Command = 'Set-ChatAttributeName level -Confirm'; Asked = 1 }
        @{ Command = '$ConfirmPreference = "Medium"; Set-ChatAttributeName level'; Asked = 1 }
        @{ Command = '$ConfirmPreference = "Low"; Set-ChatAttributeName level'; Asked = 1 }
        @{ Command = '$ConfirmPreference = "Low"; Set-ChatAttributeName level -Confirm:$false'; Asked = 0 }
    ) {
        $asker.Reset('Y')
        $run = Invoke-InRunspace $runspace "param(`$Connection) `$PSDefaultParameterValues = @{ '*Chat*:Connection' = `$Connection }; $Command" @{ Connection = $connection }
        $run.Output.Name | Should -BeExactly 'level'
        $asker.Questions | Should -HaveCount $Asked
    }
}

Describe 'A name that was given elsewhere' {
    It 'is known before a row is refused for it: <Command>' -ForEach @(
        @{ Command = { Set-ChatUserAttribute administrator @{ NAME = 'x' } } }
        @{ Command = { [pscustomobject]@{ UserId = 'administrator'; NAME = 'x' } | Set-ChatUserAttribute } }
        @{ Command = { [pscustomobject]@{ UserId = 'administrator'; NAME = 'x' } | Sync-ChatUserAttribute } }
        @{ Command = { [pscustomobject]@{ UserId = 'administrator'; NAME = 'x' } | Compare-ChatUserAttribute } }
        @{ Command = { Get-ChatUserAttribute administrator -Name NAME } }
        @{ Command = { Remove-ChatUserAttribute administrator -Name NAME } }
    ) {
        Reset-EmulatorHost $emulator
        $elsewhere = Connect-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $null = Set-ChatUserAttribute administrator @{ city = 'x' }
        $null = Set-ChatAttributeName country -Connection $elsewhere
        $mark = Get-EmulatorMark $emulator
        { . ([scriptblock]::Create($Command.ToString().Replace('NAME', 'country'))) } | Should -Not -Throw
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_get_attr_name' | Should -HaveCount 1
    }

    It 'is looked for once: what the app does not have is refused after one look' {
        Reset-EmulatorHost $emulator
        $null = Connect-EmulatorHost $emulator
        $mark = Get-EmulatorMark $emulator
        { Set-ChatUserAttribute a @{ town = 'x' } } | Should -Throw -ErrorId 'InvalidAttribute,*'
        { Set-ChatUserAttribute a @{ town = 'x' } } | Should -Throw -ErrorId 'InvalidAttribute,*'
        Get-EmulatorCall $emulator -After $mark -Endpoint 'im_get_attr_name' | Should -HaveCount 2
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
        { Set-ChatAttributeName other -Slot 2 -AccountType 0 -Force -ErrorAction Stop } | Should -Throw -ErrorId 'WrongAccountType,*'
    }

    It 'have words, and the service''s own numbers serve as well' {
        (Set-ChatAttributeName device -AccountType RegistrationId).AccountType | Should -Be 1
        (Set-ChatAttributeName person -AccountType UserId).AccountType | Should -Be 0
    }

    It 'come along from another app, for they can never be changed' {
        $other = Connect-Chat -Emulator -AttributeName sex -AttributeService TimPush -PassThru -WarningAction Ignore
        $null = Set-ChatAttributeName device -AccountType RegistrationId -Connection $other
        $here = Connect-EmulatorHost $emulator @{ AttributeService = 'TimPush' }
        (Get-ChatAttributeName -Connection $other | Set-ChatAttributeName -Connection $here).AccountType | Should -Be 1
        $push = Connect-EmulatorHost $emulator
        { Get-ChatAttributeName -Connection $other | Set-ChatAttributeName -Connection $push } | Should -Throw -ErrorId 'WrongAccountType,*' -ExpectedMessage '*TimPush*'
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
