using TencentChat.Bulk;
using TencentChat.Operations.Attributes;

namespace TencentChat.Tests.Fakes;

/// <summary>Rows as the cmdlets bind them.</summary>
internal static class Rows
{
    private static readonly string[] s_city = ["city"];

    /// <summary>Rows that set one attribute of accounts u1, u2 and so on.</summary>
    public static List<AttributeRow> Set(int count) => [.. Enumerable.Range(1, count).Select(i => Set(i, $"u{i}", ("city", "Paris")))];

    public static AttributeRow Set(long row, string userId, params (string Name, string? Value)[] attributes) =>
        new(row, userId, $"row {row}", [.. attributes.Select(attribute => attribute.Name)], [.. attributes.Select(attribute => attribute.Value)]);

    /// <summary>A row of a file: its names are the columns, and shared with the other rows.</summary>
    public static AttributeRow OfTable(long row, string userId, string[] columns, string?[] values) => new(row, userId, $"row {row}", columns, values);

    /// <summary>Rows that remove one attribute of accounts u1, u2 and so on.</summary>
    public static List<AttributeNamesRow> Remove(int count) => [.. Enumerable.Range(1, count).Select(i => Remove(i, $"u{i}", s_city))];

    public static AttributeNamesRow Remove(long row, string userId, params string[] names) => new(row, userId, $"row {row}", names);

    /// <summary>Rows that name accounts u1, u2 and so on.</summary>
    public static List<ChatResult> Plain(int count) => [.. Enumerable.Range(1, count).Select(i => Plain(i, $"u{i}"))];

    public static ChatResult Plain(long row, string userId) => new(row, userId, $"row {row}");

    public static List<UserAttributesResult> Get(int count) => [.. Enumerable.Range(1, count).Select(i => Get(i, $"u{i}"))];

    public static UserAttributesResult Get(long row, string userId) => new(row, userId, $"row {row}");
}
