#Requires -Version 7.4
# What a person sees of each type that the module writes: one line a row at a hundred columns, failures that stand out,
# columns that line up under wide letters.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    $connection = Connect-Chat -Emulator -AttributeName sex, city, level -PassThru -WarningAction Ignore

    $wide = '田中太郎' + ('さ' * 6)
    $long = 'a' * 32
    $rows = foreach ($id in 'ann', $wide, $long) {
        [pscustomobject]@{ UserId = $id; sex = 'f'; city = '北京'; level = '1' }
    }
    $rows += [pscustomobject]@{ UserId = 'bad'; sex = 'f'; city = 'x' * 60; level = '2' }
    $set = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue -InformationVariable information
    $summary = $information.MessageData | Where-Object { $_ -is [TencentChat.PowerShell.Output.RunSummary] } | Select-Object -First 1

    $shown = [ordered]@{
        'a result'             = $set
        'attributes'           = 'ann', $wide, 'missing' | Get-ChatUserAttribute -ErrorAction SilentlyContinue
        'a difference'         = [pscustomobject]@{ UserId = $wide; city = 'Lima' } | Compare-ChatUserAttribute
        'a synchronized row'   = [pscustomobject]@{ UserId = 'ann'; city = 'Lima' }, [pscustomobject]@{ UserId = $wide; city = '北京' } | Sync-ChatUserAttribute
        'an account'           = 'ann', 'missing' | Get-ChatAccount
        'an online status'     = 'ann', 'missing' | Get-ChatOnlineStatus -ErrorAction SilentlyContinue
        'an attribute name'    = Get-ChatAttributeName
        'the connection'       = $connection
    }

    function Get-Line($Object, [int] $Width = 100) {
        @(($Object | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() })
    }

    # Letters of the far east take two columns of a terminal.
    function Measure-Cell([string] $Text) {
        ($Text.ToCharArray() | ForEach-Object { [int]$_ -ge 0x2E80 ? 2 : 1 } | Measure-Object -Sum).Sum
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Disconnect-Chat
}

Describe 'The table of <_>' -ForEach 'a result', 'attributes', 'a difference', 'a synchronized row', 'an account', 'an online status', 'an attribute name', 'the connection' {
    It 'is a table with one line for each row, also at a hundred columns' {
        $objects = @($shown[$_])
        $objects.Count | Should -BeGreaterThan 0
        $lines = Get-Line $objects
        $lines | Should -HaveCount ($objects.Count + 2)
        $lines | ForEach-Object { Measure-Cell $_ | Should -BeLessOrEqual 100 }
        $lines[1] | Should -Match '^[- ]+$'
    }

    It 'is made by a view of the module' {
        $type = @($shown[$_])[0].PSObject.TypeNames
        Get-FormatData -TypeName $type -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty
    }

    It 'has a list that names what the table leaves out' {
        $list = @($shown[$_])[0] | Format-List | Out-String -Width 100
        $list | Should -Match '(?m)^\w+\s+: '
    }
}

Describe 'Columns' {
    It 'line up under wide letters' {
        $lines = Get-Line $set
        $column = $lines[0].IndexOf('Status')
        $column | Should -BeGreaterThan 0
        foreach ($line in $lines[2..4]) {
            Measure-Cell $line.Substring(0, $line.IndexOf('Succeeded')) | Should -Be $column -Because $line
        }
    }

    It 'keep an id of 32 letters whole' {
        (Get-Line $set) -match $long | Should -HaveCount 1
    }
}

Describe 'A failed row' {
    AfterEach {
        $PSStyle.OutputRendering = 'PlainText'
    }

    It 'stands out by colour, and the others do not' {
        $PSStyle.OutputRendering = 'Ansi'
        $lines = Get-Line $set
        @($lines -match 'Failed') | Should -HaveCount 1
        ($lines -match 'Failed')[0] | Should -Match ([regex]::Escape("$($PSStyle.Foreground.BrightRed)Failed"))
        $lines -match 'Succeeded' | ForEach-Object { $_ | Should -Not -Match ([regex]::Escape($PSStyle.Foreground.BrightRed)) }
    }

    It 'has no colour where none is wanted' {
        (Get-Line $set) -join '' | Should -Not -Match "`e"
    }

    It 'says in the table what is wrong' {
        (Get-Line $set) -match 'Failed' | Should -Match 'InvalidAttributeValue'
    }
}

Describe 'The summary of a run' {
    It 'is one line with rows, failures by their ErrorId, seconds and speed, and no output' {
        "$summary" | Should -Match '^Set-ChatUserAttribute: 4 rows in [\d.]+ s \(\d+ a second\): 3 succeeded, 1 failed'
        "$summary" | Should -Match 'InvalidAttributeValue'
        $set | Should -HaveCount 4
    }

    It 'is shown when it is asked for' {
        $said = 'ann' | Get-ChatAccount -InformationAction Continue 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] }
        "$said" | Should -BeLike 'Get-ChatAccount: 1 row in *'
    }
}
