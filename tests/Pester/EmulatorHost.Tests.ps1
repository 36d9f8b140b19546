#Requires -Version 7.4
# The emulator as a web server, as the other Pester files use it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
}

Describe 'The emulator as a web server' {
    BeforeAll {
        $emulator = Start-EmulatorHost -SdkAppId 1400123456 -AttributeName sex, city
        $other = Start-EmulatorHost
    }

    AfterAll {
        Stop-EmulatorHost $emulator
        Stop-EmulatorHost $other
    }

    It 'listens on the loopback interface, each on a port of its own' {
        $emulator.Endpoint.IsLoopback | Should -BeTrue
        $emulator.Endpoint | Should -Not -Be $other.Endpoint
    }

    It 'answers over HTTP 200 what is wrong with a call, and keeps the call in its journal' {
        $query = "sdkappid=$($emulator.SdkAppId)&identifier=administrator&usersig=none&random=1&contenttype=json"
        $answer = Invoke-WebRequest "$($emulator.Endpoint)v4/all_member_push/im_get_attr_name?$query" -Method Post -Body '{}' -NoProxy
        $answer.StatusCode | Should -Be 200
        ($answer.Content | ConvertFrom-Json).ErrorCode | Should -Be 70003
        Get-EmulatorCall $emulator | Should -HaveCount 1
        Get-EmulatorCall $other | Should -HaveCount 0
    }

    It 'holds the attribute names that it was started with' {
        (Invoke-WebRequest "$($emulator.Control)state" -NoProxy).Content | Should -MatchExactly '"city"'
    }

    It 'is gone when it is stopped' {
        $short = Start-EmulatorHost
        $id = $short.Process.Id
        Stop-EmulatorHost $short
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
