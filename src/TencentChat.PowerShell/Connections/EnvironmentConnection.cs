using System.Globalization;
using System.Text;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Connections;

/// <summary>Connects by environment variables, so that a runbook needs no call of Connect-Chat.</summary>
internal static class EnvironmentConnection
{
    public const string SdkAppId = "TENCENTCHAT_SDKAPPID";
    public const string SecretKey = "TENCENTCHAT_SECRETKEY";
    public const string UserSig = "TENCENTCHAT_USERSIG";
    public const string Admin = "TENCENTCHAT_ADMIN";
    public const string Region = "TENCENTCHAT_REGION";
    public const string Endpoint = "TENCENTCHAT_ENDPOINT";

    /// <exception cref="ChatConfigurationException">A variable is missing or cannot be read.</exception>
    public static ChatConnection Create() => Create(new ChatConnectionOptions { SdkAppId = 0 }, isPlaceGiven: false);

    /// <summary>Fills in what the environment tells about app and admin, and about the place unless that is given.</summary>
    /// <exception cref="ChatConfigurationException">A variable is missing or cannot be read.</exception>
    public static ChatConnection Create(ChatConnectionOptions options, bool isPlaceGiven)
    {
        options = options with { SdkAppId = ReadSdkAppId() };
        if (isPlaceGiven)
        {
            return Sign(options);
        }

        if (Get(Endpoint) is { } endpoint)
        {
            options = options with
            {
                Endpoint = Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri) ? uri
                    : throw new ChatConfigurationException($"{Endpoint} is not an address such as https://host."),
            };
        }
        else if (Get(Region) is { } region)
        {
            options = options with
            {
                Region = Enum.TryParse(region, ignoreCase: true, out ChatRegion known) && Enum.IsDefined(known) ? known
                    : throw new ChatConfigurationException($"{Region} must be one of {string.Join(", ", Enum.GetNames<ChatRegion>())}."),
            };
        }

        return Sign(options);
    }

    private static ChatConnection Sign(ChatConnectionOptions options)
    {
        string admin = Get(Admin) ?? Credentials.DefaultAdmin;
        if (Get(SecretKey) is { } key)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(key);
            return new ChatConnection(options, UserSigSource.FromKey(options.SdkAppId, admin, bytes));
        }

        return Get(UserSig) is { } userSig
            ? new ChatConnection(options, UserSigSource.FromSignature(admin, userSig))
            : throw new ChatConfigurationException($"Set {SecretKey} (or {UserSig}) beside {SdkAppId}, or call Connect-Chat first.");
    }

    private static long ReadSdkAppId()
    {
        string text = Get(SdkAppId) ?? throw new ChatConfigurationException(
            $"Not connected. Call Connect-Chat first, or set {SdkAppId} and {SecretKey} in the environment. To try things out without an account: Connect-Chat -Emulator.");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id
            : throw new ChatConfigurationException($"{SdkAppId} must be a number such as 1400000000.");
    }

    private static string? Get(string name) => Environment.GetEnvironmentVariable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
