#Requires -Version 7.4
# Connect-Chat -Emulator with the app to rehearse with: users from a table, a paid app, faults, latency, a file to keep it in.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $table = "UserId,city,level`nann,Paris,3`nbob,,7`n安,北京," | ConvertFrom-Csv

    # What the emulated app holds of a user, told by the service's own answer.
    function Get-Held([string] $UserId) {
        $read = Get-ChatUserAttribute $UserId -ErrorAction SilentlyContinue
        $read.Status -eq 'Succeeded' ? (($read.Attributes.GetEnumerator() | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ' ') : "$($read.ErrorId)"
    }
}

AfterAll {
    Disconnect-Chat
}

Describe 'An emulated app that starts with users' {
    It 'has the users of the rows that are piped in, with the columns as its attributes' {
        $table | Connect-Chat -Emulator -WarningAction Ignore
        (Get-ChatAttributeName).Name | Should -BeExactly @('city', 'level')
        Get-Held ann | Should -BeExactly 'city=Paris level=3'
        Get-Held bob | Should -BeExactly 'level=7'
        Get-Held 安 | Should -BeExactly 'city=北京'
        Get-Held eve | Should -BeExactly 'AccountNotFound'
    }

    It 'lets the job of the real table be rehearsed without errors that only an empty app makes' {
        $table | Connect-Chat -Emulator -WarningAction Ignore
        ($table | Sync-ChatUserAttribute).Status | Should -Be @('Unchanged', 'Unchanged', 'Unchanged')
        $table[1].city = 'Lima'
        ($table | Sync-ChatUserAttribute).Status | Should -Be @('Unchanged', 'Succeeded', 'Unchanged')
        ($table | Get-ChatAccount).AccountStatus | Should -Be @('Imported', 'Imported', 'Imported')
        ($table | Remove-ChatAccount -Force).Status | Should -Be @('Succeeded', 'Succeeded', 'Succeeded')
        $table[1].city = ''
    }

    It 'has the attributes that are named, and takes their columns only' {
        $table | Connect-Chat -Emulator -AttributeName vip, level -WarningAction Ignore
        (Get-ChatAttributeName).Name | Should -BeExactly @('vip', 'level')
        Get-Held ann | Should -BeExactly 'level=3'
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'ids'; Rows = { 'ann', 7 }; Held = @{ ann = ''; 7 = '' } }
        @{ What = 'rows with an id and nothing else'; Rows = { 'UserId', 'ann' | ConvertFrom-Csv }; Held = @{ ann = '' } }
        @{ What = 'hashtables'; Rows = { @{ UserId = 'ann'; city = 'Rome' }, @{ UserId = 'bob'; city = $null } }; Held = @{ ann = 'city=Rome'; bob = '' } }
        @{ What = 'rows with a table of attributes'; With = @{ AttributeName = 'city' }; Rows = { [pscustomobject]@{ UserId = 'ann'; Attribute = @{ city = 'Rome' } } }; Held = @{ ann = 'city=Rome' } }
        @{ What = 'a column of another name for the id'; With = @{ UserIdProperty = 'Mail' }; Rows = { [pscustomobject]@{ Mail = 'ann'; city = 'Rome' } }; Held = @{ ann = 'city=Rome' } }
        @{ What = 'rows of a database'; Rows = { $data = [System.Data.DataTable]::new(); 'UserId', 'city' | ForEach-Object { $null = $data.Columns.Add($_) }; $null = $data.Rows.Add('ann', 'Rome'); $null = $data.Rows.Add('bob', [DBNull]::Value); $data.Rows }; Held = @{ ann = 'city=Rome'; bob = '' } }
        @{ What = 'several rows for a user, of which the later ones win'; Rows = { "UserId,city,level`nann,Rome,1`nann,Oslo,`nann,,2" | ConvertFrom-Csv }; Held = @{ ann = 'city=Oslo level=2' } }
    ) {
        $with = $_['With'] ?? @{}
        & $Rows | Connect-Chat -Emulator @with -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 1
        $Held.Keys | ForEach-Object { Get-Held $_ | Should -BeExactly $Held[$_] }
    }

    It 'takes the users as a parameter as well, and those that another app was asked for' {
        Connect-Chat -Emulator -Account ann, bob -WarningAction Ignore
        (Get-ChatAccount ann, bob, eve).AccountStatus | Should -Be @('Imported', 'Imported', 'NotImported')
        $first = $table | Connect-Chat -Emulator -PassThru -WarningAction Ignore
        'ann', 'bob' | Get-ChatUserAttribute -Connection $first | Connect-Chat -Emulator -WarningAction Ignore
        Get-Held ann | Should -BeExactly 'city=Paris level=3'
    }

    It 'leaves out rows that could be no user, and tells how many and why' {
        $rows = "UserId,city`nann,Rome`n,Oslo`n$('x' * 33),Oslo`nbob,$('x' * 51)`neve,Oslo" | ConvertFrom-Csv
        $rows | Connect-Chat -Emulator -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -HaveCount 2
        "$($told[0])" | Should -BeLike '3 of 5 rows are no users that an app could have, and are left out. Row 2: The row has no user id.*'
        Get-Held eve | Should -BeExactly 'city=Oslo'
        Get-Held bob | Should -BeExactly 'AccountNotFound'
    }

    It 'says what to do about <What>, and connects to nothing' -ForEach @(
        @{ What = 'more columns than attributes'; Rows = { [pscustomobject]([ordered]@{ UserId = 'ann' } + (1..11 | ForEach-Object { $all = [ordered]@{} } { $all["c$_"] = 1 } { $all })) }; ErrorId = 'InvalidConfiguration'; Message = "*11 columns beside 'UserId'*-AttributeName*" }
        @{ What = 'rows without an id'; Rows = { [pscustomobject]@{ Name = 'ann' } }; ErrorId = 'UserIdColumnNotFound'; Message = '*Name*' }
        @{ What = 'a file'; Rows = { Get-Item $PSCommandPath }; ErrorId = 'FileIsNoRow'; Message = '*' }
        @{ What = 'a fault that is none'; With = @{ Fault = 'im_set_attr' }; Rows = { 'ann' }; ErrorId = 'InvalidConfiguration'; Message = "*'im_set_attr' is not a fault*" }
    ) {
        Connect-Chat -Emulator -WarningAction Ignore
        $with = $_['With'] ?? @{}
        { & $Rows | Connect-Chat -Emulator @with } | Should -Throw -ErrorId "$ErrorId,*" -ExpectedMessage $Message
        Get-ChatConnection | Should -BeNullOrEmpty
        { Get-ChatAttributeName } | Should -Throw -ErrorId 'NotConnected,*'
    }

    It 'tells under -Verbose how many users it has' {
        "$($table | Connect-Chat -Emulator -Verbose -WarningAction Ignore 4>&1)" | Should -BeLike 'The emulated app starts with 3 users. Connected to app * (embedded emulator)*'
    }
}

Describe 'A paid app' {
    It 'imports more than the hundred accounts of a trial app' {
        Connect-Chat -Emulator -WarningAction Ignore
        @(1..150 | Import-ChatAccount -ErrorAction SilentlyContinue | Where-Object ErrorId -EQ 'TrialLimitReached').Count | Should -BeGreaterThan 40
        Connect-Chat -Emulator -Plan Paid -WarningAction Ignore
        (1..150 | Import-ChatAccount).Status | Sort-Object -Unique | Should -Be 'Succeeded'
    }

    It 'deletes accounts where its admin has allowed that, and only there' {
        Connect-Chat -Emulator -Plan Paid -Account ann -WarningAction Ignore
        { Remove-ChatAccount ann -Force -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'DeletionNotEnabled,*'
        Connect-Chat -Emulator -Plan Paid -AllowAccountDeletion -Account ann -WarningAction Ignore
        (Remove-ChatAccount ann -Force).Status | Should -Be 'Succeeded'
    }
}

Describe 'An emulator that is told how to behave' {
    It 'answers with faults' {
        Connect-Chat -Emulator -AttributeName city -Fault 'account_delete:60010:1', 'im_get_attr:91000:1' -MaxRetry 0 -WarningAction Ignore
        (Set-ChatUserAttribute ann @{ city = 'x' }).Status | Should -Be 'Succeeded'
        { Remove-ChatAccount ann -Force -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'NotAdmin,*'
        (Get-ChatUserAttribute ann -ErrorAction SilentlyContinue).ErrorId | Should -Be 'ServiceFault'
    }

    It 'takes its time' {
        Connect-Chat -Emulator -LatencyMs 300 -SkipCheck -WarningAction Ignore
        (Measure-Command { Get-ChatAttributeName }).TotalMilliseconds | Should -BeGreaterThan 290
    }

    It 'lets through as many calls as the connection is to send' {
        Connect-Chat -Emulator -AttributeName city -CallsPerSecond 5000 -WarningAction Ignore
        $null = 1..400 | Set-ChatUserAttribute -Attribute @{ city = 'x' } -BatchSize 1 -InformationVariable information -WarningVariable told
        $summary = $information.MessageData | Where-Object { $_ -is [TencentChat.PowerShell.Output.RunSummary] }
        $summary.Succeeded | Should -Be 400
        $summary.ThrottledCalls | Should -Be 0
        $told | Should -BeNullOrEmpty
    }

    It 'refuses what the connection does not know to be too much, when it is slower' {
        Connect-Chat -Emulator -AttributeName city -CallsPerSecond 1000000 -WarningAction Ignore
        (1..200 | Set-ChatUserAttribute -Attribute @{ city = 'x' } -BatchSize 1).Status | Sort-Object -Unique | Should -Be 'Succeeded'
    }
}

Describe 'An app that is kept in a file' {
    BeforeEach {
        $file = Join-Path $TestDrive "$(New-Guid).json"
    }

    It 'is saved by Disconnect-Chat, and there again for the next Connect-Chat' {
        $table | Connect-Chat -Emulator -StatePath $file -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike "*Disconnect-Chat saves the app to '*$(Split-Path -Leaf $file)'."
        $null = Set-ChatUserAttribute ann @{ city = 'Kyoto' }
        $file | Should -Not -Exist
        Disconnect-Chat
        Connect-Chat -Emulator -StatePath $file -WarningAction Ignore
        Get-Held ann | Should -BeExactly 'city=Kyoto level=3'
        $null = Set-ChatUserAttribute bob @{ city = 'Nara' }
        Get-ChatConnection | Disconnect-Chat
        Connect-Chat -Emulator -StatePath $file -WarningAction Ignore
        Get-Held bob | Should -BeExactly 'city=Nara level=7'
        Get-ChildItem $TestDrive -Filter '*.tmp' | Should -BeNullOrEmpty
    }

    It 'is found where the prompt is' {
        Push-Location $TestDrive
        try {
            Connect-Chat -Emulator -AttributeName city -StatePath here.json -WarningAction Ignore
            Disconnect-Chat
        }
        finally {
            Pop-Location
        }

        Join-Path $TestDrive here.json | Should -Exist
    }

    It 'is saved when another Connect-Chat takes its place' {
        Connect-Chat -Emulator -Account ann -StatePath $file -WarningAction Ignore
        Connect-Chat -Emulator -WarningAction Ignore
        Connect-Chat -Emulator -StatePath $file -WarningAction Ignore
        (Get-ChatAccount ann).AccountStatus | Should -Be 'Imported'
    }

    It 'is not mixed with other users or names' {
        Connect-Chat -Emulator -Account ann -StatePath $file -WarningAction Ignore
        Disconnect-Chat
        { Connect-Chat -Emulator -Account bob -StatePath $file } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*users of its own*'
        { Connect-Chat -Emulator -AttributeName city -StatePath $file } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*users of its own*'
    }

    It 'says so when <What>' -ForEach @(
        @{ What = 'the file holds no app'; Content = '{ "Accounts": 1 }'; Message = "*cannot be used*" }
        @{ What = 'the file is no JSON'; Content = 'UserId,city'; Message = "*cannot be used*" }
        @{ What = 'there is no folder'; Folder = 'nowhere'; Message = '*no folder*' }
    ) {
        if ($_['Content']) { Set-Content $file $Content } else { $file = Join-Path $TestDrive $Folder 'app.json' }
        { Connect-Chat -Emulator -StatePath $file } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage $Message
    }

    It 'says so when the file is none and has no end' -Skip:(-not $IsLinux) {
        { Connect-Chat -Emulator -StatePath /dev/zero } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage "*cannot be used*no file*"
    }

    It 'stays open when it cannot be saved, so that nothing is lost' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive "$(New-Guid)")).FullName
        Connect-Chat -Emulator -Account ann -StatePath (Join-Path $folder app.json) -WarningAction Ignore
        $connection = Get-ChatConnection
        Remove-Item $folder
        { Disconnect-Chat } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*cannot be saved*stays as it is*'
        { Connect-Chat -Emulator } | Should -Throw -ErrorId 'InvalidConfiguration,*' -ExpectedMessage '*cannot be saved*'
        $connection.IsClosed | Should -BeFalse
        [object]::ReferenceEquals((Get-ChatConnection), $connection) | Should -BeTrue
        $null = New-Item -ItemType Directory $folder
        Disconnect-Chat
        Join-Path $folder app.json | Should -Exist
    }

    It 'holds no key (P9)' {
        Connect-Chat -Emulator -Account ann -StatePath $file -WarningAction Ignore
        $signature = New-ChatUserSig administrator -AsPlainText
        Disconnect-Chat
        Get-Content -Raw $file | Should -Match 'ann'
        Get-Content -Raw $file | Should -Not -Match '[0-9a-f]{64}'
        Get-Content -Raw $file | Should -Not -Match ([regex]::Escape($signature.Substring(0, 20)))
    }
}
