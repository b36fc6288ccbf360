using System.Text.Json.Nodes;
using NUnit.Framework;

namespace Cascade.Support.Seeing;

/// <summary>What every agent shows, whatever it stands for.</summary>
public static class Expected
{
    /// <summary>Health, metrics, status, the verbs of the running agent, and that no secret is in any of it.</summary>
    /// <param name="agent">It serves.</param>
    /// <param name="name">Of the executable.</param>
    /// <param name="host">In the parent.</param>
    /// <param name="watch">What it watches in the child.</param>
    public static async Task OfEveryAgentAsync(SeenAgent agent, string name, string host, string watch)
    {
        (string, string)[] who = [("agent", name), ("host", host)];
        var seen = await agent.UntilAsync(now => now.Value("cascade_child_up", [.. who, ("child", "RegionOne")]) == 1 && now.Value("cascade_agent_healthy", who) == 1
            && now.Value("cascade_watch_age_seconds", ("kind", watch)) < 30 && now.Value("cascade_orphans_listed") == 0);
        var health = JsonNode.Parse(await agent.GetAsync("/healthcheck"))!;
        var (status, told) = await agent.VerbAsync("status");
        var (statusJson, json) = await agent.VerbAsync("status", "-f", "json");
        var (resync, compared) = await agent.VerbAsync("mirror", "resync");
        var (dry, orphans) = await agent.VerbAsync("mirror", "reap", "--dry-run", "-f", "json");
        var (check, answers) = await agent.VerbAsync("upgrade", "check", "-f", "json");
        var (config, fine) = await agent.VerbAsync("config", "validate", "-f", "json");
        var (list, rows) = await agent.VerbAsync("mirror", "list", "-f", "json");
        var (lost, nothing) = await agent.VerbAsync("mirror", "show", "00000000-0000-4000-8000-000000000000");
        var (adopted, none) = await agent.VerbAsync("mirror", "adopt", "00000000-0000-4000-8000-000000000000");
        await agent.ReportAsync();

        Assert.Multiple(() =>
        {
            Assert.That(seen.Value("cascade_agent_active", who), Is.EqualTo(1));
            Assert.That(seen.Value("cascade_agent_component_up", [.. who, ("component", "child")]), Is.EqualTo(1));
            Assert.That(seen.Value("cascade_child_silence_seconds", who), Is.LessThan(30));
            Assert.That(seen.Value("cascade_openstack_tokens_total", ("cloud", "child"), ("outcome", "issued")), Is.GreaterThan(0));
            Assert.That(seen.Value("cascade_openstack_request_duration_seconds_count", ("cloud", "child")), Is.GreaterThan(0));
            Assert.That(seen.Value("cascade_openstack_request_duration_seconds_bucket", ("cloud", "child"), ("le", "0.25")), Is.GreaterThan(0), "buckets of seconds");
            Assert.That(seen.Value("cascade_rpc_in_work"), Is.Not.Null);
            Assert.That(health["checks"]!.AsArray().Single(one => (string?)one!["name"] == "child")!["detail"]!.ToString(), Does.Contain("answers"));
            Assert.That(told, Does.Contain("child:").And.Contain("answers = yes").And.Contain("services:").And.Contain("queues:").And.Contain("pending:").And.Contain("drift:"));
            Assert.That((status, statusJson), Is.EqualTo((0, 0)), told);
            Assert.That(JsonNode.Parse(json)!["details"]!["child"]!["region"]!.ToString(), Is.EqualTo("RegionOne"));
            Assert.That((resync, compared), Is.EqualTo((0, compared)));
            Assert.That(compared, Does.StartWith("Compared from now on: "));
            Assert.That((dry, JsonNode.Parse(orphans)!.AsArray().Count), Is.EqualTo((0, 0)));
            Assert.That(JsonNode.Parse(answers)!.AsArray().Select(one => (string?)one!["result"]), Is.All.Matches<string>(result => result is "Success" or "Warning" or "Failure").And.Not.Empty);
            Assert.That(check, Is.InRange(0, 2));
            Assert.That((config, JsonNode.Parse(fine)!["faults"]!.AsArray().Count), Is.EqualTo((0, 0)));
            Assert.That(list, Is.Zero);
            Assert.That(JsonNode.Parse(rows), Is.InstanceOf<JsonArray>());
            Assert.That((lost, nothing), Is.EqualTo((1, "")));
            Assert.That((adopted, none), Is.EqualTo((1, "")));
        });
        await agent.Collector.UntilAsync(now => now.Lines.Count > 0 && now.Spans.Count > 0);
        NoSecret(agent);
    }

    /// <summary>None of what its configuration keeps secret is in anything that it wrote.</summary>
    public static void NoSecret(SeenAgent agent)
    {
        var everything = agent.Everything;
        Assert.That(agent.Secrets, Has.Count.GreaterThan(1).And.All.Length.GreaterThan(5), "secrets were found");
        Assert.That(agent.Secrets.Where(secret => everything.Contains(secret, StringComparison.Ordinal)), Is.Empty);
        Assert.That(everything, Does.Contain("transport_url = ****").And.Not.Contain("gAAAA"));
    }
}
