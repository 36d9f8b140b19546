using System.Text;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
using TencentChat.Errors;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Connections;

/// <summary>The service, emulated inside this process, and a connection to it.</summary>
internal static class EmbeddedEmulator
{
    private static long s_lastAppId = new EmulatorOptions().SdkAppId - 1;

    /// <summary>Makes an emulated app and connects to it. Each has an id of its own, so that two of them can be told apart.</summary>
    /// <param name="options">How the connection behaves.</param>
    /// <param name="attributeNames">The names of the app's attributes.</param>
    /// <exception cref="ChatConfigurationException">No app could be like this.</exception>
    public static ChatConnection Connect(ChatConnectionOptions options, string[] attributeNames)
    {
        RefuseTwins(attributeNames);
        ChatEmulator emulator;
        try
        {
            emulator = new ChatEmulator(new EmulatorOptions { SdkAppId = Interlocked.Increment(ref s_lastAppId), AttributeNames = attributeNames });
        }
        catch (ArgumentException fault)
        {
            throw new ChatConfigurationException(Credentials.MessageOf(fault));
        }

        // The address is never looked up: the emulator gets every request, whatever host it names.
        options = options with { SdkAppId = emulator.SdkAppId, Endpoint = new Uri("http://localhost"), Handler = emulator.CreateHandler() };
        return Credentials.Connect(options, () => UserSigSource.FromKey(emulator.SdkAppId, Credentials.DefaultAdmin, Encoding.UTF8.GetBytes(emulator.SecretKey)));
    }

    private static void RefuseTwins(string[] names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new ChatConfigurationException($"-AttributeName has '{twins.Key}' twice, and attribute names must be unique.");
        }
    }
}
