#Requires -Version 7.4
# What Get-Help prints on a screen of 80 columns, against the pages in docs/en-US.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $pages = Join-Path (Get-RepositoryRoot) 'docs' 'en-US'
    # The engine wraps at blanks where the culture is English, and cuts words where it is none.
    $cultures = @('') + @('en-US' | Where-Object { $_ -in [cultureinfo]::GetCultures('AllCultures').Name })
    $cmdlets = foreach ($name in (Import-PowerShellDataFile (Get-StagedManifest)).CmdletsToExport) {
        foreach ($culture in $cultures) {
            @{ Name = $name; Page = Join-Path $pages "$name.md"; Culture = $culture }
        }
    }
    $topics = foreach ($page in Get-ChildItem $pages -Filter 'about_*.md') {
        @{ Name = $page.BaseName; Page = $page.FullName }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    Import-StagedModule

    # The lines that a command prints on such a screen.
    function Get-Screen([scriptblock] $Command, [string] $Culture = '') {
        $rendering = $PSStyle.OutputRendering
        $own = [cultureinfo]::CurrentCulture
        try {
            $PSStyle.OutputRendering = 'PlainText'
            [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($Culture)
            return @((& $Command | Out-String -Width 80) -split '\r?\n')
        }
        finally {
            [cultureinfo]::CurrentCulture = $own
            $PSStyle.OutputRendering = $rendering
        }
    }

    # The paragraphs of a page that Get-Help shows: no headings, code, facts or tables, and not what the engine says itself.
    function Get-PageParagraph([string] $Path) {
        $text = (Get-Content -Raw $Path) -replace '(?s)\A---\n.*?\n---\n' -replace '(?s)\n### CommonParameters\n.*?(?=\n## )' -replace '(?s)\n## RELATED LINKS\n.*'
        $text = $text -replace '(?ms)^```.*?^```$' -replace '(?m)^#.*$'
        $text -split '\n\s*\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ -and -not $_.StartsWith('|') }
    }

    # The lines in which a paragraph is shown; none where it is not shown whole, word for word.
    function Find-Paragraph([string[]] $Screen, [string] $Paragraph) {
        $plain = $Paragraph -replace '\[([^\]]+)\]\((https?:[^)]+)\)', '$1 ($2)' -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*|`' -replace '\s+', ' '
        $found = [regex]::Match($Screen.Trim() -join "`n", '(?m)^' + [regex]::Escape($plain).Replace('\ ', '[ \n]') + '$')
        if ($found.Success) {
            $found.Value -split '\n'
        }
    }

    # A line ends where the next word has no room. Code on one line counts as a word.
    function Test-Flow([string[]] $Line, [string] $Paragraph) {
        $spans = @([regex]::Matches($Paragraph, '[^\s`]*`[^`]*`[^\s`]*') | ForEach-Object { $_.Value -replace '`' -replace '\s+', ' ' } | Where-Object { $_.Contains(' ') })
        for ($index = 0; $index -lt $Line.Count - 1; $index++) {
            $next = $Line[$index + 1]
            $word = @($spans | Where-Object { $next.StartsWith($_) }) + ($next -split ' ')[0] | Select-Object -First 1
            if ($Line[$index].Length + 1 + $word.Length -lt 71 -and $next -notmatch '^(-|\*|\d+\.) ') {
                return "'$($Line[$index])' ends early"
            }
        }
    }

    # All that holds for any help on a screen.
    function Assert-Readable([string[]] $Screen) {
        $Screen.Count | Should -BeGreaterThan 5
        $Screen | Where-Object { $_.Length -gt 80 } | Should -BeNullOrEmpty -Because 'the screen has 80 columns'
        $Screen | Where-Object { $_ -match '`' } | Should -BeNullOrEmpty -Because 'marks of Markdown belong to the page'
        $Screen | Where-Object { $_ -match '[\u0080-\u009f]' } | Should -BeNullOrEmpty -Because 'no control characters are shown'
        $Screen | Where-Object { $_ -match '\]\(|\*\*' } | Should -BeNullOrEmpty -Because 'marks of Markdown belong to the page'
    }

    function Assert-Paragraph([string[]] $Screen, [string] $Path) {
        $paragraphs = @(Get-PageParagraph $Path)
        $paragraphs.Count | Should -BeGreaterThan 3
        foreach ($paragraph in $paragraphs) {
            $lines = @(Find-Paragraph $Screen $paragraph)
            $lines | Should -Not -BeNullOrEmpty -Because "'$paragraph' is shown, word for word"
            Test-Flow $lines $paragraph | Should -BeNullOrEmpty
        }
    }

    function Assert-Code([string[]] $Screen, [string] $Code, [int] $Indent) {
        $shown = $Screen.TrimEnd() -join "`n"
        $wanted = ($Code -split '\n' | ForEach-Object { ((' ' * $Indent) + $_).TrimEnd() }) -join "`n"
        "`n$shown`n".Contains("`n$wanted`n") | Should -BeTrue -Because "this stands there line for line: $Code"
    }
}

Describe 'Get-Help <Name> on a screen of 80 columns (culture "<Culture>")' -ForEach $cmdlets {
    BeforeAll {
        $full = Get-Screen { Get-Help $Name -Full } $Culture
        $help = Get-Help $Name
        $examples = @([regex]::Matches((Get-Content -Raw $Page), '(?ms)^### (Example \d+: .+?)\n(.*?)(?=^##)') | ForEach-Object {
                @{ Title = $_.Groups[1].Value; Code = [regex]::Match($_.Groups[2].Value, '(?s)```powershell\n(.*?)\n```').Groups[1].Value }
            })
    }

    It 'fits, and shows no marks of Markdown' {
        Assert-Readable $full
        Assert-Readable (Get-Screen { Get-Help $Name } $Culture)
        Assert-Readable (Get-Screen { Get-Help $Name -Detailed } $Culture)
        Assert-Readable (Get-Screen { Get-Help $Name -Examples } $Culture)
        if ($help.parameters.parameter) {
            Assert-Readable (Get-Screen { Get-Help $Name -Parameter * } $Culture)
        }
    }

    It 'shows every paragraph of the page as flowing text of whole words' {
        Assert-Paragraph $full $Page
    }

    It 'shows the code of every example line for line' {
        $examples.Count | Should -BeGreaterOrEqual 3
        $screen = Get-Screen { Get-Help $Name -Examples } $Culture
        for ($index = 0; $index -lt $examples.Count; $index++) {
            $example = @($help.examples.example)[$index]
            $example.title | Should -Match ([regex]::Escape($examples[$index].Title))
            $example.code | Should -BeExactly $examples[$index].Code
            Assert-Code $screen $examples[$index].Code -Indent 4
            Assert-Code $full $examples[$index].Code -Indent 4
        }
    }

    It 'shows the default of every parameter' {
        $shown = @{}
        switch -Regex ($help.parameters.parameter ? (Get-Screen { Get-Help $Name -Parameter * } $Culture) : @()) {
            '^-(\w+)' { $parameter = $Matches[1] }
            '^ *Default value +(.*?) *$' { $shown[$parameter] = $Matches[1] }
        }
        foreach ($entry in [regex]::Matches((Get-Content -Raw $Page), '(?ms)^### -(\w+)\n.*?^Type: (.+?)\nDefaultValue: (.*?)$')) {
            $parameter, $type, $default = $entry.Groups[1..3].Value
            $wanted = $default.Trim("'") ? $default.Trim("'") : $type -like '*.SwitchParameter' ? 'False' : 'None'
            $shown[$parameter] | Should -BeExactly $wanted -Because "-$parameter"
        }
    }

    It 'shows the syntax that the cmdlet has' {
        $shown = Get-Screen { (Get-Help $Name).Syntax } $Culture | ForEach-Object { $_ }
        # Where words are cut, blanks tell nothing.
        $join = { param($Lines) (($Lines -join "`n").Trim() -split '\n\s*\n' | ForEach-Object { $_ -replace '\s' } | Where-Object { $_ } | Sort-Object) }
        & $join $shown | Should -BeExactly (& $join (Get-Command $Name -Syntax))
    }
}

Describe 'Get-Help <Name> on a screen of 80 columns' -ForEach $topics {
    BeforeAll {
        $screen = Get-Screen { Get-Help $Name }
    }

    It 'fits, and shows no marks of Markdown' {
        Assert-Readable $screen
    }

    It 'shows every paragraph of the page as flowing text of whole words' {
        Assert-Paragraph $screen $Page
    }

    It 'shows code line for line, and every row of a table' {
        foreach ($block in Get-CodeBlock $Page) {
            Assert-Code $screen $block.Text -Indent 8
        }
        foreach ($row in Get-Content $Page | Where-Object { $_ -match '^\| `' }) {
            foreach ($cell in $row.Trim('|', ' ') -split ' \| ') {
                ($screen.Trim() -join ' ') | Should -BeLike "*$([WildcardPattern]::Escape(($cell -replace '`')))*"
            }
        }
    }

    It 'is listed with a whole sentence' {
        $short = [regex]::Match((Get-Content -Raw $Page), '(?ms)^## Short description\n\n(.*?)\n\n').Groups[1].Value
        (Get-Help about_TencentChat* | Where-Object Name -EQ $Name).Synopsis | Should -BeExactly $short
    }
}

Describe 'The defaults on the pages' {
    BeforeDiscovery {
        $names = (Import-PowerShellDataFile (Get-StagedManifest)).CmdletsToExport | ForEach-Object { @{ Name = $_ } }
    }

    It 'are those of <Name>' -ForEach $names {
        $command = Get-Command $Name -Module TencentChat
        $fresh = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in $command.Parameters.Values | Where-Object { $command.ImplementingType.GetProperty($_.Name) -and -not $_.SwitchParameter }) {
            $value = $fresh.($parameter.Name)
            # Zero, nothing and nobody stand for defaults that are found out later.
            if ($null -ne $value -and "$value" -notin '', '0' -and $parameter.ParameterType -ne [bool]) {
                (Get-Help $Name -Parameter $parameter.Name).defaultValue | Should -BeExactly "$value" -Because "-$($parameter.Name)"
            }
        }
    }
}
