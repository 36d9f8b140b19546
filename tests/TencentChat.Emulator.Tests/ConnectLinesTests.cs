using TencentChat.Emulator.Host;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The lines to paste into PowerShell.</summary>
public sealed class ConnectLinesTests
{
    private const string Near = "http://127.0.0.1:50800/";
    private const string Far = "http://build-server-of-the-team:50800/";

    [Theory]
    [InlineData(Near, "administrator", true, "Connect-Chat 1400000000 -SecretKey $key -Endpoint http://127.0.0.1:50800")]
    [InlineData(Near, "administrator", false, "Connect-Chat 1400000000 -Endpoint http://127.0.0.1:50800")]
    [InlineData(Near, "o'hara", false, "Connect-Chat 1400000000 -AdminUserId 'o''hara' -Endpoint http://127.0.0.1:50800")]
    [InlineData(Near, "o\u2019hara", false, "Connect-Chat 1400000000 -AdminUserId 'o\u2019\u2019hara' -Endpoint http://127.0.0.1:50800")]
    [InlineData("http://[::1]:50800/", "administrator", true, "Connect-Chat 1400000000 -SecretKey $key -Endpoint http://[::1]:50800")]
    [InlineData("http://10.0.0.7:80/", "administrator", false, "Connect-Chat 1400000000 -Endpoint http://10.0.0.7 -AllowUnencrypted")]
    [InlineData(Far, "administrator", true, "$at = 'http://build-server-of-the-team:50800'", "Connect-Chat 1400000000 -SecretKey $key -Endpoint $at -AllowUnencrypted")]
    public void The_line_says_where_who_and_that_it_is_not_encrypted(string endpoint, string admin, bool hasOwnKey, params string[] expected)
    {
        var emulator = new ChatEmulator(new EmulatorOptions { Admins = [admin], SecretKey = TestSig.Key });
        string[] lines = [.. ConnectLines.Of(emulator, new Uri(endpoint), hasOwnKey)];
        string[] key = hasOwnKey ? [$"$key = '{TestSig.Key}'", "$key = ConvertTo-SecureString $key -AsPlainText"] : [];
        Assert.Equal(key.Concat(expected), lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 79));
    }
}
