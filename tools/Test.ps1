# Running the suites and counting. A test that could not run is never counted as passed.

function Get-TestCount([string] $Suite, [string] $File, [int] $Passed, [int] $Failed, [int] $Skipped, [string[]] $Problem) {
    [pscustomobject]@{ Suite = $Suite; File = $File; Passed = $Passed; Failed = $Failed; Skipped = $Skipped; Problem = $Problem }
}

# The suites with what is to be run of them: Name, Project (none for Pester), Needs (projects to build beside the module) and
# File, the test files that were asked for. No file stands for the whole suite.
function Find-TestSuite([string] $Root, [string[]] $Path) {
    $tests = Join-Path $Root 'tests'
    $suites = @(
        Get-ChildItem $tests -Recurse -Filter '*.Tests.csproj' | Sort-Object Name | ForEach-Object {
            [pscustomobject]@{ Name = $_.BaseName; Project = $_; Needs = @([System.IO.Path]::GetRelativePath($Root, $_.FullName)); File = @() }
        }
        [pscustomobject]@{ Name = 'Pester'; Project = $null; Needs = @('src/TencentChat.Emulator.Host/TencentChat.Emulator.Host.csproj'); File = @() }
    )
    if (-not $Path) {
        return $suites
    }

    $patterns = @($Path -split ',' | Where-Object { $_ })
    $used = [System.Collections.Generic.HashSet[string]]::new()
    foreach ($suite in $suites) {
        $suite.File = @(Get-TestFile -Root $Root -Suite $suite | Where-Object { Test-FilePattern $tests $_.FullName $patterns $used })
        if ($suite.File) {
            $suite
        }
    }

    $patterns | Where-Object { -not $used.Contains($_) } | ForEach-Object {
        throw "No test file fits '$_'. Give a part of its path below tests, such as Sync or Pester/Sync.Tests.ps1."
    }
}

# Every file of a suite that holds tests.
function Get-TestFile([string] $Root, $Suite) {
    if (-not $Suite.Project) {
        return Get-ChildItem (Join-Path $Root 'tests' 'Pester') -Recurse -Filter '*.Tests.ps1'
    }

    Get-ChildItem $Suite.Project.DirectoryName -Recurse -Filter '*.cs' | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' |
        Where-Object { Select-String -Path $_ -Pattern '^\s*\[(Fact|Theory)\b' -Quiet }
}

# Whether a file fits one of the patterns; the ones that fit are put into Used.
function Test-FilePattern([string] $Folder, [string] $File, [string[]] $Pattern, $Used) {
    $name = [System.IO.Path]::GetRelativePath($Folder, $File).Replace('\', '/')
    $fitting = @($Pattern | Where-Object {
            $full = [System.IO.Path]::IsPathRooted($_) ? [System.IO.Path]::GetRelativePath($Folder, $_) : $_
            $text = $full.Replace('\', '/') -replace '^(\./)?(tests/)?'
            $name -like ([WildcardPattern]::ContainsWildcardCharacters($text) ? $text : "*$text*")
        })
    $fitting | ForEach-Object { $null = $Used.Add($_) }
    return $fitting.Count -gt 0
}

# Runs suites and prints the counts; the last line is the sum. Returns the exit code: 1 when a test failed or none ran.
function Invoke-TestSuite([string] $Root, [string] $Configuration, [object[]] $Suite, [string] $ModuleManifest) {
    $results = Join-Path $Root 'out' 'test-results'
    Remove-Item $results -Recurse -Force -ErrorAction Ignore
    $null = New-Item -ItemType Directory $results

    $counts = @(foreach ($one in $Suite) {
            if ($one.Project) {
                Invoke-DotnetSuite -Project $one.Project -File $one.File -Configuration $Configuration -Results $results
            }
            else {
                Invoke-PesterSuite -Root $Root -File $one.File -Configuration $Configuration -ModuleManifest $ModuleManifest -Results $results
            }
        })

    $sum = $counts | Measure-Object Passed, Failed, Skipped -Sum | ForEach-Object { [int]$_.Sum }
    Write-Line (($counts | Format-Table Suite, File, Passed, Failed, Skipped -AutoSize | Out-String -Width 140).Trim())
    Write-Line ''
    # Again at the end, since of a long log often only the end is kept.
    foreach ($count in $counts | Where-Object Problem) {
        $count.Problem | ForEach-Object { Write-Line "Failed: $($count.Suite), $($count.File): $_" }
    }

    Write-Line ('{0} passed, {1} failed, {2} skipped' -f $sum)
    return [int]($sum[1] -gt 0 -or $sum[0] -eq 0)
}

# One .NET suite, or the classes of some of its files; returns a count per source file.
function Invoke-DotnetSuite([System.IO.FileInfo] $Project, [System.IO.FileInfo[]] $File, [string] $Configuration, [string] $Results) {
    $suite = $Project.BaseName
    $trx = Join-Path $Results "$suite.trx"
    $filter = if ($File) {
        '--filter', ((Get-ClassName $File | ForEach-Object { "FullyQualifiedName~.$_." }) -join '|')
    }
    Write-Line "== $suite"
    # A suite that hangs is ended after fifteen minutes without a finished test, and fails.
    dotnet test $Project.FullName -c $Configuration --no-build --nologo --logger "trx;LogFileName=$trx" --results-directory $Results `
        --blame-hang-timeout 15m --blame-hang-dump-type none @filter | Out-Host
    $exitCode = $LASTEXITCODE

    $counts = @(if (Test-Path $trx) { Get-TrxCount -Suite $suite -Path $trx -SourceFolder $Project.DirectoryName })
    $counts
    if ($exitCode -ne 0 -and -not ($counts | Where-Object Failed)) {
        Write-Line "$suite ended with exit code $exitCode though no test failed: counted as one failure."
        Get-TestCount -Suite $suite -File '(the run itself)' -Failed 1
    }
}

# Counts per source file, from the results that the runner left.
function Get-TrxCount([string] $Suite, [string] $Path, [string] $SourceFolder) {
    $run = ([xml](Get-Content -Raw $Path)).TestRun
    $files = Get-ClassFile $SourceFolder
    $classes = [System.Collections.Generic.Dictionary[string, string]]::new()
    foreach ($test in $run.SelectNodes('//*[local-name()="UnitTest"]')) {
        $classes[$test.id] = $test.TestMethod.className
    }

    $run.SelectNodes('//*[local-name()="UnitTestResult"]') |
        Group-Object -CaseSensitive {
            $class = ($classes[$_.testId] -split '\.')[-1] -replace '[+`].*'
            $files.ContainsKey($class) ? $files[$class] : $class
        } | Sort-Object Name | ForEach-Object {
            $passed = @($_.Group | Where-Object outcome -EQ 'Passed').Count
            $skipped = @($_.Group | Where-Object outcome -EQ 'NotExecuted').Count
            Get-TestCount -Suite $Suite -File $_.Name -Passed $passed -Failed ($_.Count - $passed - $skipped) -Skipped $skipped `
                -Problem @($_.Group | Where-Object outcome -NotIn 'Passed', 'NotExecuted' | ForEach-Object {
                    "$($_.testName): $($_.SelectNodes('.//*[local-name()="Message"]') | ForEach-Object { $_.InnerText -replace '\s+', ' ' })"
                })
        }
}

# The classes that a file declares.
function Get-ClassName([System.IO.FileInfo[]] $File) {
    foreach ($one in $File) {
        [regex]::Matches((Get-Content -Raw $one), '\bclass\s+(\w+)') | ForEach-Object { $_.Groups[1].Value }
    }
}

# Which file declares which class.
function Get-ClassFile([string] $Folder) {
    $files = [System.Collections.Generic.Dictionary[string, string]]::new()
    foreach ($file in Get-ChildItem $Folder -Recurse -Filter '*.cs' | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]') {
        $relative = [System.IO.Path]::GetRelativePath($Folder, $file.FullName).Replace('\', '/')
        Get-ClassName $file | ForEach-Object { $files[$_] = $relative }
    }

    return $files
}

# Pester against the staged module in a fresh PowerShell, with all of its files or some; returns a count per test file.
function Invoke-PesterSuite([string] $Root, [System.IO.FileInfo[]] $File, [string] $Configuration, [string] $ModuleManifest, [string] $Results) {
    Write-Line '== Pester'
    $pester = Find-BuildModule -Root $Root -Name 'Pester'
    if (-not $pester) {
        Write-Line 'Pester was left out: each of its tests is counted as skipped.'
        ($File ? $File : (Get-ChildItem (Join-Path $Root 'tests' 'Pester') -Recurse -Filter '*.Tests.ps1')) | Sort-Object Name |
            ForEach-Object { Get-TestCount -Suite 'Pester' -File $_.Name -Skipped (Get-ItCount $_.FullName) }
        return
    }

    $report = Join-Path $Results 'Pester.json'
    $exitCode = Invoke-ModuleScript -Root $Root -Configuration $Configuration -Script 'tests/Pester/Run.ps1' -ModuleManifest $ModuleManifest -ArgumentList @(
        @('-Pester', $pester, '-Report', $report) + @($File | ForEach-Object FullName)
    )
    $counts = @(if (Test-Path $report) { Get-Content -Raw $report | ConvertFrom-Json })
    foreach ($count in $counts) {
        Get-TestCount -Suite 'Pester' -File $count.File -Passed $count.Passed -Failed $count.Failed -Skipped $count.Skipped -Problem $count.Problem
    }

    if ($exitCode -ne 0 -and -not ($counts | Where-Object Failed)) {
        Write-Line "Pester ended with exit code $exitCode though no test failed: counted as one failure."
        Get-TestCount -Suite 'Pester' -File '(the run itself)' -Failed 1
    }
}

# How many tests a Pester file declares; one that is repeated over data counts once, for without Pester the data is unknown.
function Get-ItCount([string] $Path) {
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($Path, [ref]$null, [ref]$null)
    $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'It' }, $true).Count
}

# PSScriptAnalyzer over every script; returns the exit code.
function Invoke-Analyzer([string] $Root) {
    $analyzer = Find-BuildModule -Root $Root -Name 'PSScriptAnalyzer'
    if (-not $analyzer) {
        Write-Line 'Nothing was analyzed.'
        return 1
    }

    Import-Module $analyzer
    $scripts = Get-ChildItem $Root -Recurse -File -Include '*.ps1', '*.psm1', '*.psd1' |
        Where-Object { [System.IO.Path]::GetRelativePath($Root, $_.FullName) -notmatch '(^|[\\/])(out|bin|obj)[\\/]' }
    $findings = @(foreach ($script in $scripts) {
            # A folder may have settings of its own.
            $settings = $script.DirectoryName, (Split-Path $script.DirectoryName), $Root | ForEach-Object { Join-Path $_ 'PSScriptAnalyzerSettings.psd1' } | Where-Object { Test-Path $_ }
            Invoke-ScriptAnalyzer -Path $script.FullName -Settings @($settings)[0]
        })
    if ($findings) {
        Write-Line (($findings | Format-Table Severity, RuleName, ScriptName, Line, Message -AutoSize -Wrap | Out-String -Width 160).Trim())
    }

    Write-Line "$(@($scripts).Count) scripts, $($findings.Count) findings"
    return [int]($findings.Count -gt 0)
}
