namespace TencentChat.Emulator.Protocol;

/// <summary>The service's "no" to a call: a code of the error list and a text for people.</summary>
internal sealed class RefusalException(int code, string text) : Exception(text)
{
    public int Code { get; } = code;
}
