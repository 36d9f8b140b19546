# The PowerShell under test: one operation over the whole input, its results written to a file as they come.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('set', 'get', 'delete', 'add-tag', 'set-tag', 'remove-tag', 'clear-tag', 'push-users', 'push-audience')] [string] $Operation,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Results,
    [Parameter(Mandatory)] [string] $ModuleManifest,
    [Parameter(Mandatory)] [string] $Endpoint,
    [int] $MaxRetry = 6,
    [string] $Family = 'AllMemberPush'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'

Import-Module $ModuleManifest
$limit = $Operation -eq 'push-audience' ? @{ CallsPerSecond = 100 } : @{}
Connect-Chat -Endpoint $Endpoint -TimeoutSec 4 -MaxRetry $MaxRetry -AttributeService $Family @limit
$quiet = @{ ErrorAction = 'SilentlyContinue'; InformationVariable = 'summary' }
$writer = [System.IO.StreamWriter]::new($Results)
$clock = [System.Diagnostics.Stopwatch]::StartNew()

function Write-Row([scriptblock] $Cells = { '' }) {
    process {
        $writer.WriteLine("$($_.Row)`t$($_.UserId)`t$($_.Status)`t$($_.ErrorId)`t$($_.Attempts)`t$($_.Batch)$(& $Cells)")
    }
}

try {
    switch ($Operation) {
        'set' { Import-Csv $Path | Set-ChatUserAttribute @quiet | Write-Row }
        'get' { Import-Csv $Path | Get-ChatUserAttribute @quiet | Write-Row { "`t$($_.sex)`t$($_.city)`t$($_.level)" } }
        'delete' { Import-Csv $Path | Remove-ChatAccount -Force @quiet | Write-Row }
        'add-tag' { Import-Csv $Path | Add-ChatUserTag @quiet | Write-Row }
        'set-tag' { Import-Csv $Path | Set-ChatUserTag @quiet | Write-Row }
        'remove-tag' { Import-Csv $Path | Remove-ChatUserTag @quiet | Write-Row }
        'clear-tag' { Import-Csv $Path | Clear-ChatUserTag -Force @quiet | Write-Row }
        'push-users' { Import-Csv $Path | Send-ChatPush -Text 'Hello' -Force @quiet | Write-Row { "`t$($_.TaskId)`t$($_.MsgRandom)" } }
        'push-audience' {
            # A push a row, with the row's name as its text. The service wants them more than a second apart, and its clock can
            # be moved.
            $number = 0
            foreach ($row in Import-Csv $Path) {
                $null = Invoke-RestMethod "$Endpoint/_emulator/clock" -Method Post -NoProxy -Body '{"AdvanceSeconds":2}' -ContentType 'application/json'
                $number++
                $push = Send-ChatPush -Text $row.UserId -All -Force -ErrorAction SilentlyContinue
                $writer.WriteLine("$number`t$($row.UserId)`t$($push.Status)`t$($push.ErrorId)`t$($push.Attempts)`t$number`t$($push.TaskId)`t$($push.MsgRandom)")
            }
            $summary = @()
        }
    }
}
finally {
    $writer.Dispose()
}

[pscustomobject]@{
    Seconds   = $clock.Elapsed.TotalSeconds
    PeakMB    = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB
    Repeated  = $summary ? $summary[-1].MessageData.RepeatedCalls : 0
    Throttled = $summary ? $summary[-1].MessageData.ThrottledCalls : 0
} | ConvertTo-Json -Compress
