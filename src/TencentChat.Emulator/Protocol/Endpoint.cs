namespace TencentChat.Emulator.Protocol;

/// <summary>One command of the service: where it is reached, and the calls a second its page allows.</summary>
internal sealed record Endpoint(int Index, Service Service, string Path, string Name, int CallsPerSecond);
