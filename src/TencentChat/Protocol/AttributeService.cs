namespace TencentChat.Protocol;

/// <summary>
/// The two families of attribute commands. Whether they share names and values is documented nowhere: use the one that the
/// app uses.
/// </summary>
public enum AttributeService
{
    /// <summary>"Push to all users" of Chat, <c>v4/all_member_push</c> (page 37165).</summary>
    AllMemberPush,

    /// <summary>The Push service, <c>v4/timpush</c> (page 60561): tells which account failed, takes registration ids too.</summary>
    TimPush,
}
