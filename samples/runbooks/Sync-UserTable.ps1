<#
.SYNOPSIS
    Sets the attributes of an app's users to what a CSV file says, unattended. It is safe to start it again at any time.
.DESCRIPTION
    A runbook for Azure Automation, a scheduler or a build server. Only what differs is sent, so a job that was interrupted is
    resumed by starting it again, with the same file.

    In Azure Automation the connection comes from the Automation account's variables TENCENTCHAT_SDKAPPID, TENCENTCHAT_SECRETKEY
    (encrypted) and TENCENTCHAT_REGION; elsewhere from environment variables of the same names. Get-Help Connect-Chat -Full
    says what else can be set there.

    Exit code 0: the app matches the file. 1: some rows are left; they are in the file of -TodoPath as they came.
    2: the job ended early, or could not begin; the error says why, and what to do.
.PARAMETER Path
    The CSV file: a column UserId, and a column for each attribute. Empty cells leave attributes alone.
.PARAMETER ReportPath
    Where one line per row is written: Row, UserId, Status, ErrorId, Message. Default: beside the file.
.PARAMETER TodoPath
    Where the rows that are left are written, to be corrected and run again. A job that leaves none writes no such file.
    Default: beside the file.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Sync-UserTable.ps1 -Path users.csv
#>
#Requires -Version 7.4
#Requires -Modules TencentChat
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Path,
    [ValidateNotNullOrEmpty()] [string] $ReportPath = [System.IO.Path]::ChangeExtension($Path, '.report.csv'),
    [ValidateNotNullOrEmpty()] [string] $TodoPath = [System.IO.Path]::ChangeExtension($Path, '.todo.csv')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$exitCode = 0
$counts = @{ Succeeded = 0; Unchanged = 0; Left = 0 }
$todo = [System.Collections.Generic.List[object]]::new()
try {
    if (Get-Command Get-AutomationVariable -ErrorAction Ignore) {
        foreach ($name in 'SDKAPPID', 'SECRETKEY', 'ADMIN', 'REGION', 'ENDPOINT') {
            $value = Get-AutomationVariable -Name "TENCENTCHAT_$name" -ErrorAction Ignore
            if ($value) {
                Set-Item "Env:TENCENTCHAT_$name" $value
            }
        }
    }

    Remove-Item $TodoPath -ErrorAction Ignore
    Connect-Chat

    # Failed rows are kept below; under 'Stop' the first of them would end the job.
    Import-Csv $Path | Sync-ChatUserAttribute -ErrorAction SilentlyContinue | ForEach-Object {
        if ($_.Status -in 'Succeeded', 'Unchanged') {
            $counts["$($_.Status)"]++
        }
        else {
            $counts.Left++
            $todo.Add($_.InputObject)
        }

        $_ | Select-Object Row, UserId, Status, ErrorId, Message
    } | Export-Csv $ReportPath

    $exitCode = [int]($counts.Left -gt 0)
}
catch {
    # The advice is part of the text: PowerShell 7.4 does not show it below an error.
    Write-Error "$_ $($_.ErrorDetails?.RecommendedAction)" -ErrorAction Continue
    $exitCode = 2
}
finally {
    if ($todo.Count -gt 0) {
        $todo | Export-Csv $TodoPath
    }

    Disconnect-Chat
}

"$($counts.Succeeded) rows were changed, $($counts.Unchanged) were right already, $($counts.Left) are left."
exit $exitCode
