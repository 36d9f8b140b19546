namespace TencentChat.PowerShell.Connections;

/// <summary>How questions, -WhatIf, verbose lines and views name an app, so that nobody is asked about "ann" and not told where.</summary>
internal static class AppText
{
    /// <summary>For example "app 1400000000 (Singapore)" or "app 1400000000 (embedded emulator)".</summary>
    public static string Of(ChatConnection connection) => $"{connection.AppName} ({PlaceOf(connection)})";

    /// <summary>The region, the address where one was given instead, or "embedded emulator".</summary>
    public static string PlaceOf(ChatConnection connection) =>
        connection.IsEmulator ? "embedded emulator" : connection.Region?.ToString() ?? connection.Host.Authority;
}
