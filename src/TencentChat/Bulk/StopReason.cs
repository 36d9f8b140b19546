using TencentChat.Errors;

namespace TencentChat.Bulk;

/// <summary>The error that would have failed every further row.</summary>
/// <param name="Error">What it is.</param>
/// <param name="Info">The service's own words.</param>
internal sealed record StopReason(ChatError Error, string? Info);
