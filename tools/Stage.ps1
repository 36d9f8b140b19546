# Compiling, and putting the module together.

# What the module ships: these three and no assembly of anybody else.
$script:ownAssemblies = 'TencentChat.PowerShell', 'TencentChat', 'TencentChat.Emulator'

# The module's version. It stands in two files, because neither MSBuild nor PowerShell reads the other's.
function Get-ModuleVersion([string] $Root) {
    $manifest = (Import-PowerShellDataFile (Join-Path $Root 'TencentChat.psd1')).ModuleVersion
    $project = ([xml](Get-Content -Raw (Join-Path $Root 'Directory.Build.props'))).SelectSingleNode('//VersionPrefix').InnerText
    if ($manifest -cne $project) {
        throw "TencentChat.psd1 says version $manifest and Directory.Build.props says $project. Make them equal."
    }

    return $manifest
}

# Compiles everything (or what the module alone needs, and further projects), fills ./bin, stages the module, and returns the
# staged manifest.
function Invoke-Build([string] $Root, [string] $Configuration, [switch] $ModuleOnly, [string[]] $Project = @()) {
    $version = Get-ModuleVersion $Root
    $what = $ModuleOnly ? 'src/TencentChat.PowerShell/TencentChat.PowerShell.csproj' : 'TencentChat.PowerShell.sln'
    foreach ($target in @($what) + $Project) {
        Invoke-Program dotnet @('build', (Join-Path $Root $target), '-c', $Configuration, '--nologo', '-v', 'quiet', '-clp:Summary')
    }

    $bin = Join-Path $Root 'bin'
    $stage = Join-Path $Root 'out' 'TencentChat' $version
    Clear-ModuleFolder $bin, (Split-Path $stage)
    Copy-ModuleBinary -Root $Root -Configuration $Configuration -Destination $bin
    $null = New-Item -ItemType Directory $stage
    Copy-Item $bin $stage -Recurse
    foreach ($name in 'TencentChat.psd1', 'LICENSE', 'CHANGELOG.md', 'README.md', 'en-US') {
        $source = Join-Path $Root $name
        if (Test-Path $source) {
            Copy-Item $source $stage -Recurse
        }
    }

    Write-Line "TencentChat $version is built and staged in $stage"
    return Join-Path $stage 'TencentChat.psd1'
}

# Whether every file that the manifest names is there.
function Test-ModuleBuilt([string] $Root) {
    $manifest = Import-PowerShellDataFile (Join-Path $Root 'TencentChat.psd1')
    $named = 'RootModule', 'FormatsToProcess', 'TypesToProcess' | ForEach-Object { $manifest[$_] } | Where-Object { $_ }
    return @($named | Where-Object { -not (Test-Path (Join-Path $Root $_)) }).Count -eq 0
}

# Windows keeps an assembly that a PowerShell has loaded.
function Clear-ModuleFolder([string[]] $Path) {
    try {
        $Path | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
    }
    catch [System.IO.IOException], [System.UnauthorizedAccessException] {
        throw "The last build can't be removed ($($_.Exception.Message)). Close every PowerShell that has the module loaded, and build again."
    }
}

# Assemblies, their symbols (they give a reported error its line) and the views.
function Copy-ModuleBinary([string] $Root, [string] $Configuration, [string] $Destination) {
    $project = Join-Path $Root 'src' 'TencentChat.PowerShell'
    $built = Join-Path $project 'bin' $Configuration 'net8.0'
    $null = New-Item -ItemType Directory $Destination
    foreach ($name in $script:ownAssemblies) {
        Copy-Item (Join-Path $built "$name.dll"), (Join-Path $built "$name.pdb") $Destination
    }

    Copy-Item (Join-Path $project '*') $Destination -Include '*.Format.ps1xml', '*.Types.ps1xml'
}

# Runs one of the project's scripts against the staged module in a fresh PowerShell; returns its exit code.
function Invoke-ModuleScript([string] $Root, [string] $Configuration, [string] $Script, [string] $ModuleManifest, [string[]] $ArgumentList) {
    $path = Join-Path $Root $Script
    if (-not (Test-Path $path -PathType Leaf)) {
        throw "There is no $Script in this checkout."
    }

    # Before the call, so that the script and whatever it starts find the same build.
    $env:TENCENTCHAT_TEST_CONFIGURATION = $Configuration
    return Invoke-FreshPwsh $path (@('-ModuleManifest', $ModuleManifest) + $ArgumentList)
}

function Clear-BuildOutput([string] $Root) {
    $projects = 'src', 'tests', 'samples', 'tools' | ForEach-Object { Get-ChildItem (Join-Path $Root $_) -Recurse -Filter '*.csproj' }
    $folders = @('out', 'bin' | ForEach-Object { Join-Path $Root $_ }) +
        @($projects | ForEach-Object { (Join-Path $_.DirectoryName 'bin'), (Join-Path $_.DirectoryName 'obj') })
    foreach ($folder in $folders | Where-Object { Test-Path $_ }) {
        Remove-Item $folder -Recurse -Force
    }
}
