#Requires -Version 7.4
# What an editor starts: the configurations in .vscode must fit build.ps1 and the checkout.

BeforeDiscovery {
    $folder = Join-Path (Split-Path (Split-Path $PSScriptRoot)) '.vscode'
    $tasks = (Get-Content -Raw (Join-Path $folder 'tasks.json') | ConvertFrom-Json).tasks | ForEach-Object { @{ Name = $_.label; Definition = $_ } }
    $launches = (Get-Content -Raw (Join-Path $folder 'launch.json') | ConvertFrom-Json).configurations | ForEach-Object { @{ Name = $_.name; Definition = $_ } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    $root = Get-RepositoryRoot
}

Describe 'The task "<Name>"' -ForEach $tasks {
    It 'is a call of build.ps1 that is understood' {
        $Definition.command | Should -BeExactly 'pwsh'
        $file = [array]::IndexOf([object[]]$Definition.args, '-File')
        $script, $task, $rest = $Definition.args[($file + 1)..($Definition.args.Count - 1)]
        $command = Get-Command (Join-Path $root $script)
        $command.Parameters['Task'].Attributes.ValidValues | Should -Contain $task
        @($rest) -match '^-' | ForEach-Object { $command.Parameters.Keys | Should -Contain $_.TrimStart('-') }
    }
}

Describe 'The launch of "<Name>"' -ForEach $launches {
    It 'follows a task that is there' {
        if ($Definition.request -eq 'launch') {
            $names = (Get-Content -Raw (Join-Path $root '.vscode' 'tasks.json') | ConvertFrom-Json).tasks.label
            $names | Should -Contain $Definition.preLaunchTask
        }
    }

    It 'finds the sources, whose paths the symbols have without the machine''s own' {
        $map = ([xml](Get-Content -Raw (Join-Path $root 'Directory.Build.props'))).SelectSingleNode('//PathMap').InnerText
        $map | Should -BeExactly "`$(MSBuildThisFileDirectory)=$(@($Definition.sourceFileMap.PSObject.Properties.Name))"
    }
}

Describe 'F5' {
    It 'is a PowerShell of the checkout that has the module' {
        $launch = (Get-Content -Raw (Join-Path $root '.vscode' 'launch.json') | ConvertFrom-Json).configurations[0]
        $launch.program | Should -BeExactly 'pwsh'
        $launch.args[-2] | Should -BeExactly '-Command'
        $result = Invoke-FreshPwsh "Set-Location '$root'; $($launch.args[-1]); (Get-Module TencentChat).ModuleBase"
        $result.Error | Should -BeNullOrEmpty
        $result.Output.Trim() | Should -BeExactly $root
    }

    It 'starts the emulator from where a build puts it' {
        $launch = (Get-Content -Raw (Join-Path $root '.vscode' 'launch.json') | ConvertFrom-Json).configurations | Where-Object name -EQ 'Emulator as a web server'
        $project = $launch.program.Replace('${workspaceFolder}', $root) -replace '/bin/Debug/.*'
        $name = [System.IO.Path]::GetFileNameWithoutExtension($launch.program)
        $framework = ([xml](Get-Content -Raw (Join-Path $project "$name.csproj"))).SelectSingleNode('//TargetFramework').InnerText
        $launch.program | Should -BeLike "*/src/$name/bin/Debug/$framework/$name.dll"
    }
}
