using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace TencentChat.PowerShell.Connections;

/// <summary>Takes secrets out of SecureStrings for as short a time as can be.</summary>
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
}
