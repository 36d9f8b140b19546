# The same job without the module, as a good admin would write it: a hundred accounts a call, one call after the other, and
# an end as soon as anything is wrong. It makes no promise about which rows were done by then.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Endpoint,
    [Parameter(Mandatory)] [string] $UserSig,
    [long] $SdkAppId = 1400000000,
    [string] $Identifier = 'administrator'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Send-Batch([object[]] $Batch) {
    $uri = "$Endpoint/v4/all_member_push/im_set_attr?sdkappid=$SdkAppId&identifier=$Identifier&usersig=$UserSig&random=$(Get-Random)&contenttype=json"
    $body = ConvertTo-Json @{ UserAttrs = $Batch } -Depth 4 -Compress
    $reply = Invoke-RestMethod -Method Post -Uri $uri -Body $body -ContentType 'application/json; charset=utf-8' -NoProxy
    if ($reply.ErrorCode -ne 0) {
        throw "The service answered $($reply.ErrorCode): $($reply.ErrorInfo)"
    }
}

# Row by row, as the table may be larger than memory.
$batch = [System.Collections.Generic.List[object]]::new(100)
Import-Csv $Path | ForEach-Object {
    $batch.Add(@{
            To_Account = $_.UserId
            Attrs      = @{ sex = $_.sex; city = $_.city; level = $_.level }
        })
    if ($batch.Count -eq 100) {
        Send-Batch $batch.ToArray()
        $batch.Clear()
    }
}
if ($batch.Count) {
    Send-Batch $batch.ToArray()
}
