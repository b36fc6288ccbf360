using System.Text;
using Cascade.Oslo.Messaging.Rpc;
using NUnit.Framework;

namespace Cascade.Support.Sheets;

/// <summary>What an agent answers and what it declines, from its own contents pages: a file beside the agent, and one row for each page in the README.</summary>
/// <param name="agent">The executable.</param>
/// <param name="folder">Of the agent, from the root.</param>
/// <param name="pages">Its contents pages.</param>
/// <param name="notHeard">Topics that it does not listen to, with the reason.</param>
public sealed class AnswersSheet(string agent, string folder, IReadOnlyList<RpcTable> pages, IReadOnlyDictionary<string, string>? notHeard = null)
{
    /// <summary>The file is what the pages say, and the README has their rows.</summary>
    public void Match()
    {
        Sheet.Match($"{folder}/ANSWERS.md", Text());
        var readme = Sheet.Read("README.md");
        Assert.That(pages.Select(Row).Where(row => !readme.Contains(row, StringComparison.Ordinal)), Is.Empty, "rows of README.md, What is answered");
    }

    string Row(RpcTable page) =>
        $"| [`{agent}`]({folder}/ANSWERS.md) | {page.Topic} | {page.Methods.Count(entry => entry.Reason is null)} | {page.Methods.Count(entry => entry.Reason is not null)} |";

    string Text()
    {
        var text = new StringBuilder($"# What `{agent}` answers\n\nMade from the agent's own contents pages by its tests (`CASCADE_WRITE_SHEETS=1` writes it anew). A method that is declined is known: its caller hears the reason, as an exception that makes the parent's API say the right thing.\n");
        foreach (var page in pages)
        {
            text.Append($"\n## {page.Topic}\n\n| method | answered in | declined, because |\n|---|---|---|\n");
            foreach (var entry in page.Methods.OrderBy(entry => entry.Namespace ?? "", StringComparer.Ordinal).ThenBy(entry => entry.Method, StringComparer.Ordinal))
            {
                text.Append($"| `{(entry.Namespace is null ? "" : entry.Namespace + ".")}{entry.Method}` | {(entry.Handler is { } handler ? Place(handler) : "")} | {entry.Reason} |\n");
            }
        }

        if (notHeard is { Count: > 0 })
        {
            text.Append("\n## Not listened to\n\n| topic | because |\n|---|---|\n");
            foreach (var (topic, reason) in notHeard.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.Append($"| `{topic}` | {reason} |\n");
            }
        }

        return text.ToString();
    }

    // Cascade.NovaProxy.Servers.Power.StopHandler is Servers/Power/StopHandler.
    static string Place(Type handler) => $"`{string.Join('/', handler.Namespace!.Split('.').Skip(2).Append(handler.Name.Split('`')[0]))}`";
}
