namespace TencentChat.Protocol;

/// <summary>The online state of a user on one platform.</summary>
/// <param name="Platform">For example <c>iPhone</c>; the service's spelling of it varies.</param>
/// <param name="Status"><c>Online</c> or <c>PushOnline</c>.</param>
public readonly record struct OnlinePlatform(string Platform, string Status)
{
    /// <summary>For example "iPhone Online".</summary>
    public override string ToString() => $"{Platform} {Status}";
}
