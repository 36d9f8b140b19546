namespace TencentChat.Emulator.Protocol;

/// <summary>The service behind a path; codes for one and the same mistake differ by it.</summary>
internal enum Service
{
    AllMemberPush,
    TimPush,
    Login,
    Status,
}
