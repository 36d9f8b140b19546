using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.State;

/// <summary>The tags of both families, which may be one and the same. Under the state's lock.</summary>
internal sealed class AppTags
{
    private readonly OpenQuestions _questions;
    private TagTable _tags;
    private TagTable _pushServiceTags;

    public AppTags(OpenQuestions questions)
    {
        _questions = questions;
        _tags = _pushServiceTags = MakeTable();
    }

    public bool AreShared => _questions.FamiliesShareTags;

    /// <summary>Whether a service's tags are the Push service's own.</summary>
    public bool AreOwn(Service service) => service == Service.TimPush && !AreShared;

    public TagTable Of(bool pushService) => pushService ? _pushServiceTags : _tags;

    public TagTable MakeTable() => new(_questions.UnusedTagStays);

    public void Replace(TagTable tags, TagTable pushServiceTags)
    {
        _tags = tags;
        _pushServiceTags = AreShared ? tags : pushServiceTags;
    }

    /// <summary>Gives an account these tags and no others.</summary>
    public void Set(Account account, bool pushService, string[] tags)
    {
        TagTable table = Of(pushService);
        string[] old = account.TagsOf(pushService);
        foreach (string tag in tags.Except(old, StringComparer.Ordinal))
        {
            table.Hold(tag, Account.IsRegistrationId(account.UserId) ? 1 : 0);
        }

        foreach (string tag in old.Except(tags, StringComparer.Ordinal))
        {
            table.Release(tag);
        }

        if (pushService)
        {
            account.PushServiceTags = tags;
        }
        else
        {
            account.Tags = tags;
        }
    }
}
