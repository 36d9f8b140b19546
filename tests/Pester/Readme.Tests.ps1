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
        'UserId,sex,city,level', 'ann,female,Paris,3', ',,Rome,1', 'bob,male,Lima,7' | Set-Content (Join-Path $folder 'users.csv')
        'UserId', 'ann' | Set-Content (Join-Path $folder 'leavers.csv')
        $session = New-DocSession -Folder $folder -EmulatorHost $emulator -UserSig 'none'
        $run = $null
    }

    AfterAll {
        if ($session) { $session.Dispose() }
        Stop-EmulatorHost $emulator
        Get-ChildItem Env:TENCENTCHAT_* | Where-Object Name -NotLike 'TENCENTCHAT_TEST_*' | Remove-Item
        $environment | ForEach-Object { Set-Item "Env:$($_.Name)" $_.Value }
    }

    It 'is true in <Name>' -ForEach $blocks {
        switch ($Language) {
            'powershell' {
                $run = Invoke-DocCommand $session $Text
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
        # The row without an id; and ann, whom the section before has deleted.
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
