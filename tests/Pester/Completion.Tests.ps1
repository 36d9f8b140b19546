#Requires -Version 7.4
# What Tab offers.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    Connect-Chat -Emulator -AttributeName sex, city, level, 'my attr', "it's" -WarningAction Ignore

    function Get-Completion([string] $Line) {
        @([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText)
    }
}

AfterAll {
    Disconnect-Chat
}

Describe 'Completion' {
    It 'offers the attribute names of the app, quoted where they must be' {
        Get-Completion 'Get-ChatUserAttribute u1 -Name ' | Should -BeExactly @('sex', 'city', 'level', "'my attr'", "'it''s'")
        Get-Completion 'Remove-ChatUserAttribute u1 -Name sex,ci' | Should -BeExactly @('city')
        Get-Completion 'Set-ChatUserAttribute -Property l' | Should -BeExactly @('level')
        Get-Completion 'Sync-ChatUserAttribute -Property s' | Should -BeExactly @('sex')
    }

    It 'offers the names of the connection that is given' {
        $default = Get-ChatConnection
        Connect-Chat -Emulator -AttributeName other -WarningAction Ignore -PassThru | Set-Variable other -Scope Global
        try {
            Get-Completion 'Get-ChatUserAttribute u1 -Name ' | Should -BeExactly @('other')
            Get-Completion 'Get-ChatUserAttribute u1 -Connection $other -Name ' | Should -BeExactly @('other')
        }
        finally {
            Remove-Variable other -Scope Global
            Disconnect-Chat
            $default | Should -Not -BeNullOrEmpty
        }
    }

    It 'offers nothing, at once, where the service cannot be asked' {
        Connect-Chat -SdkAppId 1 -SecretKey (ConvertTo-SecureString 'made-up' -AsPlainText) -Endpoint http://127.0.0.1:9 -SkipCheck
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $offered = Get-Completion 'Get-ChatUserAttribute u1 -Name cit'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 60
        $offered | Should -Not -Contain 'city'
        Disconnect-Chat
    }

    It 'offers the columns of the file that is imported for -UserIdProperty' {
        $file = Join-Path $TestDrive 'people.csv'
        'Login;Staff No;city', 'ann;1;Paris' | Set-Content $file
        'Login,Staff No' | Set-Content (Join-Path $TestDrive 'empty.csv')
        Get-Completion "Import-Csv $file -Delimiter ';' | Set-ChatUserAttribute -UserIdProperty " | Should -BeExactly 'Login', "'Staff No'", 'city'
        Get-Completion "Import-Csv $file -Delimiter ';' | Where-Object city | Remove-ChatAccount -UserIdProperty lo" | Should -BeExactly 'Login'
        $other = Join-Path $TestDrive 'latin1.csv'
        'Prénom,Straße' | Set-Content $other -Encoding latin1
        Get-Completion "Import-Csv $other -Encoding latin1 | Set-ChatUserAttribute -UserIdProperty " | Should -BeExactly 'Prénom', 'Straße'
        Push-Location $TestDrive
        try {
            Get-Completion 'Import-Csv empty.csv | Get-ChatUserAttribute -UserIdProperty s' | Should -BeExactly "'Staff No'"
        }
        finally {
            Pop-Location
        }
    }

    It 'offers no column where none is known: <Line>' -ForEach @(
        @{ Line = 'Set-ChatUserAttribute -UserIdProperty ' }
        @{ Line = 'Import-Csv nowhere.csv | Set-ChatUserAttribute -UserIdProperty ' }
        @{ Line = 'Import-Csv $file | Set-ChatUserAttribute -UserIdProperty ' }
        @{ Line = 'Get-Process | Set-ChatUserAttribute -UserIdProperty ' }
    ) {
        $Error.Clear()
        Get-Completion $Line | Where-Object { $_ -match 'Login|Name' } | Should -BeNullOrEmpty
        $Error | Should -HaveCount 0
    }

    It 'takes the path of -LiteralPath as it stands' {
        Push-Location $TestDrive
        try {
            'Badge,city' | Set-Content -LiteralPath 'br[1].csv'
            'Wrong,city' | Set-Content 'br1.csv'
            Get-Completion "Import-Csv -LiteralPath 'br[1].csv' | Get-ChatUserAttribute -UserIdProperty " | Should -BeExactly 'Badge', 'city'
            Get-Completion "Import-Csv 'br[1].csv' | Get-ChatUserAttribute -UserIdProperty " | Should -BeExactly 'Wrong', 'city'
            Get-Completion "Import-Csv 'br?.csv' | Get-ChatUserAttribute -UserIdProperty " | Should -BeExactly 'Wrong', 'city'
        }
        finally {
            Pop-Location
        }
    }

    It 'reads a little of the file, however long its first line is' {
        $file = Join-Path $TestDrive 'long.csv'
        $writer = [System.IO.StreamWriter]::new($file)
        $writer.Write('Badge,city,')
        1..400 | ForEach-Object { $writer.Write([string]::new('x', 100000)) }
        $writer.Dispose()
        $line = "Import-Csv $file | Get-ChatUserAttribute -UserIdProperty "
        $before = [GC]::GetTotalAllocatedBytes()
        Get-Completion "$($line)b" | Should -BeExactly 'Badge'
        [GC]::GetTotalAllocatedBytes() - $before | Should -BeLessThan 50MB
    }

    It 'offers only whole columns of a header that is longer than what is read' {
        $file = Join-Path $TestDrive 'wide.csv'
        (1..6000 | ForEach-Object { 'column_number_{0:d5}' -f $_ }) -join ',' | Set-Content $file
        $offered = Get-Completion "Import-Csv $file | Get-ChatUserAttribute -UserIdProperty "
        $offered.Count | Should -BeGreaterThan 1000
        $offered.Count | Should -BeLessThan 6000
        @($offered -notmatch '^column_number_\d{5}$') | Should -BeNullOrEmpty
    }

    It 'waits for no pipe: <Path>' -Skip:$IsWindows -ForEach @(@{ Path = 'pipe.csv' }, @{ Path = 'link.csv' }) {
        Push-Location $TestDrive
        try {
            if (-not (Test-Path pipe.csv)) { mkfifo pipe.csv }
            if ($Path -eq 'link.csv') { $null = New-Item -ItemType SymbolicLink link.csv -Value pipe.csv }

            # In a session of its own, so that a completion that hangs can be given up.
            $session = [powershell]::Create()
            $null = $session.AddScript('param($Module, $Folder, $Line) Set-Location $Folder; Import-Module $Module
                [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText').
                AddArgument((Get-StagedManifest)).AddArgument("$TestDrive").AddArgument("Import-Csv $Path | Get-ChatUserAttribute -UserIdProperty ")
            $done = $session.BeginInvoke()
            $isDone = $done.AsyncWaitHandle.WaitOne(60000)
            if (-not $isDone) {
                # Whoever waits at the other end gets an empty file.
                sh -c ': > pipe.csv'
                $session.Stop()
            }

            $isDone | Should -BeTrue
            $session.EndInvoke($done) | Where-Object { $_ -notmatch '\.csv' } | Should -BeNullOrEmpty
            $session.Dispose()
        }
        finally {
            Pop-Location
        }
    }

    It 'writes nothing to the screen and leaves no error, whatever the header is' {
        $headers = 'Login,,city', 'Login,city,login', 'Login,"city', '#TYPE Some.Thing', '', ' Login , "a ""b""",'
        $headers | ForEach-Object { $count = 0 } { $_, 'ann,Paris,x' | Set-Content (Join-Path $TestDrive "header$count.csv"); $count++ }
        $command = {
            $names = 0..5 | ForEach-Object { "header$_.csv" }
            foreach ($path in @($names) + 'nowhere[.csv', 'nodrive:x.csv') {
                $line = "Import-Csv '$path' | Get-ChatUserAttribute -UserIdProperty "
                $offered = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.Where{ $_.ToolTip -match '^column' }
                if ($path -in $names) { "<$($offered.ListItemText -join '|')>" }
            }
            "errors: $($Error.Count)"
        }
        $run = Invoke-FreshPwsh -Command "Import-Module '$(Get-StagedManifest)'; Set-Location '$TestDrive'; $command"
        $run.Error | Should -BeNullOrEmpty
        $told = $run.Output.Trim() -split '\r?\n'
        $told[0, 1] | Should -BeExactly '<Login|city>', '<>'
        $told[-4..-1] | Should -BeExactly '<ann|Paris|x>', '<>', '<Login |a "b">', 'errors: 0'
    }

    It 'offers slots with the names that they have' {
        Connect-Chat -Emulator -AttributeName sex, city -WarningAction Ignore
        $line = 'Set-ChatAttributeName x -Slot '
        $offered = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
        $offered.CompletionText | Should -BeExactly @(0..9 | ForEach-Object { "$_" })
        $offered[0..2].ListItemText | Should -BeExactly @('0 (sex)', '1 (city)', '2')
        $offered[1].ToolTip | Should -BeExactly 'the slot of city'
        Get-Completion 'Set-ChatAttributeName x -Slot 1' | Should -BeExactly '1'
        Disconnect-Chat
        Get-Completion 'Set-ChatAttributeName x -Slot 1' | Should -BeExactly '1'
    }

    It 'offers regions and statuses' {
        Get-Completion 'Connect-Chat -Region S' | Should -BeExactly @('SaudiArabia', 'Seoul', 'SiliconValley', 'Singapore')
        Get-Completion 'Set-ChatUserAttribute x | Where-Object Status -eq U' | Should -BeExactly @('Unchanged', 'Unknown')
    }
}
