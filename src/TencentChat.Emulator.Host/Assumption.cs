using System.Globalization;
using System.Reflection;
using System.Text;
using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Host;

/// <summary>An open question of the service's documentation as the command line and the documents know it.</summary>
internal sealed class Assumption
{
    private readonly PropertyInfo _property;

    private Assumption(PropertyInfo property, OpenQuestionAttribute about)
    {
        _property = property;
        About = about;
        Name = KebabCase(property.Name);
        Default = TextOf(property.GetValue(new OpenQuestions()));
        Values = ValuesOf(property.PropertyType, about);
    }

    public static IReadOnlyList<Assumption> All { get; } = [.. typeof(OpenQuestions).GetProperties()
        .Select(property => new Assumption(property, property.GetCustomAttribute<OpenQuestionAttribute>()!))];

    public string Name { get; }

    public string Default { get; }

    /// <summary>What may be given, for people.</summary>
    public string Values { get; }

    public OpenQuestionAttribute About { get; }

    /// <summary>Sets one answer from <c>name=value</c>.</summary>
    /// <exception cref="FormatException">No such question, or no such answer.</exception>
    public static void Apply(OpenQuestions questions, string text)
    {
        string[] parts = text.Split('=', 2);
        Assumption assumption = All.FirstOrDefault(a => a.Name == parts[0])
            ?? throw new FormatException($"'{parts[0]}' is no open question: see the list in --help.");
        object? value = parts.Length == 2 ? assumption.Parse(parts[1]) : null;
        assumption._property.SetValue(questions, value ?? throw new FormatException($"--assume {assumption.Name}=… takes {assumption.Values}."));
    }

    private object? Parse(string text)
    {
        Type type = Nullable.GetUnderlyingType(_property.PropertyType) ?? _property.PropertyType;
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number != 0 ? number : null;
        }

        if (type == typeof(bool))
        {
            return text switch { "yes" => true, "no" => false, _ => null };
        }

        return Enum.GetValues(type).Cast<object>().FirstOrDefault(value => KebabCase(value.ToString()!) == text);
    }

    private static string ValuesOf(Type type, OpenQuestionAttribute about)
    {
        if (type.IsEnum)
        {
            return string.Join(" | ", Enum.GetNames(type).Select(KebabCase));
        }

        if (type == typeof(bool))
        {
            return "yes | no";
        }

        return about.Candidates.Count == 0 ? "a number" : $"a code, such as {string.Join(" or ", about.Candidates)}";
    }

    private static string TextOf(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "yes" : "no",
        Enum word => KebabCase(word.ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string KebabCase(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
