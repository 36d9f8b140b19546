using TencentChat.Errors;

namespace TencentChat.PowerShell.Binding;

/// <summary>
/// What can be wrong with input before the service hears of it, each with its own advice. A message may say the first sentence
/// more exactly; word and advice stay.
/// </summary>
internal static class InputErrors
{
    /// <summary>A row has no column that names the user.</summary>
    public static ChatError UserIdColumnNotFound { get; } = Of(
        "UserIdColumnNotFound", "No column names the user.", "Name the id column with -UserIdProperty.");

    /// <summary>Two columns answer to one name.</summary>
    public static ChatError AmbiguousColumn { get; } = Of(
        "AmbiguousColumn", "Two columns fit one name.", "Give each attribute one column; -Property and -UserIdProperty take a column by its exact name.");

    /// <summary>A row has tags in two columns.</summary>
    public static ChatError AmbiguousTagColumn { get; } = AmbiguousColumn with { Advice = "Give the row one column for its tags; a cell takes several." };

    /// <summary>A column that <c>-Property</c> names is not there.</summary>
    public static ChatError PropertyNotFound { get; } = Of(
        "PropertyNotFound", "The input lacks a column that -Property names.", "Correct -Property.");

    /// <summary>A column is no attribute of the app.</summary>
    public static ChatError UnknownColumn { get; } = Of(
        "InvalidAttribute",
        "The app has no such attribute.",
        "Correct the name, or give it to a free slot with Set-ChatAttributeName. -Property picks columns of a table, -UserIdProperty names its id column.");

    /// <summary>A column is no attribute of the app, in a table that perhaps was meant to name users only.</summary>
    public static ChatError UnknownColumnBesideAttribute { get; } = UnknownColumn with
    {
        Advice = "Pick the columns with -Property. To set nothing but what -Attribute says, pipe in the ids alone: ForEach-Object UserId.",
    };

    /// <summary>A name on the command line is no attribute of the app.</summary>
    public static ChatError UnknownName { get; } = Of(
        "InvalidAttribute",
        "The app has no such attribute.",
        "Use the names that Get-ChatAttributeName shows; case matters. Set-ChatAttributeName gives a name to a free slot.");

    /// <summary>A file stands where its rows should.</summary>
    public static ChatError FileIsNoRow { get; } = Of(
        "FileIsNoRow", "The input is a file itself, not the rows in it.", "Read it first, with Import-Csv.");

    /// <summary>Nothing at all stands where a row should.</summary>
    public static ChatError RowIsNull { get; } = Of(
        "MissingUserId", "The row is $null.", "A command or an expression before this one gave $null in place of a row. Correct it, or leave such rows out: Where-Object { $null -ne $_ }.");

    /// <summary>A list or a whole table stands where a row should.</summary>
    public static ChatError ListIsNoRow { get; } = Of(
        "ListIsNoRow",
        "The input is a whole list or table, not a row of it.",
        "Pipe the list itself, without a comma before it and without -InputObject: $rows | ..., or $table.Rows | ...");

    /// <summary>A plan is piped in where a table is expected.</summary>
    public static ChatError RowIsPlan { get; } = Of(
        "RowIsPlan", "The input is a plan, as Compare-ChatUserAttribute writes it, and not a table.", "Apply it with Sync-ChatUserAttribute -Plan.");

    /// <summary>A plan is given together with what would change it.</summary>
    public static ChatError PlanWithOptions { get; } = Of(
        "PlanWithOptions",
        "A plan says by itself what to change.",
        "Leave out -ClearEmpty, -AllowEmptyRow, -Prune, -Property, -UserIdProperty and -Attribute, which cannot be combined with -Plan.");

    /// <summary>A result came back without the row it stood for.</summary>
    public static ChatError RowNotSaved { get; } = Of(
        "RowNotSaved",
        "The results were saved without their rows, so what they asked for is not known.",
        "Pipe in the table itself, or save results with Export-Clixml.");

    /// <summary>The row of a result names another user by now.</summary>
    public static ChatError RowChanged { get; } = Of(
        "RowChanged",
        "The row of this result names another user than the result does: it was changed, or the script uses one object for all rows.",
        "Pipe in the rows themselves, and make a new object for each.");

    /// <summary>An id cell holds something that cannot be an id.</summary>
    public static ChatError UserIdNotText { get; } = Of(
        "InvalidUserId", "The user id is no text or number.", "Give each row one user id, as text or as a number.");

    /// <summary>A cell could not be asked for its value.</summary>
    public static ChatError UnreadableCell { get; } = Of(
        "UnreadableCell", "A cell of the row cannot be read.", "Correct whatever computes it, and run the row again.");

    /// <summary>What stands in the row was never read from the app.</summary>
    public static ChatError NotRead { get; } = Of(
        "NotRead",
        "The user could not be read when this row was made, so its cells say nothing about the user.",
        "Read the user again with Get-ChatUserAttribute or Get-ChatUserTag, or take the row out.");

    /// <summary>Nothing says what to set.</summary>
    public static ChatError AttributeMissing { get; } = Of(
        "AttributeMissing", "Nothing says what to set.", "Say it with -Attribute @{ name = 'value' }, or give rows with a column for each attribute.");

    /// <summary>Nothing names a tag.</summary>
    public static ChatError TagMissing { get; } = Of(
        "TagMissing", "Nothing says which tags.", "Name them with -Tag, or give rows with a column Tag.");

    /// <summary>A parameter that takes a message or a part of one was given something else.</summary>
    public static ChatError InvalidJson { get; } = Of(
        "InvalidJson", "The value is not JSON.", "Give a hashtable, an object, JSON text, or the path of a JSON file.");

    /// <summary>A push that is to be withdrawn has no task id.</summary>
    public static ChatError TaskIdMissing { get; } = Of(
        "TaskIdMissing", "The push has no task id.", "Only a push that the service accepted has one: withdraw those whose Status is Succeeded.");

    /// <summary>Nothing says who gets a push.</summary>
    public static ChatError AudienceMissing { get; } = Of(
        "AudienceMissing",
        "Nothing says who gets the push.",
        "Name users, give a condition (-AnyTag, -AllTag, -NoneOfTag, -AnyAttribute, -AllAttribute), or say -All for everybody.");

    /// <summary>A condition's attributes are no names with values.</summary>
    public static ChatError InvalidCondition { get; } = Of(
        "InvalidPush", "The condition's attributes cannot be read.", "Give names with one value each: @{ city = 'Paris' }.");

    /// <summary>Nothing, or more than one thing, says what to remove.</summary>
    public static ChatError NothingToRemove { get; } = Of(
        "AttributeMissing", "It is not clear which attributes to remove.", "Name them with -Name, or remove every one with -All; not both.");

    /// <summary>A table of attributes gives one of them no value.</summary>
    public static ChatError AttributeWithoutValue { get; } = Of(
        "InvalidAttributeValue", "An attribute is given no value.", "Give it one, or clear it with Remove-ChatUserAttribute -Name.");

    private static ChatError Of(string errorId, string meaning, string advice) =>
        new ErrorKind(errorId, ErrorClass.Invalid, advice).Of(meaning);
}
