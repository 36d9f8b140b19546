namespace TencentChat.Bulk;

internal static class UserIds
{
    public static string[] Of(IReadOnlyList<AccountWork> works)
    {
        var ids = new string[works.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = works[i].UserId;
        }

        return ids;
    }
}
