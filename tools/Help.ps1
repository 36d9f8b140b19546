# Help for Get-Help, made from the Markdown pages in docs/en-US: the pages of cmdlets become one MAML file, which PowerShell
# finds by the name of the assembly; the pages named about_* become text.

$script:helpFile = 'TencentChat.PowerShell.dll-Help.xml'

# Writes the help into a folder (en-US of the checkout, from where builds take it) and returns whether that was possible.
function Export-ModuleHelp([string] $Root, [string] $Destination = (Join-Path $Root 'en-US')) {
    $pages = Join-Path $Root 'docs' 'en-US'
    $platyPS = Find-BuildModule -Root $Root -Name 'Microsoft.PowerShell.PlatyPS'
    if (-not $platyPS) {
        Write-Line 'No help was made.'
        return $false
    }

    Import-Module $platyPS
    $commands = @(Get-ChildItem $pages -Filter '*-*.md' | Sort-Object Name | ForEach-Object { Import-MarkdownCommandHelp -Path $_.FullName })
    $strangers = @($commands | Where-Object ExternalHelpFile -CNE $script:helpFile)
    if ($commands.Count -eq 0 -or $strangers) {
        throw "The pages of the cmdlets in $pages must be there and name '$script:helpFile' as their external help file. Those that don't: $($strangers.Title -join ', ')"
    }

    $null = New-Item -ItemType Directory -Force $Destination
    $work = Join-Path $Root 'out' 'help'
    Remove-Item $work -Recurse -Force -ErrorAction Ignore
    $made = Export-MamlCommandHelp -CommandHelp $commands -OutputFolder $work -Force
    # The same bytes on every system. A link from page to page leads nowhere in a terminal, and -Online would open the first one.
    Set-TextFile -Path (Join-Path $Destination $script:helpFile) -Text ((Get-Content -Raw $made.FullName) -replace '<maml:uri>[^<:]+\.md</maml:uri>', '<maml:uri />')

    foreach ($page in Get-ChildItem $pages -Filter 'about_*.md') {
        Set-TextFile -Path (Join-Path $Destination "$($page.BaseName).help.txt") -Text (ConvertTo-HelpText (Get-Content $page.FullName))
    }

    Write-Line "$($commands.Count) cmdlets and $(@(Get-ChildItem $pages -Filter 'about_*.md').Count) topics are described in $Destination"
    return $true
}

function Set-TextFile {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A step of a build.')]
    param([string] $Path, [string] $Text)

    [System.IO.File]::WriteAllText($Path, ($Text.TrimEnd() -replace "`r`n", "`n") + "`n")
}

# Text as Get-Help shows it: headings at the margin, everything else set in. The first heading names the topic, and the fifth
# line is what Get-Help about_* lists, so headings stand directly on their text.
function ConvertTo-HelpText([string[]] $Page) {
    $inCode = $false
    $afterHeading = $false
    $titles = $null
    $lines = foreach ($line in $Page) {
        if ($line -match '^```') {
            $inCode = -not $inCode
        }
        elseif ($inCode) {
            "        $line".TrimEnd()
        }
        elseif ($line -match '^# (.+)') {
            'TOPIC', "    $($Matches[1])", ''
            $afterHeading = $true
        }
        elseif ($line -match '^##+ (.+)') {
            $Matches[1].ToUpperInvariant()
            $afterHeading = $true
        }
        elseif ($line -match '^\| .+ \|$') {
            $cells = (ConvertTo-PlainText $line.Trim('|', ' ')) -split ' \| '
            if ($titles) {
                Format-TableEntry -Titles $titles -Cells $cells
            }
            else {
                $titles = $cells
            }
        }
        elseif ($line -match '^\|-') {
            $afterHeading = $false
        }
        elseif ($line -ne '' -or -not $afterHeading) {
            $afterHeading = $false
            $titles = $null
            "    $(ConvertTo-PlainText $line)".TrimEnd()
        }
    }

    return ($lines -join "`n") -replace '\n{3,}', "`n`n"
}

# Emphasis and code marks go; a link keeps its address where that leads out of the pages.
function ConvertTo-PlainText([string] $Text) {
    return $Text -replace '\[([^\]]+)\]\((https?://[^)]+)\)', '$1 ($2)' -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*|`'
}

# A row of a table is wider than a screen: its first cell becomes a line, and the others lines under it, each with its title.
function Format-TableEntry([string[]] $Titles, [string[]] $Cells) {
    "    $($Cells[0])"
    for ($index = 1; $index -lt $Cells.Count; $index++) {
        $line = "        $($Titles[$index]):"
        foreach ($word in $Cells[$index] -split ' ') {
            if ($line.Length + $word.Length -ge 100) {
                $line
                $line = '           '
            }
            $line += " $word"
        }
        $line
    }
    ''
}
