using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cascade.Agent.Tests.Trial;
using Cascade.Support;
using Cascade.Support.Seeing;
using Cascade.Support.Sheets;

namespace Cascade.Agent.Tests.Telemetry;

/// <summary>The dashboard and the rules that are shipped, held against what the agents export and what the README says.</summary>
sealed partial class ObservabilityTests
{
    const string Folder = "shared/Cascade.Agent/deploy/observability";
    const string Rules = Folder + "/cascade.rules.yml";

    /// <summary>What Prometheus itself says of a target.</summary>
    static readonly string[] OfPrometheus = ["up"];

    static readonly string[] Words =
    [
        "sum", "min", "max", "topk", "rate", "increase", "histogram_quantile", "and", "unless", "label_values", "s", "m", "h",
    ];

    static IEnumerable<string> Expressions =>
    [
        .. Expr().Matches(Sheet.Read(Rules)).Select(match => match.Groups["expr"].Value),
        .. Panels,
        .. Dashboard()["templating"]!["list"]!.AsArray().Select(variable => (string?)variable!["definition"]).OfType<string>(),
    ];

    [Test]
    public async Task Every_name_in_a_panel_or_a_rule_is_exported_by_an_agent()
    {
        var names = Expressions.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
        var scraped = await ScrapedAsync();

        Assert.That(names, Has.Count.GreaterThan(20).And.Contain("cascade_child_up").And.Contain("cascade_openstack_request_duration_seconds_bucket"), "they were found");
        Assert.That(names.Except(ExportedNames.All).Except(OfPrometheus).Except(scraped), Is.Empty);
        Assert.That(scraped.Where(name => name.StartsWith("cascade_", StringComparison.Ordinal)).Except(ExportedNames.All), Is.Empty, "the names are written as the exporter writes them");
    }

    [Test]
    public void Every_metric_of_ours_is_in_a_panel_or_a_rule_or_not_worth_having()
    {
        // Shown by their buckets, or the same thing said by another one.
        string[] left = ["cascade_agent_component_up", "cascade_rpc_queue_consumers"];
        var shown = Expressions.SelectMany(NamesIn).Select(Stem).ToHashSet(StringComparer.Ordinal);

        Assert.That(ExportedNames.All.Except(left).Where(name => !shown.Contains(Stem(name))), Is.Empty);
    }

    [Test]
    public void Every_alert_has_a_runbook_line_and_its_row_in_the_README()
    {
        var rules = Rule().Matches(Sheet.Read(Rules)).Select(match => (Name: match.Groups["name"].Value, Body: match.Groups["body"].Value)).ToList();
        var readme = Sheet.Read("README.md");

        Assert.That(rules, Has.Count.GreaterThan(10));
        Assert.That(rules.Where(rule => !rule.Body.Contains($"runbook: \"README.md, When an alert fires, {rule.Name}: ", StringComparison.Ordinal)), Is.Empty);
        Assert.That(rules.Where(rule => !readme.Contains($"| `{rule.Name}` | ", StringComparison.Ordinal)).Select(rule => rule.Name), Is.Empty, "rows of README.md, When an alert fires");
        Assert.That(Row().Matches(readme).Select(match => match.Groups["name"].Value), Is.SubsetOf(rules.Select(rule => rule.Name)), "rows of alerts that are gone");
    }

    [Test]
    public async Task Prometheus_takes_the_rules_and_what_the_panels_ask()
    {
        const string Promtool = "/usr/bin/promtool";
        Prerequisite.Need(File.Exists(Promtool) ? null : "/usr/bin/promtool: install prometheus");
        using var panels = new ConfigFile(AsRules(Panels));

        foreach (var file in new[] { Path.Combine(Sheet.Root, Rules), panels.Path })
        {
            using var process = Process.Start(new ProcessStartInfo(Promtool, ["check", "rules", file]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var said = await process.StandardOutput.ReadToEndAsync() + await errors;
            await process.WaitForExitAsync();
            Assert.That(process.ExitCode, Is.Zero, said);
        }
    }

    static IEnumerable<string> Panels => Dashboard()["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!);

    // Grafana puts a time and a choice where its variables stand; promtool reads rules only.
    static string AsRules(IEnumerable<string> expressions) => "groups:\n- name: panels\n  rules:\n" + string.Concat(expressions.Select((expression, at) =>
        $"  - record: panel_{at}\n    expr: |\n      {expression.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$instance", ".*", StringComparison.Ordinal)}\n"));

    static JsonNode Dashboard() => JsonNode.Parse(Sheet.Read($"{Folder}/cascade-dashboard.json"))!;

    static async Task<IReadOnlyCollection<string>> ScrapedAsync()
    {
        using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        probe.Start();
        var port = ((System.Net.IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        await using var agent = await TrialAgent.StartAsync(ConfigFile.Minimal.Replace(":0\n", $":{port}\n", StringComparison.Ordinal));
        using var http = new HttpClient();
        return [.. new Scrape(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"))).Names];
    }

    // What stands in braces, quotes and brackets, and what is grouped by, are labels, values and times.
    static IEnumerable<string> NamesIn(string expression) =>
        Name().Matches(Labels().Replace(Aside().Replace(expression, " "), " ")).Select(match => match.Value).Where(word => !Words.Contains(word, StringComparer.Ordinal));

    static string Stem(string name) => Suffix().Replace(name, "");

    [GeneratedRegex(@"(?m)^ +expr: (?:>-\n)?(?<expr>(?:.*)(?:\n {10,}[^\s].*)*?)\n +(?:for|labels):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Expr();

    [GeneratedRegex(@"(?ms)^ +- alert: (?<name>\w+)\n(?<body>.*?)(?=^ +- alert:|\z)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?m)^\| `(?<name>Cascade\w+)` \| ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|""[^""]*""|, instance\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Aside();

    [GeneratedRegex(@"\b(?:by|on) \([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b[a-z_][\w:]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("_(?:bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
