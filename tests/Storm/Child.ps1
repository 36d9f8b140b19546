# The PowerShell under test: one operation over the whole input, its results written to a file as they come.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('set', 'get', 'delete')] [string] $Operation,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Results,
    [Parameter(Mandatory)] [string] $ModuleManifest,
    [Parameter(Mandatory)] [string] $Endpoint,
    [int] $MaxRetry = 6
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'

Import-Module $ModuleManifest
Connect-Chat -Endpoint $Endpoint -TimeoutSec 4 -MaxRetry $MaxRetry
$quiet = @{ ErrorAction = 'SilentlyContinue'; InformationVariable = 'summary' }
$writer = [System.IO.StreamWriter]::new($Results)
$clock = [System.Diagnostics.Stopwatch]::StartNew()
try {
    switch ($Operation) {
        'set' {
            Import-Csv $Path | Set-ChatUserAttribute @quiet |
                ForEach-Object { $writer.WriteLine("$($_.Row)`t$($_.UserId)`t$($_.Status)`t$($_.ErrorId)`t$($_.Attempts)`t$($_.Batch)") }
        }
        'get' {
            Import-Csv $Path | Get-ChatUserAttribute @quiet |
                ForEach-Object { $writer.WriteLine("$($_.Row)`t$($_.UserId)`t$($_.Status)`t$($_.ErrorId)`t$($_.Attempts)`t$($_.Batch)`t$($_.sex)`t$($_.city)`t$($_.level)") }
        }
        'delete' {
            Import-Csv $Path | Remove-ChatAccount -Force @quiet |
                ForEach-Object { $writer.WriteLine("$($_.Row)`t$($_.UserId)`t$($_.Status)`t$($_.ErrorId)`t$($_.Attempts)`t$($_.Batch)") }
        }
    }
}
finally {
    $writer.Dispose()
}

[pscustomobject]@{
    Seconds   = $clock.Elapsed.TotalSeconds
    PeakMB    = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB
    Repeated  = $summary[-1].MessageData.RepeatedCalls
    Throttled = $summary[-1].MessageData.ThrottledCalls
} | ConvertTo-Json -Compress
