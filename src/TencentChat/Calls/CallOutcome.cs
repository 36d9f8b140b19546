using TencentChat.Protocol;

namespace TencentChat.Calls;

/// <summary>What one try of a call came to.</summary>
/// <param name="Reply">The answer, when the service said OK.</param>
/// <param name="Verdict">What it means for the call as a whole.</param>
/// <param name="IsSignatureRenewed">The signature was refused, and a new one has been made: the call is worth one repeat.</param>
internal sealed record CallOutcome(ChatReply? Reply, Verdict Verdict, bool IsSignatureRenewed = false);
