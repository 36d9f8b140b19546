<#
.SYNOPSIS
    Sets the attributes of users in several apps, one after the other, each from a file of its own.
.DESCRIPTION
    An app that fails does not stop the next one. One line per app is written.

    Exit code 0: all rows of all apps are set. A row without a value has nothing to set, and counts as done. 1: rows of some
    app are left. 2: some app was not served at all, or only in part. The rows that are left are written beside the app's
    file, with the extension .todo.csv, as they came.
.PARAMETER Path
    A CSV file with one row per app: SdkAppId, Region or Endpoint, KeyVariable (the name of the environment variable that
    holds the app's secret key), and File (its table, relative to this file).
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
    $count = 0
    $open = [System.Collections.Generic.List[object]]::new()
    $problem = ''
    $chat = $null
    try {
        $table = Join-Path $folder $app.File
        $todo = [System.IO.Path]::ChangeExtension($table, '.todo.csv')
        Remove-Item $todo -ErrorAction Ignore

        $place = if ('Endpoint' -in $columns -and $app.Endpoint) { @{ Endpoint = $app.Endpoint } } else { @{ Region = $app.Region } }
        $chat = Connect-Chat -SdkAppId $app.SdkAppId -SecretKey (Get-Key $app.KeyVariable) @place -PassThru

        # Results are looked at as they come: a variable that takes them all at the end gets none from a run that is stopped.
        Import-Csv $table | Set-ChatUserAttribute -Connection $chat -ErrorAction SilentlyContinue | ForEach-Object {
            $count++
            if ($_.Status -ne 'Succeeded') {
                $open.Add($_)
            }
        }
    }
    catch {
        $problem = " Ended early: $_ $($_.ErrorDetails?.RecommendedAction)"
        $exitCode = 2
    }
    finally {
        if ($chat) {
            Disconnect-Chat -Connection $chat
        }
    }

    # A row that is Skipped because it has nothing to set has no ErrorId; one that a stopped run has not sent has RunStopped.
    $left = @($open | Where-Object ErrorId)
    if ($left) {
        $left.InputObject | Export-Csv $todo
        $exitCode = [Math]::Max($exitCode, 1)
    }

    "App $($app.SdkAppId): $count rows, $($left.Count) are left.$problem"
}

exit $exitCode
