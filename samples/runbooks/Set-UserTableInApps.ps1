<#
.SYNOPSIS
    Sets the attributes of users in several apps, one after the other, each from a file of its own.
.DESCRIPTION
    An app that cannot be served does not keep the next one waiting. One line an app is written.

    Exit code 0: all rows of all apps are set. 1: rows of some app are left; they stand beside the app's file, with the
    extension .todo.csv. 2: some app could not be served at all, or only in part.
.PARAMETER Path
    A CSV file with a line for each app: SdkAppId, Region or Endpoint, KeyVariable (the name of the environment variable that
    has the app's secret key), and File (its table, relative to this file).
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Set-UserTableInApps.ps1 -Path apps.csv
#>
#Requires -Version 7.4
#Requires -Modules TencentChat
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Path
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# A key goes from its variable into the connection and is shown nowhere.
function Get-Key([string] $Variable) {
    $text = [Environment]::GetEnvironmentVariable($Variable)
    if (-not $text) {
        throw "The environment variable '$Variable' has no key."
    }

    $key = [securestring]::new()
    $text.ToCharArray() | ForEach-Object { $key.AppendChar($_) }
    return $key
}

$folder = Split-Path (Resolve-Path $Path)
$exitCode = 0
foreach ($app in Import-Csv $Path) {
    $columns = $app.PSObject.Properties.Name
    $counts = @{ Rows = 0; Left = 0 }
    $problem = ''
    $chat = $null
    try {
        $table = Join-Path $folder $app.File
        $todo = [System.IO.Path]::ChangeExtension($table, '.todo.csv')
        Remove-Item $todo -ErrorAction Ignore

        $place = if ('Endpoint' -in $columns -and $app.Endpoint) { @{ Endpoint = $app.Endpoint } } else { @{ Region = $app.Region } }
        $chat = Connect-Chat -SdkAppId $app.SdkAppId -SecretKey (Get-Key $app.KeyVariable) @place -PassThru

        Import-Csv $table | Set-ChatUserAttribute -Connection $chat -ErrorAction SilentlyContinue | ForEach-Object {
            $counts.Rows++
            if ($_.Status -ne 'Succeeded') {
                $counts.Left++
                $_.InputObject
            }
        } | Export-Csv $todo

        if ($counts.Left -gt 0) {
            $exitCode = [Math]::Max($exitCode, 1)
        }
        else {
            Remove-Item $todo -ErrorAction Ignore
        }
    }
    catch {
        $problem = " Ended early: $_"
        $exitCode = 2
    }
    finally {
        if ($chat) {
            Disconnect-Chat -Connection $chat
        }
    }

    "App $($app.SdkAppId): $($counts.Rows) rows, $($counts.Left) are left.$problem"
}

exit $exitCode
