using System.CommandLine;

namespace Cascade.Agent;

/// <summary>The command line: oslo's options, no verb for running in the foreground, verbs for an administrator.</summary>
sealed class CommandLine
{
    readonly RootCommand _root;
    readonly Option<string> _format = new("--format", "-f") { Description = "table or json", DefaultValueFactory = _ => "table" };

    public CommandLine(string agent, Func<CancellationToken, Task<int>> run)
    {
        _format.AcceptOnlyFromAmong("table", "json");
        _root = new($"{agent}: without a verb it runs in the foreground.");
        _root.Options.Add(new Option<string[]>("--config-file") { Description = "Read this file; may be given again, later ones win.", HelpName = "PATH", Recursive = true });
        _root.Options.Add(new Option<string[]>("--config-dir") { Description = "Read *.conf of this directory in order of their names; may be given again.", HelpName = "DIR", Recursive = true });
        _root.Options.Add(new Option<string>("--log-file") { Description = "Append to this file instead of standard error.", HelpName = "PATH", Recursive = true });
        _root.Options.Add(new Option<bool>("--debug", "-d") { Description = "Log at DEBUG.", Recursive = true });
        _root.SetAction((_, cancelled) => run(cancelled));
    }

    /// <summary>Adds a verb under its words; what follows them is handed to it.</summary>
    public void Add(Verb verb, Func<IServiceProvider> services)
    {
        var command = (Command)_root;
        var words = verb.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            var next = command.Subcommands.FirstOrDefault(c => c.Name == word);
            if (next is null)
                command.Subcommands.Add(next = new Command(word));
            command = next;
        }

        var rest = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore, Hidden = true };
        command.Description = verb.Help;
        command.Arguments.Add(rest);
        command.Options.Add(_format);
        command.SetAction((parsed, cancelled) => verb.Run(
            new(services(), parsed.GetValue(rest) ?? [], parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(_format) == "json"),
            cancelled));
    }

    public Task<int> InvokeAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error) =>
        _root.Parse(args).InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

    /// <summary>The options of the command line that are also options of files; they come before everything else.</summary>
    public static IEnumerable<KeyValuePair<(string Group, string Option), string>> Overrides(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is "--debug" or "-d" && (i + 1 == args.Count || !bool.TryParse(args[i + 1], out _)))
                yield return new(("DEFAULT", "debug"), "true");
            else if (args[i] == "--log-file" && i + 1 < args.Count)
                yield return new(("DEFAULT", "log_file"), args[++i]);
            else if (args[i].StartsWith("--log-file=", StringComparison.Ordinal))
                yield return new(("DEFAULT", "log_file"), args[i]["--log-file=".Length..]);
        }
    }
}
