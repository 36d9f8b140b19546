#Requires -Version 7.4
# The runbooks in samples/runbooks as a scheduler starts them: a fresh PowerShell without profile and without anybody to ask.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $runbooks = Join-Path (Get-RepositoryRoot) 'samples' 'runbooks'
    $emulator = Start-EmulatorHost -AttributeName city, level, sex
    # The folder above the module's own: the scripts find the module as an installed one.
    $modules = Split-Path (Split-Path (Split-Path (Get-StagedManifest)))
    $environment = @{
        PSModulePath          = $modules, $env:PSModulePath -join [System.IO.Path]::PathSeparator
        TENCENTCHAT_SDKAPPID  = '1400000000'
        TENCENTCHAT_SECRETKEY = Get-TestKey
        TENCENTCHAT_ENDPOINT  = $emulator.Endpoint
    }

    function Start-Runbook([string] $Name, [string] $Path, [hashtable] $With = @{}, [string] $Before = '') {
        $all = $environment.Clone()
        $With.Keys | ForEach-Object { $all[$_] = $With[$_] }
        $run = Invoke-FreshPwsh "`$ErrorActionPreference = 'Stop'; $Before & '$runbooks/$Name.ps1' -Path '$Path'; exit `$LASTEXITCODE" -Environment $all -TimeoutSec 300
        "$($run.Output) $($run.Error)" | Should -Not -Match (Get-TestKey) -Because 'keys are shown nowhere (P9)'
        return $run
    }

    function New-Table([string] $Path, [int] $Count) {
        1..$Count | ForEach-Object { [pscustomobject]@{ UserId = "user$_"; city = 'Paris'; level = "$_" } } | Export-Csv $Path
    }

    function Get-ChangingCall([long] $After) {
        @(Get-EmulatorCall $emulator -After $After | Where-Object Endpoint -in 'im_set_attr', 'im_remove_attr')
    }

    # What the app lacks of the table.
    function Get-Lack([string] $Path) {
        $held = Get-EmulatorAccount $emulator
        @(Import-Csv $Path | Where-Object { -not $held.ContainsKey($_.UserId) -or $held[$_.UserId].city -cne $_.city -or $held[$_.UserId].level -cne $_.level })
    }
}

AfterAll {
    Stop-EmulatorHost $emulator
}

Describe 'Sync-UserTable' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $table = Join-Path $folder 'users.csv'
        New-Table $table 250
        # Known users: the emulator, like the service, reads nobody whom it does not know.
        $null = Connect-EmulatorHost $emulator
        $null = (Import-Csv $table).UserId | Set-ChatUserAttribute -Attribute @{ sex = 'x' } -ErrorAction Stop
    }

    BeforeAll {
        Import-StagedModule
    }

    AfterAll {
        Disconnect-Chat
    }

    It 'ends with 0 and a report when all rows are done, and changes nothing the second time' {
        $run = Start-Runbook Sync-UserTable $table
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        $run.Output | Should -BeLike '250 rows were changed, 0 were right already, 0 are left.*'
        Get-Lack $table | Should -HaveCount 0
        $report = Import-Csv (Join-Path $folder 'users.report.csv')
        $report | Should -HaveCount 250
        $report.UserId | Should -BeExactly (Import-Csv $table).UserId
        Join-Path $folder 'users.todo.csv' | Should -Not -Exist

        $mark = Get-EmulatorMark $emulator
        (Start-Runbook Sync-UserTable $table).ExitCode | Should -Be 0
        Get-ChangingCall $mark | Should -HaveCount 0
    }

    It 'ends with 1 and leaves the failed rows as they came' {
        Add-Content $table '"nobody","Rome","1"', "`"user1`",`"$('x' * 51)`",`"7`""
        $run = Start-Runbook Sync-UserTable $table
        $run.ExitCode | Should -Be 1 -Because "$($run.Output) $($run.Error)"
        $todo = Import-Csv (Join-Path $folder 'users.todo.csv')
        $todo.UserId | Should -BeExactly 'user1', 'nobody', 'user1' -Because 'the rows of a user count together'
        $todo[1].city | Should -BeExactly 'Rome'
        (Import-Csv (Join-Path $folder 'users.report.csv') | Where-Object Status -eq Failed).ErrorId | Should -BeExactly 'OtherRowFailed', 'AccountNotFound', 'InvalidAttributeValue'
        Get-Lack $table | Where-Object UserId -notin 'nobody', 'user1' | Should -BeNullOrEmpty
    }

    It 'ends with 2 when it cannot begin: <Case>' -ForEach @(
        @{ Case = 'a wrong key'; With = @{ TENCENTCHAT_SECRETKEY = 'f' * 64 }; Text = 'key|signature' }
        @{ Case = 'no settings'; With = @{ TENCENTCHAT_SDKAPPID = '' }; Text = 'TENCENTCHAT_SDKAPPID' }
    ) {
        $mark = Get-EmulatorMark $emulator
        $run = Start-Runbook Sync-UserTable $table -With $With
        $run.ExitCode | Should -Be 2
        $run.Error | Should -Match $Text
        Get-ChangingCall $mark | Should -HaveCount 0
    }

    It 'ends with 2 for a file that is not there, and for one with an unknown column' {
        (Start-Runbook Sync-UserTable (Join-Path $folder 'none.csv')).ExitCode | Should -Be 2
        'UserId,town', 'user1,Rome' | Set-Content $table
        $run = Start-Runbook Sync-UserTable $table
        $run.ExitCode | Should -Be 2
        $run.Error | Should -Match "'?town"
    }

    It 'ends with 2 when the run is given up, with every row in the report and the rest to do again' {
        Add-EmulatorFault $emulator 'im_set_attr:90045:1'
        $run = Start-Runbook Sync-UserTable $table
        $run.ExitCode | Should -Be 2
        $run.Error | Should -Match 'console'
        Import-Csv (Join-Path $folder 'users.report.csv') | Should -HaveCount 250
        Import-Csv (Join-Path $folder 'users.todo.csv') | Should -HaveCount 250

        Clear-EmulatorFault $emulator
        (Start-Runbook Sync-UserTable (Join-Path $folder 'users.todo.csv')).ExitCode | Should -Be 0
        Get-Lack $table | Should -HaveCount 0
    }

    It 'may be killed and started again' {
        New-Table $table 2000
        $null = (Import-Csv $table).UserId | Set-ChatUserAttribute -Attribute @{ sex = 'x' } -ErrorAction Stop
        $mark = Get-EmulatorMark $emulator
        # Five calls pass, a millisecond late, and all others are sent away: the job is in its middle until it is killed.
        Add-EmulatorFault $emulator 'im_set_attr:delay:1:1' -Limit 5
        Add-EmulatorFault $emulator 'im_set_attr:60007:1'
        $start = [System.Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
        if ([System.IO.Path]::GetFileNameWithoutExtension($start.FileName) -eq 'dotnet') {
            $start.ArgumentList.Add((Join-Path $PSHOME 'pwsh.dll'))
        }
        '-NoProfile', '-NonInteractive', '-File', "$runbooks/Sync-UserTable.ps1", '-Path', $table | ForEach-Object { $start.ArgumentList.Add($_) }
        $environment.Keys | ForEach-Object { $start.Environment[$_] = [string]$environment[$_] }
        $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $job = [System.Diagnostics.Process]::Start($start)
        try {
            Wait-Until { Get-ChangingCall $mark | Where-Object Code -EQ 0 } 'the first change'
            $job.HasExited | Should -BeFalse
        }
        finally {
            $job.Kill($true)
            $job.WaitForExit()
            $job.Dispose()
        }

        Clear-EmulatorFault $emulator
        # What the job had sent when it ended has arrived before these.
        1..5 | ForEach-Object { $null = Get-ChatAttributeName }
        $lack = (Get-Lack $table).Count
        $lack | Should -BeGreaterThan 0
        $lack | Should -BeLessThan 2000
        $mark = Get-EmulatorMark $emulator
        $run = Start-Runbook Sync-UserTable $table
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        Get-Lack $table | Should -HaveCount 0
        # Only what was missing was sent.
        (Get-ChangingCall $mark | ForEach-Object { $_.Accounts.Count } | Measure-Object -Sum).Sum | Should -Be $lack
    }

    It 'takes its connection from the variables of an Automation account' {
        $variables = @{ TEST_SDKAPPID = '1400000000'; TEST_SECRETKEY = Get-TestKey; TEST_ENDPOINT = $emulator.Endpoint; TENCENTCHAT_SDKAPPID = ''; TENCENTCHAT_SECRETKEY = ''; TENCENTCHAT_ENDPOINT = '' }
        $before = 'function global:Get-AutomationVariable([string] $Name) { [Environment]::GetEnvironmentVariable(($Name -replace "^TENCENTCHAT", "TEST")) };'
        $run = Start-Runbook Sync-UserTable $table -With $variables -Before $before
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        Get-Lack $table | Should -HaveCount 0
    }

    Context 'rehearsed by Test-UserTable' {
        It 'tells what would change, writes a plan and changes nothing' {
            $null = Import-Csv $table | Select-Object -SkipLast 2 | Set-ChatUserAttribute
            $mark = Get-EmulatorMark $emulator
            $run = Start-Runbook Test-UserTable $table
            $run.ExitCode | Should -Be 1 -Because "$($run.Output) $($run.Error)"
            $run.Output | Should -BeLike '*2 rows would be changed, 248 are right already, 0 could not be checked.*'
            Get-ChangingCall $mark | Should -HaveCount 0
            $plan = Join-Path $folder 'users.plan.csv'
            (Import-Csv $plan).UserId | Should -BeExactly 'user249', 'user249', 'user250', 'user250'
            (Import-Csv $plan | Sync-ChatUserAttribute -Plan).Status | Select-Object -Unique | Should -Be 'Succeeded'
            Get-Lack $table | Should -HaveCount 0

            (Start-Runbook Test-UserTable $table).ExitCode | Should -Be 0
            $plan | Should -Not -Exist
        }

        It 'says of a table whose users come twice that nothing would change, when it has been applied (P3)' {
            $twice = Join-Path $folder 'twice.csv'
            'UserId,city,level', 'user1,A,1', 'user2,B,2', 'user1,B,', 'user1,,3' | Set-Content $twice
            $null = 'user1', 'user2' | Set-ChatUserAttribute -Attribute @{ city = 'old' }
            (Start-Runbook Test-UserTable $twice).ExitCode | Should -Be 1
            (Import-Csv (Join-Path $folder 'twice.plan.csv') | Sync-ChatUserAttribute -Plan).Status | Select-Object -Unique | Should -Be 'Succeeded'
            $run = Start-Runbook Test-UserTable $twice
            $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        }

        It 'counts a user that could not be read, and does not say that nothing would change' {
            $null = Import-Csv $table | Set-ChatUserAttribute
            Add-EmulatorFault $emulator 'im_get_attr:91000:1'
            $run = Start-Runbook Test-UserTable $table -Before 'Connect-Chat -MaxRetry 0;'
            $run.ExitCode | Should -Be 1 -Because "$($run.Output) $($run.Error)"
            $run.Output | Should -BeLike "*Row 250, user 'user250': *91000*"
            $run.Output | Should -BeLike '*0 rows would be changed, 0 are right already, 250 could not be checked.*'
        }

        It 'ends with 2 when it cannot begin' {
            $run = Start-Runbook Test-UserTable $table -With @{ TENCENTCHAT_SECRETKEY = 'f' * 64 }
            $run.ExitCode | Should -Be 2
            $run.Error | Should -Match 'key|signature'
            $run.Error | Should -Match 'Connect again' -Because 'it says what to do'
        }
    }
}

Describe 'Set-UserTableInApps' {
    BeforeAll {
        $second = Start-EmulatorHost -AttributeName city, level -SdkAppId 1400000001
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'apps')).FullName
        $apps = Join-Path $folder 'apps.csv'
        New-Table (Join-Path $folder 'first.csv') 30
        New-Table (Join-Path $folder 'second.csv') 40
    }

    BeforeEach {
        Reset-EmulatorHost $emulator
        Reset-EmulatorHost $second
        "SdkAppId,Endpoint,KeyVariable,File", "1400000000,$($emulator.Endpoint),FIRST_KEY,first.csv", "1400000001,$($second.Endpoint),SECOND_KEY,second.csv" | Set-Content $apps
    }

    AfterAll {
        Stop-EmulatorHost $second
    }

    It 'serves every app with its own key and file' {
        $run = Start-Runbook Set-UserTableInApps $apps -With @{ FIRST_KEY = Get-TestKey; SECOND_KEY = Get-TestKey }
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        (Get-EmulatorAccount $emulator).Count | Should -BeGreaterOrEqual 30
        (Get-EmulatorAccount $second)['user40'].level | Should -BeExactly '40'
        (Get-EmulatorAccount $emulator).ContainsKey('user40') | Should -BeFalse
        Get-ChildItem $folder -Filter '*.todo.csv' | Should -BeNullOrEmpty
    }

    It 'goes on with the next app when one cannot be served, and ends with 2' {
        $run = Start-Runbook Set-UserTableInApps $apps -With @{ FIRST_KEY = 'f' * 64; SECOND_KEY = Get-TestKey }
        $run.ExitCode | Should -Be 2 -Because "$($run.Output) $($run.Error)"
        $run.Output | Should -Match 'key|signature'
        (Get-EmulatorAccount $second)['user40'].level | Should -BeExactly '40'
        @(Get-EmulatorCall $emulator -Endpoint 'im_set_attr') | Should -HaveCount 0
    }

    It 'ends with 2 for a key that is not there' {
        $run = Start-Runbook Set-UserTableInApps $apps -With @{ FIRST_KEY = Get-TestKey }
        $run.ExitCode | Should -Be 2
        $run.Output | Should -Match 'SECOND_KEY'
        (Get-EmulatorAccount $emulator)['user30'].level | Should -BeExactly '30'
    }

    It 'counts a row without a value as done' {
        'UserId,city,level', 'user1,Paris,1', 'user2,,' | Set-Content (Join-Path $folder 'gaps.csv')
        'SdkAppId,Endpoint,KeyVariable,File', "1400000000,$($emulator.Endpoint),FIRST_KEY,gaps.csv" | Set-Content $apps
        $run = Start-Runbook Set-UserTableInApps $apps -With @{ FIRST_KEY = Get-TestKey }
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        $run.Output | Should -BeLike '*: 2 rows, 0 are left.*'
        Join-Path $folder 'gaps.todo.csv' | Should -Not -Exist
    }

    It 'leaves every row that was not sent when a run is stopped' {
        New-Table (Join-Path $folder 'many.csv') 500
        'SdkAppId,Endpoint,KeyVariable,File', "1400000000,$($emulator.Endpoint),FIRST_KEY,many.csv" | Set-Content $apps
        Add-EmulatorFault $emulator 'im_set_attr:90045:0.5'
        $run = Start-Runbook Set-UserTableInApps $apps -With @{ FIRST_KEY = Get-TestKey }
        $run.ExitCode | Should -Be 2 -Because "$($run.Output) $($run.Error)"
        $left = Get-Lack (Join-Path $folder 'many.csv')
        $left.Count | Should -BeGreaterThan 0
        (Import-Csv (Join-Path $folder 'many.todo.csv')).UserId | Should -BeExactly $left.UserId
        $run.Output | Should -BeLike "*: 500 rows, $($left.Count) are left. Ended early: *90045*console*"
    }

    It 'ends with 1 and leaves the failed rows beside the file' {
        Add-Content (Join-Path $folder 'second.csv') "`"user1`",`"$('x' * 51)`",`"7`""
        $run = Start-Runbook Set-UserTableInApps $apps -With @{ FIRST_KEY = Get-TestKey; SECOND_KEY = Get-TestKey }
        $run.ExitCode | Should -Be 1 -Because "$($run.Output) $($run.Error)"
        (Import-Csv (Join-Path $folder 'second.todo.csv')).level | Should -BeExactly '7'
        Join-Path $folder 'first.todo.csv' | Should -Not -Exist
    }
}
