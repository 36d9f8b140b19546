namespace TencentChat.Emulator.Options;

/// <summary>
/// The one place for what the service's documentation leaves open or contradicts itself about, as far as the emulator
/// has to answer it. Each property is one question; its attribute says what is unknown and why the default was chosen.
/// Where a code is open, any code may be given.
/// </summary>
public sealed class OpenQuestions
{
    /// <summary>The code for a path that names no command.</summary>
    [OpenQuestion("Code for an unknown service or command.", "60009 is the error list's text for a wrong URL; 60008 was only observed.", 60008)]
    public int UnknownCommandCode { get; set; } = 60009;

    /// <summary>The code for a missing or wrong query parameter other than a missing <c>sdkappid</c>.</summary>
    [OpenQuestion("Code for a missing or wrong identifier, usersig, random or contenttype.", "60025 is in today's error list; 60004 and 60005 are the old list's.", 60004, 60005)]
    public int BadQueryParameterCode { get; set; } = 60025;

    /// <summary>Whether a call without <c>random</c> is refused.</summary>
    [OpenQuestion("Whether random may be left out.", "The overview lists it as part of every address; refusing is the stricter reading.")]
    public bool RandomRequired { get; set; } = true;

    /// <summary>The code for an <c>sdkappid</c> that is not this app's.</summary>
    [OpenQuestion("Code for an unknown sdkappid.", "70020 is in both error lists; 60006 only in the old one, 60026 means the wrong data centre.", 60006, 60026)]
    public int UnknownAppCode { get; set; } = 70020;

    /// <summary>The code for a signature of length 0.</summary>
    [OpenQuestion("Code for an empty usersig.", "70002 is gone from today's error list, 70003 covers any illegal signature.", 70002)]
    public int EmptyUserSigCode { get; set; } = 70003;

    /// <summary>The code for a signature made before its user was kicked.</summary>
    [OpenQuestion("Code for a signature that a kick has made invalid.", "Users report such a login as expired; 70052 stands only in an old list of another product.", 70052)]
    public int KickedUserSigCode { get; set; } = 70001;

    /// <summary>The code for an identifier that is no admin.</summary>
    [OpenQuestion("Which of the three not-an-admin codes comes first.", "The gateway (60010) is reached before the services (90009, 70403).", 90009, 70403)]
    public int NotAdminCode { get; set; } = 60010;

    /// <summary>The code for a call over the rate limit.</summary>
    [OpenQuestion("Which throttling code is sent.", "60007 is the one whose text speaks of the REST API's call frequency.", 60011, 60018)]
    public int RateLimitCode { get; set; } = 60007;

    /// <summary>What the rate limit counts together.</summary>
    [OpenQuestion("Whether commands share a count.", "Every endpoint page states its own limit.")]
    public RateLimitScope RateLimitScope { get; set; }

    /// <summary>The span over which calls are counted.</summary>
    [OpenQuestion("The window of the rate limit.", "A sliding second is the strictest: a caller it lets through passes any other window.")]
    public RateLimitWindow RateLimitWindow { get; set; }

    /// <summary>How many calls a trial app may make in a UTC day before 60028; null = no limit.</summary>
    [OpenQuestion("The daily volume of a trial app.", "A limit exists (60028) but its number is not published, so none is applied.")]
    public int? TrialDailyCalls { get; set; }

    /// <summary>The code for a body that is not JSON or not the documented shape; null = 90001, in the login service 70402.</summary>
    [OpenQuestion("Whether the gateway (60003) or the service answers a body that is no JSON.", "The pages of the commands list 90001 and 70402, not 60003.", 60003)]
    public int? BodyNotJsonCode { get; set; }

    /// <summary>Whether a body with a member no page knows is refused.</summary>
    [OpenQuestion("Whether unknown members of a request are ignored.", "Refusing finds misspelt members, which ignoring turns into silent loss.")]
    public bool RefuseUnknownMembers { get; set; } = true;

    /// <summary>The code for more than 100 accounts in a call of the login service.</summary>
    [OpenQuestion("Code for more than 100 accounts in import, check and delete.", "70402 is on every page of the login service; 70206 only in the old list.", 70206)]
    public int TooManyAccountsInLoginService { get; set; } = 70402;

    /// <summary>The code for an account that is not a JSON string, except in <c>query_online_status</c> (90003 by its page).</summary>
    [OpenQuestion("Code for an account that is no string.", "60015 says just that and is a public code.", 90003, 70402)]
    public int AccountNotStringCode { get; set; } = 60015;

    /// <summary>The code for a missing or empty account in an attribute call.</summary>
    [OpenQuestion("Code for a missing or empty To_Account.", "90003 is the first of four codes with this meaning.", 90008, 90028, 90029)]
    public int EmptyAccountCode { get; set; } = 90003;

    /// <summary>The code for an empty or ill-formed UserID in the login service.</summary>
    [OpenQuestion("Code for a bad UserID in the login service.", "70402, parameters illegal, is the only code on its pages that fits.")]
    public int BadUserIdCode { get; set; } = 70402;

    /// <summary>Whether a UserID may hold nothing but letters, digits, <c>_</c> and <c>-</c>.</summary>
    [OpenQuestion("Which characters a UserID may hold.", "Pages contradict each other and samples use blanks; the limit of 32 bytes is agreed on and always holds.")]
    public bool RestrictUserIdCharacters { get; set; }

    /// <summary>What a call that names one account twice comes to (imports always take duplicates, as in the sample of page 34954).</summary>
    [OpenQuestion("What a duplicate account in one call does.", "Refusing is the strictest: a caller that merges its rows first is right under any answer.")]
    public DuplicateAccount DuplicateAccountInCall { get; set; }

    /// <summary>How empty lists of failures are written.</summary>
    [OpenQuestion("Whether an empty ErrorList or FailAccounts is absent, null or [].", "The samples without failures leave the member out.")]
    public EmptyListForm EmptyListForm { get; set; }

    /// <summary>What <c>v4/all_member_push</c> answers for an account that does not exist.</summary>
    [OpenQuestion("What the attribute and tag commands of all_member_push answer for a missing account.", "90048 is the push service's own code for it, and these commands have no list of errors per account.")]
    public MissingAccountAnswer MissingAccountInAllMemberPush { get; set; }

    /// <summary>What a call refused for one of its items has written of the others.</summary>
    [OpenQuestion("Whether a set or removal refused for one item has written others.", "A refusal names no item, so nothing written is the natural reading.")]
    public RefusedCallEffect AtomicityOfRefusedCall { get; set; }

    /// <summary>The code for an attribute value of 0 or more than 50 UTF-8 bytes.</summary>
    [OpenQuestion("Code for a value of 0 or more than 50 bytes.", "90030 is the only code ever documented with this meaning; endpoint pages list only 90033.", 90033)]
    public int ValueLengthCode { get; set; } = 90030;

    /// <summary>The code for an attribute value that is not a JSON string.</summary>
    [OpenQuestion("What a value that is no string comes to.", "All pages show strings; a wrong type is a body that cannot be read.", 90033)]
    public int ValueNotStringCode { get; set; } = 90001;

    /// <summary>The code for an attribute name of 0 or more than 50 UTF-8 bytes.</summary>
    [OpenQuestion("Code for an attribute name of 0 or more than 50 bytes.", "90033 is the only such code on the pages of the name commands.", 90030)]
    public int NameLengthCode { get; set; } = 90033;

    /// <summary>Whether removing an attribute the account does not have fails with 90033.</summary>
    [OpenQuestion("What removing an absent attribute comes to.", "The wish is fulfilled either way, so it succeeds.")]
    public bool RemovingAbsentAttributeFails { get; set; }

    /// <summary>What setting attribute names does to the slots it does not mention.</summary>
    [OpenQuestion("Whether setting names updates slots or replaces the table.", "The text \"already exists at index:1\" shows a check against stored slots.")]
    public NamesUpdate NamesUpdate { get; set; }

    /// <summary>Whether values stay in a slot that is given another name.</summary>
    [OpenQuestion("What renaming a slot does to stored values.", "Values belong to slots, so they are then found under the new name.")]
    public bool RenamedSlotKeepsValues { get; set; } = true;

    /// <summary>Whether <c>v4/all_member_push</c> and <c>v4/timpush</c> share names and values.</summary>
    [OpenQuestion("Whether the two attribute families share their storage.", "Both describe the same ten slots of the app.")]
    public bool FamiliesShareAttributes { get; set; } = true;

    /// <summary>Whether 71000 comes as the result of each item instead of failing the call.</summary>
    [OpenQuestion("Whether 71000 comes per item.", "It speaks of the app, not of an account.")]
    public bool DeletionOffPerItem { get; set; }

    /// <summary>The result code of an attempt to delete an app admin; the account stays.</summary>
    [OpenQuestion("What deleting an app admin comes to.", "Refusing is the stricter reading; 70402 is the page's code for a parameter it does not take.")]
    public int DeleteAdminCode { get; set; } = 70402;

    /// <summary>Whether a deleted account that is imported again has its attributes and tags back.</summary>
    [OpenQuestion("Whether deletion erases attributes and tags.", "The page says other data goes too.")]
    public bool DeletedAccountKeepsAttributes { get; set; }

    /// <summary>Whether a re-import that comes too early fails a whole batch with 70399 instead of joining <c>FailAccounts</c>.</summary>
    [OpenQuestion("Whether 70399 fails a batch import or is one of FailAccounts.", "FailAccounts is there for accounts that could not be imported.")]
    public bool EarlyReimportFailsCall { get; set; }

    /// <summary>Whether a batch import over the trial limit fails as a whole with 70398 instead of filling <c>FailAccounts</c>.</summary>
    [OpenQuestion("Whether 70398 fails a batch import or its last accounts.", "70398 is listed among the codes of the call.")]
    public bool TrialLimitFailsCall { get; set; } = true;

    /// <summary>The member of an online status that holds the state.</summary>
    [OpenQuestion("Whether the state is in State or in Status.", "Samples show State; the field table says Status.")]
    public OnlineStateMember OnlineStateMember { get; set; }

    /// <summary>The code for a tag of more than 50 UTF-8 bytes that is added or removed.</summary>
    [OpenQuestion("Code for a tag of more than 50 bytes.", "90034 is the error list's; 90020 stands on the pages of the pushes.", 90020)]
    public int TagLengthCode { get; set; } = 90034;

    /// <summary>The code for an empty tag that is added or removed.</summary>
    [OpenQuestion("Code for an empty tag.", "90040 is the only code that speaks of an empty tag, though of one in a condition.", 90034, 90001)]
    public int EmptyTagCode { get; set; } = 90040;

    /// <summary>Whether a list that names a tag twice is refused; else it counts once.</summary>
    [OpenQuestion("Whether a tag may stand twice in one list.", "Refusing is the strictest: a caller that merges its rows first is right under any answer.")]
    public bool DuplicateTagFailsCall { get; set; } = true;

    /// <summary>Whether a removal takes at most 10 tags for an account; else 100.</summary>
    [OpenQuestion("How many tags a removal takes for an account.", "The limit of 10 is stated for adding; that it holds for both is the stricter reading.")]
    public bool RemovalTakesTenTags { get; set; } = true;

    /// <summary>The code for more than 100 tags of one account.</summary>
    [OpenQuestion("Code for more than 100 tags of one account.", "90032 is the only code that speaks of too many tags.")]
    public int TooManyTagsOfAccountCode { get; set; } = 90032;

    /// <summary>Whether more than 100 tags of one account fail a call of <c>v4/timpush</c> instead of joining its <c>ErrorList</c>.</summary>
    [OpenQuestion("Whether too many tags of an account fail add_tag or are one of ErrorList.", "90035 is the only code its page shows in ErrorList.")]
    public bool AccountTagLimitFailsCall { get; set; } = true;

    /// <summary>The code for more than 1,000 different tags of an app.</summary>
    [OpenQuestion("Code for more than 1,000 different tags of an app.", "90032 is the only code that speaks of too many tags.")]
    public int TooManyTagsOfAppCode { get; set; } = 90032;

    /// <summary>Whether the limit of 1,000 different tags, which the Push service states, holds in <c>v4/all_member_push</c> too.</summary>
    [OpenQuestion("Whether all_member_push too takes only 1,000 different tags in an app.", "Only the Push service states it; that it holds for both is the stricter reading.")]
    public bool AppTagLimitHoldsInAllMemberPush { get; set; } = true;

    /// <summary>Whether a tag that no account holds any more goes on to count and to serve its type of account.</summary>
    [OpenQuestion("Whether a tag that nobody holds any more still is one of the app's.", "No command takes a tag from an app; that it stays is the stricter reading.")]
    public bool UnusedTagStays { get; set; } = true;

    /// <summary>Whether <c>v4/all_member_push</c> and <c>v4/timpush</c> share tags.</summary>
    [OpenQuestion("Whether the two families share their tags.", "Both describe the same tags of the same accounts.")]
    public bool FamiliesShareTags { get; set; } = true;

    /// <summary>How long the same <c>MsgRandom</c> means the same push.</summary>
    [OpenQuestion("How long the same MsgRandom means the same push.", "Today's page says one second; a caller that repeats later would push twice.")]
    public MsgRandomWindow MsgRandomWindow { get; set; }

    /// <summary>What a call that repeats a push is answered.</summary>
    [OpenQuestion("Which TaskId a repeated push is answered.", "It is the same push, so it is the same task.")]
    public RepeatedPushAnswer RepeatedPushAnswer { get; set; }

    /// <summary>Whether <c>batch</c> too takes calls of the same <c>MsgRandom</c> for one.</summary>
    [OpenQuestion("Whether batch takes calls of the same MsgRandom for one.", "Its page speaks of no window, so a caller that repeats pushes twice.")]
    public bool BatchRepeatsAreOnePush { get; set; }

    /// <summary>The day over which pushes are counted.</summary>
    [OpenQuestion("When the day of the push quota begins.", "Any 24 hours is the strictest: a caller it lets through passes any other day.")]
    public PushDay PushDay { get; set; }

    /// <summary>Whether pushes of both families count against one quota, and must be a second apart from each other.</summary>
    [OpenQuestion("Whether the two families share the push quota.", "All kinds of push are counted together, the page says; sharing is the stricter reading.")]
    public bool FamiliesSharePushQuota { get; set; } = true;

    /// <summary>Whether a condition that names no tag and no attribute means everybody; else the call is refused.</summary>
    [OpenQuestion("Whether a condition without tags and attributes means everybody.", "Refusing keeps a caller's mistake from reaching everybody.")]
    public bool EmptyConditionMeansEverybody { get; set; }

    /// <summary>Whom several tags in <c>TagsNot</c> shut out.</summary>
    [OpenQuestion("Whom several tags in TagsNot shut out.", "The sample of page 60561 reads not (C and D); a client of it has not (C or D).")]
    public TagsNotMeaning TagsNotOfSeveral { get; set; }

    /// <summary>The code for a tag of more than 50 UTF-8 bytes in a condition.</summary>
    [OpenQuestion("Code for a tag of more than 50 bytes in a condition.", "90020 stands on the pages of the pushes; 90034 is the error list's.", 90034)]
    public int ConditionTagLengthCode { get; set; } = 90020;

    /// <summary>The code for an element of <c>MsgBody</c> that is not of the documented form.</summary>
    [OpenQuestion("Code for an element of MsgBody that is wrong.", "Two codes have this meaning; 90002 is also the one for no MsgBody at all.", 90002)]
    public int MessageElementCode { get; set; } = 90010;

    /// <summary>What <c>v4/timpush/push</c> must hold.</summary>
    [OpenQuestion("What a push of the Push service must hold.", "Two pages document one path, with a notification or with a message; what either has is taken.")]
    public TimPushContent TimPushContent { get; set; }

    /// <summary>The code for more than 500 accounts in <c>batch</c>.</summary>
    [OpenQuestion("Code for more than 500 accounts in batch.", "90011 means more than 500 targets elsewhere.", 90018)]
    public int TooManyInBatchCode { get; set; } = 90011;

    /// <summary>How fast <c>batch</c> may be called.</summary>
    [OpenQuestion("How fast batch may be called.", "The command's own page counts calls by plan; an older edition says 30, another page counts accounts.")]
    public BatchRate BatchRate { get; set; }

    /// <summary>The code for a call of <c>batch</c> over its rate.</summary>
    [OpenQuestion("Code for a call of batch over its rate.", "90057 has this meaning in the error list, but another one on the command's page.", 90057)]
    public int BatchRateCode { get; set; } = 60007;

    /// <summary>The code for a <c>DataId</c> of more than 64 UTF-8 bytes.</summary>
    [OpenQuestion("Code for a DataId of more than 64 bytes.", "90057 has this meaning on the page of batch, though another one in the error list.", 90001)]
    public int DataIdLengthCode { get; set; } = 90057;

    /// <summary>Whether <c>revoke</c> must bring an <c>OfflinePushInfo</c>.</summary>
    [OpenQuestion("Whether revoke must bring an OfflinePushInfo.", "Today's page requires it, an older one does not; requiring it is the stricter reading.")]
    public bool RevokeNeedsOfflinePushInfo { get; set; } = true;

    /// <summary>Which pushes cannot be revoked without an <c>OfflinePushInfo</c>, where it need not be there.</summary>
    [OpenQuestion("Which pushes cannot be revoked without an OfflinePushInfo.", "The code speaks of online-only pushes, its text of the opposite flag.")]
    public UnrevocableTask UnrevocableTask { get; set; }

    /// <summary>Whether a push of <c>batch</c> can be revoked; else its task is unknown.</summary>
    [OpenQuestion("Whether a push of batch can be revoked.", "The page takes tasks of push only; the error list also names single pushes.")]
    public bool BatchCanBeRevoked { get; set; }
}
