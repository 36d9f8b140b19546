using System.Net;

namespace TencentChat.Emulator.Host;

/// <summary>
/// What connects the PowerShell module to this emulator. Each line is a whole command, so that it may be pasted anywhere, and
/// fits a terminal of 80 columns unless names are long.
/// </summary>
internal static class ConnectLines
{
    private const int Columns = 79;
    private const string UsualAdmin = "administrator";

    /// <summary>The lines for one address.</summary>
    /// <param name="emulator">The app.</param>
    /// <param name="endpoint">The address, as the caller reaches it.</param>
    /// <param name="hasOwnKey">The key was made up here, and stands in the lines. One that was given does not: the module asks for it.</param>
    public static IEnumerable<string> Of(ChatEmulator emulator, Uri endpoint, bool hasOwnKey)
    {
        string address = endpoint.GetLeftPart(UriPartial.Authority);
        bool isNear = EmulatorServer.IsLoopback(IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out IPAddress? ip) ? ip : null);
        if (hasOwnKey)
        {
            yield return $"$key = '{emulator.SecretKey}'";
            yield return "$key = ConvertTo-SecureString $key -AsPlainText";
        }

        string key = hasOwnKey ? " -SecretKey $key" : string.Empty;
        string admin = emulator.Options.Admins.Contains(UsualAdmin, StringComparer.Ordinal) ? string.Empty : $" -AdminUserId {Quote(emulator.Options.Admins[0])}";
        string options = isNear ? string.Empty : " -AllowUnencrypted";
        if (Line(address).Length > Columns)
        {
            yield return $"$at = '{address}'";
            address = "$at";
        }

        yield return Line(address);

        string Line(string where) =>
            $"Connect-Chat {emulator.SdkAppId}{key}{admin} -Endpoint {where}{options}";
    }

    // Quotation marks of every kind end such a text in PowerShell; two of them are one that does not.
    private static string Quote(string text) => $"'{string.Concat(text.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B' ? $"{c}{c}" : c.ToString()))}'";
}
