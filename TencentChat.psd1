@{
    RootModule           = 'bin/TencentChat.PowerShell.dll'
    # The same as VersionPrefix in Directory.Build.props; build.ps1 refuses to build when they differ.
    ModuleVersion        = '0.1.0'
    GUID                 = 'edeb305c-6e62-4457-9100-af2d4a0f60a6'
    Author               = 'TencentChat contributors'
    CompanyName          = 'TencentChat contributors'
    Copyright            = '(c) TencentChat contributors. MIT license.'
    Description          = 'Sets, reads and removes the attributes of Tencent Cloud Chat users and deletes accounts, in bulk: rows of a CSV file in, one result per row out, at the full speed that the service allows. An embedded emulator is there to try and to rehearse.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = 'Core'

    # Lists without @( ): the engine compiles that as a script of its own, which takes longer than all the rest of this file.
    CmdletsToExport      = 'Add-ChatUserTag',
                           'Clear-ChatUserTag',
                           'Compare-ChatUserAttribute',
                           'Connect-Chat',
                           'Disconnect-Chat',
                           'Get-ChatAccount',
                           'Get-ChatAttributeName',
                           'Get-ChatConnection',
                           'Get-ChatOnlineStatus',
                           'Get-ChatUserAttribute',
                           'Get-ChatUserTag',
                           'Import-ChatAccount',
                           'Measure-ChatPushAudience',
                           'New-ChatUserSig',
                           'Remove-ChatAccount',
                           'Remove-ChatUserAttribute',
                           'Remove-ChatUserTag',
                           'Revoke-ChatLogin',
                           'Send-ChatPush',
                           'Set-ChatAttributeName',
                           'Set-ChatUserAttribute',
                           'Set-ChatUserTag',
                           'Sync-ChatUserAttribute',
                           'Undo-ChatPush'
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    # Built into bin beside the assemblies, so that one path serves the checkout and the package.
    FormatsToProcess     = 'bin/TencentChat.Format.ps1xml'
    TypesToProcess       = 'bin/TencentChat.Types.ps1xml'

    PrivateData          = @{
        PSData = @{
            Tags         = 'PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'Tencent', 'TencentCloud', 'Chat', 'IM', 'UserAttributes', 'Bulk', 'CSV', 'Emulator'
            LicenseUri   = 'https://github.com/TencentChat/TencentChat.PowerShell/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/TencentChat/TencentChat.PowerShell'
            ReleaseNotes = 'https://github.com/TencentChat/TencentChat.PowerShell/blob/main/CHANGELOG.md'
        }
    }
}
