using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// Turns what a parameter was given into JSON: a hashtable, an object, a list, JSON text, or the path of a JSON file. Names,
/// numbers and texts go over as they are.
/// </summary>
internal static class JsonArgument
{
    // Deeper than any message of the service, and shallow enough that an object that holds itself is told.
    private const int MostLevels = 20;

    /// <param name="given">What was given; null gives null.</param>
    /// <param name="parameter">The parameter, for errors.</param>
    /// <param name="resolve">Turns a path of the session into one of the file system.</param>
    /// <exception cref="BadInputException">It cannot be JSON.</exception>
    public static JsonElement? From(PSObject? given, string parameter, Func<string, string> resolve)
    {
        object? value = given?.BaseObject;
        return value switch
        {
            null => null,
            string text when text.TrimStart() is ['{' or '[', ..] => Parse(text, parameter, "The text"),
            string path => ReadFile(resolve(path), parameter),
            FileInfo file => ReadFile(file.FullName, parameter),
            JsonElement element => element,
            _ => Convert(given!, parameter),
        };
    }

    private static JsonElement ReadFile(string path, string parameter)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException(InputErrors.InvalidJson, $"-{parameter}: the file '{path}' cannot be read ({fault.Message})");
        }

        return Parse(text, parameter, $"The file '{path}'");
    }

    private static JsonElement Parse(string text, string parameter, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new BadInputException(InputErrors.InvalidJson, $"-{parameter}: {what} is not JSON (line {fault.LineNumber + 1}).");
        }
    }

    private static JsonElement Convert(PSObject given, string parameter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, given, parameter, 0);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, object? value, string parameter, int level)
    {
        if (level > MostLevels)
        {
            throw new BadInputException(InputErrors.InvalidJson, $"-{parameter}: objects lie more than {MostLevels} levels deep in each other.");
        }

        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null or DBNull:
                writer.WriteNullValue();
                break;
            case string or char or DateTime or DateTimeOffset or DateOnly or TimeOnly or Guid or Uri or Enum:
                ValueText.TryGet(plain, out string? text);
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IDictionary table:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in table)
                {
                    writer.WritePropertyName(System.Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
                    Write(writer, entry.Value, parameter, level + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (object? element in list)
                {
                    Write(writer, element, parameter, level + 1);
                }

                writer.WriteEndArray();
                break;
            case IFormattable number and IConvertible:
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStartObject();
                foreach (PSPropertyInfo property in PSObject.AsPSObject(value!).Properties.Where(property => property.IsGettable))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, parameter, level + 1);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
