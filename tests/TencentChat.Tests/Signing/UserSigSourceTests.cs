using System.Reflection;
using System.Text;
using TencentChat.Signing;

namespace TencentChat.Tests.Signing;

public sealed class UserSigSourceTests
{
    private const string KeyText = "6f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0";

    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_400);

    [Fact]
    public void A_signature_is_kept_until_an_hour_before_its_day_is_over_and_then_replaced()
    {
        using UserSigSource source = Source();
        string first = source.Get(s_start);
        Assert.Same(first, source.Get(s_start.AddHours(23).AddMilliseconds(-1)));

        string second = source.Get(s_start.AddHours(23));
        Assert.NotEqual(first, second);
        Assert.Equal(s_start.AddHours(23).ToUnixTimeSeconds(), TimeOf(second));
    }

    [Fact]
    public void A_short_lived_signature_is_replaced_when_a_tenth_of_its_life_is_left()
    {
        using UserSigSource source = Source(TimeSpan.FromSeconds(100));
        string first = source.Get(s_start);
        Assert.Same(first, source.Get(s_start.AddSeconds(89)));
        Assert.NotEqual(first, source.Get(s_start.AddSeconds(90)));
    }

    [Fact]
    public void The_time_of_renewal_can_be_chosen()
    {
        using UserSigSource source = Source(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(60));
        string first = source.Get(s_start);
        Assert.Same(first, source.Get(s_start.AddSeconds(39)));
        Assert.NotEqual(first, source.Get(s_start.AddSeconds(40)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void A_renewal_outside_the_signatures_life_is_refused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "renewBefore", () => Source(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_renewal_within_the_same_second_is_dated_later_than_the_refused_signature()
    {
        using UserSigSource source = Source();
        string refused = source.Get(s_start);
        Assert.True(source.TryRenew(refused, s_start.AddMilliseconds(300)));

        string renewed = source.Get(s_start.AddMilliseconds(300));
        Assert.NotEqual(refused, renewed);
        Assert.Equal(TimeOf(refused) + 1, TimeOf(renewed));
    }

    [Fact]
    public void A_renewal_after_a_second_carries_the_present_time()
    {
        using UserSigSource source = Source();
        string refused = source.Get(s_start);
        Assert.True(source.TryRenew(refused, s_start.AddSeconds(2)));
        Assert.Equal(s_start.AddSeconds(2).ToUnixTimeSeconds(), TimeOf(source.Get(s_start.AddSeconds(2))));
    }

    [Fact]
    public void Many_renewals_at_one_moment_differ_from_the_one_before_and_stay_near_the_clock()
    {
        using UserSigSource source = Source();
        string last = source.Get(s_start);
        for (int i = 0; i < 50; i++)
        {
            Assert.True(source.TryRenew(last, s_start));
            string next = source.Get(s_start);
            Assert.NotEqual(last, next);
            Assert.InRange(TimeOf(next) - s_start.ToUnixTimeSeconds(), 0, 5);
            last = next;
        }
    }

    [Fact]
    public void A_clock_that_was_set_back_is_believed()
    {
        using UserSigSource source = Source();
        string refused = source.Get(s_start);
        Assert.True(source.TryRenew(refused, s_start.AddHours(-2)));
        Assert.Equal(s_start.AddHours(-2).ToUnixTimeSeconds(), TimeOf(source.Get(s_start.AddHours(-2))));
    }

    [Fact]
    public void A_signature_that_was_replaced_already_is_not_replaced_again()
    {
        using UserSigSource source = Source();
        string refused = source.Get(s_start);
        Assert.True(source.TryRenew(refused, s_start.AddSeconds(1)));
        string renewed = source.Get(s_start.AddSeconds(1));
        Assert.True(source.TryRenew(refused, s_start.AddSeconds(2)));
        Assert.Same(renewed, source.Get(s_start.AddSeconds(2)));
    }

    [Fact]
    public async Task Threads_that_are_refused_together_renew_once()
    {
        using UserSigSource source = Source();
        string refused = source.Get(s_start);
        string[] renewed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            Assert.True(source.TryRenew(refused, s_start));
            return source.Get(s_start);
        })));
        Assert.Single(renewed.Distinct());
        Assert.Equal(TimeOf(refused) + 1, TimeOf(renewed[0]));
    }

    [Fact]
    public void The_callers_key_stays_as_it_is_and_changing_it_changes_nothing()
    {
        byte[] key = Encoding.UTF8.GetBytes(KeyText);
        using var source = UserSigSource.FromKey(1400000000, "administrator", key);
        Array.Clear(key);
        using var read = new UserSigText(source.Get(s_start));
        Assert.Equal(read.SignedWith(KeyText), read.Sig);
    }

    [Fact]
    public void After_disposal_the_key_is_zeroed_and_nothing_is_signed()
    {
        UserSigSource source = Source();
        string last = source.Get(s_start);
        byte[] kept = source.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(source)).OfType<byte[]>().Single();
        Assert.Equal(Encoding.UTF8.GetBytes(KeyText), kept);

        source.Dispose();
        source.Dispose();

        Assert.All(kept, b => Assert.Equal(0, b));
        Assert.Throws<ObjectDisposedException>(() => source.Get(s_start));
        Assert.Throws<ObjectDisposedException>(() => source.TryRenew(last, s_start));
    }

    [Fact]
    public void A_given_signature_is_used_as_it_is_and_cannot_be_renewed()
    {
        var source = UserSigSource.FromSignature("admin", "eJx-given_");
        Assert.Equal("eJx-given_", source.Get(s_start.AddYears(10)));
        Assert.False(source.TryRenew("eJx-given_", s_start));
        Assert.Equal("eJx-given_", source.Get(s_start));

        source.Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.Get(s_start));
        Assert.Throws<ObjectDisposedException>(() => source.TryRenew("eJx-given_", s_start));
    }

    [Fact]
    public void A_source_without_a_user_or_a_secret_is_refused()
    {
        Assert.Throws<ArgumentException>(() => UserSigSource.FromKey(1, "", [1]));
        Assert.Throws<ArgumentException>(() => UserSigSource.FromKey(1, "u", []));
        Assert.Throws<ArgumentOutOfRangeException>(() => UserSigSource.FromKey(0, "u", [1]));
        Assert.Throws<ArgumentException>(() => UserSigSource.FromSignature("", "s"));
        Assert.Throws<ArgumentException>(() => UserSigSource.FromSignature("u", ""));
    }

    [Fact]
    public void Its_text_and_its_public_properties_show_the_user_id_only()
    {
        using UserSigSource made = Source();
        using var given = UserSigSource.FromSignature("administrator", "secret");
        Assert.All(new[] { made, given }, source =>
        {
            source.Get(s_start);
            Assert.Equal("administrator", source.ToString());
            Assert.Equal("UserId", Assert.Single(source.GetType().GetProperties()).Name);
            Assert.Empty(source.GetType().GetFields());
        });
    }

    private static UserSigSource Source(TimeSpan? lifetime = null, TimeSpan? renewBefore = null) =>
        UserSigSource.FromKey(1400000000, "administrator", Encoding.UTF8.GetBytes(KeyText), lifetime, renewBefore);

    private static long TimeOf(string userSig)
    {
        using var read = new UserSigText(userSig);
        return read.Time;
    }
}
