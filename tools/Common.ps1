# Running other programs, and finding modules that only a build needs.

# Where the Gallery is asked, the newest version below the upper bound is taken: a next major version may differ.
$script:wantedModules = @{
    'Pester'           = @{ From = [version]'5.7.1'; Below = [version]'7.0.0' }
    'PSScriptAnalyzer' = @{ From = [version]'1.23.0'; Below = [version]'2.0.0' }
}

function Write-Line([string] $Text) {
    Write-Information $Text -InformationAction Continue
}

# Runs a program, lets it print, and throws when it fails.
function Invoke-Program([string] $Name, [string[]] $Arguments) {
    & $Name @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "$Name $($Arguments -join ' ') ended with exit code $LASTEXITCODE."
    }
}

# The command line that starts one more PowerShell of the version that runs now. Installed as a .NET tool, PowerShell is a
# library that dotnet runs, and there is no pwsh to call by name.
function Get-PwshCommand {
    $program = [Environment]::ProcessPath
    if ([System.IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        return @($program, (Join-Path $PSHOME 'pwsh.dll'))
    }

    return @($program)
}

# Runs a script in a fresh PowerShell and returns its exit code; what it prints goes to the screen.
function Invoke-FreshPwsh([string] $Script, [string[]] $Arguments) {
    $name, $first = Get-PwshCommand
    $all = @($first) + @('-NoProfile', '-NonInteractive', '-File', $Script) + $Arguments | Where-Object { $null -ne $_ }
    & $name @all | Out-Host
    return $LASTEXITCODE
}

# The manifest of a module that the build needs, from this machine or else from the Gallery; nothing, and a line that says
# so, when neither has it.
function Find-BuildModule([string] $Root, [string] $Name) {
    $wanted = $script:wantedModules[$Name]
    $saved = Join-Path $Root 'out' 'modules'
    $find = {
        Get-Module -ListAvailable -Name $Name, (Join-Path $saved $Name) -ErrorAction Ignore |
            Where-Object { $_.Version -ge $wanted.From -and $_.Version -lt $wanted.Below } |
            Sort-Object Version -Descending | Select-Object -First 1 -ExpandProperty Path
    }
    $found = & $find
    if (-not $found) {
        Save-GalleryModule -Name $Name -VersionRange "[$($wanted.From),$($wanted.Below))" -Path $saved
        $found = & $find
    }

    if (-not $found) {
        Write-Line "$Name $($wanted.From) or later (below $($wanted.Below)) is neither on this machine nor to be had from the PowerShell Gallery."
    }

    return $found
}

# Asks the Gallery in another process, so that a network that never answers costs two minutes at most.
function Save-GalleryModule([string] $Name, [string] $VersionRange, [string] $Path) {
    if (-not (Get-Command Save-PSResource -ErrorAction Ignore)) {
        return
    }

    $null = New-Item -ItemType Directory -Force $Path
    $command = "Save-PSResource -Name '$Name' -Version '$VersionRange' -Path '$($Path.Replace("'", "''"))' -Repository PSGallery -TrustRepository -ErrorAction Stop"
    $program, $first = Get-PwshCommand
    $all = @($first) + @('-NoProfile', '-NonInteractive', '-EncodedCommand', [Convert]::ToBase64String([System.Text.Encoding]::Unicode.GetBytes($command))) |
        Where-Object { $null -ne $_ }
    $start = [System.Diagnostics.ProcessStartInfo]::new($program, [string[]]$all)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        # Read while it runs: a full pipe would stop it.
        $output = $process.StandardOutput.ReadToEndAsync()
        $problem = $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit(120000)) {
            $process.Kill($true)
            Write-Line "The PowerShell Gallery did not answer within two minutes."
        }
        else {
            $null = $output.Wait(5000), $problem.Wait(5000)
        }
    }
    finally {
        $process.Dispose()
    }
}
