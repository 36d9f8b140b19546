#Requires -Version 7.4
# Secrets stay secret (P9): every cmdlet is run with all its streams on, in success and in failure, and everything that can be
# printed of what comes out is searched for the key, for the signatures that really went over the wire, and for passwords.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--attribute-names', 'sex,city'
    $relay = New-Relay $emulator.Endpoint
    $proxy = New-Relay $emulator.Endpoint -AsksForCredential
    $runspace = New-ModuleRunspace
    $key = ConvertTo-SecureString (Get-TestKey) -AsPlainText
    $given = Get-TestUserSig
    $password = 'pr0xy-p4ssw0rd-nobody-else-has'

    $script:types = 'System.Type', 'System.Reflection.MemberInfo', 'System.Reflection.Assembly', 'System.Reflection.Module', 'System.Management.Automation.CommandInfo',
        'System.Management.Automation.PSModuleInfo', 'System.Management.Automation.Runspaces.Runspace', 'System.Security.SecureString', 'System.IntPtr' | ForEach-Object { [type]$_ }

    # All text that public properties lead to, however deep.
    function Get-GraphText($Root) {
        $text = [System.Text.StringBuilder]::new()
        $seen = [System.Collections.Generic.HashSet[object]]::new([System.Collections.Generic.ReferenceEqualityComparer]::Instance)
        $queue = [System.Collections.Generic.Queue[object]]::new()
        $queue.Enqueue(@(, $Root, 0))
        while ($queue.Count -gt 0) {
            $object, $depth = $queue.Dequeue()
            if ($null -eq $object -or $depth -gt 6 -or $seen.Count -gt 400) { continue }
            if ($object -is [psobject]) { $object = $object.PSObject.BaseObject }
            if ($object -is [string] -or $object -is [valuetype]) { $null = $text.AppendLine([string]$object); continue }
            if ($script:types.Where({ $_.IsInstanceOfType($object) }, 'First') -or -not $seen.Add($object)) { continue }
            $null = $text.AppendLine($object.ToString())
            if ($object -is [byte[]]) { $null = $text.AppendLine([System.Text.Encoding]::UTF8.GetString($object)); continue }
            if ($object -is [System.Collections.IEnumerable]) {
                foreach ($item in $object) { $queue.Enqueue(@($item, ($depth + 1))) }
            }
            foreach ($property in $object.GetType().GetProperties()) {
                if ($property.GetIndexParameters().Count -eq 0 -and $property.CanRead) {
                    try { $queue.Enqueue(@($property.GetValue($object), ($depth + 1))) } catch { $null = $text.AppendLine("$_") }
                }
            }
        }

        $text.ToString()
    }

    # Everything that a person, a log or a file could show of the objects.
    function Get-AllText($Objects) {
        foreach ($object in $Objects) {
            "$object"
            , $object | Format-List * -Force | Out-String -Width 4000
            , $object | Format-Table * -Force | Out-String -Width 4000
            # Not everything in an exception has a form in JSON or in XML; what has none does not get out that way.
            try { , $object | ConvertTo-Json -Depth 3 -WarningAction Ignore } catch { "$_" }
            try { [System.Management.Automation.PSSerializer]::Serialize($object, 3) } catch { "$_" }
            if ($object -is [System.Management.Automation.ErrorRecord]) {
                $object | Get-Error | Out-String -Width 4000
                $object.Exception.ToString()
                Get-GraphText $object.Exception
                Get-GraphText $object.TargetObject
                Get-GraphText $object.ErrorDetails
                Get-GraphText $object.CategoryInfo
            }
            else {
                Get-GraphText $object
            }
        }
    }

    $script:haystack = [System.Collections.Generic.Dictionary[string, string]]::new()

    # Runs a script and keeps all text of all its streams under a name. Debug messages are asked for by the preference: up to
    # PowerShell 7.5 -Debug makes ShouldProcess ask, and there is nobody to answer.
    function Invoke-Watched([string] $Name, [string] $Script, [hashtable] $Parameter = @{}) {
        $run = Invoke-InRunspace $runspace ('param($Key, $Address, $With) $DebugPreference = "Continue"; ' + $Script) @{ Key = $key; Address = $relay.Address; With = $Parameter }
        $objects = @($run.Output) + $run.Error + $run.Warning + $run.Verbose + $run.Debug + $run.Information + $run.Progress
        if ($run.Terminating) {
            $objects += $run.Terminating
            $record = $run.Terminating.PSObject.Properties['ErrorRecord']
            if ($record) { $objects += $record.Value }
        }

        $script:haystack[$Name] = (Get-AllText $objects) -join "`n"
        return $run
    }

    $connect = 'Connect-Chat -SdkAppId 1400000000 -SecretKey $Key -Endpoint $Address -Verbose -PassThru -MaxRetry 1'
    $loud = '-Verbose -InformationAction Continue'
    $script:runs = [ordered]@{
        'connect'               = $connect
        'connection'            = 'Get-ChatConnection -Verbose'
        'names'                 = "Get-ChatAttributeName $loud; Set-ChatAttributeName level $loud"
        'set'                   = "1..250 | Set-ChatUserAttribute -Attribute @{ city = 'x' } $loud"
        'set with a bad row'    = "[pscustomobject]@{ UserId = 'a'; city = 'x' * 51 }, [pscustomobject]@{ UserId = ''; city = 'x' } | Set-ChatUserAttribute $loud"
        'set, unknown column'   = "[pscustomobject]@{ UserId = 'a'; town = 'x' } | Set-ChatUserAttribute $loud"
        'get'                   = "1, 2, 'missing' | Get-ChatUserAttribute $loud"
        'remove'                = "1, 'missing' | Remove-ChatUserAttribute -Name city $loud"
        'what if'               = "1 | Remove-ChatAccount -WhatIf $loud"
        'delete'                = "1, 'missing', 'administrator' | Remove-ChatAccount -Force $loud"
        'delete, nobody to ask' = "2 | Remove-ChatAccount $loud"
        'accounts'              = "1, 2 | Import-ChatAccount $loud; 1, 'missing' | Get-ChatAccount $loud; 1, 'missing' | Get-ChatOnlineStatus $loud; 1, 'missing' | Revoke-ChatLogin -Force $loud"
        'desired state'         = "`$row = [pscustomobject]@{ UserId = '1'; city = 'y' }; `$row | Compare-ChatUserAttribute $loud; `$row | Sync-ChatUserAttribute $loud"
        'tags'                  = "1, 'missing' | Add-ChatUserTag -Tag vip $loud; 1, 'missing' | Get-ChatUserTag $loud; 1, 'missing' | Set-ChatUserTag -Tag beta $loud; 1 | Measure-ChatPushAudience -AnyTag beta $loud; 1, 'missing' | Remove-ChatUserTag -Tag beta $loud; 1, 'missing' | Clear-ChatUserTag -Force $loud"
        'push'                  = "Send-ChatPush -Text hi -AnyTag vip -Force $loud; Send-ChatPush -Text hi -All -WhatIf $loud; Undo-ChatPush -TaskId none $loud"
        'signature'             = "New-ChatUserSig -UserId 1 -AsSecureString $loud; New-ChatUserSig -UserId 1 -Lifetime 0 $loud"
        'stopped'               = "2 | Set-ChatUserAttribute -Attribute @{ city = 'x' * 51 } -ErrorAction Stop $loud"
        'not admin'             = "$connect -AdminUserId nobody"
        'given signature'       = "Connect-Chat -SdkAppId 1400000000 -UserSig `$With.Sig -Endpoint `$Address -PassThru $loud"
        'given bad signature'   = "Connect-Chat -SdkAppId 1400000000 -UserSig `$With.BadSig -Endpoint `$Address -PassThru $loud"
        'credential'            = "Connect-Chat -SdkAppId 1400000000 -Credential ([pscredential]::new('administrator', `$Key)) -Endpoint `$Address -PassThru $loud"
        'nobody listens'        = "Connect-Chat -SdkAppId 1400000000 -SecretKey `$Key -Endpoint http://127.0.0.1:1 -MaxRetry 0 $loud"
        'plain http'            = "Connect-Chat -SdkAppId 1400000000 -SecretKey `$Key -Endpoint http://192.0.2.1 $loud"
        'disconnect'            = "`$c = Connect-Chat -SdkAppId 1400000000 -SecretKey `$Key -Endpoint `$Address -PassThru; Disconnect-Chat -Verbose; `$c; Get-ChatAttributeName -Connection `$c $loud"
        'proxy'                 = "Connect-Chat -SdkAppId 1400000000 -SecretKey `$Key -Endpoint `$With.Direct -Proxy `$With.Proxy -ProxyCredential `$With.ProxyCredential -PassThru $loud; Get-ChatConnection"
        'proxy that refuses'    = "Connect-Chat -SdkAppId 1400000000 -SecretKey `$Key -Endpoint `$With.Direct -Proxy `$With.Proxy -MaxRetry 0 -PassThru $loud"
    }
    $with = @{
        Sig             = ConvertTo-SecureString $given -AsPlainText
        BadSig          = ConvertTo-SecureString $given.Substring(0, 150) -AsPlainText
        Direct          = $emulator.Endpoint
        Proxy           = $proxy.Address
        ProxyCredential = [pscredential]::new('proxyuser', (ConvertTo-SecureString $password -AsPlainText))
    }
    $outcomes = @{}
    foreach ($name in $script:runs.Keys) {
        $outcomes[$name] = Invoke-Watched $name $script:runs[$name] $with
    }

    # Failures of the service, one after the other, for every cmdlet that calls it.
    $null = Invoke-Watched 'connect again' $connect
    foreach ($fault in '70009', '91000', '502', 'drop-after', 'malformed', '12345') {
        Add-EmulatorFault $emulator "*:$($fault):1"
        foreach ($command in "Get-ChatAttributeName $loud", "3 | Set-ChatUserAttribute -Attribute @{ city = 'x' } $loud", "3 | Get-ChatUserAttribute $loud", "3 | Remove-ChatUserAttribute -Name city $loud", "3 | Remove-ChatAccount -Force $loud", "3 | Set-ChatUserTag -Tag x $loud", "Send-ChatPush -Text hi -AnyTag vip -Force $loud", 'Set-ChatAttributeName other -Verbose', $connect) {
            $name = "$fault, $(@($command -split ' ' -match '-Chat')[0])"
            $outcomes[$name] = Invoke-Watched $name $command
        }
        Clear-EmulatorFault $emulator
    }

    $relay.Echoes = $true
    foreach ($command in "3 | Set-ChatUserAttribute -Attribute @{ city = 'x' } $loud", "3 | Remove-ChatAccount -Force $loud", "Get-ChatAttributeName $loud", $connect) {
        $name = "echo, $(@($command -split ' ' -match '-Chat')[0])"
        $outcomes[$name] = Invoke-Watched $name $command
    }
    $relay.Echoes = $false

    $sent = @($relay.Heads) + @($proxy.Heads)
    $signatures = @($sent | ForEach-Object { if ($_ -match 'usersig=([^&\s]+)') { $Matches[1]; [uri]::UnescapeDataString($Matches[1]) } } | Sort-Object -Unique -CaseSensitive)
    $basic = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("proxyuser:$password"))

    function Assert-NoSecret([string] $Text) {
        foreach ($secret in @((Get-TestKey), $given, $given.Substring(0, 150), $password, $basic, [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes((Get-TestKey)))) + $signatures) {
            # The beginning is enough: a secret that was cut to fit is still one.
            $Text.Contains($secret.Substring(0, [Math]::Min(24, $secret.Length)), 'Ordinal') | Should -BeFalse -Because "it holds a secret"
        }

        # Any other signature, such as one that was made and not sent: zlib in the service's alphabet.
        $Text -cmatch '\be[AFJN][A-Za-z0-9*_-]{100,}' | Should -BeFalse -Because 'it holds what looks like a signature'
    }
}

AfterAll {
    $runspace.Dispose()
    $relay.Dispose()
    $proxy.Dispose()
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'What the search rests on' {
    It 'is signatures that really were sent, and a password that the proxy really was told' {
        $signatures.Count | Should -BeGreaterThan 3
        $signatures | ForEach-Object { $_.Length | Should -BeGreaterThan 140 }
        @($relay.Heads).Count | Should -BeGreaterThan 30
        @($proxy.Heads | Where-Object { $_.Contains($basic) }).Count | Should -BeGreaterThan 0
    }

    It 'is output of every stream' {
        $all = $script:haystack.Values -join "`n"
        $all | Should -Match 'Batch 1: rows 1 to 100'
        $all | Should -Match 'What if|Not sent: -WhatIf'
        $all | Should -Match 'RunSummary|250 rows in'
        $all | Should -Match "user 'missing'"
        $all.Length | Should -BeGreaterThan 100000
    }

    It 'finds a secret where there is one' {
        { Assert-NoSecret (Get-AllText ([pscustomobject]@{ Inner = @{ Sig = $given } }) | Out-String) } | Should -Throw
        { Assert-NoSecret "x $($signatures[0]) y" } | Should -Throw
    }

    It 'is every cmdlet that the module has' {
        $text = $script:runs.Values -join "`n"
        Get-Command -Module TencentChat | ForEach-Object { $text | Should -Match "\b$($_.Name)\b" }
    }

    It 'has runs that failed and runs that did not' {
        $outcomes['connect'].Output | Should -HaveCount 1
        $outcomes['set'].Output | Should -HaveCount 250
        $outcomes['proxy'].Output | Should -HaveCount 2
        foreach ($failed in 'proxy that refuses', 'not admin', 'delete, nobody to ask', 'given bad signature', '70009, Set-ChatUserAttribute', 'echo, Remove-ChatAccount') {
            $outcomes[$failed].Error.Count | Should -BeGreaterThan 0 -Because $failed
        }
    }
}

Describe 'Neither key nor signature nor password' {
    It 'is in what any run wrote, printed in any way (P9)' {
        foreach ($name in $script:haystack.Keys) {
            { Assert-NoSecret $script:haystack[$name] } | Should -Not -Throw -Because $name
        }
    }

    It 'is in what a connection shows or exports (P9)' {
        $null = Connect-EmulatorHost $emulator
        $connection = Get-ChatConnection
        $file = Join-Path $TestDrive 'connection.xml'
        $connection | Export-Clixml $file -Depth 8
        $text = (Get-AllText $connection) + (Get-Content -Raw $file) + ($connection | Get-Member -Force | Out-String -Width 400)
        Assert-NoSecret ($text -join "`n")
        $text -join "`n" | Should -Match '1400000000'
    }

    It 'is in $Error, in results or in errors exported to a file (P9)' {
        $null = Connect-EmulatorHost $emulator
        $Error.Clear()
        $ErrorActionPreference = 'Continue'
        $results = 'missing', 'administrator' | Remove-ChatAccount -Force 2>$null
        $file = Join-Path $TestDrive 'all.xml'
        @($Error) + @($results) | Export-Clixml $file -Depth 6
        Assert-NoSecret (Get-Content -Raw $file)
        (Get-Content -Raw $file) | Should -Match 'OwnAdminAccount'
    }

    It 'is in what a whole process prints, connected by its environment (P9)' {
        Add-EmulatorFault $emulator 'account_delete:60010:1'
        $run = Invoke-FreshPwsh -Command @"
`$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
Import-Module '$(Get-StagedManifest)'
& {
    Connect-Chat -PassThru | Format-List * -Force
    Get-ChatAttributeName
    1..3 | Set-ChatUserAttribute -Attribute @{ city = 'x' }
    1..3 | Remove-ChatAccount -Force
    Get-Error
} *>&1 | Out-String -Width 4000
"@ -Environment @{ TENCENTCHAT_SDKAPPID = 1400000000; TENCENTCHAT_SECRETKEY = Get-TestKey; TENCENTCHAT_ENDPOINT = $relay.Address }
        Clear-EmulatorFault $emulator
        $run.Output | Should -Match 'Batch 1: rows 1 to 3'
        $run.Output | Should -Match 'NotAdmin'
        $signatures = @($relay.Heads | ForEach-Object { if ($_ -match 'usersig=([^&\s]+)') { $Matches[1]; [uri]::UnescapeDataString($Matches[1]) } } | Sort-Object -Unique -CaseSensitive)
        Assert-NoSecret ($run.Output + $run.Error)
    }
}

Describe 'A service that sends elsewhere' {
    It 'is not followed, so that no signature reaches another host (P9)' {
        $redirecting = New-Relay $emulator.Endpoint
        $elsewhere = New-Relay $emulator.Endpoint
        try {
            $redirecting.RedirectsTo = $elsewhere.Address
            { Connect-Chat -SdkAppId 1400000000 -SecretKey $key -Endpoint $redirecting.Address -MaxRetry 0 } | Should -Throw
            @($redirecting.Heads).Count | Should -BeGreaterThan 0
            @($elsewhere.Heads) | Should -HaveCount 0
        }
        finally {
            $redirecting.Dispose()
            $elsewhere.Dispose()
        }
    }
}
