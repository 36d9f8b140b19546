using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Connections;

/// <summary>The service, emulated inside this process. Each emulated app has an id of its own, so that two can be told apart.</summary>
internal sealed class EmbeddedEmulator
{
    private static readonly ConditionalWeakTable<ChatConnection, EmbeddedEmulator> s_byConnection = [];
    private static long s_lastAppId = new EmulatorOptions().SdkAppId - 1;

    private readonly ChatEmulator _emulator;

    /// <param name="options">How the app is set up; it gets its id here.</param>
    /// <exception cref="ChatConfigurationException">No app could be like this.</exception>
    public EmbeddedEmulator(EmulatorOptions options)
    {
        if (options.AttributeNames.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new ChatConfigurationException($"-AttributeName has '{twins.Key}' twice, and attribute names must be unique.");
        }

        options.SdkAppId = Interlocked.Increment(ref s_lastAppId);
        try
        {
            _emulator = new ChatEmulator(options);
        }
        catch (ArgumentException fault)
        {
            throw new ChatConfigurationException(Credentials.MessageOf(fault));
        }
    }

    /// <summary>The file that the app is kept in; null for none.</summary>
    public string? StatePath { get; private init; }

    /// <summary>An app that is kept in a file: as the file has it, or new where there is no such file yet.</summary>
    /// <exception cref="ChatConfigurationException">No app could be like this, or the file holds none.</exception>
    public static EmbeddedEmulator Open(EmulatorOptions options, string path)
    {
        var app = new EmbeddedEmulator(options) { StatePath = path };
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new ChatConfigurationException($"There is no folder for '{path}', so the app could not be saved.");
        }

        if (!File.Exists(path))
        {
            return app;
        }

        try
        {
            // A device or a pipe has no length either, and may have no end.
            app._emulator.ImportState(new FileInfo(path).Length > 0 ? File.ReadAllBytes(path) : throw new FormatException("It is empty, or no file."));
            return app;
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ChatConfigurationException($"'{path}' cannot be used. {fault.Message}", fault);
        }
    }

    /// <summary>Puts users into an app that has none.</summary>
    public void Add(SeedRows rows)
    {
        rows.LeaveOut(FindFault);
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            WriteState(writer, rows);
        }

        _emulator.ImportState(json.WrittenSpan);
    }

    /// <summary>Connects to the app.</summary>
    /// <param name="options">How the connection behaves.</param>
    public ChatConnection Connect(ChatConnectionOptions options)
    {
        // The address is never looked up: the emulator gets every request, whatever host it names.
        options = options with { SdkAppId = _emulator.SdkAppId, Endpoint = new Uri("http://localhost"), Handler = _emulator.CreateHandler() };
        ChatConnection connection = Credentials.Connect(
            options, () => UserSigSource.FromKey(_emulator.SdkAppId, Credentials.DefaultAdmin, Encoding.UTF8.GetBytes(_emulator.SecretKey)));
        s_byConnection.Add(connection, this);
        return connection;
    }

    /// <summary>The emulator that a connection leads to; null for the service.</summary>
    public static EmbeddedEmulator? Of(ChatConnection connection) => s_byConnection.TryGetValue(connection, out EmbeddedEmulator? app) ? app : null;

    /// <summary>Saves the app that a connection leads to, where it is an emulated one that is kept in a file.</summary>
    /// <exception cref="ChatConfigurationException">The file cannot be written.</exception>
    public static void Save(ChatConnection connection)
    {
        if (!connection.IsClosed && Of(connection) is { StatePath: { } path } app)
        {
            app.SaveTo(path);
        }
    }

    // By way of a second file, so that the first one is as before or as after, whatever happens in between.
    private void SaveTo(string path)
    {
        string draft = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            File.WriteAllText(draft, _emulator.ExportState());
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(draft))
            {
                File.Delete(draft);
            }

            throw new ChatConfigurationException($"The emulated app cannot be saved to '{path}', so its connection stays as it is. {fault.Message}", fault);
        }
    }

    // The emulator itself knows which ids there can be.
    private string? FindFault(string userId)
    {
        try
        {
            _emulator.AddAccounts([userId]);
            return null;
        }
        catch (ArgumentException fault)
        {
            return Credentials.MessageOf(fault);
        }
    }

    private static void WriteState(Utf8JsonWriter writer, SeedRows rows)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("AttributeNames");
        for (int slot = 0; slot < rows.Names.Length; slot++)
        {
            writer.WriteString(slot.ToString(CultureInfo.InvariantCulture), rows.Names[slot]);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("Accounts");
        foreach (AttributeRow row in rows.Users)
        {
            writer.WriteStartObject();
            writer.WriteString("UserID", row.UserId);
            writer.WriteStartObject("Attributes");
            for (int i = 0; i < row.Names.Length; i++)
            {
                if (row.Values[i] is { } value)
                {
                    writer.WriteString(row.Names[i], value);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
