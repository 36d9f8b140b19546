using System.Reflection;
using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Operations.Tags;

namespace TencentChat.Tests.Bulk;

/// <summary>The public properties of a result, in their order, are the columns of every table that it is exported to.</summary>
public sealed class ResultColumnTests
{
    // Written as a type of their own, which has columns of its own.
    private static readonly Type[] s_readResults = [typeof(UserAttributesResult), typeof(UserTagsResult)];

    private static readonly Type[] s_results = [.. typeof(ChatResult).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ChatResult)))];

    public static TheoryData<Type> Public => [.. s_results.Where(type => type.IsPublic).Except(s_readResults)];

    public static TheoryData<Type> Internal => [.. s_results.Where(type => !type.IsPublic && !s_readResults.Contains(type.BaseType))];

    [Theory]
    [MemberData(nameof(Public))]
    public void A_result_begins_with_the_user_and_the_status(Type type) =>
        Assert.Equal([nameof(ChatResult.UserId), nameof(ChatResult.Status)], ColumnsOf(type).Take(2));

    [Theory]
    [MemberData(nameof(Internal))]
    public void A_row_whose_type_users_do_not_know_adds_no_column(Type type) => Assert.Equal(ColumnsOf(typeof(ChatResult)), ColumnsOf(type));

    [Fact]
    public void There_are_both_kinds()
    {
        Assert.True(Public.Count > 3);
        Assert.True(Internal.Count > 2);
    }

    private static string[] ColumnsOf(Type type) => [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name)];
}
