using TencentChat.Operations.Sync;

namespace TencentChat.Tests.Operations.Sync;

/// <summary>Promise P3 where one run reads and another writes: what was read before a change landed is in doubt.</summary>
public sealed class ChangingAccountsTests
{
    private readonly ChangingAccounts _accounts = new();

    [Fact]
    public void P3_an_account_is_in_doubt_until_its_change_has_landed_and_all_rows_asked_for_by_then_were_compared()
    {
        Assert.False(_accounts.IsDoubtful("a", 1));
        _accounts.Leave("a");
        Assert.True(_accounts.IsDoubtful("a", 1_000_000));
        _accounts.Land("a", lastRowAsked: 300);
        Assert.True(_accounts.IsDoubtful("a", 300));
        Assert.False(_accounts.IsDoubtful("a", 301));
    }

    [Fact]
    public void P3_a_second_change_keeps_the_account_in_doubt_when_the_first_has_been_forgotten()
    {
        _accounts.Leave("a");
        _accounts.Land("a", 300);
        _accounts.Leave("a");
        _accounts.Forget(nextRow: 400);
        Assert.True(_accounts.IsDoubtful("a", 500));
        _accounts.Land("a", 450);
        _accounts.Forget(nextRow: 451);
        Assert.False(_accounts.IsDoubtful("a", 450));
    }

    [Fact]
    public void P3_accounts_compare_ordinally()
    {
        _accounts.Leave("a");
        Assert.False(_accounts.IsDoubtful("A", 1));
    }
}
