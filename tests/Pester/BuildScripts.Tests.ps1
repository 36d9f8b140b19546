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
        foreach ($name in 'bash', 'env', 'sed', 'grep', 'cat', 'find', 'rm', 'mkdir', 'basename', 'dirname', 'tr') {
            $null = New-Item -ItemType SymbolicLink -Path (Join-Path $tools $name) -Target (Get-Command $name -CommandType Application)[0].Source
        }
        @'
#!/usr/bin/env bash
echo "dotnet $*" >> "$CALLS"
case $1 in
  tool) echo "no such package" >&2; exit 1 ;;
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

        function Invoke-BuildScript([string] $Task, [string] $One = '0,3,3,3', [string] $Two = '0,4,4,4') {
            $calls = Join-Path $TestDrive 'calls.txt'
            Remove-Item $calls -ErrorAction Ignore
            $output = & env -i "PATH=$tools" "HOME=$TestDrive" "CALLS=$calls" "RESULT_One=$One" "RESULT_Two=$Two" bash (Join-Path $checkout 'build.sh') $Task 2>&1
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Lines = @($output | ForEach-Object { "$_" }); Calls = @(Get-Content $calls) }
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

    It 'runs the sample program for the demo' {
        (Invoke-BuildScript Demo).Calls[-1] | Should -BeExactly 'dotnet run --project samples/BulkImport -c Release -- samples/users.csv'
    }

    It 'says which tasks need PowerShell' {
        $run = Invoke-BuildScript Package
        $run.ExitCode | Should -Be 1
        $run.Lines[-1] | Should -BeLike '*Build, Test and Demo, but no Package*'
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
