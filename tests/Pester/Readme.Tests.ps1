#Requires -Version 7.4
# The README's commands are run, in their order, in one session. Those for the cloud go to the emulator over a socket.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    $page = Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'README.md'
    $previous = $null
    $blocks = foreach ($block in Get-CodeBlock $page) {
        @{
            Name     = "$($block.Heading), line $($block.Line)"
            Language = $block.Language
            Text     = $block.Text
            After    = $previous
        }
        $previous = $block.Language
    }
    $links = [regex]::Matches((Get-Content -Raw $page), '\]\((?!https?:)([^)#]+)\)') | ForEach-Object { @{ Target = $_.Groups[1].Value } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    $root = Get-RepositoryRoot
}

Describe 'The README' {
    BeforeAll {
        $emulator = Start-EmulatorHost -AttributeName sex
        $environment = Get-ChildItem Env:TENCENTCHAT_*
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'readme')).FullName
        Copy-Item (Join-Path (Split-Path (Get-StagedManifest)) '*') $folder -Recurse
        $null = New-Item -ItemType Directory (Join-Path $folder 'samples')
        Copy-Item (Join-Path $root 'samples' 'users.csv') (Join-Path $folder 'samples')
        'UserId,sex,city,level', 'ann,female,Paris,3', ',,Rome,1', 'bob,male,Lima,7', 'eve,,,' | Set-Content (Join-Path $folder 'users.csv')
        'UserId', 'ann' | Set-Content (Join-Path $folder 'leavers.csv')
        $script:session = New-DocSession -Folder $folder -EmulatorHost $emulator -UserSig 'none'
        $run = $null
    }

    AfterAll {
        if ($script:session) { $script:session.Dispose() }
        Stop-EmulatorHost $emulator
        Get-ChildItem Env:TENCENTCHAT_* | Where-Object Name -NotLike 'TENCENTCHAT_TEST_*' | Remove-Item
        $environment | ForEach-Object { Set-Item "Env:$($_.Name)" $_.Value }
    }

    It 'is true in <Name>' -ForEach $blocks {
        switch ($Language) {
            'powershell' {
                # A runbook is a session of its own: in this one Connect-Chat was called, so the environment counts no more.
                if ($Name -like 'In a runbook*') {
                    $script:session.Dispose()
                    $script:session = New-DocSession -Folder $folder -EmulatorHost $emulator -UserSig 'none' -ModuleManifest (Join-Path $folder 'TencentChat.psd1')
                }

                $run = Invoke-DocCommand $script:session $Text
                # A bad row of the file is part of the story; anything else is a mistake of the page.
                $run.Errors | Where-Object { $_.Exception.GetType().Name -ne 'ChatRowException' } | Should -BeNullOrEmpty -Because $Text
                Set-Variable run $run -Scope Script
            }
            'text' {
                $After | Should -BeExactly 'powershell' -Because 'what is shown is what the block above it prints'
                Get-VisibleText $script:run.Output | Should -BeExactly (Get-VisibleText $Text)
            }
            'shell' {
                foreach ($line in $Text -split '\n') {
                    $line | Should -MatchExactly '^\./build\.sh \w+$'
                    $task = ($line -split ' ')[1]
                    (Get-Command (Join-Path $root 'build.ps1')).Parameters['Task'].Attributes.ValidValues | Should -Contain $task
                    Get-Content -Raw (Join-Path $root 'build.sh') | Should -MatchExactly "(?m)^  $($task.ToLowerInvariant())\)" -Because 'it works without PowerShell too'
                }
            }
            default {
                throw "Nobody checks a block of the kind '$Language'."
            }
        }
    }

    It 'has the rows that failed in the files that it writes' {
        # The row without an id; and ann, whom the section before has deleted. The row without a value is done.
        (Import-Csv (Join-Path $folder 'todo.csv')).city | Should -BeExactly 'Paris', 'Rome'
    }

    It 'has reached the service with its commands for the cloud' {
        $calls = Get-EmulatorCall $emulator | Where-Object Code -EQ 0 | ForEach-Object { Split-Path -Leaf $_.Path }
        foreach ($command in 'account_check', 'im_get_attr_name', 'im_set_attr_name', 'im_set_attr', 'account_delete') {
            $calls | Should -Contain $command
        }
    }

    It 'names every cmdlet of the module in its table, and no other' {
        $named = [regex]::Matches((Get-Content -Raw (Join-Path $root 'README.md')), '(?m)^\| `([A-Z]\w+-\w+)` \|') | ForEach-Object { $_.Groups[1].Value }
        $named | Sort-Object | Should -BeExactly ((Import-PowerShellDataFile (Get-StagedManifest)).CmdletsToExport | Sort-Object)
    }

    It 'links to <Target>, which is there' -ForEach $links {
        Join-Path $root $Target | Should -Exist
    }
}

Describe 'The runbook of the README, when the run is stopped' {
    BeforeAll {
        $emulator = Start-EmulatorHost -AttributeName city
        $environment = Get-ChildItem Env:TENCENTCHAT_*
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'stopped')).FullName
        New-TestRow 1000 | Export-Csv (Join-Path $folder 'users.csv')
        $session = New-DocSession -Folder $folder -EmulatorHost $emulator -UserSig 'none' -ModuleManifest (Get-StagedManifest)
        $text = (Get-CodeBlock (Join-Path $root 'README.md') | Where-Object { $_.Heading -eq 'In a runbook' -and $_.Language -eq 'powershell' }).Text
        Add-EmulatorFault $emulator 'im_set_attr:90045:0.3'
        $run = Invoke-DocCommand $session "`$results = 'of an earlier run'`n$text`n`$wentOn = `$true"
        $results = @($session.Runspace.SessionStateProxy.GetVariable('results'))
    }

    AfterAll {
        if ($session) { $session.Dispose() }
        Stop-EmulatorHost $emulator
        Get-ChildItem Env:TENCENTCHAT_* | Where-Object Name -NotLike 'TENCENTCHAT_TEST_*' | Remove-Item
        $environment | ForEach-Object { Set-Item "Env:$($_.Name)" $_.Value }
    }

    It 'keeps the result of every row (P1, P7)' {
        $results | Should -HaveCount 1000
        $results.Row | Should -Be (1..1000)
        $results.Status | Select-Object -Unique | Should -Contain 'Failed'
    }

    It 'leaves every row that the app does not have' {
        $held = Get-EmulatorAccount $emulator
        $lack = @(Import-Csv (Join-Path $folder 'users.csv') | Where-Object { -not $held.ContainsKey($_.UserId) })
        $lack.Count | Should -BeGreaterThan 99
        (Import-Csv (Join-Path $folder 'todo.csv')).UserId | Should -BeExactly $lack.UserId
    }

    It 'ends with the error that stopped the run, and does not go on' {
        $run.Errors.FullyQualifiedErrorId | Should -BeLike 'FeatureNotEnabled*'
        $session.Runspace.SessionStateProxy.GetVariable('wentOn') | Should -BeNullOrEmpty
    }
}
