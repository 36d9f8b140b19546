using System.Globalization;
using System.Text.Json;
using TencentChat.Storm;

// make <attributes|tags> <path> <rows> <seed>                            writes the input
// check <operation> <input> <results> <before> <after> <journal>         checks what an operation came to; 1 when anything is wrong
switch (args)
{
    case ["make", string kind, string path, string rows, string seed]:
        Action<string, int, int> write = kind == "tags" ? Table.WriteTags : Table.WriteAttributes;
        write(path, int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;
    case ["check", string operation, string input, string results, string before, string after, string journal]:
        Findings findings = operation switch
        {
            "set" => Attributes().CheckSet(),
            "get" => Attributes().CheckGet(),
            "delete" => Attributes().CheckDelete(),
            "add-tag" => Tags().CheckAdd(),
            "set-tag" => Tags().CheckSet(),
            "remove-tag" => Tags().CheckRemove(),
            "clear-tag" => Tags().CheckClear(),
            "push-users" => Pushes().CheckUsers(State.ReadTags(after).Keys),
            "push-audience" => Pushes().CheckAudiences(after),
            _ => throw new ArgumentException($"There is no operation {operation}."),
        };
        Console.WriteLine(JsonSerializer.Serialize(findings));
        return findings.Wrong == 0 ? 0 : 1;

        AttributeBooks Attributes() => new(Table.Read(input), Result.Read(results), State.ReadAttributes(before), State.ReadAttributes(after), () => Journal.Read(journal));
        TagBooks Tags() => new(Table.Read(input, ofTags: true), Result.Read(results), State.ReadTags(before), State.ReadTags(after), () => Journal.Read(journal));
        PushBooks Pushes() => new(Table.Read(input), Result.Read(results), () => Journal.Read(journal));
    default:
        Console.Error.WriteLine("make <attributes|tags> <path> <rows> <seed> | check <operation> <input> <results> <state before> <state or pushes after> <journal>");
        return 2;
}
