#Requires -Version 7.4
# What the documents say of each other: promises, pages of the service, links.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $documents = Get-ChildItem (Join-Path (Get-RepositoryRoot) 'docs') -Filter '*.md' | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $root = Get-RepositoryRoot
    $files = @('src', 'tests', 'docs', 'samples' | ForEach-Object { Get-ChildItem (Join-Path $root $_) -Recurse -Include '*.cs', '*.ps1', '*.psm1', '*.md' }) |
        Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]'

    # Whatever a pattern's first group finds in a file, each once.
    function Find-Text([string] $Path, [string] $Pattern) {
        @([regex]::Matches((Get-Content -Raw $Path), $Pattern) | ForEach-Object { $_.Groups[1].Value } | Select-Object -Unique)
    }
}

Describe 'The promises' {
    BeforeAll {
        $listed = Find-Text (Join-Path $root 'docs' 'promises.md') '(?m)^## (P\d+): '
    }

    It 'are numbered without a gap, and are the same in the README' {
        $listed | Should -BeExactly (1..$listed.Count | ForEach-Object { "P$_" })
        Find-Text (Join-Path $root 'README.md') '(?m)^\* \*\*(P\d+)\*\* ' | Should -BeExactly $listed
    }

    It 'are listed, whoever names one' {
        $named = @($files | ForEach-Object { Find-Text $_.FullName '\b(P\d+)\b' } | Select-Object -Unique)
        $named.Count | Should -BeGreaterThan 9
        $named | Where-Object { $_ -cnotin $listed } | Should -BeNullOrEmpty
    }
}

Describe 'The pages of the service' {
    BeforeAll {
        $table = Join-Path $root 'docs' 'service-pages.md'
        $listed = @([regex]::Matches((Get-Content -Raw $table), '\[(\d{5})\]\(https://trtc\.io/document/(\d{5})\)') | ForEach-Object {
                $_.Groups[1].Value | Should -BeExactly $_.Groups[2].Value
                $_.Groups[1].Value
            })
    }

    It 'are in the table, each once' {
        $listed.Count | Should -BeGreaterThan 30
        $listed | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
    }

    It 'are in the table when anything refers to one' {
        $cited = @(foreach ($file in $files) {
                foreach ($use in Find-Text $file.FullName '\b[Pp]ages? (\d{5}(?:(?:, | and )\d{5})*)') { $use -split ', | and ' }
            }) | Select-Object -Unique
        $cited.Count | Should -BeGreaterThan 20
        $cited | Where-Object { $_ -notin $listed } | Should -BeNullOrEmpty
    }
}

Describe 'docs/<Name>' -ForEach $documents {
    It 'links to files that are there' {
        foreach ($target in Find-Text $Path '\]\((?!https?:)([^)#]+)\)') {
            Join-Path (Split-Path $Path) $target | Should -Exist
        }
    }
}

Describe 'The words' {
    It 'are those of the glossary in everything that a user reads' {
        $texts = @('README.md', 'CHANGELOG.md', 'TencentChat.psd1' | ForEach-Object { Join-Path $root $_ }) +
            @('docs', 'samples' | ForEach-Object { Get-ChildItem (Join-Path $root $_) -Recurse -Include '*.md', '*.ps1' | ForEach-Object FullName })
        $odd = 'Left alone', 'for ever', 'worthless', 'truth value', 'half a character', 'a result a row', 'one result a row', 'errors of the moment', 'told, not guessed'
        $texts.Count | Should -BeGreaterThan 20
        $texts | Select-String -SimpleMatch -Pattern $odd | ForEach-Object { "$($_.Path):$($_.LineNumber): $($_.Line)" } | Should -BeNullOrEmpty
    }
}

Describe 'The code that is shown' {
    It 'loses no results when a run is stopped: nothing is assigned from a cmdlet that changes users' {
        Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
        $pages = @(Join-Path $root 'README.md') + (Get-ChildItem (Join-Path $root 'docs' 'en-US') -Filter '*.md').FullName
        $texts = @($pages | ForEach-Object { (Get-CodeBlock $_ | Where-Object Language -EQ 'powershell').Text }) +
            @(Get-ChildItem (Join-Path $root 'samples' 'runbooks') -Filter '*.ps1' | Get-Content -Raw)
        $texts.Count | Should -BeGreaterThan 60
        foreach ($text in $texts) {
            $tree = [System.Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$null)
            foreach ($assignment in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.AssignmentStatementAst] }, $true)) {
                $commands = $assignment.Right.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | ForEach-Object { $_.GetCommandName() }
                $commands | Where-Object { $_ -match '^(Set|Sync|Remove|Import|Revoke)-Chat(User|Account|Login)' } | Should -BeNullOrEmpty -Because "$assignment"
            }
        }
    }
}
