# The short form of build.ps1 Storm, and whether its books would notice.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1')
    $storm = Join-Path (Get-RepositoryRoot) 'tests' 'Storm'
    dotnet build (Join-Path $storm 'Ledger' 'Ledger.csproj') -c Release --nologo -v quiet -clp:ErrorsOnly | Out-Null
    $ledger = Join-Path $storm 'Ledger' 'bin' 'Release' 'net10.0' 'Ledger.dll'
}

Describe 'Twenty thousand rows through a storm' {
    It 'come to one right result each, and the state to what the input says, also after a kill half-way' {
        $command = "& '$(Join-Path $storm 'Storm.ps1')' -ModuleManifest '$(Get-StagedManifest)' -Rows 20000 -NoReport *>&1 | Out-String -Width 200"
        $run = Invoke-FreshPwsh "$command; exit `$LASTEXITCODE" -TimeoutSec 1800
        $run.Output.Trim() | Should -Match '(?s)Killed half-way.*second run: 20000 rows.*\n0 wrong$'
        $run.ExitCode | Should -Be 0
    }
}

Describe 'The books of a storm' {
    BeforeAll {
        # Right results and the right state for the ledger's own input, made here; each test spoils one thing.
        function Test-Book([scriptblock] $Spoil) {
            dotnet $ledger make attributes "$TestDrive/users.csv" 600 7
            $rows = Import-Csv "$TestDrive/users.csv"
            $results = [System.Collections.Generic.List[string]]::new()
            $state = [System.Collections.Generic.Dictionary[string, System.Collections.IDictionary]]::new()
            foreach ($row in $rows) {
                $results.Add("$($results.Count + 1)`t$($row.UserId)`tSucceeded`t`t1`t$([Math]::Ceiling(($results.Count + 1) / 100))")
                if (-not $state.ContainsKey($row.UserId)) {
                    $state[$row.UserId] = [ordered]@{}
                }
                'sex', 'city', 'level' | Where-Object { $row.$_ } | ForEach-Object { $state[$row.UserId][$_] = $row.$_ }
            }
            $journal = @{ Entries = @(@{ Fault = $null; Code = 0; Accounts = @('user_00000002') }) }

            . $Spoil
            $results | Set-Content "$TestDrive/results.tsv"
            @{ Accounts = @() } | ConvertTo-Json | Set-Content "$TestDrive/before.json"
            @{ Accounts = @($state.Keys | ForEach-Object { @{ UserID = $_; Attributes = $state[$_] } }) } | ConvertTo-Json -Depth 5 | Set-Content "$TestDrive/after.json"
            $journal | ConvertTo-Json -Depth 5 | Set-Content "$TestDrive/journal.json"
            dotnet $ledger check set "$TestDrive/users.csv" "$TestDrive/results.tsv" "$TestDrive/before.json" "$TestDrive/after.json" "$TestDrive/journal.json" | ConvertFrom-Json
        }
    }

    It 'find nothing wrong where nothing is' {
        (Test-Book { }).Wrong | Should -Be 0
    }

    It 'let a row be unknown when no call of it was answered' {
        (Test-Book { $results[2] = "3`tuser_00000003`tUnknown`tNoAnswer`t2`t1" }).Wrong | Should -Be 0
    }

    It 'notice <What>' -ForEach @(
        @{ What = 'a row without a result'; Spoil = { $results.RemoveAt(599) } }
        @{ What = 'two results in the wrong order'; Spoil = { $results.Reverse(10, 2) } }
        @{ What = 'a good row that failed'; Spoil = { $results[1] = "2`tuser_00000002`tFailed`tThrottled`t7`t1" } }
        @{ What = 'a good row that was left out'; Spoil = { $results[1] = "2`tuser_00000002`tSkipped`t`t0`t1" } }
        @{ What = 'an unknown row whose call was answered'; Spoil = { $results[1] = "2`tuser_00000002`tUnknown`tNoAnswer`t1`t1" } }
        @{ What = 'a value that no row says'; Spoil = { $state['user_00000002']['level'] = '1000' } }
        @{ What = 'an account that is missing'; Spoil = { $null = $state.Remove('user_00000002') } }
        @{ What = 'an account that nobody asked for'; Spoil = { $state['user_99999999'] = @{ sex = 'm' } } }
    ) {
        (Test-Book $Spoil).Wrong | Should -BeGreaterThan 0
    }
}

Describe 'The books of a storm over tags and pushes' {
    BeforeAll {
        # Right results of eight rows and what the emulator holds after them; each test spoils one thing.
        function Test-Ledger([string] $Operation, [scriptblock] $Spoil) {
            $rows = @('ann,vip;beta', 'bob,vip', 'cid,beta', 'dan,vip', 'eve,vip', 'fay,beta', 'gil,vip', 'ann,news')
            @('UserId,Tag'; $rows) | Set-Content "$TestDrive/rows.csv"
            $users = 'ann', 'bob', 'cid', 'dan', 'eve', 'fay', 'gil'
            $wanted = @{ ann = 'vip', 'beta', 'news'; bob = @('vip'); cid = @('beta'); dan = @('vip'); eve = @('vip'); fay = @('beta'); gil = @('vip') }
            $isPush = $Operation -like 'push-*'
            $before = @{}
            $after = @{}
            foreach ($user in $users) {
                $before[$user] = @($Operation -eq 'add-tag' ? 'old' : $wanted[$user]) + @($Operation -in 'set-tag', 'remove-tag' ? 'old' : @())
                $after[$user] = switch ($Operation) {
                    'add-tag' { @('old') + $wanted[$user] }
                    'remove-tag' { @('old') }
                    'clear-tag' { @() }
                    default { @($wanted[$user]) }
                }
            }
            $task = $isPush ? "`ttask1`t7" : ''
            $results = [System.Collections.Generic.List[string]]::new()
            $number = 0
            foreach ($row in $rows) {
                $number++
                $status = $Operation -eq 'push-users' -and $number -eq 8 ? "Skipped`t`t0`t1`t`t0" : "Succeeded`t`t1`t1$task"
                $results.Add("$number`t$($row -replace ',.*')`t$status")
            }
            $endpoint = @{ 'add-tag' = 'im_add_tag'; 'set-tag' = 'add_tag'; 'remove-tag' = 'im_remove_tag'; 'clear-tag' = 'im_remove_all_tags'; 'push-users' = 'batch' }[$Operation]
            $calls = [System.Collections.Generic.List[hashtable]]::new()
            $calls.Add(@{ Endpoint = $endpoint; Accounts = $users; Code = 0; Fault = $null; WorkDone = $true; TaskId = $isPush ? 'task1' : $null })

            . $Spoil
            $results | Set-Content "$TestDrive/results.tsv"
            foreach ($state in @{ Name = 'before'; Users = $before }, @{ Name = 'after'; Users = $after }) {
                @{ Accounts = @($state.Users.Keys | ForEach-Object { @{ UserID = $_; Tags = @($state.Users[$_]) } }) } | ConvertTo-Json -Depth 5 | Set-Content "$TestDrive/$($state.Name).json"
            }
            @{ Entries = $calls } | ConvertTo-Json -Depth 5 | Set-Content "$TestDrive/journal.json"
            dotnet $ledger check $Operation "$TestDrive/rows.csv" "$TestDrive/results.tsv" "$TestDrive/before.json" "$TestDrive/after.json" "$TestDrive/journal.json" | ConvertFrom-Json
        }
    }

    It 'find nothing wrong where nothing is: <_>' -ForEach 'add-tag', 'set-tag', 'remove-tag', 'clear-tag', 'push-users' {
        (Test-Ledger $_ { }).Wrong | Should -Be 0
    }

    It 'let a row be unknown when no call of it was answered: <_>' -ForEach 'add-tag', 'remove-tag', 'clear-tag', 'push-users' {
        (Test-Ledger $_ {
            $results[1] = "2`tbob`tUnknown`tNoAnswer`t2`t2$($isPush ? "`t`t8" : '')"
            $calls[0].Accounts = $users -ne 'bob'
            $calls.Add(@{ Endpoint = $endpoint; Accounts = @('bob'); Code = 0; Fault = 'drop-after'; WorkDone = $true; TaskId = $isPush ? 'task2' : $null })
        }).Wrong | Should -Be 0
    }

    It 'notice <What>: <Operation>' -ForEach @(
        @{ What = 'a tag that is missing'; Operation = 'add-tag'; Spoil = { $after['bob'] = @('old') } }
        @{ What = 'an old tag that is gone'; Operation = 'add-tag'; Spoil = { $after['bob'] = @('vip') } }
        @{ What = 'a tag that nobody asked for'; Operation = 'add-tag'; Spoil = { $after['bob'] += 'more' } }
        @{ What = 'a tag that was left'; Operation = 'remove-tag'; Spoil = { $after['bob'] += 'vip' } }
        @{ What = 'a tag too many'; Operation = 'set-tag'; Spoil = { $after['ann'] += 'old' } }
        @{ What = 'a tag that is left'; Operation = 'clear-tag'; Spoil = { $after['bob'] = @('vip') } }
        @{ What = 'a good row that failed'; Operation = 'add-tag'; Spoil = { $results[1] = "2`tbob`tFailed`tNoAnswer`t2`t1" } }
        @{ What = 'an unknown row whose call was answered'; Operation = 'add-tag'; Spoil = { $results[1] = "2`tbob`tUnknown`tNoAnswer`t2`t1" } }
        @{ What = 'an unread user whose tags were read'; Operation = 'set-tag'; Spoil = { $results[1] = "2`tbob`tFailed`tNoAnswer`t2`t1" } }
        @{ What = 'a push that came twice'; Operation = 'push-users'; Spoil = { $calls.Add(@{ Endpoint = 'batch'; Accounts = @('bob'); Code = 0; Fault = $null; WorkDone = $true; TaskId = 'task2' }) } }
        @{ What = 'a push that never came'; Operation = 'push-users'; Spoil = { $calls[0].Accounts = $users -ne 'bob' } }
        @{ What = 'a push told as failed that came'; Operation = 'push-users'; Spoil = { $results[1] = "2`tbob`tFailed`tNoAnswer`t1`t1`t`t7" } }
        @{ What = 'the wrong task'; Operation = 'push-users'; Spoil = { $results[1] = "2`tbob`tSucceeded`t`t1`t1`ttask9`t7" } }
        @{ What = 'an unclear push that was sent again'; Operation = 'push-users'; Spoil = { $calls.Insert(0, @{ Endpoint = 'batch'; Accounts = @(); Code = $null; Fault = 'drop-before'; WorkDone = $false; TaskId = $null }) } }
        @{ What = 'a user who comes again and was not left out'; Operation = 'push-users'; Spoil = { $results[7] = "8`tann`tSucceeded`t`t1`t1`ttask1`t7" } }
    ) {
        (Test-Ledger $Operation $Spoil).Wrong | Should -BeGreaterThan 0
    }

    It 'notice of pushes to an audience <What>' -ForEach @(
        @{ What = 'nothing where nothing is wrong'; Wrong = 0; Spoil = { } }
        @{ What = 'one that went out twice'; Wrong = 1; Spoil = { $pushes += @{ Text = 'Push 1'; TaskId = 't9'; Repeats = 0 } } }
        @{ What = 'one that was sent again with its MsgRandom'; Wrong = 1; Spoil = { $pushes[0].Repeats = 1 } }
        @{ What = 'one told as failed that went out'; Wrong = 1; Spoil = { $results[0] = "1`tPush 1`tFailed`tX`t1`t1`t`t5" } }
        @{ What = 'one told as unknown that was answered'; Wrong = 1; Spoil = { $results[0] = "1`tPush 1`tUnknown`tNoAnswer`t1`t1`t`t5" } }
    ) {
        'UserId', 'Push 1', 'Push 2' | Set-Content "$TestDrive/campaign.csv"
        $results = @("1`tPush 1`tSucceeded`t`t1`t1`tt1`t5", "2`tPush 2`tSucceeded`t`t1`t2`tt2`t6")
        $pushes = @(@{ Text = 'Push 1'; TaskId = 't1'; Repeats = 0 }, @{ Text = 'Push 2'; TaskId = 't2'; Repeats = 0 })
        . $Spoil
        $results | Set-Content "$TestDrive/results.tsv"
        @{ Pushes = $pushes } | ConvertTo-Json -Depth 4 | Set-Content "$TestDrive/pushes.json"
        @{ Entries = @() } | ConvertTo-Json | Set-Content "$TestDrive/journal.json"
        $found = dotnet $ledger check push-audience "$TestDrive/campaign.csv" "$TestDrive/results.tsv" "$TestDrive/pushes.json" "$TestDrive/pushes.json" "$TestDrive/journal.json" | ConvertFrom-Json
        [Math]::Min(1, $found.Wrong) | Should -Be $Wrong
    }
}
