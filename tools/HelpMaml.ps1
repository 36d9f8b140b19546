# The pages of cmdlets as MAML, the form in which Get-Help reads them. A page has the layout that PlatyPS gives it (schema
# 2024-05-01): sections, and for each parameter a description and a block of facts.

# How wide text may be where the engine sets it in by 4 and by 8 columns, on a screen of 80 of which it leaves the last one free.
$script:wide = 75
$script:narrow = 71

$script:mamlNamespaces = @{
    ''      = 'http://msh'
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}

# The MAML of all pages, in the order that is given.
function ConvertTo-Maml([string[]] $Path) {
    $declared = foreach ($prefix in 'maml', 'command', 'dev') {
        [System.Xml.Linq.XAttribute]::new([System.Xml.Linq.XNamespace]::Xmlns + $prefix, $script:mamlNamespaces[$prefix])
    }
    $root = ConvertTo-Node 'helpItems' @($declared; [System.Xml.Linq.XAttribute]::new('schema', 'maml'); $Path | ForEach-Object { ConvertTo-CommandNode (Get-CommandPage $_) })
    return "<?xml version=`"1.0`" encoding=`"utf-8`"?>`n$root"
}

# What stands on a page.
function Get-CommandPage([string] $Path) {
    $text = (Get-Content -Raw $Path) -replace '\r\n', "`n"
    $facts = Get-Fact ([regex]::Match($text, '(?s)\A---\n(.*?)\n---\n').Groups[1].Value)
    $sections = @{}
    foreach ($part in [regex]::Matches($text, '(?ms)^## ([A-Z ]+)\n(.*?)(?=^## [A-Z]|\z)')) {
        $sections[$part.Groups[1].Value] = $part.Groups[2].Value.Trim()
    }

    $page = @{ Name = $facts['title']; HelpUri = $facts['HelpUri'] }
    foreach ($name in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
        if (-not $sections[$name]) {
            throw "$Path has no section $name, or nothing in it."
        }

        $page[$name] = $sections[$name]
    }

    return $page
}

# The lines 'Name: value' of a block of facts, without quotes.
function Get-Fact([string] $Text) {
    $facts = @{}
    foreach ($line in [regex]::Matches($Text, '(?m)^([\w. ]+): *(.*)$')) {
        $facts[$line.Groups[1].Value] = $line.Groups[2].Value.Trim().Trim("'", '"')
    }

    return $facts
}

# The parts of a section that begin with '### ': Title and Text.
function Get-Part([string] $Section) {
    foreach ($part in [regex]::Matches($Section, '(?ms)^### (.+?)\n(.*?)(?=^### |\z)')) {
        @{ Title = $part.Groups[1].Value; Text = $part.Groups[2].Value.Trim() }
    }
}

function ConvertTo-CommandNode([hashtable] $Page) {
    $verb, $noun = $Page.Name -split '-'
    $parameters = [ordered]@{}
    foreach ($part in Get-Part $Page.PARAMETERS | Where-Object { $_.Title -like '-*' }) {
        $parameter = ConvertTo-Parameter $part
        $parameters[$parameter.Name] = $parameter
    }

    ConvertTo-Node 'command:command' @(
        ConvertTo-Node 'command:details' @(
            ConvertTo-Node 'command:name' $Page.Name
            ConvertTo-TextNode 'maml:description' $Page.SYNOPSIS $script:wide
            ConvertTo-Node 'command:verb' $verb
            ConvertTo-Node 'command:noun' $noun
        )
        ConvertTo-TextNode 'maml:description' $Page.DESCRIPTION $script:wide
        ConvertTo-Node 'command:syntax' @(Get-Part $Page.SYNTAX | ForEach-Object { ConvertTo-SyntaxNode $Page.Name $_ $parameters })
        ConvertTo-Node 'command:parameters' @($parameters.Values | ForEach-Object { ConvertTo-ParameterNode $_ })
        ConvertTo-Node 'command:inputTypes' @(Get-Part $Page.INPUTS | ForEach-Object { ConvertTo-TypeNode 'command:inputType' $_ })
        ConvertTo-Node 'command:returnValues' @(Get-Part $Page.OUTPUTS | ForEach-Object { ConvertTo-TypeNode 'command:returnValue' $_ })
        ConvertTo-Node 'maml:alertSet' @(ConvertTo-TextNode 'maml:alert' $Page.NOTES $script:narrow)
        ConvertTo-Node 'command:examples' @(Get-Part $Page.EXAMPLES | ForEach-Object { ConvertTo-ExampleNode $_ })
        ConvertTo-Node 'command:relatedLinks' @(
            # Get-Help -Online opens the first address. A link from page to page leads nowhere in a terminal.
            ConvertTo-LinkNode 'Online version:' $Page.HelpUri
            [regex]::Matches($Page['RELATED LINKS'], '\[([^\]]+)\]') | ForEach-Object { ConvertTo-LinkNode $_.Groups[1].Value }
        )
    )
}

# A parameter: what is said of it, and its facts. Sets has, by the name of a set, the facts that differ from set to set.
function ConvertTo-Parameter([hashtable] $Part) {
    $match = [regex]::Match($Part.Text, '(?s)\A(.*?)\n```yaml\n(.*?)\n```\z')
    if (-not $match.Success) {
        throw "The parameter $($Part.Title) has no facts at its end, or no description before them."
    }

    $facts = Get-Fact $match.Groups[2].Value
    $sets = @{}
    foreach ($set in [regex]::Matches($match.Groups[2].Value, '(?m)^- Name: (.+)\n((?:  .+\n)+)')) {
        $sets[$set.Groups[1].Value] = Get-Fact ($set.Groups[2].Value -replace '(?m)^ +')
    }

    return @{
        Name        = $Part.Title.TrimStart('-')
        Description = $match.Groups[1].Value
        Type        = $facts['Type'] -replace '^System\.Nullable`1\[(.+)\]$', '$1'
        Default     = $facts['DefaultValue']
        Wildcards   = $facts['SupportsWildcards']
        Aliases     = @([regex]::Matches([regex]::Match($match.Groups[2].Value, '(?ms)^Aliases:(.*?)^ParameterSets').Groups[1].Value, '(?m)^- (.+)$') | ForEach-Object { $_.Groups[1].Value })
        Sets        = $sets
        # As the syntax writes the type; a switch has no value. Known once the syntax has been read.
        ValueName   = ''
    }
}

# A line of the syntax gives the order of the parameters and the short names of their types; the rest is among their facts.
function ConvertTo-SyntaxNode([string] $Command, [hashtable] $Part, [System.Collections.IDictionary] $Parameter) {
    $set = $Part.Title -replace ' \(Default\)$'
    $line = [regex]::Match($Part.Text, '(?s)```\n(.*?)\n```').Groups[1].Value -replace '\s+', ' '
    ConvertTo-Node 'command:syntaxItem' @(
        ConvertTo-Node 'maml:name' $Command
        foreach ($use in [regex]::Matches($line, '(?<=[ [])-(\w+)\]?(?: <([^>]+)>)?')) {
            $one = $Parameter[$use.Groups[1].Value]
            if (-not $one) {
                throw "$Command has -$($use.Groups[1].Value) in its syntax and not among its parameters."
            }

            $one.ValueName = $use.Groups[2].Value
            $facts = $one.Sets[$set] ?? $one.Sets['(All)']
            ConvertTo-ParameterCore $one -IsRequired ($facts['IsRequired'] -eq 'true') -Position $facts['Position'] -PipelineInput (Get-PipelineInput $facts)
        }
    )
}

# Where sets differ: required is what all of them require, a position counts that any has, and so does input from the pipeline.
function ConvertTo-ParameterNode([hashtable] $Parameter) {
    $sets = @($Parameter.Sets.GetEnumerator() | Sort-Object Key | ForEach-Object Value)
    $position = @($sets.Position | Where-Object { $_ -ne 'Named' }) + 'Named' | Select-Object -First 1
    $pipeline = @($sets | ForEach-Object { Get-PipelineInput $_ } | Where-Object { $_ -ne 'false' }) + 'false' | Select-Object -First 1
    ConvertTo-ParameterCore $Parameter -IsRequired ($sets.IsRequired -notcontains 'false') -Position $position -PipelineInput $pipeline -IsDescribed
}

function ConvertTo-ParameterCore([hashtable] $Parameter, [bool] $IsRequired, [string] $Position, [string] $PipelineInput, [switch] $IsDescribed) {
    $node = ConvertTo-Node 'command:parameter' @(
        ConvertTo-Node 'maml:name' $Parameter.Name
        if ($IsDescribed) {
            ConvertTo-TextNode 'maml:description' $Parameter.Description $script:narrow
        }
        if ($Parameter.ValueName) {
            ConvertTo-Node 'command:parameterValue' @([System.Xml.Linq.XAttribute]::new('required', 'true'); $Parameter.ValueName)
        }
        ConvertTo-Node 'dev:type' @(ConvertTo-Node 'maml:name' $Parameter.Type)
        if ($IsDescribed) {
            ConvertTo-Node 'dev:defaultValue' ($Parameter.Default ? $Parameter.Default : $Parameter.ValueName ? 'None' : 'False')
        }
    )
    $facts = [ordered]@{
        required       = "$IsRequired".ToLowerInvariant()
        variableLength = "$($Parameter.ValueName -like '*`[`]')".ToLowerInvariant()
        globbing       = "$($Parameter.Wildcards)".ToLowerInvariant()
        pipelineInput  = $PipelineInput
        position       = $Position.ToLowerInvariant()
        aliases        = $Parameter.Aliases ? $Parameter.Aliases -join ', ' : 'none'
    }
    $facts.Keys | ForEach-Object { $node.SetAttributeValue($_, $facts[$_]) }
    return $node
}

function Get-PipelineInput([hashtable] $Set) {
    $ways = @(
        if ($Set['ValueFromPipeline'] -eq 'true') { 'ByValue' }
        if ($Set['ValueFromPipelineByPropertyName'] -eq 'true') { 'ByPropertyName' }
    )
    return $ways ? "true ($($ways -join ', '))" : 'false'
}

function ConvertTo-TypeNode([string] $Name, [hashtable] $Part) {
    ConvertTo-Node $Name @(
        ConvertTo-Node 'dev:type' @(ConvertTo-Node 'maml:name' $Part.Title)
        ConvertTo-TextNode 'maml:description' $Part.Text $script:narrow
    )
}

# Text, then code, as on the page. What stands after the first block of code comes after it here too.
function ConvertTo-ExampleNode([hashtable] $Part) {
    $blocks = @(Get-MarkdownBlock $Part.Text)
    $index = [Array]::FindIndex($blocks, [Predicate[object]] { $args[0].Kind -eq 'Code' })
    if ($index -lt 0) {
        throw "There is no code in '$($Part.Title)'."
    }

    $before = @(Format-MarkdownBlock -Block @($blocks | Select-Object -First $index) -Width $script:wide)
    $after = @(Format-MarkdownBlock -Block @($blocks | Select-Object -Skip ($index + 1)) -Width $script:wide)
    ConvertTo-Node 'command:example' @(
        ConvertTo-Node 'maml:title' "---- $($Part.Title) ----"
        if ($before) {
            # One paragraph that ends with an empty line: the engine writes the code right behind the last one.
            ConvertTo-Node 'maml:introduction' @(ConvertTo-Node 'maml:para' "$($before -join "`n`n")`n`n")
        }
        ConvertTo-Node 'dev:code' ($blocks[$index].Lines -join "`n")
        if ($after) {
            ConvertTo-Node 'dev:remarks' @($after | ForEach-Object { ConvertTo-Node 'maml:para' $_ })
        }
    )
}

function ConvertTo-LinkNode([string] $Text, [string] $Uri = '') {
    ConvertTo-Node 'maml:navigationLink' @(
        ConvertTo-Node 'maml:linkText' $Text
        ConvertTo-Node 'maml:uri' $Uri
    )
}

function ConvertTo-TextNode([string] $Name, [string] $Markdown, [int] $Width) {
    ConvertTo-Node $Name @(ConvertTo-HelpParagraph $Markdown -Width $Width | ForEach-Object { ConvertTo-Node 'maml:para' $_ })
}

# An element by its name with prefix, and what is in it: text, elements, attributes.
function ConvertTo-Node([string] $Name, [object[]] $Content) {
    $prefix, $local = $Name -match ':' ? ($Name -split ':') : ('', $Name)
    return [System.Xml.Linq.XElement]::new([System.Xml.Linq.XNamespace]$script:mamlNamespaces[$prefix] + $local, $Content)
}
