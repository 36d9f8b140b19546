#Requires -Version 7.4
# The pages in docs/en-US against the cmdlets, what is made from them, and every example.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $pages = Join-Path (Get-RepositoryRoot) 'docs' 'en-US'
    $cmdlets = (Import-PowerShellDataFile (Get-StagedManifest)).CmdletsToExport | ForEach-Object { @{ Name = $_; Page = Join-Path $pages "$_.md" } }
    $topics = 'about_TencentChat', 'about_TencentChat_Bulk', 'about_TencentChat_Errors', 'about_TencentChat_Push' | ForEach-Object { @{ Name = $_; Page = Join-Path $pages "$_.md" } }
    $examples = foreach ($page in Get-ChildItem $pages -Filter '*.md') {
        $isTopic = $page.Name -like 'about_*'
        $number = 0
        foreach ($block in Get-CodeBlock $page.FullName | Where-Object { $_.Language -eq 'powershell' }) {
            $number++
            @{ Name = "$($page.BaseName), $($isTopic ? $block.Heading : "example $number"), line $($block.Line)"; Page = $page.BaseName; Text = $block.Text }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'EmulatorTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'DocTools.psm1') -Force
    $root = Get-RepositoryRoot
    $pages = Join-Path $root 'docs' 'en-US'
    Import-StagedModule

    # The parameters that a cmdlet has of its own, or has because it can be asked about.
    function Get-OwnParameter([string] $Name) {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        @((Get-Command $Name -Module TencentChat).Parameters.Values | Where-Object { $_.Name -cnotin $common } | Sort-Object Name)
    }
}

Describe 'The page of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $own = Get-OwnParameter $Name
        $text = Get-Content -Raw $Page
        $entries = @{}
        foreach ($entry in [regex]::Matches($text, '(?ms)^### -(\w+)\n\n(.*?)```yaml\n(.*?)```')) {
            $entries[$entry.Groups[1].Value] = @{ Description = $entry.Groups[2].Value.Trim(); Facts = $entry.Groups[3].Value }
        }
    }

    It 'describes every parameter, and no other' {
        $entries.Keys | Sort-Object | Should -BeExactly $own.Name
        $entries.Values | ForEach-Object { $_.Description.Length | Should -BeGreaterThan 15 }
    }

    It 'tells the type, the aliases, the sets and the pipeline of each parameter as they are' {
        foreach ($parameter in $own) {
            $facts = $entries[$parameter.Name].Facts
            $because = "-$($parameter.Name)"
            [regex]::Match($facts, '(?m)^Type: (.+)$').Groups[1].Value | Should -BeExactly $parameter.ParameterType.ToString() -Because $because
            $aliases = [regex]::Match($facts, '(?ms)^Aliases:(.*?)^ParameterSets').Groups[1].Value
            @([regex]::Matches($aliases, '(?m)^- (.+)$') | ForEach-Object { $_.Groups[1].Value } | Sort-Object) | Should -BeExactly @($parameter.Aliases | Sort-Object) -Because $because

            $told = foreach ($set in [regex]::Matches($facts, '(?ms)^- Name: (.+?)\n  Position: (\w+)\n  IsRequired: (\w+)\n  ValueFromPipeline: (\w+)\n  ValueFromPipelineByPropertyName: (\w+)\n')) {
                ($set.Groups[1..5].Value -join ' ').Replace('(All)', '__AllParameterSets')
            }
            $real = foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                $position = $set.Value.Position -lt 0 ? 'Named' : $set.Value.Position
                "$($set.Key) $position $($set.Value.IsMandatory) $($set.Value.ValueFromPipeline) $($set.Value.ValueFromPipelineByPropertyName)".ToLowerInvariant()
            }
            $told.ToLowerInvariant() | Sort-Object | Should -BeExactly ($real | Sort-Object) -Because $because
        }
    }

    It 'tells the limits of every number' {
        foreach ($parameter in $own) {
            foreach ($range in $parameter.Attributes | Where-Object { $_ -is [ValidateRange] -and $null -ne $_.MinRange }) {
                $description = $entries[$parameter.Name].Description -replace ','
                if ($description -match '^Has no effect') { continue }
                $description | Should -Match "\b$([regex]::Escape([string]$range.MinRange))\b" -Because "-$($parameter.Name)"
                if ($range.MaxRange -lt [int]::MaxValue) {
                    $description | Should -Match "\b$([regex]::Escape([string]$range.MaxRange))\b" -Because "-$($parameter.Name)"
                }
            }
        }
    }

    It 'shows the syntax of every set of parameters' {
        foreach ($set in (Get-Command $Name -Module TencentChat).ParameterSets) {
            $section = [regex]::Match($text, "(?ms)^### $([regex]::Escape($set.Name))(?: \(Default\))?\n\n``````\n(.*?)``````").Groups[1].Value
            $shown = [regex]::Matches($section, '-([A-Z]\w*)(?=[\] ]|$)') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -notin $Name.Split('-')[1] }
            $real = $set.Parameters.Name | Where-Object { $_ -cnotin [System.Management.Automation.Cmdlet]::CommonParameters }
            $shown | Sort-Object | Should -BeExactly ($real | Sort-Object) -Because $set.Name
        }
    }

    It 'tells what comes in, what goes out and what can go wrong' {
        foreach ($title in 'DESCRIPTION', 'INPUTS', 'OUTPUTS', 'NOTES') {
            [regex]::Match($text, "(?ms)^## $title\n\n(.*?)^## ").Groups[1].Value.Trim().Length | Should -BeGreaterThan 20 -Because $title
        }

        $types = (Get-Command $Name -Module TencentChat).OutputType.Name
        foreach ($type in $types) {
            $text | Should -MatchExactly "(?m)^### $([regex]::Escape($type))$"
        }
    }

    It 'links to pages that are there' {
        foreach ($link in [regex]::Matches($text, '\]\((?!https?:)([^)#]+)\)')) {
            Join-Path $pages $link.Groups[1].Value | Should -Exist
        }
    }

    It 'is what Get-Help -Online opens, and no link leads to a file' {
        $uris = @((Get-Help $Name).relatedLinks.navigationLink | ForEach-Object { "$($_.uri)" } | Where-Object { $_ })
        $uris | Should -BeExactly @("$((Import-PowerShellDataFile (Get-StagedManifest)).PrivateData.PSData.ProjectUri)/blob/main/docs/en-US/$Name.md")
    }

    It 'is what Get-Help shows' {
        $help = Get-Help $Name -Full
        $synopsis = [regex]::Match($text, '(?ms)^## SYNOPSIS\n\n(.*?)\n\n').Groups[1].Value
        $help.Synopsis.Trim() | Should -BeExactly $synopsis
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        @($help.examples.example).Count | Should -Be ([regex]::Matches($text, '(?m)^### Example ').Count)
        $help.parameters.parameter.Name | Sort-Object | Should -BeExactly $own.Name
        foreach ($parameter in $help.parameters.parameter) {
            $parameter.description.Text -join '' | Should -Not -BeNullOrEmpty -Because "-$($parameter.Name)"
        }
    }
}

Describe 'The help' {
    It 'has a page for each cmdlet and each topic, and no other' {
        $names = (Get-Command -Module TencentChat).Name + 'about_TencentChat', 'about_TencentChat_Bulk', 'about_TencentChat_Errors', 'about_TencentChat_Push'
        (Get-ChildItem $pages -Filter '*.md').BaseName | Sort-Object | Should -BeExactly ($names | Sort-Object)
    }

    It 'is made anew by the Docs task just as it is committed' {
        # In a process of its own: a build brings modules along that must not stay here.
        $fresh = Join-Path $TestDrive 'help'
        $run = Invoke-FreshPwsh "Import-Module '$root/tools/Build.psm1'; Export-ModuleHelp -Root '$root' -Destination '$fresh'"
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        $committed = Get-ChildItem (Join-Path $root 'en-US') -File
        (Get-ChildItem $fresh).Name | Sort-Object | Should -BeExactly ($committed.Name | Sort-Object)
        foreach ($file in $committed) {
            Get-Content -Raw (Join-Path $fresh $file.Name) | Should -BeExactly (Get-Content -Raw $file.FullName) -Because "$($file.Name) is made by ./build.ps1 Docs"
        }
    }

    It 'shows the topic <Name>' -ForEach $topics {
        $page = Get-Content -Raw $Page
        $help = Get-Help $Name
        $short = [regex]::Match($page, '(?ms)^## Short description\n\n(.*?)\n\n').Groups[1].Value
        "$help" | Should -BeLike "*$short*"
        foreach ($heading in [regex]::Matches($page, '(?m)^## (.+)$')) {
            "$help" | Should -MatchExactly "(?m)^$([regex]::Escape($heading.Groups[1].Value.ToUpperInvariant()))$"
        }
    }

    It 'names in <Name> only cmdlets, parameters and topics that there are' -ForEach ($cmdlets + $topics) {
        $text = Get-Content -Raw $Page
        foreach ($name in [regex]::Matches($text, '\b[A-Z][a-z]+-Chat\w*\b').Value | Select-Object -Unique) {
            Get-Command $name -Module TencentChat -ErrorAction Ignore | Should -Not -BeNullOrEmpty -Because $name
        }
        foreach ($topic in [regex]::Matches($text, '\babout_TencentChat\w*').Value | Select-Object -Unique) {
            Join-Path $pages "$topic.md" | Should -Exist
        }
        foreach ($use in [regex]::Matches($text, '`([A-Z]\w+-Chat\w*) ((?:-\w+ ?)+)`')) {
            foreach ($parameter in $use.Groups[2].Value.Trim() -split ' ') {
                (Get-Command $use.Groups[1].Value).Parameters.Keys | Should -Contain $parameter.TrimStart('-') -Because $use.Value
            }
        }
    }
}

Describe 'about_TencentChat_Errors' {
    BeforeAll {
        $text = Get-Content -Raw (Join-Path $pages 'about_TencentChat_Errors.md')
        $told = @{}
        foreach ($line in [regex]::Matches($text, '(?m)^\| `(\w+)` \| ([-\d, to]+|none|.*, none) \| (.+) \|$')) {
            $told[$line.Groups[1].Value] = @(foreach ($part in $line.Groups[2].Value -split ', ') {
                    $first, $last = $part -split ' to '
                    if ($part -eq 'none') { 0 } elseif ($last) { [int]$first..[int]$last } else { [int]$first }
                })
        }
        $refusals = [regex]::Matches($text, '(?m)^\| `(\w+)` \| [^|]+ \|$') | ForEach-Object { $_.Groups[1].Value }

        $tables = [TencentChat.Errors.ChatError].Assembly
        $client = $tables.GetType('TencentChat.Errors.ClientErrors').GetProperties('Public, Static') | ForEach-Object { $_.GetValue($null) }
        $refused = (Get-Command Get-ChatUserAttribute).ImplementingType.Assembly.GetType('TencentChat.PowerShell.Binding.InputErrors').GetProperties('Public, Static') |
            ForEach-Object { $_.GetValue($null) }
        $real = @($tables.GetType('TencentChat.Errors.ServiceErrors').GetProperty('All').GetValue($null)) + $client +
            @($refused | Where-Object ErrorId -CNotIn $refusals)
    }

    It 'has every word, and no other' {
        $real.Count | Should -BeGreaterThan 150
        $told.Keys | Sort-Object | Should -BeExactly ($real.ErrorId | Sort-Object -Unique)
    }

    It 'has every code with its word, and no other' {
        foreach ($group in $real | Group-Object ErrorId) {
            $told[$group.Name] | Sort-Object | Should -Be ($group.Group.Code | Sort-Object -Unique) -Because $group.Name
        }
    }

    It 'has every word that a cmdlet refuses input with' {
        $source = Get-ChildItem (Join-Path $root 'src' 'TencentChat.PowerShell') -Recurse -Filter '*.cs' |
            Where-Object FullName -NotMatch '[\\/]obj[\\/]' | Get-Content -Raw
        $words = [regex]::Matches($source, '(?:Refuse|BadInput)\(\s*"(\w+)"|new ErrorRecord\((?:fault|new \w+\(\w+\)), "(\w+)"|_ => new\w*\(fault, "(\w+)"') |
            ForEach-Object { $_.Groups[1..3].Value | Where-Object { $_ } } | Select-Object -Unique
        $words.Count | Should -BeGreaterThan 5
        $refused.Count | Should -BeGreaterThan 10
        $words += @($refused.ErrorId | Where-Object { $_ -cnotin $told.Keys })
        $words | Where-Object { $_ -cnotin $refusals -and $_ -cnotin $told.Keys } | Should -BeNullOrEmpty
        $refusals | Where-Object { $_ -cnotin $words } | Should -BeNullOrEmpty
    }

    It 'is where the pages of the cmdlets take their words from' {
        foreach ($page in Get-ChildItem $pages -Filter '*-*.md') {
            $notes = [regex]::Match((Get-Content -Raw $page.FullName), '(?ms)^## NOTES\n(.*?)^## ').Groups[1].Value
            foreach ($list in [regex]::Matches($notes, '(?s)(?:Errors?|errors?) [^.]*?:(.*?)\.(?=\s)')) {
                foreach ($word in [regex]::Matches($list.Groups[1].Value, '`([A-Z][a-z]+[A-Z]\w+)`')) {
                    $word.Groups[1].Value | Should -BeIn ($told.Keys + $refusals) -Because $page.Name
                }
            }
        }
    }
}

Describe 'The examples' {
    BeforeAll {
        $emulators = @(
            Start-EmulatorHost -AttributeName sex, city, level
            Start-EmulatorHost -AttributeName sex -SdkAppId 1400000001
        )
        $environment = Get-ChildItem Env:TENCENTCHAT_*
        $sessions = @{}

        # The first example of a page makes its session: sample files, and an app with three users.
        function Get-PageSession([string] $Page) {
            if (-not $sessions.ContainsKey($Page)) {
                $folder = (New-Item -ItemType Directory (Join-Path $TestDrive $Page)).FullName
                'UserId,sex,city,level', 'ann,female,Paris,3', 'bob,male,Lima,7', 'eve,,Oslo,' | Set-Content (Join-Path $folder 'users.csv')
                'UserId,Nick,FaceUrl', 'ann,Ann,https://example.com/a.png', 'dan,Dan,' | Set-Content (Join-Path $folder 'people.csv')
                'Mail,city,Phone', 'ann,Rome,1', 'bob,Oslo,2' | Set-Content (Join-Path $folder 'staff.csv')
                'UserId', 'bob', 'eve' | Set-Content (Join-Path $folder 'leavers.csv')
                'UserId,Tag', 'ann,vip;beta', 'bob,beta', 'eve,' | Set-Content (Join-Path $folder 'tags.csv')
                'ann', 'bob', 'eve' | Set-Content (Join-Path $folder 'ids.txt')
                $session = New-DocSession -Folder $folder -EmulatorHost $emulators -UserSig (Get-TestUserSig) -ModuleManifest (Get-StagedManifest)
                $null = $session.AddScript('
                    Connect-Chat -Emulator -AttributeName sex, city, level -WarningAction SilentlyContinue
                    $null = Import-ChatAccount -UserId ann, bob, dan, eve
                    $null = Import-Csv users.csv | Set-ChatUserAttribute -Property city, level').Invoke()
                $session.Commands.Clear()
                $session.Streams.Error | Should -BeNullOrEmpty -Because 'the examples need a place to work on'
                $sessions[$Page] = $session
            }

            return $sessions[$Page]
        }
    }

    AfterAll {
        $sessions.Values | ForEach-Object { $_.Dispose() }
        $emulators | ForEach-Object { Stop-EmulatorHost $_ }
        Get-ChildItem Env:TENCENTCHAT_* | Where-Object Name -NotLike 'TENCENTCHAT_TEST_*' | Remove-Item
        $environment | ForEach-Object { Set-Item "Env:$($_.Name)" $_.Value }
    }

    It 'run: <Name>' -ForEach $examples {
        $run = Invoke-DocCommand (Get-PageSession $Page) $Text
        $run.Errors | Should -BeNullOrEmpty -Because $Text
    }
}
