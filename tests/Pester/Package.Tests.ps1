#Requires -Version 7.4
# The package for the Gallery and the zip, and what a release does with them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $root = Get-RepositoryRoot
    $stage = Split-Path (Get-StagedManifest)
    $version = Split-Path -Leaf $stage
    Import-Module (Join-Path $root 'tools' 'Build.psm1') -Force
    $out = (New-Item -ItemType Directory (Join-Path $TestDrive 'out')).FullName
    Export-ModulePackage -Root $root -ModuleManifest (Get-StagedManifest) -Destination $out 6>$null
    $staged = @(Get-ChildItem $stage -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($stage, $_.FullName).Replace('\', '/') } | Sort-Object)

    function Read-Archive([string] $Path) {
        $archive = [System.IO.Compression.ZipFile]::OpenRead($Path)
        try { $archive.Entries.FullName } finally { $archive.Dispose() }
    }
}

Describe 'The package' {
    It 'is there with the zip, and nothing else is' {
        (Get-ChildItem $out).Name | Sort-Object | Should -BeExactly "TencentChat.$version.nupkg", "TencentChat.$version.zip"
    }

    It 'holds the staged files where PowerShell looks for them, and what every package holds' {
        $entries = Read-Archive (Join-Path $out "TencentChat.$version.nupkg") | ForEach-Object { [uri]::UnescapeDataString($_) }
        $own = 'TencentChat.nuspec', '_rels/.rels', '[Content_Types].xml'
        $own | ForEach-Object { $entries | Should -Contain $_ }
        $entries | Where-Object { $_ -notin $own -and $_ -notlike 'package/*' } | Sort-Object | Should -BeExactly $staged
    }

    It 'tells the Gallery what it is' {
        $archive = [System.IO.Compression.ZipFile]::OpenRead((Join-Path $out "TencentChat.$version.nupkg"))
        try {
            $reader = [System.IO.StreamReader]::new($archive.GetEntry('TencentChat.nuspec').Open())
            $metadata = ([xml]$reader.ReadToEnd()).package.metadata
        }
        finally {
            $archive.Dispose()
        }

        $metadata.id | Should -BeExactly 'TencentChat'
        $metadata.version | Should -BeExactly $version
        $metadata.releaseNotes | Should -Not -BeNullOrEmpty
        $tags = $metadata.tags -split ' '
        foreach ($tag in 'PSModule', 'PSEdition_Core', 'PSIncludes_Cmdlet', 'PSCmdlet_Set-ChatUserAttribute', 'PSCommand_Set-ChatUserAttribute') {
            $tags | Should -Contain $tag
        }
    }

    It 'is installed from a folder of packages and imported by its name' {
        if (-not (Get-Command Save-PSResource -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'this PowerShell has no Save-PSResource'
        }

        $modules = (New-Item -ItemType Directory (Join-Path $TestDrive 'installed')).FullName
        $name = "TencentChat-$([guid]::NewGuid().ToString('n'))"
        Register-PSResourceRepository -Name $name -Uri $out -Trusted
        try {
            Save-PSResource -Name TencentChat -Repository $name -Path $modules
        }
        finally {
            Unregister-PSResourceRepository -Name $name
        }

        $result = Invoke-FreshPwsh "Import-Module TencentChat -ErrorAction Stop; (Get-Module TencentChat).ModuleBase" -Environment @{ PSModulePath = $modules }
        $result.Error | Should -BeNullOrEmpty
        $result.Output.Trim() | Should -BeExactly (Join-Path $modules 'TencentChat' $version)
    }
}

Describe 'The zip' {
    It 'unpacks into a folder of modules, from where the module is imported by its name' {
        $modules = (New-Item -ItemType Directory (Join-Path $TestDrive 'modules')).FullName
        [System.IO.Compression.ZipFile]::ExtractToDirectory((Join-Path $out "TencentChat.$version.zip"), $modules)
        $unpacked = Join-Path $modules 'TencentChat' $version
        Get-ChildItem $unpacked -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($unpacked, $_.FullName).Replace('\', '/') } | Sort-Object |
            Should -BeExactly $staged

        $result = Invoke-FreshPwsh "Import-Module TencentChat -ErrorAction Stop; (Get-Module TencentChat).ModuleBase" -Environment @{ PSModulePath = $modules }
        $result.Error | Should -BeNullOrEmpty
        $result.Output.Trim() | Should -BeExactly $unpacked
    }
}

Describe 'A release' {
    BeforeAll {
        $checkout = (New-Item -ItemType Directory (Join-Path $TestDrive 'checkout')).FullName
        'TencentChat.psd1', 'Directory.Build.props' | ForEach-Object { Copy-Item (Join-Path $root $_) $checkout }
        $changelog = Join-Path $checkout 'CHANGELOG.md'
        "## [Unreleased]`n`n## [$version] - 2026-01-01`n" | Set-Content $changelog
    }

    It 'goes by the tag that is the version' {
        { Assert-ReleaseTag -Root $checkout -Tag "v$version" } | Should -Not -Throw
    }

    It 'is refused for <Tag>' -ForEach @(
        @{ Tag = 'v99.0.0' }
        @{ Tag = '0.1.0' }
        @{ Tag = 'V0.1.0' }
    ) {
        { Assert-ReleaseTag -Root $checkout -Tag $Tag } | Should -Throw "The tag is $Tag, and the module's version is $version."
    }

    It 'is refused when the changelog says nothing of the version' {
        '## [Unreleased]' | Set-Content $changelog
        { Assert-ReleaseTag -Root $checkout -Tag "v$version" } | Should -Throw "*no section for version $version*"
    }

    It 'is tested as the package has it' {
        $copy = (New-Item -ItemType Directory (Join-Path $checkout 'out' 'TencentChat' $version)).FullName
        'Directory.Build.props' | ForEach-Object { Copy-Item (Join-Path $root $_) $copy }
        $null = New-Item -ItemType Directory (Join-Path $checkout 'bin')
        'stale' | Set-Content (Join-Path $checkout 'bin' 'TencentChat.dll'), (Join-Path $checkout 'bin' 'Old.dll')
        Expand-ModulePackage -Package (Join-Path $out "TencentChat.$version.nupkg") -Root $checkout -ModuleManifest (Join-Path $copy 'TencentChat.psd1') 6>$null

        foreach ($pair in @{ Here = $copy; There = $stage }, @{ Here = Join-Path $checkout 'bin'; There = Join-Path $stage 'bin' }) {
            $here, $there = $pair.Here, $pair.There | ForEach-Object { $folder = $_; Get-ChildItem $_ -Recurse -File | Sort-Object FullName |
                    ForEach-Object { [System.IO.Path]::GetRelativePath($folder, $_.FullName) + ' ' + (Get-FileHash $_).Hash } | Join-String -Separator "`n" }
            $here | Should -BeExactly $there
        }
    }

    It 'is not tested with a package of another version' {
        $other = Join-Path $checkout 'out' 'TencentChat' '99.0.0' 'TencentChat.psd1'
        { Expand-ModulePackage -Package (Join-Path $out "TencentChat.$version.nupkg") -Root $checkout -ModuleManifest $other 6>$null } |
            Should -Throw "*version $version of the module, and this checkout is version 99.0.0.*"
    }
}
