using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Connections;

/// <summary>Connects by environment variables, so that a runbook needs no call of Connect-Chat.</summary>
/// <param name="options">What does not come from the environment.</param>
/// <param name="isPlaceGiven">Whether <paramref name="options"/> has the place, so that the environment is not asked for it.</param>
internal sealed class EnvironmentConnection(ChatConnectionOptions options, bool isPlaceGiven)
{
    /// <summary>For a runspace in which nobody called Connect-Chat.</summary>
    public static EnvironmentConnection Plain { get; } = new(new ChatConnectionOptions { SdkAppId = 0 }, isPlaceGiven: false);

    /// <summary>What is said where no variable names an app.</summary>
    public static string HowToConnect { get; } =
        $"Not connected: Connect-Chat needs -SdkAppId and a credential, or {EnvironmentVariables.SdkAppId} and {EnvironmentVariables.SecretKey} in the environment. " +
        "To try things out without an account: Connect-Chat -Emulator.";

    /// <summary>What the environment says now.</summary>
    public EnvironmentStamp Stamp() => EnvironmentStamp.Take(isPlaceGiven);

    /// <summary>Makes a connection; null when the environment names no app.</summary>
    /// <exception cref="ChatConfigurationException">A variable is missing, cannot be read, or contradicts another one.</exception>
    public ChatConnection? Make()
    {
        if (EnvironmentVariables.Get(EnvironmentVariables.SdkAppId) is not { } app)
        {
            return null;
        }

        ChatConnectionOptions complete = options with
        {
            SdkAppId = long.TryParse(app, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id
                : throw new ChatConfigurationException($"{EnvironmentVariables.SdkAppId} must be a number such as 1400000000."),
        };
        return Sign(isPlaceGiven ? complete : WithPlace(complete));
    }

    private static ChatConnectionOptions WithPlace(ChatConnectionOptions options)
    {
        string? endpoint = EnvironmentVariables.Get(EnvironmentVariables.Endpoint);
        string? region = EnvironmentVariables.Get(EnvironmentVariables.Region);
        RefuseBoth(EnvironmentVariables.Region, region, EnvironmentVariables.Endpoint, endpoint);
        if (endpoint is not null)
        {
            return options with
            {
                Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) ? uri
                    : throw new ChatConfigurationException($"{EnvironmentVariables.Endpoint} is not an address such as https://host."),
            };
        }

        return region is null ? options : options with { Region = ReadRegion(region) };
    }

    // By name alone: to parse an enumeration also takes numbers and lists, and 1 is nobody's word for Singapore.
    private static ChatRegion ReadRegion(string text)
    {
        string[] names = Enum.GetNames<ChatRegion>();
        int place = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? Enum.GetValues<ChatRegion>()[place]
            : throw new ChatConfigurationException($"{EnvironmentVariables.Region} must be one of {string.Join(", ", names)}.");
    }

    private static ChatConnection Sign(ChatConnectionOptions options)
    {
        string admin = EnvironmentVariables.Get(EnvironmentVariables.Admin) ?? Credentials.DefaultAdmin;
        string? key = EnvironmentVariables.Get(EnvironmentVariables.SecretKey);
        string? userSig = EnvironmentVariables.Get(EnvironmentVariables.UserSig);
        RefuseBoth(EnvironmentVariables.SecretKey, key, EnvironmentVariables.UserSig, userSig);
        if (userSig is not null)
        {
            return Credentials.Connect(options, () => UserSigSource.FromSignature(admin, userSig));
        }

        if (key is null)
        {
            throw new ChatConfigurationException(
                $"{EnvironmentVariables.SdkAppId} is set, but neither {EnvironmentVariables.SecretKey} nor {EnvironmentVariables.UserSig} is. Set one of them.");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(key);
        try
        {
            return Credentials.Connect(options, () => UserSigSource.FromKey(options.SdkAppId, admin, bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static void RefuseBoth(string one, string? oneValue, string other, string? otherValue)
    {
        if (oneValue is not null && otherValue is not null)
        {
            throw new ChatConfigurationException($"{one} and {other} are both set, and only one of them can be meant. Clear the other one.");
        }
    }
}
