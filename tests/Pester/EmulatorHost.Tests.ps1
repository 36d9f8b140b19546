#Requires -Version 7.4
# The emulator as a web server, as the other Pester files use it.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
}

Describe 'The emulator as a web server' {
    BeforeAll {
        $emulator = Start-EmulatorHost -SdkAppId 1400123456 -AttributeName sex, city
        $other = Start-EmulatorHost

        # One that makes up its key, with all that it says.
        function Start-TalkingHost([string[]] $ArgumentList) {
            $configuration = $env:TENCENTCHAT_TEST_CONFIGURATION ? $env:TENCENTCHAT_TEST_CONFIGURATION : 'Release'
            $assembly = [System.IO.Path]::Combine((Get-RepositoryRoot), 'src', 'TencentChat.Emulator.Host', 'bin', $configuration, 'net10.0', 'TencentChat.Emulator.Host.dll')
            $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet', [string[]](@($assembly, '--port', '0') + $ArgumentList))
            $start.RedirectStandardOutput = $true
            $start.Environment['TENCENTCHAT_EMULATOR_SECRETKEY'] = ''
            $process = [System.Diagnostics.Process]::Start($start)
            $last = $ArgumentList -contains '0.0.0.0' ? '^Whoever' : '^Connect-Chat'
            $lines = @(do { ($line = $process.StandardOutput.ReadLine()) } until ($null -eq $line -or $line -match $last))
            $pasted = @($lines -match '^(\$|Connect-Chat)')
            $connects = @($pasted -match '^Connect-Chat')
            $near = $pasted.IndexOf($connects[0])
            [pscustomobject]@{ Process = $process; Lines = $lines; Near = $pasted[0..$near]; Far = @($pasted | Select-Object -Skip ($near + 1)) }
        }

        function Test-IPv6 {
            $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::IPv6Loopback, 0)
            try {
                $listener.Start()
                $true
            }
            catch [System.Net.Sockets.SocketException] {
                $false
            }
            finally {
                $listener.Dispose()
            }
        }

        function Invoke-Pasted([string[]] $Line) {
            $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath, [string[]]('-NoProfile', '-NonInteractive', '-Command', '-'))
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $start.Environment['NO_COLOR'] = '1'
            $process = [System.Diagnostics.Process]::Start($start)
            $process.StandardInput.Write((@("Import-Module '$(Get-StagedManifest)'") + $Line -join "`n") + "`n")
            $process.StandardInput.Close()
            $errors = $process.StandardError.ReadToEndAsync()
            $process.StandardOutput.ReadToEnd() -split "`r?`n" -ne ''
            $process.WaitForExit()
            $errors.Result -split "`r?`n" -ne ''
        }
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

    # What a terminal sends when somebody pastes: one line after the other, each of which must be a whole command.
    It 'prints what connects to it when it is pasted, <What>' -ForEach @(
        @{ What = 'here'; Arguments = @(); Place = '^http://127\.0\.0\.1:\d+/$' }
        @{ What = 'at all addresses'; Arguments = '--listen', '0.0.0.0'; Place = '^http://127\.0\.0\.1:\d+/$' }
        @{ What = 'at IPv6 for another admin'; Arguments = '--listen', '::1', '--admin', "o'hara"; Place = '^http://\[::1\]:\d+/$' }
    ) {
        if ('::1' -in $Arguments -and -not (Test-IPv6)) {
            Set-ItResult -Skipped -Because 'this machine has no IPv6 loopback'
            return
        }

        $talking = Start-TalkingHost $Arguments
        try {
            $talking.Lines | Where-Object Length -GT 79 | Should -BeNullOrEmpty
            $said = @(Invoke-Pasted ($talking.Near + '(Get-ChatConnection).Host.AbsoluteUri; (Get-ChatAttributeName | Measure-Object).Count'))
            $said | Should -HaveCount 2 -Because ($said -join "`n")
            $said[0] | Should -Match $Place
            $said[1] | Should -Be 0
        }
        finally {
            Stop-EmulatorHost $talking
        }
    }

    It 'prints for other machines what goes to them unencrypted knowingly' {
        $talking = Start-TalkingHost '--listen', '0.0.0.0'
        try {
            $talking.Far[-1] | Should -Match ' -AllowUnencrypted$'
            # Nobody is to be asked beyond this machine.
            $said = Invoke-Pasted ($talking.Far[0..($talking.Far.Count - 2)] + "$($talking.Far[-1]) -SkipCheck" + '(Get-ChatConnection).Host.Host')
            $said | Should -Be ([System.Net.Dns]::GetHostName())
            $talking.Lines[-1] | Should -Be "Whoever sees the network's traffic can read the admin's signature in it."
        }
        finally {
            Stop-EmulatorHost $talking
        }
    }

    It 'is gone when it is stopped' {
        $short = Start-EmulatorHost
        $id = $short.Process.Id
        Stop-EmulatorHost $short
        Get-Process -Id $id -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}
