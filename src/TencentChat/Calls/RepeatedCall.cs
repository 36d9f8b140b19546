using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>One call with its repeats: what it sends, and what it makes of each answer. <see cref="RetryLoop"/> drives it.</summary>
internal abstract class RepeatedCall
{
    /// <summary>The command.</summary>
    public abstract ChatEndpoint Endpoint { get; }

    /// <summary>What is left of the repeats; null before the first try.</summary>
    public RetryBudget? Budget { get; set; }

    public bool HasRenewedSignature { get; set; }

    /// <summary>A try is paced and signed, and will be posted now.</summary>
    public virtual void OnStart()
    {
    }

    /// <summary>Writes the request's JSON.</summary>
    public abstract void WriteBody(Utf8JsonWriter writer);

    /// <summary>The service said OK. <see cref="Ruling.Repeat"/> asks for what is left to be sent again.</summary>
    public abstract Verdict OnReply(ChatReply reply);

    /// <summary>Whether a transient error may be met with another try. Not where an unclear try may have done the work and doing
    /// it twice would do harm (P13).</summary>
    public virtual bool CanRepeatAfter(ChatError error) => true;

    /// <summary>The try failed as a whole; what follows is decided.</summary>
    public virtual void OnFailure(Verdict verdict)
    {
    }
}
