# The short form of build.ps1 Storm, and whether its books would notice.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1')
    $storm = Join-Path (Get-RepositoryRoot) 'tests' 'Storm'
}

Describe 'Twenty thousand rows through a storm' {
    It 'come to one right result each, and the state to what the input says, also after a kill half-way' {
        $command = "& '$(Join-Path $storm 'Storm.ps1')' -ModuleManifest '$(Get-StagedManifest)' -Rows 20000 -NoReport *>&1 | Out-String -Width 200"
        $run = Invoke-FreshPwsh "$command; exit `$LASTEXITCODE" -TimeoutSec 600
        $run.Output.Trim() | Should -Match '(?s)Killed half-way.*second run: 20000 rows.*\n0 wrong$'
        $run.ExitCode | Should -Be 0
    }
}

Describe 'The books of a storm' {
    BeforeAll {
        $project = Join-Path $storm 'Ledger' 'Ledger.csproj'
        dotnet build $project -c Release --nologo -v quiet -clp:ErrorsOnly | Out-Null
        $ledger = Join-Path $storm 'Ledger' 'bin' 'Release' 'net10.0' 'Ledger.dll'

        # Right results and the right state for the ledger's own input, made here; each test spoils one thing.
        function Test-Book([scriptblock] $Spoil) {
            dotnet $ledger make "$TestDrive/users.csv" 600 7
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
