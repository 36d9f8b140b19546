#Requires -Version 7.4
# What a person sees of each type that the module writes, at the width of a terminal: headings in one line, ids and messages
# whole, failures that stand out, columns that line up under wide letters.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
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
    $rows += [pscustomobject]@{ UserId = 'none'; sex = ''; city = ''; level = '' }
    $set = $rows | Set-ChatUserAttribute -ErrorAction SilentlyContinue -InformationVariable information
    $summary = $information.MessageData | Where-Object { $_ -is [TencentChat.PowerShell.Output.RunSummary] } | Select-Object -First 1

    $town = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysilio'
    $shown = [ordered]@{
        'results'              = $set
        'attributes'           = 'ann', $wide, $long, 'missing' | Get-ChatUserAttribute -ErrorAction SilentlyContinue
        'differences'          = [pscustomobject]@{ UserId = $long; city = $town }, [pscustomobject]@{ UserId = $wide; city = 'Lima' } | Compare-ChatUserAttribute
        'synchronized rows'    = [pscustomobject]@{ UserId = 'ann'; city = 'Lima' }, [pscustomobject]@{ UserId = $long; city = '北京' }, [pscustomobject]@{ UserId = 'missing'; city = 'x' } |
            Sync-ChatUserAttribute -ErrorAction SilentlyContinue
        'shown synchronization' = [pscustomobject]@{ UserId = $wide; city = 'Lima' } | Sync-ChatUserAttribute -WhatIf
        'set tags'             = 'ann', $long, 'missing' | Set-ChatUserTag -Tag vip, gold -ErrorAction SilentlyContinue
        'tags'                 = 'ann', $long, 'missing' | Get-ChatUserTag -ErrorAction SilentlyContinue
        'accounts'             = 'ann', 'missing', $long, '' | Get-ChatAccount -ErrorAction SilentlyContinue
        'online statuses'      = 'ann', 'missing', $long | Get-ChatOnlineStatus -ErrorAction SilentlyContinue
        'attribute names'      = Get-ChatAttributeName
        'the connection'       = $connection
    }

    # What a screen must hold of each, beside the ids.
    $said = @{
        'results'              = { $_.Status; $_.ErrorId; $_.Message }
        'attributes'           = { if ($_.psbase.Status -eq 'Succeeded') { "sex=$($_.sex)"; "city=$($_.city)"; "level=$($_.level)" } else { 'Failed'; 'AccountNotFound' } }
        'differences'          = { $_.Action; $_.Name; $_.Current; $_.Desired }
        'synchronized rows'    = { $_.Status; $_.ErrorId; $_.Message; $_.Changes }
        'shown synchronization' = { $_.Status; $_.Message; $_.Changes }
        'set tags'             = { $_.Status; $_.ErrorId; $_.Message; if ($_.Status -eq 'Succeeded') { "Added $($_.Added -join ', ')" } }
        'tags'                 = { $_.Tag -join '; ' }
        'accounts'             = { $_.AccountStatus; $_.ErrorId; $_.Message }
        'online statuses'      = { $_.State; $_.ErrorId; $_.Message }
        'attribute names'      = { $_.Slot; $_.Name }
        'the connection'       = { $_.SdkAppId; $_.AdminUserId; 'embedded emulator'; $_.AttributeService; $_.IsClosed }
    }

    function Get-Line($Object, [int] $Width = 80) {
        @(($Object | Out-String -Width $Width) -split '\r?\n' | Where-Object { $_.Trim() })
    }

    # Letters of the far east take two columns of a terminal.
    function Measure-Cell([string] $Text) {
        $Text.Length + [regex]::Matches($Text, '[\u2E80-\uFFFF]').Count
    }

    # The text of each column, put together again from its lines, without spaces: where a line ends, one may be lost.
    function Get-ColumnText([string[]] $Line) {
        $starts = @([regex]::Matches($Line[1], '-+').Index) + [int]::MaxValue
        # A number stands right in its column, so that it begins before its heading does.
        $starts[0] = 0
        # With two characters for each wide letter, a column of the terminal is a place in the text.
        $padded = $Line[2..($Line.Count - 1)] -replace '([\u2E80-\uFFFF])', "`$1`0"
        foreach ($column in 0..($starts.Count - 2)) {
            $cells = foreach ($one in $padded) {
                $from = [Math]::Min($starts[$column], $one.Length)
                $one.Substring($from, [Math]::Min($starts[$column + 1], $one.Length) - $from)
            }

            (-join $cells) -replace '[\s\0]'
        }
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Disconnect-Chat
}

BeforeDiscovery {
    $kinds = 'results', 'attributes', 'differences', 'synchronized rows', 'shown synchronization', 'set tags', 'tags', 'accounts', 'online statuses', 'attribute names', 'the connection'
    $screens = foreach ($kind in $kinds) {
        foreach ($width in 80, 110) {
            @{ Kind = $kind; Width = $width }
        }
    }
}

Describe 'The table of <Kind> at <Width> columns' -ForEach $screens {
    BeforeAll {
        $objects = @($shown[$Kind])
        $objects.Count | Should -BeGreaterThan 0
        $lines = Get-Line $objects $Width
    }

    It 'keeps within them, with its headings in one line' {
        $lines | ForEach-Object { Measure-Cell $_ | Should -BeLessOrEqual $Width }
        $lines[1] | Should -Match '^[- ]+$'
        $headings = $lines[0].Trim() -split '\s+'
        $headings | Should -HaveCount ([regex]::Matches($lines[1], '-+').Count)
    }

    It 'cuts nothing' {
        $lines -match '…' | Should -BeNullOrEmpty
        $columns = Get-ColumnText $lines
        foreach ($object in $objects) {
            if ($object.psobject.Properties['UserId']) {
                ($lines -match [regex]::Escape($object.UserId)).Count | Should -BeGreaterThan 0
            }

            foreach ($text in @($object | ForEach-Object $said[$Kind])) {
                $wanted = [regex]::Escape("$text" -replace '\s')
                $columns -match $wanted | Should -Not -BeNullOrEmpty -Because "'$text' is to be read in:`n$($lines -join "`n")"
            }
        }
    }
}

Describe 'What is shown of <_>' -ForEach $kinds {
    It 'is made by a view of the module' {
        $type = @($shown[$_])[0].PSObject.TypeNames
        Get-FormatData -TypeName $type -PowerShellVersion $PSVersionTable.PSVersion | Should -Not -BeNullOrEmpty
    }

    It 'has a list that names what the table leaves out' {
        $list = @($shown[$_])[0] | Format-List | Out-String -Width 100
        $list | Should -Match '(?m)^\w+\s+: '
    }
}

Describe 'The list of a result' {
    It 'has what its own type adds' {
        @($shown['accounts'])[0] | Format-List | Out-String | Should -Match '(?m)^AccountStatus : Imported\s*$'
        @($shown['online statuses'])[0] | Format-List | Out-String | Should -Match '(?m)^State\s+: Offline\s*$'
        @($shown['synchronized rows'])[0] | Format-List | Out-String -Width 200 | Should -Match "(?m)^Changes\s+: set city: '北京' → 'Lima'\s*$"
        $set[0] | Format-List | Out-String | Should -Not -Match 'AccountStatus|State|Changes'
    }
}

Describe 'The table of results' {
    It 'has one line for each row without a message' {
        Get-Line $set[0..2] | Should -HaveCount 5
    }

    It 'is the same under Set-StrictMode' {
        foreach ($kind in 'results', 'shown synchronization', 'set tags') {
            & { Set-StrictMode -Version Latest; Get-Line $shown[$kind] } | Should -BeExactly (Get-Line $shown[$kind])
        }
    }
}

Describe 'A user that was read' {
    It 'is shown as it is now, not as it was' {
        $read = Get-ChatUserAttribute ann
        $read.city = 'Kobe'
        Get-Line $read | Select-Object -Last 1 | Should -Match 'city=Kobe'
    }

    It 'may have an attribute that is called Status' {
        $other = Connect-Chat -Emulator -AttributeName Status, Message -PassThru -WarningAction Ignore
        $null = Set-ChatUserAttribute ann @{ Status = 'vip' } -Connection $other
        Get-Line (Get-ChatUserAttribute ann -Connection $other) | Select-Object -Last 1 | Should -Match '^ann\s+Status=vip\s*$'
        $null = Connect-Chat -Emulator -AttributeName sex, city, level -WarningAction Ignore
    }
}

Describe 'A session in Constrained Language, whose scripts may call no methods' {
    BeforeAll {
        $constrained = New-ModuleRunspace
        $null = Invoke-InRunspace $constrained '$PSStyle.OutputRendering = "PlainText"; $null = Connect-Chat -Emulator -AttributeName city, Status -WarningAction Ignore'
        $constrained.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
    }

    AfterAll {
        $constrained.Dispose()
    }

    It 'sees <What>' -ForEach @(
        @{ What = 'attributes'; Script = '$null = Set-ChatUserAttribute ann @{ city = "Rome" }; Get-ChatUserAttribute ann | Out-String'; Shows = 'ann\s+city=Rome' }
        @{ What = 'why a user was not read'; Script = 'Get-ChatUserAttribute zz -ErrorAction SilentlyContinue | Out-String'; Shows = 'zz\s+Failed: AccountNotFound' }
        @{ What = 'a result'; Script = 'Set-ChatUserAttribute ann @{ city = "Rome" } | Out-String'; Shows = '1 ann\s+Succeeded' }
        @{ What = 'why a row failed'; Script = '"" | Set-ChatUserAttribute -Attribute @{ city = "Rome" } -ErrorAction SilentlyContinue | Out-String'; Shows = 'Failed\s+MissingUserId:' }
        @{ What = 'the causes in a summary'; Script = '$null = "" | Set-ChatUserAttribute -Attribute @{ city = "Rome" } -ErrorAction SilentlyContinue -InformationVariable told; $told.MessageData | Out-String'; Shows = 'FailedByErrorId\s+: MissingUserId 1' }
        @{ What = 'a connection'; Script = 'Get-ChatConnection | Out-String'; Shows = 'embedded emulator' }
        @{ What = 'an online status'; Script = '$null = Set-ChatUserAttribute ann @{ city = "Rome" }; Get-ChatOnlineStatus ann, zz -ErrorAction SilentlyContinue | Out-String -Width 150'; Shows = 'ann\s+Offline\s+zz\s+Failed: AccountNotFound' }
        @{ What = 'changes'; Script = '$null = Set-ChatUserAttribute ann @{ city = "Rome" }; Sync-ChatUserAttribute ann @{ city = "Lima" } | Out-String -Width 150'; Shows = "set city: 'Rome' → 'Lima'" }
    ) {
        (Invoke-InRunspace $constrained $Script).Output -join '' | Should -Match $Shows
    }
}

Describe 'A table in a file' {
    It 'begins with the user and the status, and has text where a result has a list' {
        $state = @{ AttributeNames = @{ '0' = 'city' }; AttributeTypes = @{ '0' = 0 }; Accounts = @(@{ UserID = 'ann'; Online = 'Online' }) }
        $host1 = Start-EmulatorHost '--attribute-names', 'city'
        try {
            $null = Invoke-RestMethod "$($host1.Control)state" -NoProxy -Method Put -Body ($state | ConvertTo-Json -Depth 4) -ContentType 'application/json'
            $to = Connect-EmulatorHost $host1
            $online = 'ann', 'zz' | Get-ChatOnlineStatus -Detailed -Connection $to -ErrorAction SilentlyContinue | ConvertTo-Csv
        }
        finally {
            Stop-EmulatorHost $host1
            $null = Connect-Chat -Emulator -AttributeName sex, city, level -WarningAction Ignore
        }

        $online[0] | Should -BeLike '"UserId","Status","State","Platforms","ErrorId",*'
        $online[1] | Should -BeLike '"ann","Succeeded","Online","Web Online",*'
        ($shown['accounts'] | ConvertTo-Csv)[0] | Should -BeLike '"UserId","Status","AccountStatus","ErrorId",*'
        ($set | ConvertTo-Csv)[0] | Should -BeLike '"UserId","Status","ErrorId",*'
    }

    It 'has nothing in it that is there for the view only' {
        foreach ($kind in 'results', 'accounts', 'online statuses', 'synchronized rows', 'set tags') {
            @($shown[$kind])[0] | ConvertTo-Csv | Select-Object -First 1 | Should -Not -Match 'View|Text'
            [System.Management.Automation.PSSerializer]::Serialize(@($shown[$kind])[0]) | Should -Not -Match '_x001B_'
        }
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
        "$summary" | Should -Match '^Set-ChatUserAttribute in app \d+ \(embedded emulator\): 5 rows in [\d.]+ s \(\d+ a second\): 3 succeeded, 1 failed \(InvalidAttributeValue 1\), 0 unknown, 1 skipped'
        $set | Should -HaveCount 5
    }

    It 'is shown when it is asked for' {
        $said = 'ann' | Get-ChatAccount -InformationAction Continue 6>&1 | Where-Object { $_ -is [System.Management.Automation.InformationRecord] }
        "$said" | Should -BeLike 'Get-ChatAccount in app * (embedded emulator): 1 row in *'
    }
}
