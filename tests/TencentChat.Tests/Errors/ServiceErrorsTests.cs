using TencentChat.Errors;

namespace TencentChat.Tests.Errors;

public sealed class ServiceErrorsTests
{
    /// <summary>The documented codes by class, written down apart from the table that they check.</summary>
    private static readonly Dictionary<ErrorClass, int[]> s_byClass = new()
    {
        [ErrorClass.Retry] =
        [
            60008, 60013, 60014, 70169, 70202, 70201, 70203, 70207, 70208, 70212, 70213, 70222, 70225, 70231, 70308, 70348,
            70362, 70401, 70500, 30006, 30007, 40006, 90992, 90994, 90995, 91000,
        ],
        [ErrorClass.Throttle] = [60007, 60011, 60018, 60019, 70050, 70114, 72010, 90024, 90051, 90057],
        [ErrorClass.Auth] =
        [
            60004, 60005, 60006, 60010, 60021, .. Enumerable.Range(70001, 20), 70051, 70052, 70346, 70347, 70403, 90009, 40004,
            30004, 50003,
        ],
        [ErrorClass.Invalid] =
        [
            60002, 60003, 60009, 60012, 60015, 60025, 60026, 70101, 70102, 70103, 70104, 70105, 70106, 70145, 70113, 70206,
            70402, 70404, 30001, 30002, 40001, 40002, 40009, 40601, 40605, 40610, 80001, 80002, 80004, 90001, 90003, 90008,
            90028, 90029, 90011, 90018, 90020, 90034, 90022, 90030, 90032, 90033, 90035, 90039, 90040, 90049, 90050, 90052,
            90053, 90055, 90056, 93000,
        ],
        [ErrorClass.NotFound] = [70107, 30003, 40003, 50001, 90012, 90048, 20003, 10019],
        [ErrorClass.Plan] =
        [
            60016, 60017, 60020, 60027, 60028, 70398, 70399, 71000, 72000, 72002, 72001, 72011, 72012, 40007, 40008, 80005,
            90045, 90047,
        ],
        [ErrorClass.Conflict] = [30008],
        [ErrorClass.Unknown] = [70032],
    };

    private static readonly int[] s_endingRun =
    [
        60002, 60004, 60005, 60006, 60009, 60010, 60012, 60016, 60017, 60020, 60021, 60025, 60026, 60027, 60028,
        .. Enumerable.Range(70001, 20), 70051, 70052, 70346, 70347, 70403, 30004, 40004, 50003, 90009, 71000, 72000, 72001,
        72002, 72011, 72012, 80005, 90045, 90047,
    ];

    private static readonly int[] s_content =
    [
        60002, 60003, 60009, 60012, 60015, 60025, 70101, 70102, 70103, 70104, 70105, 70106, 70145, 70107, 70113, 70206, 70398, 70399, 70402, 30001, 30002,
        10019, 20003, 30003, 40003, 50001, 90012, 90048, 40001, 40002, 40009, 40601, 40605, 40610, 40007, 40008, 80001, 80002,
        80004, 90001, 90003, 90008, 90028, 90029, 90011, 90018, 90020, 90034, 90030, 90032, 90033, 90035, 90055, 90056, 93000,
    ];

    [Fact]
    public void Every_documented_code_is_known_with_its_class_and_no_other_code_is()
    {
        (int Code, ErrorClass Class)[] expected = s_byClass.SelectMany(pair => pair.Value.Select(code => (Code: code, Class: pair.Key))).Order().ToArray();
        (int Code, ErrorClass Class)[] actual = ServiceErrors.All.Select(error => (error.Code, error.Class)).Order().ToArray();
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_code_is_found_under_its_own_number() =>
        Assert.All(ServiceErrors.All, error => Assert.Same(error, ServiceErrors.Find(error.Code)));

    [Fact]
    public void The_codes_that_would_fail_every_row_are_these() => Assert.Equal(s_endingRun.Order(), Codes(e => e.EndsRun));

    [Fact]
    public void The_codes_that_splitting_a_call_helps_against_are_these() => Assert.Equal(s_content.Order(), Codes(e => e.IsRequestContent));

    [Fact]
    public void The_codes_worth_a_fresh_signature_are_these() =>
        Assert.Equal([60004, 60005, 70001, 70017, 70052, 70347], Codes(e => e.RenewsUserSig));

    [Fact]
    public void The_effect_is_unclear_for_every_transient_code_and_the_write_conflict_and_no_other() =>
        Assert.Equal(s_byClass[ErrorClass.Retry].Append(30008).Order(), Codes(e => e.IsEffectUnclear));

    [Fact]
    public void A_code_that_ends_a_run_is_not_worth_waiting_and_content_only_where_it_depends_on_what_has_passed()
    {
        Assert.All(ServiceErrors.All.Where(e => e.EndsRun), error =>
        {
            Assert.Equal(error.Code is 60002 or 60009 or 60012 or 60025, error.IsRequestContent);
            Assert.DoesNotContain(error.Class, new[] { ErrorClass.Retry, ErrorClass.Throttle, ErrorClass.Conflict });
        });
    }

    [Fact]
    public void Every_code_says_what_happened_and_what_to_do_in_a_sentence_each()
    {
        Assert.All(ServiceErrors.All, error =>
        {
            Assert.Matches("^[A-Z][A-Za-z]+$", error.ErrorId);
            Assert.Matches(@"^[A-Z].*\.$", error.Meaning);
            Assert.Matches(@"^[A-Z].*\.$", error.Advice);
            Assert.DoesNotContain(". ", error.Meaning, StringComparison.Ordinal);
            Assert.DoesNotContain(". ", error.Advice, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(60007, "Throttled")]
    [InlineData(70107, "AccountNotFound")]
    [InlineData(90033, "InvalidAttribute")]
    [InlineData(90030, "InvalidAttributeValue")]
    [InlineData(70003, "InvalidUserSig")]
    [InlineData(70001, "UserSigExpired")]
    [InlineData(70009, "WrongKey")]
    [InlineData(60026, "WrongRegion")]
    [InlineData(70016, "WrongRegion")]
    [InlineData(70020, "WrongRegion")]
    [InlineData(60006, "InvalidSdkAppId")]
    [InlineData(60010, "NotAdmin")]
    [InlineData(70403, "NotAdmin")]
    [InlineData(90009, "NotAdmin")]
    [InlineData(70051, "AdminBlocked")]
    [InlineData(60021, "AddressNotAllowed")]
    [InlineData(90045, "FeatureNotEnabled")]
    [InlineData(60027, "FeatureNotEnabled")]
    [InlineData(71000, "DeletionNotEnabled")]
    [InlineData(60020, "ServiceSuspended")]
    [InlineData(70398, "TrialLimitReached")]
    [InlineData(60028, "TrialLimitReached")]
    [InlineData(90047, "QuotaExceeded")]
    [InlineData(60008, "ServiceBusy")]
    [InlineData(91000, "ServiceFault")]
    [InlineData(70402, "InvalidRequest")]
    [InlineData(90018, "TooManyAccounts")]
    [InlineData(90003, "InvalidUserId")]
    [InlineData(90035, "WrongAccountType")]
    [InlineData(40601, "InvalidProfile")]
    [InlineData(80001, "ContentRefused")]
    [InlineData(90034, "InvalidTag")]
    [InlineData(93000, "RequestTooLarge")]
    [InlineData(30008, "ConflictingWrite")]
    [InlineData(70399, "RecentlyDeleted")]
    [InlineData(70032, "UnknownServiceError")]
    public void A_code_has_its_stable_word(int code, string word) => Assert.Equal(word, ServiceErrors.Find(code).ErrorId);

    [Theory]
    [InlineData(1)]
    [InlineData(6206)]
    [InlineData(60001)]
    [InlineData(70021)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_code_that_is_not_documented_is_unknown_and_keeps_its_number(int code)
    {
        ChatError error = ServiceErrors.Find(code);
        Assert.Equal((code, ErrorClass.Unknown, "UnknownServiceError"), (error.Code, error.Class, error.ErrorId));
        Assert.False(error.EndsRun || error.IsRequestContent || error.IsEffectUnclear || error.RenewsUserSig);
    }

    [Theory]
    [InlineData("the account does not exist", "The account does not exist. (code 90048)")]
    [InlineData("The account does not exist.", "The account does not exist. (code 90048)")]
    [InlineData("no such user", "The account does not exist. (code 90048: no such user)")]
    [InlineData("", "The account does not exist. (code 90048)")]
    public void What_the_service_says_in_the_same_words_is_said_once(string info, string expected) =>
        Assert.Equal(expected, ServiceErrors.Find(90048).Describe(info));

    private static IEnumerable<int> Codes(Func<ChatError, bool> which) =>
        ServiceErrors.All.Where(which).Select(error => error.Code).Order();
}
