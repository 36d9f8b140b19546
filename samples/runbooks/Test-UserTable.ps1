<#
.SYNOPSIS
    Shows what Sync-UserTable.ps1 would change, and changes nothing. Made to be scheduled.
.DESCRIPTION
    Sends reads only. The plan that it writes can be looked at, and applied later with
    Import-Csv plan.csv | Sync-ChatUserAttribute -Plan. That leaves users alone who have changed in between.

    The connection comes from the environment variables that Get-Help Connect-Chat describes.

    Exit code 0: every row was checked, and nothing would change. 1: something would change, or a row could not be checked.
    2: the job ended early, or could not begin.
.PARAMETER Path
    The CSV file: a column UserId, and a column for each attribute. Empty cells leave attributes alone.
.PARAMETER PlanPath
    Where the differences are written: UserId, Name, Current, Desired, Action. There is no such file after a job that found
    none. Default: beside the file.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File ./Test-UserTable.ps1 -Path users.csv
#>
#Requires -Version 7.4
#Requires -Modules TencentChat
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $Path,
    [ValidateNotNullOrEmpty()] [string] $PlanPath = [System.IO.Path]::ChangeExtension($Path, '.plan.csv')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$plan = [System.Collections.Generic.List[object]]::new()
$counts = @{ Unchanged = 0; Skipped = 0; Failed = 0; Unknown = 0 }
try {
    Remove-Item $PlanPath -ErrorAction Ignore
    Import-Csv $Path | Sync-ChatUserAttribute -WhatIf -ErrorAction SilentlyContinue | ForEach-Object {
        $counts["$($_.Status)"]++
        $plan.AddRange($_.Changes)
        if ($_.Status -in 'Failed', 'Unknown') {
            "Row $($_.Row), user '$($_.UserId)': $($_.Message)"
        }
    }
}
catch {
    # The advice is part of the text: PowerShell 7.4 does not show it below an error.
    Write-Error "$_ $($_.ErrorDetails?.RecommendedAction)" -ErrorAction Continue
    exit 2
}
finally {
    if ($plan.Count -gt 0) {
        $plan | Export-Csv $PlanPath
    }

    Disconnect-Chat
}

$unchecked = $counts.Failed + $counts.Unknown
"$($counts.Skipped) rows would be changed, $($counts.Unchanged) are right already, $unchecked could not be checked."
exit [int]($counts.Skipped + $unchecked -gt 0)
