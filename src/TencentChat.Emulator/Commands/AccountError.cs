namespace TencentChat.Emulator.Commands;

/// <summary>An account of a call and what came of it, or why it could not be served while others were.</summary>
internal readonly record struct AccountError(string Account, int Code);
