#Requires -Version 7.4
# What the build hands out: the staged module, its manifest, and the sample table.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $root = Get-RepositoryRoot
    $manifestPath = Get-StagedManifest
    $stage = Split-Path $manifestPath
    $manifest = Import-PowerShellDataFile $manifestPath
}

Describe 'The staged module' {
    It 'holds the assemblies of the project and no other' {
        $assemblies = Get-ChildItem $stage -Recurse -Include '*.dll', '*.exe' | ForEach-Object Name
        $assemblies | Sort-Object | Should -BeExactly @('TencentChat.dll', 'TencentChat.Emulator.dll', 'TencentChat.PowerShell.dll')
    }

    It 'has assemblies that need nothing but PowerShell and what comes with it' {
        $inBox = Get-ChildItem $PSHOME -Filter '*.dll' | ForEach-Object BaseName
        $runtime = Get-ChildItem ([System.Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) -Filter '*.dll' | ForEach-Object BaseName
        $own = Get-ChildItem (Join-Path $stage 'bin') -Filter '*.dll' | ForEach-Object BaseName
        $foreign = Get-ChildItem (Join-Path $stage 'bin') -Filter '*.dll' | ForEach-Object { Get-AssemblyReference $_.FullName } |
            Where-Object { $_ -notin $inBox -and $_ -notin $runtime -and $_ -notin $own }
        $foreign | Should -BeNullOrEmpty
    }

    It 'holds the license and the changelog' {
        Join-Path $stage 'LICENSE' | Should -Exist
        Join-Path $stage 'CHANGELOG.md' | Should -Exist
    }

    It 'is a copy of what the checkout loads' {
        $differences = foreach ($file in Get-ChildItem (Join-Path $root 'bin') -File) {
            $copy = Join-Path $stage 'bin' $file.Name
            if ((Get-FileHash $file.FullName).Hash -ne (Get-FileHash $copy).Hash) { $file.Name }
        }
        $differences | Should -BeNullOrEmpty
        (Get-FileHash (Join-Path $root 'TencentChat.psd1')).Hash | Should -Be (Get-FileHash $manifestPath).Hash
    }

    It 'is imported from the <Place> without an error' -ForEach @(
        @{ Place = 'staging folder'; Checkout = $false }
        @{ Place = 'checkout'; Checkout = $true }
    ) {
        $path = $Checkout ? (Join-Path $root 'TencentChat.psd1') : $manifestPath
        $result = Invoke-FreshPwsh "Import-Module '$path'; (Get-Module TencentChat).ModuleBase"
        $result.ExitCode | Should -Be 0 -Because $result.Error
        $result.Error | Should -BeNullOrEmpty
        $result.Output.Trim() | Should -BeExactly (Split-Path $path)
    }
}

Describe 'The manifest' {
    It 'passes Test-ModuleManifest without error or warning' {
        $problems = @()
        $null = Test-ModuleManifest $manifestPath -WarningVariable warnings -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $problems + $warnings | Should -BeNullOrEmpty
    }

    It 'exports exactly the cmdlets that the assembly holds, each by name' {
        $found = Invoke-FreshPwsh "(Get-Command -Module (Import-Module '$(Join-Path $stage 'bin' 'TencentChat.PowerShell.dll')' -PassThru)).Name"
        $inAssembly = @($found.Output -split '\r?\n' | Where-Object { $_ })
        $inAssembly.Count | Should -BeGreaterThan 0
        $manifest.CmdletsToExport | Sort-Object | Should -BeExactly ($inAssembly | Sort-Object)
    }

    It 'exports no functions, aliases or variables' {
        $manifest.FunctionsToExport | Should -HaveCount 0
        $manifest.AliasesToExport | Should -HaveCount 0
        $manifest.VariablesToExport | Should -HaveCount 0
    }

    It 'names every view file that the module ships' {
        $views = @(Get-ChildItem $stage -Recurse -Filter '*.Format.ps1xml' | ForEach-Object { [System.IO.Path]::GetRelativePath($stage, $_.FullName).Replace('\', '/') })
        @($manifest.FormatsToProcess) | Sort-Object | Should -BeExactly ($views | Sort-Object)
    }

    It 'has the version that the assemblies have' {
        $props = [xml](Get-Content -Raw (Join-Path $root 'Directory.Build.props'))
        $props.SelectSingleNode('//VersionPrefix').InnerText | Should -BeExactly $manifest.ModuleVersion
        foreach ($assembly in Get-ChildItem (Join-Path $stage 'bin') -Filter '*.dll') {
            [System.Reflection.AssemblyName]::GetAssemblyName($assembly.FullName).Version.ToString(3) | Should -BeExactly $manifest.ModuleVersion
        }
        Split-Path -Leaf $stage | Should -BeExactly $manifest.ModuleVersion
    }
}

Describe 'The scripts' {
    It 'pass PSScriptAnalyzer' {
        $analyzer = Get-Module -ListAvailable PSScriptAnalyzer, (Join-Path $root 'out' 'modules' 'PSScriptAnalyzer') -ErrorAction Ignore
        if (-not $analyzer) {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is not on this machine'
        }

        $result = Invoke-FreshPwsh "& '$(Join-Path $root 'build.ps1')' Analyze; exit `$LASTEXITCODE"
        $result.ExitCode | Should -Be 0 -Because $result.Output
    }
}

Describe 'The sample table' {
    BeforeAll {
        $csv = Join-Path $root 'samples' 'users.csv'
        $rows = @(Import-Csv $csv)
        $utf8 = [System.Text.Encoding]::UTF8
    }

    It 'is what its script writes, byte for byte' {
        $again = Join-Path $TestDrive 'again.csv'
        & (Join-Path $root 'samples' 'New-SampleUsers.ps1') -Path $again
        (Get-FileHash $again).Hash | Should -Be (Get-FileHash $csv).Hash
    }

    It 'begins with a byte order mark and has 2,000 rows or more' {
        [System.IO.File]::ReadAllBytes($csv)[0..2] | Should -Be @(0xEF, 0xBB, 0xBF)
        $rows.Count | Should -BeGreaterOrEqual 2000
        $rows[0].PSObject.Properties.Name | Should -BeExactly @('UserId', 'sex', 'city', 'level')
    }

    It 'has ids that fit the service, and one that is missing' {
        @($rows | Where-Object { $utf8.GetByteCount($_.UserId) -gt 32 }) | Should -HaveCount 0
        @($rows | Where-Object UserId -CEQ '') | Should -HaveCount 1
    }

    It 'has one value of exactly 50 bytes and one that is a byte too long' {
        $lengths = $rows | ForEach-Object { $utf8.GetByteCount($_.sex); $utf8.GetByteCount($_.city); $utf8.GetByteCount($_.level) }
        @($lengths -eq 50) | Should -HaveCount 1
        @($lengths -gt 50) | Should -HaveCount 1
        @($lengths -eq 51) | Should -HaveCount 1
    }

    It 'has cells with <What>' -ForEach @(
        @{ What = 'quotes'; Pattern = '"' }
        @{ What = 'commas'; Pattern = ',' }
        @{ What = 'line breaks of Unix'; Pattern = '[^\r]\n' }
        @{ What = 'line breaks of Windows'; Pattern = '\r\n' }
        @{ What = 'spaces at the ends'; Pattern = '^ .* $' }
        @{ What = 'characters beyond the basic plane'; Pattern = '\p{Cs}' }
        @{ What = 'nothing'; Pattern = '^$' }
    ) {
        @($rows | Where-Object city -CMatch $Pattern).Count | Should -BeGreaterThan 0
    }

    It 'has repeated ids near and far, and ids that differ by case alone' {
        $positions = [System.Collections.Generic.Dictionary[string, System.Collections.Generic.List[int]]]::new()
        foreach ($index in 0..($rows.Count - 1)) {
            if (-not $positions.ContainsKey($rows[$index].UserId)) { $positions[$rows[$index].UserId] = [System.Collections.Generic.List[int]]::new() }
            $positions[$rows[$index].UserId].Add($index)
        }
        $positions['twice_near'][1] - $positions['twice_near'][0] | Should -Be 1
        $positions['twice_far'][1] - $positions['twice_far'][0] | Should -BeGreaterThan 1000
        'Case_0001', 'case_0001', 'CASE_0001' | ForEach-Object { $positions[$_].Count | Should -Be 1 }
    }
}
