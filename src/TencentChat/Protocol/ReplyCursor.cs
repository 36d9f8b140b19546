using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using TencentChat.Errors;

namespace TencentChat.Protocol;

/// <summary>A position in a reply, with the checks that every member needs.</summary>
internal ref struct ReplyCursor
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = 64 };

    private readonly ReadOnlySpan<byte> _reply;
    private readonly int _start;
    private readonly SecretMask? _secrets;
    private Utf8JsonReader _reader;

    internal ReplyCursor(ReadOnlySpan<byte> reply, SecretMask? secrets)
    {
        _secrets = secrets;
        _reply = reply;
        _start = reply.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        _reader = new Utf8JsonReader(reply[_start..], s_options);
    }

    internal bool Read() => _reader.Read();

    /// <summary>Goes to the next member's name, or to the end of the object.</summary>
    internal bool NextMember() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the next element's first token, or to the end of the array.</summary>
    internal bool NextElement() => _reader.Read() && _reader.TokenType != JsonTokenType.EndArray;

    internal readonly bool Is(ReadOnlySpan<byte> text) => _reader.ValueTextEquals(text);

    internal readonly void Expect(JsonTokenType token, string where, string otherwise)
    {
        if (_reader.TokenType != token)
        {
            Fail(where + otherwise);
        }
    }

    /// <summary>From a member's name to its value, which opens as <paramref name="token"/>; false when it is null.</summary>
    internal bool Open(JsonTokenType token, string name)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        if (_reader.TokenType != token)
        {
            Fail($"{name} has another type than it should");
        }

        return true;
    }

    /// <summary>From a member's name over its value.</summary>
    internal void SkipMember()
    {
        _reader.Read();
        _reader.Skip();
    }

    /// <summary>From a member's name to its text; null when it is null.</summary>
    internal string? Text(string name, StringPool? pool = null) =>
        Open(JsonTokenType.String, name) ? CurrentText(pool) : null;

    /// <summary>From a member's name to words meant for people; null when they are null. Words in a broken encoding must not
    /// cost the code that they belong to.</summary>
    internal string? LenientText(string name, StringPool? pool = null)
    {
        if (!Open(JsonTokenType.String, name))
        {
            return null;
        }

        try
        {
            return CurrentText(pool);
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(_reader.ValueSpan);
        }
    }

    /// <summary>The text or name at the cursor.</summary>
    internal string CurrentText(StringPool? pool = null) => pool is null ? _reader.GetString()! : pool.Get(ref _reader);

    /// <summary>From a member's name to its number. A code beyond 32 bits is none of the service's.</summary>
    internal int Integer(string name)
    {
        _reader.Read();
        int value = 0;
        if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt32(out value))
        {
            Fail($"{name} is not an integer of 32 bits");
        }

        return value;
    }

    /// <summary>From an attribute's name to its value; null when it is null. Pages show strings only; another scalar is taken as
    /// it is written.</summary>
    internal string? AttributeValue()
    {
        _reader.Read();
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return _reader.GetString();
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Encoding.UTF8.GetString(_reader.ValueSpan);
            default:
                Fail("an attribute's value is not a text");
                return null;
        }
    }

    /// <summary>Sets what may come once only: a reply that says two things cannot be believed.</summary>
    internal readonly void SetOnce<T>(ref T? field, T? value, string name)
    {
        if (field is not null)
        {
            Fail($"{name} is in it twice");
        }

        field = value;
    }

    [DoesNotReturn]
    internal readonly void Fail(string reason) =>
        throw new ChatProtocolException(reason, _start + _reader.TokenStartIndex, _reply, _secrets);

    /// <summary>The error for JSON that the framework's reader refused; its own message would quote the reply uncleaned.</summary>
    internal readonly ChatProtocolException NotJson() => _reply.Length == _start
        ? new ChatProtocolException("it is empty")
        : new ChatProtocolException("it is not complete, valid JSON", _start + _reader.BytesConsumed, _reply, _secrets);

    /// <summary>The error for a string that the framework's reader could not decode.</summary>
    internal readonly ChatProtocolException NotUnicode() =>
        new("a text in it is not valid Unicode", _start + _reader.TokenStartIndex, _reply, _secrets);
}
