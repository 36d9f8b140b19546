#Requires -Version 7.4
# What a person sees of tags and pushes at 80 columns: with a user of 32 letters, ten tags of 20, an unclear push and a long text
# in wide letters, everything is there, nothing is cut, and no line says nothing.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    $emulator = Start-EmulatorHost '--plan', 'paid'
    $connection = Connect-EmulatorHost $emulator @{ AttributeService = 'TimPush' }
    $user = 'u' * 32
    $tags = 1..10 | ForEach-Object { "tag number $_ ".PadRight(20, 'x') }
    $body = ('春季促销活动今天中午十二点开始' * 4).Substring(0, 60)
    $quiet = @{ Connection = $connection; ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }

    $added = Add-ChatUserTag $user, ann -Tag $tags @quiet
    $shown = @{
        'added tags'      = $added
        'tags'            = Get-ChatUserTag $user, nobody @quiet
        'exact tags'      = Set-ChatUserTag $user -Tag ($tags[0..3] + 'new') @quiet
        'planned tags'    = Set-ChatUserTag $user -Tag other -WhatIf @quiet
        'a push'          = Send-ChatPush -AnyTag $tags -NoneOfTag gone -Text $body -Force @quiet
        'a planned push'  = Send-ChatPush -AnyTag $tags -Text $body -WhatIf @quiet
        'pushes to users' = Send-ChatPush $user, nobody -Text $body -Force @quiet
        'an audience'     = Measure-ChatPushAudience $user, ann, nobody -AnyTag $tags @quiet
    }
    Add-EmulatorFault $emulator 'push:drop-after:1' 1
    Start-Sleep -Milliseconds 1100
    $shown['an unclear push'] = Send-ChatPush -AnyTag $tags -Text $body -Force @quiet
    Add-EmulatorFault $emulator 'batch:drop-after:1' 1
    $shown['unclear pushes to users'] = Send-ChatPush $user -Text $body -Force @quiet

    # What must be readable of each.
    $said = @{
        'added tags'              = { $_.UserId; $_.Status }
        'tags'                    = { $_.UserId; $_.Tag -join '; ' }
        'exact tags'              = { $_.UserId; $_.Status; "Added $($_.Added -join ', ')"; "Removed $($_.Removed -join ', ')" }
        'planned tags'            = { $_.UserId; 'Skipped'; "Removed $($_.Removed -join ', ')"; 'Not sent: -WhatIf.' }
        'a push'                  = { 'Succeeded'; $_.Audience; $_.TaskId; $_.MsgRandom }
        'a planned push'          = { 'Skipped'; $_.Audience; 'Not sent: -WhatIf.' }
        'pushes to users'         = { $_.UserId; $_.Status; $_.TaskId; $_.Message }
        'an audience'             = { $_.Condition; 'Users:3'; 'Reached:2'; 'NotRead:1' }
        'an unclear push'         = { 'Unknown'; $_.Audience; $_.MsgRandom; 'NoAnswer'; $_.Message }
        'unclear pushes to users' = { $_.UserId; 'Unknown'; $_.Message }
    }

    function Measure-Cell([string] $Text) {
        $Text.Length + [regex]::Matches($Text, '[\u2E80-\uFFFF]').Count
    }
}

AfterAll {
    $PSStyle.OutputRendering = $rendering
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'What is shown of <_> at 80 columns' -ForEach 'added tags', 'tags', 'exact tags', 'planned tags', 'a push', 'a planned push', 'pushes to users', 'an audience', 'an unclear push', 'unclear pushes to users' {
    BeforeAll {
        $objects = @($shown[$_])
        $kind = $_
        $text = $objects | Out-String -Width 80
        $lines = @($text -split '\r?\n' | Where-Object { $_.Trim() })
    }

    It 'keeps within them and cuts nothing' {
        $lines | ForEach-Object { Measure-Cell $_ | Should -BeLessOrEqual 80 }
        $text | Should -Not -Match '…'
    }

    It 'has all there is to say' {
        # Column by column, each put together again from its lines: of a list, the part behind the colon.
        $isTable = $lines[1] -match '^[- ]+$'
        $starts = $isTable ? @(0) + @([regex]::Matches($lines[1], '-+').Index | Select-Object -Skip 1) : @(0)
        $rows = $isTable ? $lines[2..($lines.Count - 1)] : $lines
        $columns = foreach ($i in 0..($starts.Count - 1)) {
            $end = $i + 1 -lt $starts.Count ? $starts[$i + 1] : [int]::MaxValue
            (-join ($rows | ForEach-Object { $_.Length -gt $starts[$i] ? $_.Substring($starts[$i], [Math]::Min($end, $_.Length) - $starts[$i]) : '' })) -replace '\s'
        }
        foreach ($object in $objects) {
            foreach ($part in @($object | ForEach-Object $said[$kind]) | Where-Object { $_ }) {
                $columns -match [regex]::Escape("$part" -replace '\s') | Should -Not -BeNullOrEmpty -Because "'$part' is to be read in:`n$text"
            }
        }
    }

    It 'has no line without a value' {
        $lines | ForEach-Object { $_ | Should -Not -Match '^\w+\s*:\s*$' }
        $text | Should -Not -Match '(?m)^(ErrorCode|MsgRandom)\s*: 0\s*$'
    }
}
