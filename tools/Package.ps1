# The package for the Gallery, and the zip for machines that can't reach it.

function Export-ModulePackage([string] $Root, [string] $ModuleManifest, [string] $Destination = (Join-Path $Root 'out')) {
    $stage = Split-Path $ModuleManifest
    $data = Import-PowerShellDataFile $ModuleManifest
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid().ToString('n'))
    $nuspec = Join-Path (New-Item -ItemType Directory $folder).FullName 'TencentChat.nuspec'
    try {
        (Get-Nuspec -Data $data -ReleaseNote (Get-ReleaseNote -Path (Join-Path $Root 'CHANGELOG.md') -Version $data.ModuleVersion)).Save($nuspec)
        Invoke-Program dotnet @('pack', (Join-Path $Root 'tools' 'Package' 'Package.csproj'), '--nologo', '-v', 'quiet', '-o', $Destination,
            "-p:NuspecFile=$nuspec", "-p:NuspecBasePath=$stage")
    }
    finally {
        Remove-Item $folder -Recurse -Force
    }

    # Unpacks to TencentChat/<version>, as a folder of PSModulePath wants it.
    $zip = Join-Path $Destination "TencentChat.$($data.ModuleVersion).zip"
    Remove-Item $zip -ErrorAction Ignore
    [System.IO.Compression.ZipFile]::CreateFromDirectory((Split-Path $stage), $zip, 'Optimal', $true)
    Get-Item (Join-Path $Destination "TencentChat.$($data.ModuleVersion).nupkg"), $zip | ForEach-Object { Write-Line $_.FullName }
}

# A tag that does not say the version, or a version of which the changelog says nothing yet, is not released.
function Assert-ReleaseTag([string] $Root, [string] $Tag) {
    $version = Get-ModuleVersion $Root
    if ($Tag -cne "v$version") {
        throw "The tag is $Tag, and the module's version is $version."
    }

    if (-not (Select-String -LiteralPath (Join-Path $Root 'CHANGELOG.md') -SimpleMatch "## [$version]" -Quiet)) {
        throw "CHANGELOG.md has no section for version $version."
    }
}

# Puts the module of a package in the place of the one that was built: staged, and beside the checkout's manifest.
function Expand-ModulePackage([string] $Package, [string] $Root, [string] $ModuleManifest) {
    $stage = Split-Path $ModuleManifest
    $bin = Join-Path $Root 'bin'
    Clear-ModuleFolder $bin, $stage
    $archive = [System.IO.Compression.ZipFile]::OpenRead((Resolve-Path -LiteralPath $Package).ProviderPath)
    try {
        foreach ($entry in $archive.Entries) {
            # Names are escaped as in an address. What belongs to the package itself is no part of the module.
            $name = [uri]::UnescapeDataString($entry.FullName)
            if ($name -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$|[^/]+\.nuspec$)') {
                $target = Join-Path $stage $name
                $null = New-Item -ItemType Directory -Force (Split-Path $target)
                [System.IO.Compression.ZipFileExtensions]::ExtractToFile($entry, $target)
            }
        }
    }
    finally {
        $archive.Dispose()
    }

    $version = (Import-PowerShellDataFile $ModuleManifest).ModuleVersion
    if ($version -cne (Split-Path -Leaf $stage)) {
        throw "$Package holds version $version of the module, and this checkout is version $(Split-Path -Leaf $stage)."
    }

    Copy-Item (Join-Path $stage 'bin') $bin -Recurse
    Write-Line "The module of $Package is staged in $stage"
}

# Identity, texts and tags as the Gallery's own publishing command derives them from a manifest.
function Get-Nuspec([hashtable] $Data, [string] $ReleaseNote) {
    $info = $Data.PrivateData.PSData
    $tags = @($info.Tags) + 'PSModule' + 'PSIncludes_Cmdlet' +
        @($Data.CmdletsToExport | ForEach-Object { "PSCmdlet_$_", "PSCommand_$_" })
    $values = [ordered]@{
        id                       = 'TencentChat'
        version                  = $Data.ModuleVersion
        authors                  = $Data.Author
        owners                   = $Data.CompanyName
        requireLicenseAcceptance = 'false'
        license                  = 'MIT'
        projectUrl               = $info.ProjectUri
        description              = $Data.Description
        releaseNotes             = $ReleaseNote
        copyright                = $Data.Copyright
        tags                     = $tags -join ' '
    }
    $namespace = 'http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd'
    $xml = [xml]::new()
    $package = $xml.AppendChild($xml.CreateElement('package', $namespace))
    $metadata = $package.AppendChild($xml.CreateElement('metadata', $namespace))
    foreach ($name in $values.Keys) {
        $element = $metadata.AppendChild($xml.CreateElement($name, $namespace))
        $element.InnerText = $values[$name]
        if ($name -eq 'license') {
            $element.SetAttribute('type', 'expression')
        }
    }

    $file = $package.AppendChild($xml.CreateElement('files', $namespace)).AppendChild($xml.CreateElement('file', $namespace))
    $file.SetAttribute('src', '**')
    $file.SetAttribute('target', '')
    return $xml
}

# What the changelog says about a version; before its release, what it says under Unreleased.
function Get-ReleaseNote([string] $Path, [string] $Version) {
    $sections = (Get-Content -Raw $Path) -split '(?m)^(?=## \[)'
    $section = foreach ($heading in "## [$Version]", '## [Unreleased]') {
        $sections.Where({ $_.StartsWith($heading, [StringComparison]::Ordinal) }, 'First')
    }
    if (-not $section) {
        throw "CHANGELOG.md has neither a section for $Version nor one named Unreleased."
    }

    return (@($section)[0] -replace '^## .*').Trim()
}
