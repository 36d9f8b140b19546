#nullable enable
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace TencentChat.PesterSupport;

/// <summary>A PowerShell host at which questions are answered by a list, and which remembers what it was asked.</summary>
public sealed class AnsweringHost : PSHost
{
    private readonly AnsweringUI _ui = new();

    public List<string> Questions => _ui.Questions;

    /// <summary>What was written past the streams, as the lines of -WhatIf are.</summary>
    public List<string> Lines => _ui.Lines;

    /// <summary>The password that is typed where a credential is asked for; null where it is refused.</summary>
    public SecureString? Password
    {
        get => _ui.Password;
        set => _ui.Password = value;
    }

    public override string Name => "AnsweringHost";

    public override Version Version => new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => _ui;

    /// <summary>Forgets what was asked.</summary>
    /// <param name="answers">What is chosen from now on: Y, A, N or L. The last one answers every further question.</param>
    public void Reset(string[] answers)
    {
        Questions.Clear();
        Lines.Clear();
        _ui.Answers = answers;
        _ui.Next = 0;
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }

    private sealed class AnsweringUI : PSHostUserInterface
    {
        public string[] Answers { get; set; } = ["N"];

        public int Next { get; set; }

        public List<string> Questions { get; } = [];

        public List<string> Lines { get; } = [];

        public SecureString? Password { get; set; }

        public override PSHostRawUserInterface RawUI => null!;

        public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
        {
            Questions.Add(message);
            string answer = Answers[Math.Min(Next++, Answers.Length - 1)];
            for (int i = 0; i < choices.Count; i++)
            {
                if (choices[i].Label.Contains("&" + answer, StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }

            throw new InvalidOperationException($"No choice is called {answer}.");
        }

        public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw new NotSupportedException();

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
            PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

        public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
        {
            Questions.Add($"{message} User: {userName}");
            return Password is null ? null! : new PSCredential(userName, Password);
        }

        public override string ReadLine() => throw new NotSupportedException();

        public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

        public override void Write(string value)
        {
        }

        public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value)
        {
        }

        public override void WriteLine(string value) => Lines.Add(value);

        public override void WriteDebugLine(string message)
        {
        }

        public override void WriteErrorLine(string value)
        {
        }

        public override void WriteProgress(long sourceId, ProgressRecord record)
        {
        }

        public override void WriteVerboseLine(string message)
        {
        }

        public override void WriteWarningLine(string message)
        {
        }
    }
}
