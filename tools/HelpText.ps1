# Markdown as a terminal shows it: plain text in lines of whole words. The engine wraps text at blanks in six languages only
# (English is one; Chinese and the culture of a bare container are not) and cuts words in all others, so lines are made here.

# The blocks of a text, in order: Kind (Heading, Text, Item, Code or Table) and Lines. Each item of a list is a block.
function Get-MarkdownBlock([string] $Text) {
    $block = $null
    foreach ($line in $Text -split '\r?\n') {
        $inCode = $block -and $block.Kind -eq 'Code'
        if ($inCode -and $line -notmatch '^```') {
            $block.Lines.Add($line)
            continue
        }

        $kind = switch -Regex ($line) {
            '^\s*$' { ''; break }
            '^```' { $inCode ? '' : 'Code'; break }
            '^#' { 'Heading'; break }
            '^\|' { 'Table'; break }
            '^(-|\*|\d+\.) ' { 'Item'; break }
            default { 'Text' }
        }
        $carriesOn = $block -and (($kind -eq 'Text' -and $block.Kind -in 'Text', 'Item') -or ($kind -eq 'Table' -and $block.Kind -eq 'Table'))
        if (-not $carriesOn) {
            if ($block) {
                $block
            }
            $block = $kind ? [pscustomobject]@{ Kind = $kind; Lines = [System.Collections.Generic.List[string]]::new() } : $null
        }

        if ($kind -and $kind -ne 'Code') {
            $block.Lines.Add($line.Trim())
        }
    }

    if ($block) {
        $block
    }
}

# The paragraphs of a text, each a string of lines that are no longer than the width.
function ConvertTo-HelpParagraph([string] $Text, [int] $Width) {
    return Format-MarkdownBlock -Block @(Get-MarkdownBlock $Text) -Width $Width
}

# A list is one paragraph; each row of a table is one.
function Format-MarkdownBlock([object[]] $Block, [int] $Width) {
    $list = [System.Collections.Generic.List[string]]::new()
    foreach ($one in $Block) {
        if ($one.Kind -ne 'Item' -and $list.Count -gt 0) {
            $list -join "`n"
            $list.Clear()
        }

        switch ($one.Kind) {
            'Text' { @(Split-Line ($one.Lines -join ' ') -Width $Width) -join "`n" }
            'Code' { @($one.Lines | ForEach-Object { "    $_".TrimEnd() }) -join "`n" }
            'Table' { Format-MarkdownTable -Line $one.Lines -Width $Width }
            'Item' {
                $mark, $text = ($one.Lines -join ' ') -split ' ', 2
                Split-Line $text -Width $Width -First "$mark " -Next (' ' * ($mark.Length + 1)) | ForEach-Object { $list.Add($_) }
            }
            default { throw "There is no place here for '$($one.Lines[0])'." }
        }
    }

    if ($list.Count -gt 0) {
        $list -join "`n"
    }
}

# A table is wider than a screen: the first cell of a row becomes a line, and the others lines under it, each with its title.
function Format-MarkdownTable([string[]] $Line, [int] $Width) {
    $rows = @($Line | ForEach-Object { , ($_.Trim('|', ' ') -split ' *\| *') })
    for ($number = 2; $number -lt $rows.Count; $number++) {
        $cells = $rows[$number]
        $lines = @(Split-Line $cells[0] -Width $Width)
        for ($index = 1; $index -lt $cells.Count; $index++) {
            $lines += @(Split-Line "$($rows[0][$index]): $($cells[$index])" -Width $Width -First '    ' -Next '        ')
        }
        $lines -join "`n"
    }
}

function Split-Line([string] $Text, [int] $Width, [string] $First = '', [string] $Next = '') {
    $line = $First
    $isEmpty = $true
    foreach ($word in (ConvertTo-PlainText $Text) -split ' +') {
        if (-not $isEmpty -and $line.Length + 1 + $word.Length -gt $Width) {
            $line.Replace([char]0xA0, [char]' ')
            $line = $Next
            $isEmpty = $true
        }

        $line += $isEmpty ? $word : " $word"
        $isEmpty = $false
    }

    $line.Replace([char]0xA0, [char]' ')
}

# Emphasis and code marks go, and a link keeps its address where that leads out of the pages. Code stays on one line if it is
# short: its blanks are such that do not break until Split-Line is done.
function ConvertTo-PlainText([string] $Text) {
    $plain = $Text -replace '\[([^\]]+)\]\((https?://[^)]+)\)', '$1 ($2)' -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\*\*'
    return [regex]::Replace($plain, '`([^`]+)`', {
            param($code)
            $text = $code.Groups[1].Value
            $text.Length -le 40 ? $text.Replace([char]' ', [char]0xA0) : $text
        })
}

# A topic as Get-Help about_* shows it: headings at the margin, everything else set in. The first heading names the topic, and the
# fifth line is what Get-Help lists of it, so headings stand directly on their text.
function ConvertTo-HelpTopic([string] $Page, [int] $Width) {
    $lines = [System.Collections.Generic.List[string]]::new()
    $section = [System.Collections.Generic.List[object]]::new()
    $finish = {
        foreach ($paragraph in Format-MarkdownBlock -Block $section -Width ($Width - 4)) {
            $paragraph -split "`n" | ForEach-Object { $lines.Add("    $_".TrimEnd()) }
            $lines.Add('')
        }
        $section.Clear()
    }
    foreach ($block in Get-MarkdownBlock $Page) {
        if ($block.Kind -ne 'Heading') {
            $section.Add($block)
            continue
        }

        . $finish
        $mark, $title = $block.Lines[0] -split ' ', 2
        if ($mark -eq '#') {
            $lines.AddRange([string[]]('TOPIC', "    $title", ''))
        }
        else {
            $lines.Add($title.ToUpperInvariant())
        }
    }

    . $finish
    return $lines -join "`n"
}
