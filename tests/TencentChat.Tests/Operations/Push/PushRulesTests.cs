using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Operations.Push;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Push;

/// <summary>Promise P10 for pushes: what breaks a rule is told with the rule, and nothing is sent.</summary>
[Collection(VirtualTime.Collection)]
public sealed class PushRulesTests
{
    private static readonly PushMessage s_hello = new() { Text = "Hello" };
    private static readonly Dictionary<string, string> s_city = new() { ["city"] = "Paris" };

    public static TheoryData<string> BadConditions() => [.. Conditions().Keys];

    [Theory]
    [MemberData(nameof(BadConditions))]
    public Task P10_a_condition_that_breaks_a_rule_is_told(string rule) => RefusesAsync(AttributeService.AllMemberPush, s_hello, Conditions()[rule].Condition, Conditions()[rule].Words);

    [Fact]
    public Task P10_a_message_that_is_too_long_is_told() =>
        RefusesAsync(AttributeService.AllMemberPush, new PushMessage { Text = new string('x', PushRules.MaxBytes) }, null, "10240 is the most (code 90056)");

    [Theory]
    [InlineData(-1)]
    [InlineData((7 * 24 * 3600) + 1)]
    public Task P10_a_life_time_of_more_than_seven_days_or_less_than_none_is_told(int seconds) =>
        RefusesAsync(AttributeService.AllMemberPush, s_hello with { LifeTime = TimeSpan.FromSeconds(seconds) }, null, "0 seconds to 7 days");

    [Fact]
    public Task P10_a_life_time_that_was_meant_in_seconds_and_came_as_ticks_is_told() =>
        RefusesAsync(AttributeService.AllMemberPush, s_hello with { LifeTime = new TimeSpan(86_400) }, null, "whole seconds");

    [Fact]
    public Task P10_what_belongs_to_the_other_family_is_told() => Task.WhenAll(
        RefusesAsync(AttributeService.TimPush, s_hello with { LifeTime = TimeSpan.FromDays(1) }, null, "takes no life time"),
        RefusesAsync(AttributeService.AllMemberPush, s_hello with { OnlineOnly = true }, null, "life time"),
        RefusesAsync(AttributeService.AllMemberPush, new PushMessage { Title = "only" }, null, "says nothing"));

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("""{"MsgType":"TIMTextElem"}""")]
    [InlineData("""[{"MsgType":"TIMTextElem","MsgContent":"text"}]""")]
    public Task P10_a_body_of_no_elements_is_told(string body) =>
        RefusesAsync(AttributeService.AllMemberPush, new PushMessage { Body = JsonSerializer.Deserialize<JsonElement>(body) }, null, "MsgType");

    [Fact]
    public Task P10_an_attribute_that_the_app_has_not_is_told() => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Names("sex", "level"));
        using var lab = new Lab(time, clock, service);
        string message = Refusal(time, lab, s_hello, new PushCondition { AnyAttribute = s_city });
        Assert.Contains("'city'", message, StringComparison.Ordinal);
        Assert.Contains("sex, level", message, StringComparison.Ordinal);
        Assert.Equal("im_get_attr_name", Assert.Single(service.Calls).Endpoint);
    });

    [Fact]
    public void What_is_just_allowed_is_not_refused()
    {
        string[] ten = [.. Enumerable.Range(0, 10).Select(i => $"{i}{new string('x', 49)}")];
        PushRules.Check(new PushCondition { AnyTag = ten, AllTags = ["other"] }, AttributeService.AllMemberPush);
        PushRules.Check(new PushCondition { NoneOfTags = ten }, AttributeService.TimPush);
        Assert.Equal(7 * 24 * 3600, PushRules.ContentOf(s_hello with { LifeTime = TimeSpan.FromDays(7) }, AttributeService.AllMemberPush).LifeTimeSeconds);
    }

    private static Dictionary<string, (PushCondition Condition, string Words)> Conditions() => new()
    {
        ["nothing in it"] = (new PushCondition(), "The condition is empty"),
        ["tags and attributes"] = (new PushCondition { AnyTag = ["a"], AllAttributes = s_city }, "exclude each other"),
        ["one tag in both lists"] = (new PushCondition { AnyTag = ["a", "b"], AllTags = ["b"] }, "'b' is in both lists"),
        ["unwanted tags in the old family"] = (new PushCondition { NoneOfTags = ["a"] }, "Only the Push service"),
        ["eleven tags"] = (new PushCondition { AllTags = [.. Enumerable.Range(0, 11).Select(i => $"{i}")] }, "11 entries; 10 is the most"),
        ["eleven attributes"] = (new PushCondition { AnyAttribute = Enumerable.Range(0, 11).ToDictionary(i => $"a{i}", i => "x") }, "11 entries; 10 is the most"),
        ["51 bytes"] = (new PushCondition { AnyTag = [new string('x', 51)] }, "1 to 50 bytes"),
        ["an empty tag"] = (new PushCondition { AnyTag = [string.Empty] }, "1 to 50 bytes"),
        ["an empty value"] = (new PushCondition { AnyAttribute = new Dictionary<string, string> { ["city"] = string.Empty } }, "1 to 50 bytes"),
    };

    private static Task RefusesAsync(AttributeService family, PushMessage message, PushCondition? condition, string words) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, _ => Answers.Ok());
        using var lab = new Lab(time, clock, service, options => options with { AttributeService = family });
        Assert.Contains(words, Refusal(time, lab, message, condition), StringComparison.Ordinal);
        Assert.Empty(service.Calls);
    });

    private static string Refusal(VirtualTime time, Lab lab, PushMessage message, PushCondition? condition) =>
        Assert.Throws<ChatConfigurationException>(() => time.Await(lab.Connection.PushAsync(message, condition))).Message;
}
