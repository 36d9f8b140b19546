using System.Management.Automation;
using System.Security;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// Takes a SecureString and nothing else. Without this, a secret in plain text that is given by position would be quoted in
/// the engine's error about an argument that it has no place for (P9).
/// </summary>
internal sealed class SecretAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value as SecureString ?? throw new ArgumentTransformationMetadataException(
            "A secret is given as a SecureString: (Get-Secret NAME) or (Read-Host -AsSecureString). What was given instead is not repeated here.");
    }
}
