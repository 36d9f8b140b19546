using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using TencentChat.Errors;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Connections;

/// <summary>Takes secrets out of SecureStrings for as short a time as can be, and connects with them.</summary>
internal static class Credentials
{
    /// <summary>The admin account that every new app has (page 34540).</summary>
    public const string DefaultAdmin = "administrator";

    /// <summary>Runs <paramref name="use"/> with the secret's UTF-8 bytes, and wipes them afterwards.</summary>
    public static T Use<T>(SecureString secret, Func<byte[], T> use)
    {
        IntPtr text = Marshal.SecureStringToGlobalAllocUnicode(secret);
        byte[] bytes = [];
        try
        {
            unsafe
            {
                var characters = new ReadOnlySpan<char>((void*)text, secret.Length);
                bytes = new byte[Encoding.UTF8.GetByteCount(characters)];
                Encoding.UTF8.GetBytes(characters, bytes);
            }

            return use(bytes);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Connects, or forgets the key.</summary>
    /// <param name="options">Where to go.</param>
    /// <param name="sign">Makes the source of signatures.</param>
    /// <exception cref="ChatConfigurationException">An option makes no sense, or no admin can have this name, or the secret is empty.</exception>
    public static ChatConnection Connect(ChatConnectionOptions options, Func<UserSigSource> sign)
    {
        UserSigSource? source = null;
        try
        {
            source = sign();
            return new ChatConnection(options, source);
        }
        catch (Exception fault) when (fault is ChatException or ArgumentException)
        {
            source?.Dispose();
            if (fault is ArgumentException argument)
            {
                throw new ChatConfigurationException(MessageOf(argument));
            }

            throw;
        }
    }

    /// <summary>What an argument's exception says, without the name that the argument has in the source.</summary>
    public static string MessageOf(ArgumentException fault) => fault.Message.Split(" (Parameter '")[0];
}
