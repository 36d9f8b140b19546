#Requires -Version 7.4

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
}

Describe 'The demo' {
    It 'does the main job with the sample table, and all its checks hold' {
        $demo = Join-Path (Get-RepositoryRoot) 'samples' 'Demo.ps1'
        $run = Invoke-FreshPwsh "& '$demo' -ModuleManifest '$(Get-StagedManifest)'; exit `$LASTEXITCODE" -TimeoutSec 300
        $run.ExitCode | Should -Be 0 -Because ($run.Output + $run.Error)
        $run.Output | Should -MatchExactly 'All \d+ checks hold\.\s*$'
        $run.Output | Should -Not -MatchExactly 'DIFFERS'
    }
}
