<#
.SYNOPSIS
    Shows the module's main job on the embedded emulator: attributes from a CSV file, deleting accounts, tags and a push.
.DESCRIPTION
    Prints each command as an admin types it, and what it answers. Nothing leaves this process. Every value is compared,
    character by character, with what the file says it must be; the exit code is 1 when anything differs.

    The demo knows the rules by which a row is good or bad, and works them out for itself: it doesn't ask the module.
.PARAMETER ModuleManifest
    The module to show. Default: the one of this checkout, which must have been built.
.PARAMETER Path
    The table of users, with the columns UserId, sex, city, level. Default: users.csv beside this script.
.EXAMPLE
    ./build.sh Demo
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [ValidateNotNullOrEmpty()]
    [string] $ModuleManifest = (Join-Path (Split-Path $PSScriptRoot) 'TencentChat.psd1'),

    [ValidateNotNullOrEmpty()]
    [string] $Path = (Join-Path $PSScriptRoot 'users.csv')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}

. (Join-Path $PSScriptRoot 'Demo.Model.ps1')
Import-Module $ModuleManifest -Force

# Called with a dot, so that what a command keeps in a variable stays for the next one, as at a prompt.
function Step([string] $Say, [scriptblock] $Command) {
    Show-Text ''
    Show-Text "# $Say"
    foreach ($line in "$Command".Trim() -split '\r?\n') {
        Show-Text "PS> $($line.Trim())"
    }
    $shown = . $Command | Out-String -Width 110
    if ($shown.Trim()) {
        Show-Text ($shown.Trim("`r", "`n"))
    }
}

$csv = (Resolve-Path $Path).ProviderPath
$model = Get-ExpectedOutcome (Import-Csv $csv)
$temp = (New-Item -ItemType Directory (Join-Path ([System.IO.Path]::GetTempPath()) "TencentChat-$([guid]::NewGuid().ToString('n'))")).FullName
try {
    Show-Text "`$csv = '$csv': $($model.Rows.Count) rows, $($model.Users.Count) users; $($model.BadCount) rows can't be accepted."

    . Step 'An app of one''s own, in this process, with three attributes.' { Connect-Chat -Emulator -AttributeName sex, city, level }
    . Step 'Its attribute names.' { Get-ChatAttributeName -OutVariable names }
    Test-Fact 'the app has the three attributes' (Test-SameList (@($names) | Where-Object Name | ForEach-Object Name) $model.Names)

    . Step 'The main job.' {
        Import-Csv $csv | Set-ChatUserAttribute -OutVariable results -ErrorVariable problems -ErrorAction SilentlyContinue | Group-Object Status -NoElement
    }
    . Step 'One result for each row, in the order of the file.' { $results | Select-Object -First 5 }
    . Step 'The rows to look at, and why.' { $results | Where-Object Status -NE Succeeded | Format-List Row, UserId, ErrorId, Message }
    Test-RowResult -Model $model -Result $results -Problem $problems

    . Step 'Read back what was set.' {
        $results | Where-Object Status -EQ Succeeded | Get-ChatUserAttribute -OutVariable stored | Select-Object -Last 5
    }
    Test-Fact 'one object for each row that was set' ($stored.Count -eq $model.Rows.Count - $model.BadCount)
    Test-StoredValue 'every value is what the file says, the later row before the earlier' $model.Users $stored
    Show-OddRow -Model $model -Result $results -User $stored

    . Step 'A copy for editing, and the copy set again.' {
        $copy = Join-Path $temp 'copy.csv'
        $stored | Export-Csv $copy
        Import-Csv $copy | Set-ChatUserAttribute -OutVariable repeated | Group-Object Status -NoElement
    }
    Test-Fact 'the copy is accepted row for row' ($repeated.Count -eq $stored.Count -and -not ($repeated | Where-Object Status -NE Succeeded))
    . Step 'Nothing has changed by that.' { Import-Csv $copy | Get-ChatUserAttribute -OutVariable stored | Measure-Object | ForEach-Object Count }
    Test-StoredValue 'every value survived the round trip' $model.Users $stored

    $one = $model.Users.Keys | Where-Object { $model.Users[$_].Count -eq 3 } | Select-Object -First 1
    . Step 'One attribute of one user removed.' { Remove-ChatUserAttribute -UserId $one -Name city }
    $null = $model.Users[$one].Remove('city')
    . Step 'The others are still there.' { Get-ChatUserAttribute -UserId $one -OutVariable stored }
    Test-StoredValue "$one has lost city and nothing else" @{ $one = $model.Users[$one] } $stored

    $leavers = @($model.Users.Keys | Select-Object -First 500 | ForEach-Object { [pscustomobject]@{ UserId = $_ } })
    . Step 'What would a delete do? Nothing is sent.' { $leavers | Select-Object -First 3 | Remove-ChatAccount -WhatIf -OutVariable asked }
    Test-Fact 'each row was skipped' ($asked.Count -eq 3 -and -not ($asked | Where-Object Status -NE Skipped))
    . Step 'They are all there.' { $leavers | Get-ChatUserAttribute -OutVariable stored | Measure-Object | ForEach-Object Count }
    Test-Fact '-WhatIf has deleted nobody' ($stored.Count -eq $leavers.Count)

    . Step 'For ever.' { $leavers | Remove-ChatAccount -Force -OutVariable deleted | Group-Object Status -NoElement }
    Test-Fact 'each of the 500 is deleted' ($deleted.Count -eq $leavers.Count -and -not ($deleted | Where-Object Status -NE Succeeded))
    . Step 'A second time there is nobody to delete.' {
        $leavers | Remove-ChatAccount -Force -OutVariable deleted -ErrorAction SilentlyContinue | Group-Object Status, ErrorCode -NoElement
    }
    Test-Fact 'the service knows none of them any more' (
        $deleted.Count -eq $leavers.Count -and -not ($deleted | Where-Object { $_.Status -ne 'Failed' -or $_.ErrorCode -ne 70107 }))

    $leavers | ForEach-Object { $null = $model.Users.Remove($_.UserId) }
    $rest = @($model.Users.Keys | ForEach-Object { [pscustomobject]@{ UserId = $_ } })
    . Step 'Everybody else is untouched.' { $rest | Get-ChatUserAttribute -OutVariable stored | Measure-Object | ForEach-Object Count }
    Test-Fact 'one object for each user who is left' ($stored.Count -eq $rest.Count)
    Test-StoredValue 'their values are what the file says' $model.Users $stored

    # Every user has beta or vip, every third has both.
    $table = @(for ($index = 0; $index -lt $rest.Count; $index++) {
            [pscustomobject]@{ UserId = $rest[$index].UserId; Tag = ('vip', 'beta', 'beta;vip')[$index % 3] }
        })
    $vip = @($table | Where-Object Tag -CLike '*vip*')
    . Step 'Tags for a push, two of them in some cells.' { $table | Add-ChatUserTag -OutVariable tagged | Group-Object Status -NoElement }
    Test-Fact 'each row is done' ($tagged.Count -eq $table.Count -and -not ($tagged | Where-Object Status -NE Succeeded))
    . Step 'Read back.' { $table | Get-ChatUserTag -OutVariable read | Select-Object -Last 3 }
    Test-Fact 'every user has the tags of the table' (
        Test-SameList @($read | ForEach-Object { $_.UserId + ' ' + $_.Tag.ToString() }) @($table | ForEach-Object { $_.UserId + ' ' + $_.Tag }))

    $both = $table[2].UserId
    . Step 'Exactly these tags: what is missing is added, what is too much is removed.' {
        Set-ChatUserTag -UserId $both -Tag vip, gold -OutVariable changed | Format-List UserId, Status, Added, Removed
    }
    Test-Fact 'gold came and beta went' ("$($changed.Added) $($changed.Removed)" -ceq 'gold beta')
    . Step 'Whom would a push reach? The service cannot say; the module reads the users.' { $rest | Measure-ChatPushAudience -AnyTag vip -OutVariable audience }
    Test-Fact 'it counts the users who are vip in the table' ($audience.Users -eq $rest.Count -and $audience.Reached -eq $vip.Count -and $audience.NotRead -eq 0)
    . Step 'A push to nobody in particular is refused: nothing given never means everybody.' {
        try { Send-ChatPush -Text 'The sale starts at noon.' -Force } catch { $_.FullyQualifiedErrorId -split ',' | Select-Object -First 1 -OutVariable refused }
    }
    Test-Fact 'it names the reason' ("$refused" -ceq 'AudienceMissing')
    . Step 'What would be sent? Nothing is.' { Send-ChatPush -AnyTag vip -Text 'The sale starts at noon.' -WhatIf -OutVariable asked }
    Test-Fact 'it was skipped' ($asked.Status -eq 'Skipped' -and -not $asked.TaskId)
    . Step 'The push.' { Send-ChatPush -AnyTag vip -Text 'The sale starts at noon.' -Force -OutVariable sent }
    Test-Fact 'the service took it, in one call' ($sent.Status -eq 'Succeeded' -and $sent.TaskId -and $sent.Attempts -eq 1)

    . Step 'Done.' { Disconnect-Chat }
}
finally {
    Remove-Item $temp -Recurse -Force
}

exit (Complete-Demo)
