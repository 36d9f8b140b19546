namespace TencentChat.Protocol;

/// <summary>One command of the service: where it is and how much it takes.</summary>
/// <param name="Name">The command, unique among the endpoints, for example <c>im_set_attr</c>.</param>
/// <param name="Path">The path below the host, without a leading slash, for example <c>v4/all_member_push/im_set_attr</c>.
/// Case matters.</param>
/// <param name="MaxAccounts">The most accounts in one call; 0 when a call names no account.</param>
/// <param name="CallsPerSecond">The most calls per second, counted per app and command as the codes 60007 and 60011 imply.</param>
internal sealed record ChatEndpoint(string Name, string Path, int MaxAccounts, int CallsPerSecond);
