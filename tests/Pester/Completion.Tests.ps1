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
