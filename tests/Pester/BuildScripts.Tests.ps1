#Requires -Version 7.4
# The scripts that count tests must not count wrong: build.ps1 from what the runners leave, build.sh on a machine without
# PowerShell, here with a dotnet that plays its part.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $root = Get-RepositoryRoot
}

Describe 'build.ps1' {
    BeforeAll {
        Import-Module (Join-Path $root 'tools' 'Build.psm1') -Force
        $trx = Join-Path $TestDrive 'suite.trx'
        @'
<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
  <Results>
    <UnitTestResult testId="1" testName="A.a" outcome="Passed" />
    <UnitTestResult testId="1" testName="A.a(2)" outcome="Passed" />
    <UnitTestResult testId="2" testName="A.b" outcome="Failed" />
    <UnitTestResult testId="3" testName="B.c" outcome="NotExecuted" />
    <UnitTestResult testId="4" testName="B.d" outcome="Timeout" />
  </Results>
  <TestDefinitions>
    <UnitTest id="1"><TestMethod className="Our.Tests.FirstTests" name="a" /></UnitTest>
    <UnitTest id="2"><TestMethod className="Our.Tests.FirstTests" name="b" /></UnitTest>
    <UnitTest id="3"><TestMethod className="Our.Tests.SecondTests+Inner" name="c" /></UnitTest>
    <UnitTest id="4"><TestMethod className="Our.Tests.SecondTests" name="d" /></UnitTest>
  </TestDefinitions>
</TestRun>
'@ | Set-Content $trx
        $source = (New-Item -ItemType Directory (Join-Path $TestDrive 'source' 'Deep')).FullName
        'public sealed class FirstTests { }' | Set-Content (Join-Path $source 'First.cs')
    }

    It 'counts each outcome of a .NET suite by source file, and takes what is no pass and no skip for a failure' {
        $counts = InModuleScope Build -Parameters @{ trx = $trx; folder = (Split-Path $source) } { Get-TrxCount -Suite 'S' -Path $trx -SourceFolder $folder }
        $counts | ForEach-Object { "$($_.File) $($_.Passed) $($_.Failed) $($_.Skipped)" } | Should -BeExactly @('Deep/First.cs 2 1 0', 'SecondTests 0 1 1')
    }

    It 'counts the tests that a Pester file declares when there is no Pester' {
        $file = Join-Path $TestDrive 'Some.Tests.ps1'
        "# It 'is a comment' { }`nDescribe 'x' { It 'one' { 'It is text' }`n  It 'two' -ForEach 1, 2 { } }" | Set-Content $file
        InModuleScope Build -Parameters @{ file = $file } { Get-ItCount $file } | Should -Be 2
    }

    It 'refuses to build when the two places of the version differ' {
        $copy = (New-Item -ItemType Directory (Join-Path $TestDrive 'copy')).FullName
        Copy-Item (Join-Path $root 'TencentChat.psd1') $copy
        "<Project><PropertyGroup><VersionPrefix>9.9.9</VersionPrefix></PropertyGroup></Project>" | Set-Content (Join-Path $copy 'Directory.Build.props')
        { InModuleScope Build -Parameters @{ copy = $copy } { Get-ModuleVersion $copy } } | Should -Throw '*9.9.9*'
    }

    It 'refuses a task it does not know, and arguments that a task does not take' {
        { & (Join-Path $root 'build.ps1') Frobnicate } | Should -Throw '*Frobnicate*'
        { & (Join-Path $root 'build.ps1') Clean everything } | Should -Throw '*no further arguments: everything*'
    }

    It 'refuses <Name> with a task that has no use for it' -ForEach @(
        @{ Name = '-Path'; Task = 'Build'; With = @{ Path = 'Sync' } }
        @{ Name = '-ModuleOnly'; Task = 'Clean'; With = @{ ModuleOnly = $true } }
        @{ Name = '-Package'; Task = 'Analyze'; With = @{ Package = 'x.nupkg' } }
        @{ Name = '-Tag'; Task = 'Build'; With = @{ Tag = 'v1.0.0' } }
    ) {
        { & (Join-Path $root 'build.ps1') $Task @With } | Should -Throw "*$Task does not take $Name.*"
    }
}

Describe 'The test files that build.ps1 Test -Path means' {
    BeforeAll {
        Import-Module (Join-Path $root 'tools' 'Build.psm1') -Force
        $tree = (New-Item -ItemType Directory (Join-Path $TestDrive 'tree')).FullName
        foreach ($file in 'Pester/Sync.Tests.ps1', 'Pester/Views.Tests.ps1', 'Pester/SyncTools.psm1', 'One.Tests/One.Tests.csproj', 'Two.Tests/Two.Tests.csproj') {
            $null = New-Item -ItemType File -Force (Join-Path $tree 'tests' $file)
        }
        foreach ($file in 'One.Tests/Bulk/Sync/PlanTests.cs', 'One.Tests/Bulk/RunTests.cs', 'Two.Tests/AccountTests.cs', 'Two.Tests/obj/SyncTests.cs') {
            $null = New-Item -ItemType Directory -Force (Split-Path (Join-Path $tree 'tests' $file))
            "[CollectionDefinition]`nclass Things { }`nclass $([System.IO.Path]::GetFileNameWithoutExtension($file)) {`n    [Fact]`n" | Set-Content (Join-Path $tree 'tests' $file)
        }
        'class SyncFake { } // says [Fact] in passing' | Set-Content (Join-Path $tree 'tests/One.Tests/SyncFake.cs')

        function Find-File([string[]] $Path) {
            @(Find-TestSuite -Root $tree -Path $Path | ForEach-Object { $suite = $_; $suite.File | ForEach-Object { "$($suite.Name) $($_.Name)" } })
        }
    }

    It 'are <Files> for <Path>' -ForEach @(
        @{ Path = 'Sync'; Files = 'One.Tests PlanTests.cs', 'Pester Sync.Tests.ps1' }
        @{ Path = 'sync.tests'; Files = @('Pester Sync.Tests.ps1') }
        @{ Path = './tests/Pester/Views.Tests.ps1'; Files = @('Pester Views.Tests.ps1') }
        @{ Path = '.\tests\One.Tests\Bulk'; Files = 'One.Tests PlanTests.cs', 'One.Tests RunTests.cs' }
        @{ Path = '*/*Tests.cs'; Files = 'One.Tests PlanTests.cs', 'One.Tests RunTests.cs', 'Two.Tests AccountTests.cs' }
        @{ Path = 'Two.Tests,Views'; Files = 'Two.Tests AccountTests.cs', 'Pester Views.Tests.ps1' }
        @{ Path = 'Two.Tests', 'Views'; Files = 'Two.Tests AccountTests.cs', 'Pester Views.Tests.ps1' }
    ) {
        Find-File $Path | Sort-Object | Should -BeExactly ($Files | Sort-Object)
    }

    It 'are those of a whole path' {
        Find-File (Join-Path $tree 'tests' 'Pester' 'Sync.Tests.ps1') | Should -BeExactly @('Pester Sync.Tests.ps1')
    }

    It 'must be there, for each of several' {
        { Find-TestSuite -Root $tree -Path 'Sync', 'Nothing' } | Should -Throw "*fits 'Nothing'*"
    }

    It 'are all without -Path' {
        $suites = Find-TestSuite -Root $tree
        $suites.Name | Should -BeExactly 'One.Tests', 'Two.Tests', 'Pester'
        $suites.File | Should -BeNullOrEmpty
    }
}

Describe 'build.ps1 with a pretended dotnet' -Skip:$IsWindows {
    BeforeAll {
        # A checkout with two suites, of which nothing is compiled, and the real scripts.
        $checkout = (New-Item -ItemType Directory (Join-Path $TestDrive 'pretended')).FullName
        'build.ps1', 'tools', 'TencentChat.psd1', 'Directory.Build.props' | ForEach-Object { Copy-Item (Join-Path $root $_) $checkout -Recurse }
        $built = (New-Item -ItemType Directory (Join-Path $checkout 'src/TencentChat.PowerShell/bin/Release/net8.0')).FullName
        foreach ($name in 'TencentChat.PowerShell', 'TencentChat', 'TencentChat.Emulator') {
            Set-Content (Join-Path $built "$name.dll"), (Join-Path $built "$name.pdb") 'built'
        }
        Copy-Item (Join-Path $root 'src/TencentChat.PowerShell/*') (Join-Path $checkout 'src/TencentChat.PowerShell') -Include '*.ps1xml'
        $pester = New-Item -ItemType Directory (Join-Path $checkout 'tests' 'Pester')
        Copy-Item (Join-Path $root 'tests' 'Pester' 'Run.ps1') $pester
        'Sync', 'Views' | ForEach-Object { "Describe '$_' { It 'ran' { `$true | Should -BeTrue } }" | Set-Content (Join-Path $pester "$_.Tests.ps1") }
        foreach ($file in 'One.Tests/SyncTests.cs', 'One.Tests/Other.cs', 'Two.Tests/AccountTests.cs') {
            $name = [System.IO.Path]::GetFileNameWithoutExtension($file)
            $null = New-Item -ItemType Directory -Force (Split-Path (Join-Path $checkout 'tests' $file))
            "sealed class $name {`n    [Fact]" | Set-Content (Join-Path $checkout 'tests' $file)
            $null = New-Item -ItemType File -Force (Join-Path $checkout 'tests' (Split-Path $file) "$(Split-Path $file).csproj")
        }

        $bin = (New-Item -ItemType Directory (Join-Path $TestDrive 'pretended-bin')).FullName
        @'
#!/usr/bin/env bash
echo "$*" >> "$CALLS"
for word in "$@"; do
  case $word in *LogFileName=*) file=${word#*LogFileName=} ;; esac
done
[ "$1" = test ] || exit 0
printf '<TestRun><Results>%s</Results><TestDefinitions><UnitTest id="1"><TestMethod className="A.SyncTests" /></UnitTest></TestDefinitions></TestRun>' "${RESULT:-<UnitTestResult testId=\"1\" outcome=\"Passed\" />}" > "$file"
'@ | Set-Content (Join-Path $bin 'dotnet')
        chmod +x (Join-Path $bin 'dotnet')

        function Invoke-Task([string] $Task, [hashtable] $With = @{}) {
            $calls = Join-Path $TestDrive 'pretended-calls.txt'
            Remove-Item $calls -ErrorAction Ignore
            $run = Invoke-FreshPwsh "& '$checkout/build.ps1' $Task; exit `$LASTEXITCODE" -Environment (@{ PATH = "$bin$([System.IO.Path]::PathSeparator)$env:PATH"; CALLS = $calls } + $With)
            [pscustomobject]@{ ExitCode = $run.ExitCode; Text = $run.Output + $run.Error; Calls = @(Get-Content $calls -ErrorAction Ignore) }
        }
    }

    It 'compiles for -ModuleOnly what the module needs' {
        $run = Invoke-Task 'Build -ModuleOnly'
        $run.ExitCode | Should -Be 0 -Because $run.Text
        $run.Calls | Should -HaveCount 1
        $run.Calls[0] | Should -BeLike 'build */src/TencentChat.PowerShell/TencentChat.PowerShell.csproj *'
        Get-ChildItem (Join-Path $checkout 'out' 'TencentChat') -Recurse -Filter '*.dll' | Should -HaveCount 3
    }

    It 'compiles for Analyze when the manifest names what is not there' {
        Remove-Item (Join-Path $checkout 'bin') -Recurse -ErrorAction Ignore
        Test-ModuleBuilt -Root $checkout | Should -BeFalse
        $run = Invoke-Task 'Analyze'
        @($run.Calls -like 'build*') | Should -HaveCount 1
        (Invoke-Task 'Analyze').Calls | Should -BeNullOrEmpty
    }

    It 'compiles and runs for -Path the suites and files that fit, and no other' {
        $run = Invoke-Task 'Test -Path Sync'
        $run.ExitCode | Should -Be 0 -Because $run.Text
        @($run.Calls -like 'build*' | ForEach-Object { Split-Path -Leaf ($_ -split ' ')[1] }) |
            Should -BeExactly 'TencentChat.PowerShell.csproj', 'One.Tests.csproj', 'TencentChat.Emulator.Host.csproj'
        @($run.Calls -like 'test*') | Should -HaveCount 1
        $run.Calls -like 'test*' | Should -BeLike '*/One.Tests.csproj * --filter FullyQualifiedName~.SyncTests.'
        ($run.Text.Trim() -split '\r?\n')[-1] | Should -BeExactly '2 passed, 0 failed, 0 skipped'
        $run.Text | Should -Match '(?m)^Pester +Sync\.Tests\.ps1 +1 +0 +0'
        $run.Text | Should -Not -Match 'Views'
    }

    It 'compiles and runs everything without it' {
        $run = Invoke-Task 'Test'
        @($run.Calls -like 'build*') | Should -HaveCount 1
        $run.Calls[0] | Should -BeLike 'build */TencentChat.PowerShell.sln *'
        $run.Calls -like '*--filter*' | Should -BeNullOrEmpty
        ($run.Text.Trim() -split '\r?\n')[-1] | Should -BeExactly '4 passed, 0 failed, 0 skipped'
    }

    It 'names what failed at the end, where a log that was cut short still has it' {
        $failed = '<UnitTestResult testId="1" testName="A.SyncTests.One(x: 1)" outcome="Failed"><Output><ErrorInfo><Message>wanted 1&#10;  got 2</Message></ErrorInfo></Output></UnitTestResult>'
        $fine = Get-Content -Raw ($views = Join-Path $pester 'Views.Tests.ps1')
        "Describe 'Views' { It 'ran' { 2 | Should -Be 3 } }" | Set-Content $views
        $lines = @((Invoke-Task 'Test' @{ RESULT = $failed }).Text.Trim() -split '\r?\n')
        Set-Content $views $fine -NoNewline
        $lines[-1] | Should -BeExactly '1 passed, 3 failed, 0 skipped'
        $lines[-4..-3] | Should -BeExactly @('Failed: One.Tests, SyncTests.cs: A.SyncTests.One(x: 1): wanted 1 got 2', 'Failed: Two.Tests, SyncTests: A.SyncTests.One(x: 1): wanted 1 got 2')
        $lines[-2] | Should -BeLike 'Failed: Pester, Views.Tests.ps1: Views.ran: Expected 3, but got 2.*'
    }
}

Describe 'The runner of the Pester files' {
    It 'keeps its counts though a failure says something that XML has no form for' {
        $file = Join-Path $TestDrive 'Colours.Tests.ps1'
        "Describe 'x' { It 'fails in red' { throw `"`$([char]27)[31mred`" }; It 'passes' { 1 | Should -Be 1 } }" | Set-Content $file
        $report = Join-Path $TestDrive 'colours.json'
        $pester = (Get-Module Pester).Path -replace '\.psm1$', '.psd1'
        $run = Invoke-FreshPwsh "& '$(Join-Path $PSScriptRoot 'Run.ps1')' -ModuleManifest '$(Get-StagedManifest)' -Pester '$pester' -Report '$report' '$file'; exit `$LASTEXITCODE"
        $run.ExitCode | Should -Be 1 -Because "$($run.Output) $($run.Error)"
        $report | Should -Exist -Because "$($run.Output) $($run.Error)"
        $count = Get-Content -Raw $report | ConvertFrom-Json
        "$($count.File) $($count.Passed) $($count.Failed) $($count.Skipped)" | Should -BeExactly 'Colours.Tests.ps1 1 1 0'
        $count.Problem | Should -HaveCount 1
        $count.Problem[0] | Should -BeLike 'x.fails in red: *red*'
    }

    It 'writes the report of Pester beside them' {
        $file = Join-Path $TestDrive 'Plain.Tests.ps1'
        "Describe 'x' { It 'passes' { 1 | Should -Be 1 } }" | Set-Content $file
        $report = Join-Path $TestDrive 'plain.json'
        $pester = (Get-Module Pester).Path -replace '\.psm1$', '.psd1'
        $run = Invoke-FreshPwsh "& '$(Join-Path $PSScriptRoot 'Run.ps1')' -ModuleManifest '$(Get-StagedManifest)' -Pester '$pester' -Report '$report' '$file'; exit `$LASTEXITCODE"
        $run.ExitCode | Should -Be 0 -Because "$($run.Output) $($run.Error)"
        ([xml](Get-Content -Raw (Join-Path $TestDrive 'plain.xml'))).SelectNodes('//test-case') | Should -HaveCount 1
    }
}

Describe 'build.sh without PowerShell' -Skip:$IsWindows {
    BeforeAll {
        # A checkout with two suites and one Pester file, and a PATH that leads to the usual tools and a pretended dotnet only.
        $checkout = (New-Item -ItemType Directory (Join-Path $TestDrive 'checkout')).FullName
        Copy-Item (Join-Path $root 'build.sh') $checkout
        foreach ($suite in 'One.Tests', 'Two.Tests') {
            $null = New-Item -ItemType File -Force (Join-Path $checkout 'tests' $suite "$suite.csproj")
        }
        $null = New-Item -ItemType Directory (Join-Path $checkout 'tests' 'Pester')
        "It 'one' { }", "    It 'two' { }", '# It is a comment' | Set-Content (Join-Path $checkout 'tests' 'Pester' 'A.Tests.ps1')

        $tools = (New-Item -ItemType Directory (Join-Path $TestDrive 'tools')).FullName
        foreach ($name in 'bash', 'env', 'sed', 'grep', 'cat', 'find', 'rm', 'mkdir', 'chmod', 'basename', 'dirname', 'tr') {
            $null = New-Item -ItemType SymbolicLink -Path (Join-Path $tools $name) -Target (Get-Command $name -CommandType Application)[0].Source
        }
        @'
#!/usr/bin/env bash
echo "dotnet $*" >> "$CALLS"
case $1 in
  tool)
    case $2 in
      restore) exit "${RESTORE:-1}" ;;
      run) echo "$*" ;;
      install)
        [ -n "${INSTALL:-}" ] || { echo "no such package" >&2; exit 1; }
        while [ "$1" != --tool-path ]; do shift; done
        mkdir -p "$2"
        printf '#!/usr/bin/env bash\necho "installed $*"\n' > "$2/pwsh"
        chmod +x "$2/pwsh" ;;
    esac ;;
  test)
    name=$(basename "$2" .csproj)
    var="RESULT_${name%.Tests}"
    IFS=, read -r code total executed passed <<< "${!var}"
    for word in "$@"; do
      case $word in *LogFileName=*) file=${word#*LogFileName=} ;; esac
    done
    if [ -n "$total" ]; then
      printf '<TestRun>\n  <Counters total="%s" executed="%s" passed="%s" failed="0" error="0" notExecuted="0" />\n</TestRun>\n' "$total" "$executed" "$passed" > "$file"
    fi
    exit "$code" ;;
esac
'@ | Set-Content (Join-Path $tools 'dotnet')
        chmod +x (Join-Path $tools 'dotnet')

        function Invoke-BuildScript([string[]] $Task, [string] $One = '0,3,3,3', [string] $Two = '0,4,4,4', [string[]] $With = @()) {
            # The shell puts both streams into one, so that their lines keep their order.
            $calls = Join-Path $TestDrive 'calls.txt'
            Remove-Item $calls -ErrorAction Ignore
            $output = & env -i "PATH=$tools" "HOME=$TestDrive" "CALLS=$calls" "RESULT_One=$One" "RESULT_Two=$Two" @With bash -c 'exec "$BASH" "$0" "$@" 2>&1' (Join-Path $checkout 'build.sh') @Task
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Lines = @($output | ForEach-Object { "$_" }); Calls = @(Get-Content $calls -ErrorAction Ignore) }
        }
    }

    It 'says so in one line, runs the .NET suites, and counts the Pester tests as skipped' {
        $run = Invoke-BuildScript Test
        $run.Lines[-1] | Should -BeExactly '7 passed, 0 failed, 2 skipped'
        $run.ExitCode | Should -Be 0
        @($run.Lines -like 'No PowerShell here*') | Should -HaveCount 1
        @($run.Calls -like 'dotnet test*--no-build*') | Should -HaveCount 2
    }

    It 'counts <What>' -ForEach @(
        @{ What = 'a failed test'; One = '1,3,3,2'; Last = '6 passed, 1 failed, 2 skipped'; Code = 1 }
        @{ What = 'a skipped test, which the file calls not executed only by its sums'; One = '0,3,2,2'; Last = '6 passed, 0 failed, 3 skipped'; Code = 0 }
        @{ What = 'a suite that ended without results as failed'; One = '134,,,'; Last = '4 passed, 1 failed, 2 skipped'; Code = 1 }
        @{ What = 'a suite that failed after its tests as failed'; One = '1,3,3,3'; Last = '7 passed, 1 failed, 2 skipped'; Code = 1 }
    ) {
        $run = Invoke-BuildScript Test -One $One
        $run.Lines[-1] | Should -BeExactly $Last
        $run.ExitCode | Should -Be $Code
    }

    It 'fails when no test ran at all' {
        $run = Invoke-BuildScript Test -One '0,0,0,0' -Two '0,0,0,0'
        $run.Lines[-1] | Should -BeExactly '0 passed, 0 failed, 2 skipped'
        $run.ExitCode | Should -Be 1
    }

    Context 'with a PowerShell of the registry' {
        BeforeEach {
            Copy-Item (Join-Path $root '.config') $checkout -Recurse
        }

        AfterEach {
            Remove-Item (Join-Path $checkout '.config'), (Join-Path $checkout 'out') -Recurse -Force -ErrorAction Ignore
        }

        It 'takes the version that the manifest of the tools names' {
            $run = Invoke-BuildScript Test -With 'RESTORE=0'
            $run.ExitCode | Should -Be 0
            $run.Lines | Should -BeExactly 'tool run pwsh -- -NoProfile -NonInteractive -File ./build.ps1 Test'
            $run.Calls -like '*install*' | Should -BeNullOrEmpty
        }

        It 'asks for the newest one of the same line when that version is not there, and keeps it' {
            $version = [version](Get-Content -Raw (Join-Path $checkout '.config' 'dotnet-tools.json') | ConvertFrom-Json).tools.powershell.version
            $line = "$($version.Major).$($version.Minor)"
            $run = Invoke-BuildScript Package -With 'INSTALL=1'
            $run.ExitCode | Should -Be 0
            $run.Lines | Should -BeExactly 'installed -NoProfile -NonInteractive -File ./build.ps1 Package'
            $run.Calls -like '*install*' | Should -BeExactly "dotnet tool install PowerShell --version [$line.*,$($version.Major).$($version.Minor + 1).0) --tool-path out/powershell"

            $again = Invoke-BuildScript Package
            $again.Lines | Should -BeExactly $run.Lines
            $again.Calls -like '*install*' | Should -BeNullOrEmpty
        }

        It 'does not ask again a registry that did not answer in time' {
            $run = Invoke-BuildScript Package -With 'RESTORE=124', 'INSTALL=1'
            $run.Lines[0] | Should -BeLike 'No PowerShell here*'
            $run.Calls -like '*install*' | Should -BeNullOrEmpty
        }

        It 'says in one line that there is none' {
            $run = Invoke-BuildScript Package
            @($run.Lines -like 'No PowerShell here*') | Should -HaveCount 1
            $run.Calls -like '*install*' | Should -HaveCount 1
        }
    }

    It 'gets the newest patch and no other line from a registry without the version of the manifest' {
        # A tool called PowerShell that tells its version, in a folder of packages that has not the one of the manifest.
        $place = (New-Item -ItemType Directory (Join-Path $TestDrive 'registry' 'src')).FullName
        $feed = (New-Item -ItemType Directory (Join-Path $TestDrive 'registry' 'feed')).FullName
        @'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <PackAsTool>true</PackAsTool>
    <PackageId>PowerShell</PackageId>
    <ToolCommandName>pwsh</ToolCommandName>
    <AssemblyName>pwsh</AssemblyName>
    <UseAppHost>false</UseAppHost>
  </PropertyGroup>
</Project>
'@ | Set-Content (Join-Path $place 'tool.csproj')
        'System.Console.WriteLine(System.AppContext.BaseDirectory + " " + string.Join(" ", args));' | Set-Content (Join-Path $place 'Program.cs')
        '<configuration><packageSources><clear /><add key="feed" value="{0}" /></packageSources></configuration>' -f $feed | Set-Content (Join-Path $TestDrive 'registry' 'nuget.config')
        $checkout = (New-Item -ItemType Directory (Join-Path $TestDrive 'registry' 'checkout')).FullName
        Copy-Item (Join-Path $root 'build.sh') $checkout
        Copy-Item (Join-Path $root '.config') $checkout -Recurse
        $pinned = [version](Get-Content -Raw (Join-Path $checkout '.config' 'dotnet-tools.json') | ConvertFrom-Json).tools.powershell.version
        $line = "$($pinned.Major).$($pinned.Minor)"
        $versions = "$line.0", "$line.$($pinned.Build + 10)", "$line.$($pinned.Build + 11)-preview.1", "$($pinned.Major).$($pinned.Minor + 1).0"
        foreach ($version in $versions) {
            $output = dotnet pack $place -c Release --nologo -v quiet -o $feed "-p:PackageVersion=$version" 2>&1
            $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        }

        $environment = "HOME=$TestDrive", "DOTNET_CLI_HOME=$TestDrive", "NUGET_PACKAGES=$(Join-Path $TestDrive 'registry' 'packages')"
        # The same tools, with the real dotnet.
        $bin = (New-Item -ItemType Directory (Join-Path $TestDrive 'registry' 'bin')).FullName
        Get-ChildItem $tools | Where-Object Name -NE 'dotnet' | ForEach-Object { $null = New-Item -ItemType SymbolicLink -Path (Join-Path $bin $_.Name) -Target $_.ResolvedTarget }
        # By a script of its name, so that the place of the runtime can't be read off its path.
        "#!/usr/bin/env bash`nexec '$((Get-Command dotnet -CommandType Application)[0].Source)' `"`$@`"" | Set-Content (Join-Path $bin 'dotnet')
        chmod +x (Join-Path $bin 'dotnet')
        $output = & env -i "PATH=$bin" @environment bash (Join-Path $checkout 'build.sh') Package 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($output -join "`n")
        $output | Should -HaveCount 1
        "$output" | Should -BeLike "*/$line.$($pinned.Build + 10)/* -NoProfile -NonInteractive -File ./build.ps1 Package"
    }

    It 'runs the sample program for the demo' {
        (Invoke-BuildScript Demo).Calls[-1] | Should -BeExactly 'dotnet run --project samples/BulkImport -c Release -- samples/users.csv'
    }

    It 'refuses what it can''t do without PowerShell rather than do all' {
        $run = Invoke-BuildScript 'Test', '-Path', 'Sync'
        $run.ExitCode | Should -Be 1
        # Two streams: which line comes last is not told.
        $run.Lines | Should -Contain 'build.sh: without PowerShell, Test takes no further arguments: -Path Sync'
        $run.Calls | Should -BeNullOrEmpty
    }

    It 'says which tasks need PowerShell' {
        $run = Invoke-BuildScript Package
        $run.ExitCode | Should -Be 1
        $run.Lines -like '*Build, Test and Demo, but no Package*' | Should -HaveCount 1
    }
}

Describe 'The charts of the bench' {
    BeforeAll {
        . (Join-Path $root 'tests' 'Bench' 'Report.ps1')
        $bars = [pscustomobject]@{ Name = 'a'; Value = 1; Label = '1'; IsOurs = $false }, [pscustomobject]@{ Name = 'b'; Value = 2.5; Label = '2.5'; IsOurs = $true }
    }

    It 'have bars as long as their values, and the mark where it belongs' {
        $chart = [xml](New-BarChart 'Title' $bars 5 'the most')
        $lengths = @($chart.svg.rect | ForEach-Object { [double]$_.width })
        $lengths[1] / $lengths[0] | Should -Be 2.5
        [double]$chart.svg.line.x1 - [double]$chart.svg.rect[1].x | Should -Be (2 * $lengths[1])
        $chart.svg.text[-1].'#text' | Should -BeExactly 'the most'
    }

    It 'have no mark where there is none' {
        ([xml](New-BarChart 'Title' $bars 2.5)).svg.line | Should -BeNullOrEmpty
    }
}

Describe 'The Pester files' {
    It 'reach what is on this machine without a proxy, whatever the environment names' {
        $calls = Get-ChildItem (Join-Path $root 'tests') -Recurse -Include '*.ps1', '*.psm1' | ForEach-Object {
            $tree = [System.Management.Automation.Language.Parser]::ParseFile($_.FullName, [ref]$null, [ref]$null)
            $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -in 'Invoke-RestMethod', 'Invoke-WebRequest' }, $true)
        }
        @($calls).Count | Should -BeGreaterThan 8
        $calls | Where-Object { -not ($_.CommandElements | Where-Object ParameterName -EQ NoProxy) } | ForEach-Object { "$($_.Extent.File):$($_.Extent.StartLineNumber)" } |
            Should -BeNullOrEmpty
    }
}
