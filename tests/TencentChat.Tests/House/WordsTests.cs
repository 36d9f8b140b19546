using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace TencentChat.Tests.House;

/// <summary>The library speaks to programs in any language: the words of a prompt are in the project that has one.</summary>
public sealed partial class WordsTests
{
    [Fact]
    public void The_library_names_no_cmdlet_and_no_parameter()
    {
        using PEReader file = Repository.OpenBuilt("TencentChat", "net8.0");
        string[] texts = [.. TextsOf(file.GetMetadataReader())];
        Assert.True(texts.Length > 100);
        Assert.DoesNotContain(texts, WordsOfAPrompt().IsMatch);
    }

    [Theory]
    [InlineData("Check -Endpoint.", true)]
    [InlineData("as Compare-ChatUserAttribute writes it", true)]
    [InlineData("an app-wide limit, -1 and re-sent", false)]
    public void Words_of_a_prompt_are_told_from_others(string text, bool isOne) => Assert.Equal(isOne, WordsOfAPrompt().IsMatch(text));

    private static IEnumerable<string> TextsOf(MetadataReader metadata)
    {
        UserStringHandle handle = MetadataTokens.UserStringHandle(1);
        while (!handle.IsNil)
        {
            yield return metadata.GetUserString(handle);
            handle = metadata.GetNextHandle(handle);
        }
    }

    [GeneratedRegex(@"(^|\s)-[A-Z][A-Za-z]+|\b[A-Z][a-z]+-Chat")]
    private static partial Regex WordsOfAPrompt();
}
