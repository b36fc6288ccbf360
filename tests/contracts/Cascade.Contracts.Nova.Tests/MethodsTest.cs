using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;

namespace Cascade.Contracts.Nova.Tests;

/// <summary>The list of methods against the source of each release: what its client sends, how, and what its manager writes of it.</summary>
public sealed class MethodsTest
{
    static IEnumerable<TestCaseData> Releases()
    {
        yield return new("zed", new[] { "allow_share", "deny_share" }) { TestName = "Zed has no shares yet" };
        yield return new("2025.1", new[] { "get_rdp_console" }) { TestName = "2025.1 has no RDP any more" };
        yield return new("2026.1", new[] { "get_rdp_console" }) { TestName = "nor has 2026.1" };
    }

    [TestCaseSource(nameof(Releases))]
    public void The_list_is_that_of_each_release(string release, string[] others)
    {
        Assert.That(NovaMethods.All.Select(method => method.Name), Is.EquivalentTo(Names(release, "methods").Concat(others)));
        Assert.That(NovaMethods.Base.Select(method => method.Name), Is.EquivalentTo(Names(release, "base")));
    }

    [TestCase("zed")]
    [TestCase("2025.1")]
    [TestCase("2026.1")]
    public void A_method_is_sent_and_written_down_as_the_release_does_it(string release)
    {
        var native = Source(release, "methods");

        Assert.That(
            NovaMethods.All.Where(method => native.ContainsKey(method.Name)).Select(method => (method.Name, method.Kind, method.HasEvent ? method.Event : null)),
            Is.EqualTo(native.Select(method => (method.Key, KindOf(method.Value!), (string?)method.Value!["event"]))));
    }

    [TestCase("zed", false, TestName = "Zed has one topic")]
    [TestCase("2025.1", false, TestName = "so has 2025.1")]
    [TestCase("2026.1", true, TestName = "2026.1 has two")]
    public void The_topic_is_the_one_that_the_release_sends_to(string release, bool two) => Assert.That(
        Source(release, "methods").Where(method => (bool)method.Value!["alternative"]!).Select(method => method.Key),
        Is.EqualTo(NovaMethods.All.Where(method => two && method.Alternative).Select(method => method.Name)));

    [Test]
    public void Every_method_is_listed_once_and_in_order() =>
        Assert.That(NovaMethods.All.Select(method => method.Name), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

    [TestCase("external_instance_event", true, TestName = "2026.1 sends events to compute-alt")]
    [TestCase("resize_instance", true, TestName = "and what one compute sends another")]
    [TestCase("build_and_run_instance", false, TestName = "builds stay on compute")]
    public void The_alternative_topic_is_known(string method, bool alternative) =>
        Assert.That(NovaMethods.All.Single(listed => listed.Name == method).Alternative, Is.EqualTo(alternative));

    [TestCase("build_and_run_instance", "compute__do_build_and_run_instance", TestName = "the build's event is that of its inner method")]
    [TestCase("stop_instance", "compute_stop_instance", TestName = "all others have their own name")]
    public void Events_have_native_names(string method, string name) =>
        Assert.That(NovaMethods.All.Single(listed => listed.Name == method).Event, Is.EqualTo(name));

    static NovaMethodKind KindOf(JsonNode method) => (method["kinds"]!.AsArray(), (bool)method["long"]!) switch
    {
        ({ Count: 2 }, _) => NovaMethodKind.CastOrCall,
        ([{ } kind], _) when (string)kind! == "cast" => NovaMethodKind.Cast,
        (_, true) => NovaMethodKind.LongCall,
        _ => NovaMethodKind.Call,
    };

    static IEnumerable<string> Names(string release, string part) => Source(release, part).Select(method => method.Key);

    static JsonObject Source(string release, string part) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", "source", release + ".json")))![part]!.AsObject();
}
