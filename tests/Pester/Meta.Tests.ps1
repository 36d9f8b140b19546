#Requires -Version 7.4
# What every cmdlet has to be, whoever adds it.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $cmdlets = Get-Command -Module TencentChat | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestTools.psm1') -Force
    Import-StagedModule
    $changing = 'Add', 'Clear', 'Import', 'Remove', 'Revoke', 'Send', 'Set', 'Sync', 'Undo'
    # These concern a connection, or make something here, and call nobody through one.
    $withoutConnection = 'Connect-Chat', 'Disconnect-Chat', 'Get-ChatConnection', 'New-ChatUserSig'
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
}

Describe '<Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name -Module TencentChat
        $type = $command.ImplementingType
        $attribute = $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        $own = @($command.Parameters.Values | Where-Object Name -NotIn $common)
    }

    It 'has an approved verb' {
        (Get-Verb).Verb | Should -Contain $command.Verb
    }

    It 'has a singular noun that begins with Chat' {
        $command.Noun | Should -MatchExactly '^Chat([A-Z][a-z]+)*$'
        $command.Noun | Should -Not -MatchExactly '[^sui]s$'
    }

    It 'says what it emits' {
        if ($command.Verb -eq 'Disconnect') {
            $command.OutputType | Should -HaveCount 0
        }
        else {
            $command.OutputType.Count | Should -BeGreaterThan 0
            $command.OutputType.Type | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        }
    }

    It 'asks ShouldProcess exactly when it changes something' {
        $attribute.SupportsShouldProcess | Should -Be ($command.Verb -in $changing)
        $command.Parameters.ContainsKey('WhatIf') | Should -Be ($command.Verb -in $changing)
    }

    It 'has a high impact and -Force exactly when it cannot be undone' {
        # Set-ChatAttributeName asks only where it renames.
        $isIrreversible = $Name -in 'Clear-ChatUserTag', 'Remove-ChatAccount', 'Revoke-ChatLogin', 'Send-ChatPush', 'Set-ChatAttributeName'
        $command.Parameters.ContainsKey('Force') | Should -Be $isIrreversible
        if ($isIrreversible) { $attribute.ConfirmImpact | Should -Be 'High' }
    }

    It 'takes -Connection when it calls the service' {
        if ($Name -notin $withoutConnection) {
            $command.Parameters['Connection'].ParameterType | Should -Be ([TencentChat.ChatConnection])
            $command.Parameters['Connection'].Attributes.Where({ $_ -is [System.Management.Automation.ParameterAttribute] }).Mandatory | Should -Not -Contain $true
        }
    }

    It 'takes -ThrottleLimit when it works in bulk, and -BatchSize up to what one call takes (pages 34957, 35477, 67553)' {
        $isBulk = $type.IsSubclassOf([TencentChat.PowerShell.Cmdlets.BulkCommand])
        $command.Parameters.ContainsKey('ThrottleLimit') | Should -Be $isBulk
        $most = switch ($Name) {
            'Revoke-ChatLogin' { 0 }
            { $_ -in 'Get-ChatOnlineStatus', 'Send-ChatPush' } { 500 }
            default { $isBulk ? 100 : 0 }
        }
        $command.Parameters.ContainsKey('BatchSize') | Should -Be ($most -gt 0)
        if ($most) {
            $range = $command.Parameters['BatchSize'].Attributes.Where({ $_ -is [System.Management.Automation.ValidateRangeAttribute] })
            $range.MinRange, $range.MaxRange | Should -Be 1, $most
            { & $Name ann -BatchSize ($most + 1) } | Should -Throw "*maximum allowed range of $most.*"
        }
    }

    It 'gives -UserId the names that tables give it' {
        if ($command.Parameters.ContainsKey('UserId')) {
            $command.Parameters['UserId'].Aliases | Should -BeExactly @('To_Account', 'Account', 'Identifier', 'User')
        }
    }

    It 'names its parameters in the singular and in Pascal case' {
        $own | ForEach-Object { $_.Name | Should -MatchExactly '^[A-Z][A-Za-z]*$' }
        $own | Where-Object { $_.ParameterType.IsArray } | ForEach-Object { $_.Name | Should -Not -MatchExactly '[^s]s$' }
    }

    It 'takes secrets as SecureString or credential only' {
        $own | Where-Object Name -Match 'Key|Sig|Password|Secret' | ForEach-Object {
            $_.ParameterType | Should -BeIn @([securestring], [pscredential], [switch])
        }
        $own | Where-Object Name -Match 'Credential' | ForEach-Object { $_.ParameterType | Should -Be ([pscredential]) }
    }

    It 'is a sealed public class' {
        $type.IsPublic | Should -BeTrue
        $type.IsSealed | Should -BeTrue
    }
}

Describe 'The module' {
    It 'exports explicitly, and exactly what its assembly has' {
        $manifest = Import-PowerShellDataFile (Get-StagedManifest)
        $assembly = (Get-Command Connect-Chat).ImplementingType.Assembly
        $found = $assembly.GetExportedTypes() | ForEach-Object { $_.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false) } | ForEach-Object { "$($_.VerbName)-$($_.NounName)" }
        $manifest.CmdletsToExport | Should -Not -Contain '*'
        $manifest.CmdletsToExport | Sort-Object | Should -BeExactly ($found | Sort-Object)
        (Get-Command -Module TencentChat).Name | Sort-Object | Should -BeExactly ($found | Sort-Object)
    }

    It 'leaves the rows'' parameter set to be found by itself, else the engine tries it twice for each row' {
        $withRows = Get-Command -Module TencentChat | Where-Object { $_.ParameterSets.Name -contains 'Row' }
        $withRows.Count | Should -BeGreaterThan 9
        # A push without an audience must not be taken for one to users who are still to be named.
        $withRows | Where-Object Name -NE 'Send-ChatPush' | Where-Object DefaultParameterSet -NE 'User' | ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'has no list in its manifest that the engine would compile as a script' {
        $ast = [System.Management.Automation.Language.Parser]::ParseFile((Get-StagedManifest), [ref] $null, [ref] $null)
        $lists = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.ArrayExpressionAst] }, $true))
        $lists | Where-Object { $_.SubExpression.Statements.Count } | ForEach-Object Extent | Should -BeNullOrEmpty
    }

    It 'exports nothing else' {
        $module = Get-Module TencentChat
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'is removed and imported again without an error, and keeps the connection of the runspace' {
        $run = Invoke-FreshPwsh "`$ErrorActionPreference = 'Stop'; Import-Module '$(Get-StagedManifest)'; Connect-Chat -Emulator -WarningAction Ignore; Remove-Module TencentChat; Import-Module '$(Get-StagedManifest)'; 'connections: ' + @(Get-ChatConnection).Count"
        $run.Error | Should -BeNullOrEmpty
        $run.Output | Should -Match 'connections: 1'
    }

    It 'has types of its own for everything that it emits, but for a signature that is asked for as text' {
        (Get-Command -Module TencentChat).OutputType.Name | Sort-Object -Unique | Where-Object { $_ -notin 'System.String', 'System.Security.SecureString' } | ForEach-Object { $_ | Should -MatchExactly '^TencentChat\.[A-Za-z.]+$' }
    }
}
