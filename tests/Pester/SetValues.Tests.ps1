#Requires -Version 7.4
# What becomes of numbers, truth values, dates and the like: the same text on every machine, whatever its culture.

BeforeDiscovery {
    $cultures = '', 'de-DE', 'fr-CH', 'tr-TR', 'ar-SA', 'fa-IR' | ForEach-Object { @{ Culture = $_ } }
    $values = @(
        @{ What = 'a whole number'; Value = 1234567; Text = '1234567' }
        @{ What = 'a negative number'; Value = -5; Text = '-5' }
        @{ What = 'a large number'; Value = [long]::MaxValue; Text = '9223372036854775807' }
        @{ What = 'a floating number'; Value = 1234.5; Text = '1234.5' }
        @{ What = 'a decimal number'; Value = 1.50d; Text = '1.50' }
        @{ What = 'true'; Value = $true; Text = 'True' }
        @{ What = 'false'; Value = $false; Text = 'False' }
        @{ What = 'zero'; Value = 0; Text = '0' }
        @{ What = 'a character'; Value = [char]'x'; Text = 'x' }
        @{ What = 'a word of an enumeration'; Value = [System.DayOfWeek]::Friday; Text = 'Friday' }
        @{ What = 'a date'; Value = [datetime]::new(2026, 3, 9, 14, 5, 6, [System.DateTimeKind]::Utc); Text = '2026-03-09T14:05:06.0000000Z' }
        @{ What = 'a date with an offset'; Value = [datetimeoffset]::new(2026, 3, 9, 14, 5, 6, [timespan]::FromHours(2)); Text = '2026-03-09T14:05:06.0000000+02:00' }
        @{ What = 'a day'; Value = [System.DateOnly]::new(2026, 3, 9); Text = '2026-03-09' }
        @{ What = 'a time of day'; Value = [System.TimeOnly]::new(13, 2, 59); Text = '13:02:59.0000000' }
        @{ What = 'a span of time'; Value = [timespan]::FromMinutes(90); Text = '01:30:00' }
        @{ What = 'a GUID'; Value = [guid]'379c2f0d-290d-47ae-94d1-919058c39c77'; Text = '379c2f0d-290d-47ae-94d1-919058c39c77' }
        @{ What = 'an address'; Value = [uri]'https://example.org/i'; Text = 'https://example.org/i' }
        @{ What = 'a version'; Value = [version]'1.2.3'; Text = '1.2.3' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    Connect-Chat -Emulator -AttributeName 'city' -WarningAction SilentlyContinue
    $before = [cultureinfo]::CurrentCulture
}

AfterAll {
    [cultureinfo]::CurrentCulture = $before
    Disconnect-Chat
}

Describe 'Under the culture "<Culture>" Set-ChatUserAttribute' -ForEach $cultures {
    It 'sends <What> as <Text>' -ForEach $values {
        [cultureinfo]::CurrentCulture = $Culture
        $results = @(
            [pscustomobject]@{ UserId = 'cell'; city = $Value } | Set-ChatUserAttribute
            Set-ChatUserAttribute -UserId 'given' -Attribute @{ city = $Value }
        )
        [cultureinfo]::CurrentCulture = $before
        $results.Status | Should -Be @('Succeeded', 'Succeeded')
        (Get-ChatUserAttribute -UserId 'cell', 'given').city | Should -BeExactly @($Text, $Text)
    }

    It 'names accounts by numbers without any grouping or sign of its own' {
        [cultureinfo]::CurrentCulture = $Culture
        $results = @(1234567, -5, 1.5 | Set-ChatUserAttribute -Attribute @{ city = 'x' })
        $row = [pscustomobject]@{ UserId = 1234567.5; city = 'x' } | Set-ChatUserAttribute
        [cultureinfo]::CurrentCulture = $before
        $results.UserId | Should -BeExactly @('1234567', '-5', '1.5')
        $row.UserId | Should -BeExactly '1234567.5'
    }

    It 'writes its messages and its summary in figures that programs can read' {
        [cultureinfo]::CurrentCulture = $Culture
        $summary = 1..1200 | ForEach-Object { "u$_" } | Set-ChatUserAttribute -Attribute @{ city = 'x' } -InformationVariable told -InformationAction SilentlyContinue
        [cultureinfo]::CurrentCulture = $before
        $summary | Should -HaveCount 1200
        $told.MessageData.ToString() | Should -Match ': 1200 rows in \d+\.\d s '
    }
}
