using TencentChat.Emulator.Gate;

namespace TencentChat.Emulator.Tests;

public sealed class QueryParametersTests
{
    [Theory]
    [InlineData("a=%zz")]
    [InlineData("a=%4")]
    [InlineData("a=1%")]
    [InlineData("a")]
    [InlineData("=1")]
    [InlineData("a=1&&b&c=2")]
    public void A_broken_form_is_not_read(string query) => Assert.Null(QueryParameters.TryParse(query));

    [Fact]
    public void A_query_longer_than_any_right_one_is_not_read() => Assert.Null(QueryParameters.TryParse("a=" + new string('x', 8192)));

    [Theory]
    [InlineData("?a=1*2-_&b=", "1*2-_", "")]
    [InlineData("b=x%2Ay&a=%e5%8C%97", "北", "x*y")]
    [InlineData("a=1+2&&b=1=2", "1+2", "1=2")]
    public void Values_are_percent_decoded_and_a_plus_stays_a_plus(string query, string a, string b)
    {
        QueryParameters parameters = QueryParameters.TryParse(query)!;
        Assert.Equal((a, b, false), (parameters["a"], parameters["b"], parameters.HasDuplicates));
        Assert.Null(parameters["A"]);
    }

    [Fact]
    public void A_name_that_stands_there_twice_is_noticed() => Assert.True(QueryParameters.TryParse("a=1&b=2&%61=1")!.HasDuplicates);
}
