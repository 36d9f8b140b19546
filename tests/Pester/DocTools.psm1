# Runs the commands that stand in the documentation. A command that would go to the cloud goes to the emulator over a socket
# instead; nothing else about it is changed.
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The fenced blocks of a page, in order: Language, Text, Line (of the fence) and Heading (the last one above it).
function Get-CodeBlock([Parameter(Mandatory)] [string] $Path) {
    $number = 0
    $heading = ''
    $open = $null
    foreach ($line in Get-Content $Path) {
        $number++
        if ($null -ne $open) {
            if ($line -match '^```\s*$') {
                [pscustomobject]@{ Language = $open.Language; Text = $open.Lines -join "`n"; Line = $open.Line; Heading = $heading }
                $open = $null
            }
            else {
                $open.Lines.Add($line)
            }
        }
        elseif ($line -match '^```(.*)$') {
            $open = @{ Language = $Matches[1].Trim(); Line = $number; Lines = [System.Collections.Generic.List[string]]::new() }
        }
        elseif ($line -match '^#+ (.+)$') {
            $heading = $Matches[1]
        }
    }

    if ($null -ne $open) {
        throw "${Path}: the fence of line $($open.Line) is not closed."
    }
}

# The same commands with every place in the cloud replaced. Refuses a Connect-Chat whose place it does not see.
function ConvertTo-LocalCommand([Parameter(Mandatory)] [string] $Text) {
    $problems = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref]$null, [ref]$problems)
    if ($problems) {
        throw "This is no PowerShell: $($problems[0].Message) In: $Text"
    }

    $edits = foreach ($command in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'Connect-Chat' }, $true)) {
        $given = @{}
        $elements = $command.CommandElements
        for ($index = 1; $index -lt $elements.Count; $index++) {
            if ($elements[$index] -is [System.Management.Automation.Language.CommandParameterAst]) {
                $given[$elements[$index].ParameterName] = @{ From = $elements[$index]; Value = $index + 1 -lt $elements.Count ? $elements[$index + 1] : $null }
            }
        }

        $place = $given['Region'] ?? $given['Endpoint']
        if ($place) {
            $kind = $place.From.ParameterName
            $app = $given.ContainsKey('SdkAppId') ? $given['SdkAppId'].Value.Extent.Text : '$env:TENCENTCHAT_SDKAPPID'
            @{
                From = $place.From.Extent.StartOffset
                To   = $place.Value.Extent.EndOffset
                With = "-Endpoint (Get-LocalEndpoint -SdkAppId $app -$kind $($place.Value.Extent.Text))"
            }
        }
        elseif (-not $given.ContainsKey('Emulator') -and $elements.Count -gt 1) {
            throw "This Connect-Chat names no place, so it would go to the cloud: $command"
        }
    }

    foreach ($edit in @($edits) | Where-Object { $_ } | Sort-Object { $_.From } -Descending) {
        $Text = $Text.Remove($edit.From, $edit.To - $edit.From).Insert($edit.From, $edit.With)
    }

    return $Text -replace '\$env:TENCENTCHAT_REGION = (.+)', '$env:TENCENTCHAT_ENDPOINT = Get-LocalEndpoint -SdkAppId $env:TENCENTCHAT_SDKAPPID -Region $1'
}

# A session in which commands of the documentation run: a folder of its own, nobody to answer questions, and the emulators in
# the place of the cloud. What asks a person or a vault for a secret gets the emulators' made-up one.
function New-DocSession {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Only tests call it.')]
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [pscustomobject[]] $EmulatorHost,
        [Parameter(Mandatory)] [string] $UserSig,
        [string] $ModuleManifest
    )

    $session = [powershell]::Create()
    $null = $session.AddScript({
            param($Folder, $Places, $SecretKey, $UserSig, $ModuleManifest)
            Set-Location -LiteralPath $Folder
            $ProgressPreference = 'SilentlyContinue'
            if ($ModuleManifest) { Import-Module $ModuleManifest }
            $global:docPlaces = $Places
            $global:docSecrets = @{ Key = $SecretKey; UserSig = $UserSig }

            function global:Get-LocalEndpoint([long] $SdkAppId, [string] $Region, [string] $Endpoint) {
                if ($Region) { $null = [TencentChat.Protocol.ChatRegion]$Region }
                if ($Endpoint -and -not [uri]::IsWellFormedUriString($Endpoint, 'Absolute')) { throw "No address: $Endpoint" }
                $place = $docPlaces[[string]$SdkAppId]
                if (-not $place) { throw "No emulator for the app $SdkAppId." }
                return $place
            }
            function global:ConvertTo-DocSecret([string] $Text) {
                $secret = [securestring]::new()
                $Text.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
                return $secret
            }
            function global:Get-Secret([string] $Name, [string] $Vault, [switch] $AsPlainText) {
                $text = $Name -match 'UserSig' ? $docSecrets.UserSig : $docSecrets.Key
                return $AsPlainText ? $text : (ConvertTo-DocSecret $text)
            }
            function global:Get-Credential([string] $UserName, [string] $Message) {
                return [pscredential]::new($UserName, (ConvertTo-DocSecret $docSecrets.Key))
            }
            function global:Read-Host([string] $Prompt, [switch] $AsSecureString) {
                return $AsSecureString ? (ConvertTo-DocSecret $docSecrets.Key) : $docSecrets.Key
            }
        }).AddParameters(@{
            Folder         = $Folder
            Places         = @{} + ($EmulatorHost | ForEach-Object { $all = @{} } { $all[[string]$_.SdkAppId] = $_.Endpoint } { $all })
            SecretKey      = $EmulatorHost[0].SecretKey
            UserSig        = $UserSig
            ModuleManifest = $ModuleManifest
        })
    $null = $session.Invoke()
    $session.Commands.Clear()
    return $session
}

# Runs commands in the session; returns their Output as a screen of the given width shows it, and their Errors.
function Invoke-DocCommand([Parameter(Mandatory)] [powershell] $Session, [Parameter(Mandatory)] [string] $Text, [int] $Width = 100) {
    $Session.Streams.ClearStreams()
    $local = ConvertTo-LocalCommand $Text
    $rendering = $PSStyle.OutputRendering
    $errors = [System.Collections.Generic.List[object]]::new()
    $output = @()
    try {
        $PSStyle.OutputRendering = 'PlainText'
        $output = $Session.AddScript($local, $false).AddCommand('Out-String').AddParameter('Width', $Width).Invoke()
    }
    catch [System.Management.Automation.RuntimeException] {
        $fault = $_.Exception
        while ($fault.InnerException -is [System.Management.Automation.IContainsErrorRecord]) {
            $fault = $fault.InnerException
        }
        $errors.Add($fault.ErrorRecord)
    }
    finally {
        $PSStyle.OutputRendering = $rendering
        $Session.Commands.Clear()
    }

    $Session.Streams.Error | ForEach-Object { $errors.Add($_) }
    return [pscustomobject]@{ Output = -join $output; Errors = $errors.ToArray() }
}

# Text without what nobody sees: blanks at the ends of lines, and empty lines around it.
function Get-VisibleText([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text) {
    return (($Text -split '\r?\n').TrimEnd() -join "`n").Trim("`n")
}

Export-ModuleMember -Function 'Get-CodeBlock', 'Get-VisibleText', 'Invoke-DocCommand', 'New-DocSession'
