# Help for Get-Help, made from the Markdown pages in docs/en-US: the pages of cmdlets become one MAML file, which PowerShell
# finds by the name of the assembly; the pages named about_* become text.

$script:helpFile = 'TencentChat.PowerShell.dll-Help.xml'

# Writes the help into a folder: en-US of the checkout, from where builds take it.
function Export-ModuleHelp([string] $Root, [string] $Destination = (Join-Path $Root 'en-US')) {
    $pages = Join-Path $Root 'docs' 'en-US'
    $commands = @(Get-ChildItem $pages -Filter '*-*.md' | Sort-Object Name)
    $topics = @(Get-ChildItem $pages -Filter 'about_*.md')
    $null = New-Item -ItemType Directory -Force $Destination
    Set-TextFile -Path (Join-Path $Destination $script:helpFile) -Text (ConvertTo-Maml $commands.FullName)
    foreach ($page in $topics) {
        Set-TextFile -Path (Join-Path $Destination "$($page.BaseName).help.txt") -Text (ConvertTo-HelpTopic (Get-Content -Raw $page.FullName) -Width 79)
    }

    Write-Line "$($commands.Count) cmdlets and $($topics.Count) topics are described in $Destination"
}

# The same bytes on every system.
function Set-TextFile {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'A step of a build.')]
    param([string] $Path, [string] $Text)

    [System.IO.File]::WriteAllText($Path, ($Text.TrimEnd() -replace "`r`n", "`n") + "`n")
}
