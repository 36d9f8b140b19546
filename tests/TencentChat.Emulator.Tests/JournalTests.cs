using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class JournalTests
{
    private const string Names = Harness.Push + "im_get_attr_name";

    [Fact]
    public async Task The_journal_tells_what_was_called_for_whom_when_and_with_what_outcome()
    {
        using var harness = new Harness();
        harness.Clock.Advance(TimeSpan.FromSeconds(7));
        await harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr", harness.Query(("random", "4294967295")), """{"To_Account":["administrator","nobody"]}""");
        JournalEntry entry = Assert.Single(harness.Emulator.Journal.Entries);
        Assert.Equal(1, entry.Sequence);
        Assert.Equal(harness.Clock.GetUtcNow(), entry.Time);
        Assert.Equal(("POST", "/v4/all_member_push/im_get_attr", "im_get_attr"), (entry.Method, entry.Path, entry.Endpoint));
        Assert.Equal(["administrator", "nobody"], entry.Accounts);
        Assert.Equal((2, 90048, 200, null, false, 4294967295u), (entry.AccountCount, entry.Code, entry.HttpStatus, entry.Fault, entry.WorkDone, entry.Random));
    }

    [Fact]
    public async Task The_journal_holds_nothing_of_a_signature_wherever_it_was_put()
    {
        using var harness = new Harness();
        string sig = TestSig.Make();
        await harness.Send(HttpMethod.Post, Names, harness.Query(("usersig", sig)), "{}");
        await harness.Send(HttpMethod.Post, $"/v4/all_member_push/usersig={sig}", "", "{}");
        await harness.Send(HttpMethod.Post, $"/v4/all_member_push/{sig}", "", "{}");
        await harness.Send(HttpMethod.Post, $"{Names}&usersig={sig}", "", "{}");
        Assert.Equal(4, harness.Emulator.Journal.Count);
        Assert.All(harness.Emulator.Journal.Entries, entry =>
        {
            Assert.DoesNotContain(sig[..60], entry.ToString());
            Assert.DoesNotContain(TestSig.Key, entry.ToString());
        });
        Assert.DoesNotContain(sig, new EmulatorRequest("POST", Names, $"usersig={sig}", default).ToString());
        Assert.DoesNotContain(TestSig.Key, harness.Emulator.ToString());
    }

    [Fact]
    public async Task A_full_journal_makes_room_but_its_totals_forget_nothing()
    {
        using var harness = new Harness(options => { options.JournalCapacity = 5; options.Accounts = ["u"]; });
        for (int i = 0; i < 12; i++)
        {
            await harness.Call(Harness.Push + "im_get_attr", i % 4 == 0 ? "{" : """{"To_Account":["u","administrator"]}""");
        }

        CallJournal journal = harness.Emulator.Journal;
        Assert.Equal(12, journal.Count);
        Assert.Equal([8, 9, 10, 11, 12], journal.Entries.Select(entry => entry.Sequence));
        Assert.Equal([11, 12], journal.EntriesAfter(10).Select(entry => entry.Sequence));
        Assert.Equal([12], journal.EntriesAfter(3, max: 1).Select(entry => entry.Sequence));
        Assert.Empty(journal.EntriesAfter(12));
        Assert.Equal(
            [new JournalTotal("im_get_attr", 0, null, 9, 18), new JournalTotal("im_get_attr", 90001, null, 3, 0)],
            journal.Totals.OrderBy(total => total.Code));
        journal.Clear();
        Assert.Equal((0, 0, 0), (journal.Count, journal.Entries.Count, journal.Totals.Count));
    }

    [Fact]
    public async Task The_journal_may_count_accounts_instead_of_naming_them()
    {
        using var harness = new Harness(options => options.JournalAccounts = false);
        await harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["administrator"]}""");
        Assert.Empty(harness.Emulator.Journal.Entries[0].Accounts);
        Assert.Equal(1, harness.Emulator.Journal.Entries[0].AccountCount);
    }

    [Fact]
    public async Task Hostile_names_do_not_swell_the_journal()
    {
        using var harness = new Harness();
        await harness.Call(Harness.Push + "im_get_attr", $$"""{"To_Account":["{{new string('x', 1_000_000)}}"]}""");
        await harness.Call("/v4/a/" + new string('b', 5000), "{}");
        Assert.True(harness.Emulator.Journal.Entries[0].Accounts[0].Length <= 128);
        Assert.True(harness.Emulator.Journal.Entries[1].Path.Length <= 65);
    }
}
