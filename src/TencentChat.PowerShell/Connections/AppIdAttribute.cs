using System.Globalization;
using System.Management.Automation;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// Takes an SDKAppID. What is no number may be the secret key, given in the wrong place: the engine would quote it in its
/// error, and this does not (P9).
/// </summary>
internal sealed class AppIdAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is string text)
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long id)
                ? id : throw NoNumber();
        }

        return value is IConvertible and not null && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out long number) ? number : throw NoNumber();
    }

    private static ArgumentTransformationMetadataException NoNumber() =>
        new("An SDKAppID is a number such as 1400000000. What was given instead is not repeated here: it may be the secret key, which goes to -SecretKey.");
}
