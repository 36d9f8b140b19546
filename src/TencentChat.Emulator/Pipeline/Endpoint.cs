namespace TencentChat.Emulator;

/// <summary>The service behind a path; codes for one and the same mistake differ by it.</summary>
internal enum Service
{
    AllMemberPush,
    TimPush,
    Login,
    Status,
}

/// <summary>One command of the service.</summary>
internal sealed record Endpoint(int Index, Service Service, string Path, string Name, int CallsPerSecond, Action<Call> Run);
