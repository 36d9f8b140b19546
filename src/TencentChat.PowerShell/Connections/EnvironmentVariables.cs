namespace TencentChat.PowerShell.Connections;

/// <summary>The environment variables that can stand for a call of Connect-Chat.</summary>
internal static class EnvironmentVariables
{
    public const string SdkAppId = "TENCENTCHAT_SDKAPPID";
    public const string SecretKey = "TENCENTCHAT_SECRETKEY";
    public const string UserSig = "TENCENTCHAT_USERSIG";
    public const string Admin = "TENCENTCHAT_ADMIN";
    public const string Region = "TENCENTCHAT_REGION";
    public const string Endpoint = "TENCENTCHAT_ENDPOINT";

    /// <summary>What a variable says, without blanks around it; null when it is not set, or is blank.</summary>
    public static string? Get(string name) => Environment.GetEnvironmentVariable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
