#Requires -Version 7.4
# Send-ChatPush, Undo-ChatPush and Measure-ChatPushAudience: to whom, who is asked, and that a push goes out once. The
# emulator's list of pushes is the witness.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    Import-StagedModule
    $emulator = Start-EmulatorHost '--rate-limit', '0', '--plan', 'paid', '--attribute-names', 'city,level'
    $toAll = Connect-EmulatorHost $emulator
    $timPush = Connect-EmulatorHost $emulator @{ AttributeService = 'TimPush' }
    $asker = New-AnsweringHost
    $runspace = New-ModuleRunspace $asker

    # Results as they come back from where they were kept.
    function Save-Result([object[]] $Result, [string] $How) {
        switch ($How) {
            'as they are' { $Result }
            'Export-Clixml' {
                $Result | Export-Clixml "$TestDrive/results.xml"
                Import-Clixml "$TestDrive/results.xml"
            }
            'ConvertTo-Json' { ConvertTo-Json $Result -Depth 4 | ConvertFrom-Json }
            'ConvertTo-Json -EnumsAsStrings' { ConvertTo-Json $Result -Depth 4 -EnumsAsStrings | ConvertFrom-Json }
            'hashtables' { ConvertTo-Json $Result -Depth 4 | ConvertFrom-Json -AsHashtable }
            'Export-Csv' { $Result | ConvertTo-Csv | ConvertFrom-Csv }
            'a job' { $Result | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_, 1)) } }
        }
    }

    function Get-Push {
        (Invoke-RestMethod "$($emulator.Control)pushes" -NoProxy).Pushes
    }
}

AfterAll {
    $runspace.Dispose()
    Stop-EmulatorHost $emulator
    Disconnect-Chat
}

Describe 'Pushes' {
    BeforeEach {
        Reset-EmulatorHost $emulator
        $null = Add-ChatUserTag ann, bob -Tag vip -Connection $toAll
        $null = Add-ChatUserTag bob, cid -Tag beta -Connection $toAll
        $null = Set-ChatUserAttribute ann, cid -Attribute @{ city = 'Paris' } -Connection $toAll
    }

    Describe 'Whom a push reaches' {
        It '<Name>, as Measure-ChatPushAudience counts' -ForEach @(
            @{ Name = 'any of some tags'; Family = 'toAll'; With = @{ AnyTag = 'vip', 'beta' }; Who = 'ann', 'bob', 'cid' }
            @{ Name = 'all of some tags'; Family = 'toAll'; With = @{ AllTag = 'vip', 'beta' }; Who = @('bob') }
            @{ Name = 'none of a tag'; Family = 'timPush'; With = @{ AnyTag = 'vip'; NoneOfTag = 'beta' }; Who = @('ann') }
            @{ Name = 'an attribute'; Family = 'toAll'; With = @{ AnyAttribute = @{ city = 'Paris' } }; Who = 'ann', 'cid' }
        ) {
            $chosen = Get-Variable $Family -ValueOnly
            $result = Send-ChatPush -Text 'Hello' @With -Force -Connection $chosen
            $result.Status | Should -Be Succeeded
            $push = Get-Push
            $push | Should -HaveCount 1
            $push.TaskId | Should -BeExactly $result.TaskId
            $push.MsgRandom | Should -Be $result.MsgRandom
            $push.Accounts | Sort-Object | Should -BeExactly $Who
            ('ann', 'bob', 'cid', 'ann' | Measure-ChatPushAudience @With -PassThru -Connection $chosen).UserId | Should -BeExactly $Who
            $count = 'ann', 'bob', 'cid', 'ann' | Measure-ChatPushAudience @With -Connection $chosen
            $count.Users, $count.Reached, $count.NotRead | Should -Be 3, @($Who).Count, 0
        }

        It 'is everybody with -All' {
            $null = Send-ChatPush -Text 'Hello' -All -Force -Connection $toAll
            (Get-Push).AudienceCount | Should -BeGreaterOrEqual 3
        }

        It 'is nobody when none is given: <Name>' -ForEach @(
            @{ Name = 'no parameter'; Call = { Send-ChatPush -Text 'Hello' -Force -Connection $toAll } }
            @{ Name = 'an empty file'; Call = { @() | Send-ChatPush -Text 'Hello' -Force -Connection $timPush } }
            @{ Name = '-All:$false'; Call = { Send-ChatPush -Text 'Hello' -All:$false -Force -Connection $toAll } }
            @{ Name = 'nothing to count'; Call = { Measure-ChatPushAudience ann -Connection $toAll } }
        ) {
            $fault = $null
            try { $null = & $Call } catch { $fault = $_ }
            Get-Push | Should -HaveCount 0
            if ($Name -ne 'an empty file') {
                $fault.FullyQualifiedErrorId | Should -BeLike 'AudienceMissing,*'
            }
        }

        It 'are counted as not read when they cannot be read' {
            $count = Measure-ChatPushAudience ann, nobody -AnyTag vip -Connection $timPush -ErrorAction SilentlyContinue
            $count.Users, $count.Reached, $count.NotRead | Should -Be 2, 1, 1
        }
    }

    # Whoever pipes users in means these users. The engine binds the pipeline after the parameters, and an empty one never.
    Describe 'Users in the pipeline and an audience' {
        It 'are refused before anything is sent or asked: <Users> with <Audience> <More>' -ForEach @(
            foreach ($users in "'ann', 'bob'", '@()', '$null', "[pscustomobject]@{ UserId = 'ann' }") {
                foreach ($audience in '-All', '-All:$false', '-AnyTag vip', '-AllAttribute @{ city = "Paris" }') {
                    foreach ($more in '-Force', '-WhatIf', '-Confirm:$false') {
                        @{ Users = $users; Audience = $audience; More = $more }
                    }
                }
            }
        ) {
            $call = [scriptblock]::Create("$Users | Send-ChatPush -Text Hello $Audience $More -Connection `$timPush")
            $fault = try { $null = & $call } catch { $_ }
            "$fault" | Should -BeExactly 'Users in the pipeline do not go with -All or a condition: leave the one or the other out. Nothing was sent.'
            $fault.FullyQualifiedErrorId | Should -BeLike 'InvalidPush,*'
            Get-Push | Should -HaveCount 0
        }

        It 'are refused on the command line too: <With>' -ForEach @(
            @{ With = 'ann -All' }
            @{ With = '-UserId ann -AnyTag vip' }
            @{ With = '-InputObject ann -All' }
        ) {
            { & ([scriptblock]::Create("Send-ChatPush $With -Text Hello -Force -Connection `$timPush")) } | Should -Throw
            Get-Push | Should -HaveCount 0
        }

        It 'are nobody, and a warning says so, when <Users>' -ForEach @(
            @{ Users = 'the list is empty'; Call = { @() | Send-ChatPush -Text Hello -Force -Connection $timPush -WarningVariable warned -WarningAction SilentlyContinue; $warned } }
            @{ Users = 'the argument is empty'; Call = { Send-ChatPush -UserId @() -Text Hello -Force -Connection $timPush -WarningVariable warned -WarningAction SilentlyContinue; $warned } }
        ) {
            "$(& $Call)" | Should -BeExactly 'No user was given, so nothing was sent.'
            Get-Push | Should -HaveCount 0
        }

        It 'are a failed row where $null is, and nothing is sent' {
            ($null | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue).Status | Should -Be Failed
            Get-Push | Should -HaveCount 0
        }

        It 'take nothing but the user from a row, whatever its other columns are called' {
            $row = [pscustomobject]@{ UserId = 'ann'; All = $true; AnyTag = 'vip'; Text = 'from the row' }
            ($row | Send-ChatPush -Text 'Hello' -Force -Connection $timPush).UserId | Should -BeExactly 'ann'
            (Get-Push).Accounts | Should -BeExactly 'ann'
            (Get-Push).Text | Should -BeExactly 'Hello'
        }
    }

    Describe 'Who is asked before a push (P8, P11)' {
        It 'tells app, audience and text, and declined nothing goes out' {
            $asker.Reset('N')
            $run = Invoke-InRunspace $runspace 'param($Connection) Send-ChatPush -Text "Sale at noon" -AnyTag vip -Connection $Connection' @{ Connection = $toAll }
            $run.Output.Status | Should -Be Skipped
            $asker.Questions | Should -HaveCount 1
            $asker.Questions[0] | Should -Match "Push 'Sale at noon'"
            $asker.Questions[0] | Should -Match "users with any of the tags 'vip' in app 1400000000"
            Get-Push | Should -HaveCount 0
        }

        It 'tells the whole condition, however long it is' {
            $asker.Reset('N')
            $null = Invoke-InRunspace $runspace 'param($Connection) Send-ChatPush -Text Hello -AnyTag (1..10 | ForEach-Object { "$_".PadLeft(50, "x") }) -NoneOfTag hidden -Connection $Connection' @{ Connection = $timPush }
            $asker.Questions[0] | Should -Match "none of the tags 'hidden' in app"
        }

        It 'says ALL where everybody is meant' {
            $asker.Reset('N')
            $null = Invoke-InRunspace $runspace 'param($Connection) Send-ChatPush -Text Hello -All -Connection $Connection' @{ Connection = $toAll }
            $asker.Questions[0] | Should -MatchExactly 'ALL users in app 1400000000'
        }

        It 'sends nothing with <Name>' -ForEach @(
            @{ Name = '-WhatIf'; With = @{ WhatIf = $true } }
            @{ Name = '-WhatIf -Force'; With = @{ WhatIf = $true; Force = $true } }
            @{ Name = '-WhatIf -Confirm:$false'; With = @{ WhatIf = $true; Confirm = $false } }
        ) {
            (Send-ChatPush -Text 'Hello' -All @With -Connection $toAll).Status | Should -Be Skipped
            ('ann' | Send-ChatPush -Text 'Hello' @With -Connection $timPush).Status | Should -Be Skipped
            Get-Push | Should -HaveCount 0
        }

        It 'sends with -Confirm:$false' {
            (Send-ChatPush -Text 'Hello' -All -Confirm:$false -Connection $toAll).Status | Should -Be Succeeded
            Get-Push | Should -HaveCount 1
        }

        It 'sends nothing where nobody can be asked' {
            $text = "Import-Module '$(Get-StagedManifest)'; Send-ChatPush -Text Hello -All; 'done'"
            $run = Invoke-FreshPwsh -Command $text -Environment @{ TENCENTCHAT_SDKAPPID = 1400000000; TENCENTCHAT_SECRETKEY = Get-TestKey; TENCENTCHAT_ENDPOINT = $emulator.Endpoint }
            $run.Error | Should -Match 'has to ask, and nobody can be asked'
            Get-Push | Should -HaveCount 0
        }
    }

    Describe 'A push goes out once (P13)' {
        It 'and is unknown after an answer that was lost, with what is needed to go on' {
            Add-EmulatorFault $emulator 'im_push:drop-after:1' 1
            $result = Send-ChatPush -Text 'Hello' -All -Force -Connection $toAll -ErrorVariable faults -ErrorAction SilentlyContinue
            $result.Status | Should -Be Unknown
            $result.Message | Should -Match 'same MsgRandom'
            $faults[0].ErrorDetails.RecommendedAction | Should -Not -Match 'safe'
            Get-Push | Should -HaveCount 1

            $again = Send-ChatPush -Text 'Hello' -All -Force -MsgRandom $result.MsgRandom -Connection $toAll
            $again.MsgRandom | Should -Be $result.MsgRandom
        }

        It 'to each named user, however often the user comes, and not again after a lost answer' {
            Add-EmulatorFault $emulator 'batch:drop-after:1' 1
            $results = 'ann', 'bob', 'ann' | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -ErrorVariable faults -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'Unknown', 'Unknown', 'Skipped'
            $faults[0].ErrorDetails.RecommendedAction | Should -Not -Match 'safe'
            (Get-Push).Accounts | Should -BeExactly 'ann', 'bob'
        }

        It 'and warns once, before it is sent, when users whose push is Unknown are piped back in: <_>' -ForEach 'as they are', 'Export-Clixml', 'ConvertTo-Json', 'ConvertTo-Json -EnumsAsStrings', 'hashtables', 'Export-Csv', 'a job' {
            Add-EmulatorFault $emulator 'batch:drop-after:1' 1
            $sent = 'ann', 'bob' | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue
            $back = @(Save-Result $sent $_)
            $back | Should -HaveCount 2
            $again = @('cid') + $back | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -WarningVariable warned -WarningAction SilentlyContinue
            $again.Status | Should -Be 'Succeeded', 'Succeeded', 'Succeeded'
            $warned | Should -HaveCount 1
            "$warned" | Should -BeLike "Row 2, user 'ann': *Unknown*"

            { $back | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -WarningAction Stop 3>$null } | Should -Throw
            Get-Push | Should -HaveCount 2
        }

        It 'and does not warn of what cannot have gone out, nor of another command''s results: <_>' -ForEach 'as they are', 'Export-Clixml', 'ConvertTo-Json' {
            $failed = 'nobody', 'ann', 'ann' | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue
            $failed.Status | Should -Be 'Failed', 'Succeeded', 'Skipped'
            Add-EmulatorFault $emulator 'add_tag:drop-after:1' 1
            $tagged = 'bob' | Add-ChatUserTag -Tag new -Connection (Connect-EmulatorHost $emulator @{ AttributeService = 'TimPush'; MaxRetry = 0 }) -ErrorAction SilentlyContinue
            $tagged.Status | Should -Be Unknown
            $null = @(Save-Result $failed $_) + @(Save-Result $tagged $_) | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -WarningVariable warned -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $warned | Should -BeNullOrEmpty
        }

        It 'when what was surely not sent is sent as the help says: <_>' -ForEach 'as they are', 'Export-Clixml', 'ConvertTo-Json', 'ConvertTo-Json -EnumsAsStrings', 'Export-Csv', 'a job' {
            $how = $_
            Add-EmulatorFault $emulator 'batch:drop-after:1' 1
            $all = @('ann', 'ann' | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue)
            $all += Send-ChatPush nobody, bob -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue
            Add-EmulatorFault $emulator 'batch:90045:1' 1
            try { $null = 'cid' | Send-ChatPush -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue -OutVariable stopped } catch { "$_" | Should -Match '90045' }
            $all += $stopped
            $all.Status | Should -Be 'Unknown', 'Skipped', 'Failed', 'Succeeded', 'Failed'
            $results = @(Save-Result $all $how)
            $results | Should -HaveCount 5
            $text = (Get-CodeBlock (Join-Path (Get-RepositoryRoot) 'docs' 'en-US' 'about_TencentChat_Push.md') | Where-Object Text -Match 'ErrorId').Text
            $left = & ([scriptblock]::Create(($text -replace '\|\s*Send-ChatPush.*')))
            $left.UserId | Should -BeExactly 'nobody', 'cid'
        }

        It 'with one result and the task for each named user' {
            $results = Send-ChatPush ann, nobody, bob -Text 'Hello' -Force -Connection $timPush -ErrorAction SilentlyContinue
            $results.Status | Should -Be 'Succeeded', 'Failed', 'Succeeded'
            $results.TaskId | Should -BeExactly (Get-Push).TaskId, $null, (Get-Push).TaskId
        }
    }

    Describe 'A push that cannot be' {
        It 'is refused before anything is sent: <Name>' -ForEach @(
            @{ Name = 'tags and attributes'; With = @{ Text = 'x'; AnyTag = 'a'; AnyAttribute = @{ city = 'x' } }; Says = 'exclude each other' }
            @{ Name = 'eleven tags'; With = @{ Text = 'x'; AnyTag = 1..11 }; Says = '10 is the most' }
            @{ Name = '51 bytes'; With = @{ Text = 'x'; AnyTag = 'x' * 51 }; Says = '50 bytes' }
            @{ Name = 'an unknown attribute'; With = @{ Text = 'x'; AnyAttribute = @{ size = 'x' } }; Says = "no attribute 'size'.*city, level" }
            @{ Name = 'unwanted tags in the old family'; With = @{ Text = 'x'; NoneOfTag = 'a' }; Says = 'TimPush' }
            @{ Name = 'more than 10 KB'; With = @{ Text = 'x' * 10240; All = $true }; Says = '10240 is the most' }
            @{ Name = 'eight days'; With = @{ Text = 'x'; All = $true; LifeTime = [timespan]::FromDays(8) }; Says = '7 days' }
            @{ Name = 'a life time of a bare number'; With = @{ Text = 'x'; All = $true; LifeTime = 86400 }; Says = 'whole seconds' }
            @{ Name = 'no text'; With = @{ All = $true }; Says = 'says nothing' }
            @{ Name = 'a body that is no JSON'; With = @{ Body = '{"MsgType":'; All = $true }; Says = 'not JSON' }
            @{ Name = 'a file that is not there'; With = @{ Body = 'no-such-file.json'; All = $true }; Says = 'cannot be read' }
            @{ Name = 'a life time below zero'; With = @{ Text = 'x'; All = $true; LifeTime = [timespan]::FromSeconds(-1) }; Says = '7 days' }
            @{ Name = 'eleven attributes'; With = @{ Text = 'x'; AnyAttribute = @{ a = 1; b = 2; c = 3; d = 4; e = 5; f = 6; g = 7; h = 8; i = 9; j = 10; k = 11 } }; Says = '11 entries; 10 is the most' }
            @{ Name = 'an attribute value of 51 bytes'; With = @{ Text = 'x'; AnyAttribute = @{ city = 'x' * 51 } }; Says = '1 to 50 bytes' }
            @{ Name = 'a tag in both lists'; With = @{ Text = 'x'; AnyTag = 'a'; AllTag = 'a' }; Says = "'a' is in both" }
            @{ Name = 'a tag of spaces'; With = @{ Text = 'x'; AnyTag = '  ' }; Says = '50 bytes' }
            @{ Name = 'a text and a body'; With = @{ Text = 'x'; Body = @{ MsgType = 'TIMTextElem'; MsgContent = @{ Text = 'x' } }; All = $true }; Says = 'a text or message elements' }
            @{ Name = 'a text of spaces'; With = @{ Text = '  '; All = $true }; Says = 'says nothing' }
            @{ Name = 'a body without a type'; With = @{ Body = @{ Text = 'x' }; All = $true }; Says = 'MsgType' }
            @{ Name = 'an empty body'; With = @{ Body = '[]'; All = $true }; Says = 'MsgType' }
            @{ Name = 'offline information that is no object'; With = @{ Text = 'x'; Offline = '[1]'; All = $true }; Says = 'must be an object' }
            @{ Name = 'online only in the old family'; With = @{ Text = 'x'; OnlineOnly = $true; All = $true }; Says = 'online users only unless' }
            @{ Name = 'named users in the old family'; With = @{ Text = 'x'; UserId = 'ann' }; Says = 'TimPush' }
        ) {
            { Send-ChatPush @With -Force -Connection $toAll } | Should -Throw -ExceptionType ([TencentChat.Errors.ChatConfigurationException])
            $fault = try { Send-ChatPush @With -Force -Connection $toAll } catch { $_ }
            "$fault" | Should -Match $Says
            $fault.FullyQualifiedErrorId | Should -Match '^(InvalidPush|InvalidJson),'
            Get-Push | Should -HaveCount 0
        }

        It 'is refused by the Push service''s own rules: <Name>' -ForEach @(
            @{ Name = 'a life time'; With = @{ Text = 'x'; All = $true; LifeTime = '01:00:00' }; Says = 'takes no life time' }
            @{ Name = 'named users without a text'; With = @{ UserId = 'ann' }; Says = 'says nothing' }
            @{ Name = 'named users with a text of spaces'; With = @{ UserId = 'ann'; Text = ' ' }; Says = 'says nothing' }
        ) {
            $fault = try { Send-ChatPush @With -Force -Connection $timPush } catch { $_ }
            "$fault" | Should -Match $Says
            $fault.FullyQualifiedErrorId | Should -BeLike 'InvalidPush,*'
            Get-Push | Should -HaveCount 0
        }

        It 'knows an attribute that was named elsewhere a moment ago' {
            $null = Send-ChatPush -Text 'x' -AnyAttribute @{ city = 'Paris' } -Force -Connection $toAll
            $null = Set-ChatAttributeName -Slot 2 -Name size -Connection (Connect-EmulatorHost $emulator)
            $null = Invoke-RestMethod "$($emulator.Control)clock" -NoProxy -Method Post -Body '{"AdvanceSeconds":2}' -ContentType 'application/json'
            (Send-ChatPush -Text 'x' -AnyAttribute @{ size = 'L' } -Force -Connection $toAll).Status | Should -Be Succeeded
        }

        It 'takes a body as a hashtable, as JSON text and as a file' {
            '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"from a file"}}]' | Set-Content "$TestDrive/body.json"
            $null = Send-ChatPush -Body @{ MsgType = 'TIMTextElem'; MsgContent = @{ Text = 'from a hashtable' } } -All -Force -Connection $toAll
            $null = Send-ChatPush -Body "$TestDrive/body.json" -All -Force -Connection $toAll
            (Get-Push).Text | Should -BeExactly 'from a hashtable', 'from a file'
        }
    }

    It 'tells its MsgRandom before it goes out, for who presses Ctrl+C meanwhile' {
        $told = Send-ChatPush -Text 'x' -All -Force -Verbose -Connection $toAll 4>&1
        $push = $told | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }
        "$told" | Should -Match "MsgRandom $($push.MsgRandom)\b"
    }

    Describe 'Undo-ChatPush' {
        It 'takes <Name>' -ForEach @(
            @{ Name = 'a task'; Call = { param($sent) Undo-ChatPush $sent.TaskId -Connection $timPush } }
            @{ Name = 'a result'; Call = { param($sent) $sent | Undo-ChatPush -Connection $timPush } }
            @{ Name = 'a row of a file'; Call = { param($sent) $sent | ConvertTo-Csv | ConvertFrom-Csv | Undo-ChatPush -Connection $timPush } }
        ) {
            $sent = Send-ChatPush -Text 'Hello' -All -Force -Connection $timPush
            (& $Call $sent).TaskId | Should -BeExactly $sent.TaskId
            (Get-Push).RevokedAt | Should -Not -BeNullOrEmpty
        }

        It 'tells of a push that is unknown, and of one withdrawn before' {
            $sent = Send-ChatPush -Text 'Hello' -All -Force -Connection $timPush
            $null = Undo-ChatPush $sent.TaskId -Connection $timPush
            Undo-ChatPush $sent.TaskId, '660c_none' -Connection $timPush -ErrorVariable faults -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $faults.FullyQualifiedErrorId | Should -BeLike 'PushNotRevocable,*'
            "$($faults[0])" | Should -Match '90050'
            "$($faults[1])" | Should -Match '90049'
        }

        It 'does nothing under -WhatIf, and is refused where nothing can be withdrawn' {
            $sent = Send-ChatPush -Text 'Hello' -All -Force -Connection $timPush
            Undo-ChatPush $sent.TaskId -WhatIf -Connection $timPush
            (Get-Push).RevokedAt | Should -BeNullOrEmpty
            { Undo-ChatPush $sent.TaskId -Connection $toAll } | Should -Throw '*cannot be withdrawn*'
        }

        It 'says which result has no task' {
            Add-EmulatorFault $emulator 'push:90047:1' 1
            $failed = Send-ChatPush -Text 'Hello' -All -Force -Connection $timPush -ErrorAction SilentlyContinue
            $failed.Status | Should -Be Failed
            $failed.ErrorId | Should -Be QuotaExceeded
            $failed | Undo-ChatPush -Connection $timPush -ErrorVariable faults -ErrorAction SilentlyContinue
            $faults[0].FullyQualifiedErrorId | Should -BeLike 'TaskIdMissing,*'
        }
    }
}
