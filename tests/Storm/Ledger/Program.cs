using System.Globalization;
using System.Text.Json;
using TencentChat.Storm;

// make <path> <rows> <seed>                                              writes the input
// check <operation> <input> <results> <before> <after> <journal>         checks what an operation came to; 1 when anything is wrong
switch (args)
{
    case ["make", string path, string rows, string seed]:
        Input.Write(path, int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;
    case ["check", string operation, string input, string results, string before, string after, string journal]:
        var books = new Books(Input.Read(input), Result.Read(results), State.Read(before), State.Read(after), () => Journal.Read(journal));
        Findings findings = operation switch
        {
            "set" => books.CheckSet(),
            "get" => books.CheckGet(),
            "delete" => books.CheckDelete(),
            _ => throw new ArgumentException($"There is no operation {operation}."),
        };
        Console.WriteLine(JsonSerializer.Serialize(findings));
        return findings.Wrong == 0 ? 0 : 1;
    default:
        Console.Error.WriteLine("make <path> <rows> <seed> | check <set|get|delete> <input> <results> <state before> <state after> <journal>");
        return 2;
}
