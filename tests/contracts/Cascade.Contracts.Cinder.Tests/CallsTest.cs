using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Cinder.Volume;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Cinder.Tests;

/// <summary>What cinder's own clients send to a cinder-volume is read whole.</summary>
public sealed class CallsTest
{
    static IEnumerable<TestCaseData> Samples() =>
        from release in Sample.Releases
        from sample in Sample.Messages(release, "rpc-to-volume")
        select new TestCaseData(sample.Sent, sample.Message).SetArgDisplayNames(release, sample.File);

    [TestCaseSource(nameof(Samples))]
    public void Every_argument_is_read_and_could_be_handed_back_as_it_came(JsonObject sent, JsonObject message)
    {
        var record = Records.All[(string)message["method"]!];
        var args = message["args"]!.AsObject();

        var again = record.Again(args);

        Assert.Multiple(() =>
        {
            foreach (var (name, value) in args)
            {
                Assert.That(again.ContainsKey(name), name);
                Sample.Same(again[name], value);
            }

            var unsent = again.Where(member => !args.ContainsKey(member.Key)).Select(member => member.Value?.ToJsonString() ?? "null");
            Assert.That(unsent, Is.All.AnyOf("null", "false"), $"of {sent["kind"]}");
        });
    }

    [TestCaseSource(nameof(Samples))]
    public void A_method_is_asked_in_the_way_and_the_versions_of_its_line(JsonObject sent, JsonObject message)
    {
        var method = CinderMethods.All.Single(listed => listed.Name == (string)message["method"]!);
        var version = RpcVersion.Parse((string)message["version"]!);

        Assert.That(version, Is.GreaterThanOrEqualTo(method.Since).And.LessThanOrEqualTo(method.Asked));
        Assert.That(
            (string)sent["kind"]! switch { "cast" => CinderMethodKind.Cast, "call" => CinderMethodKind.Call, _ => CinderMethodKind.Fanout },
            method.Kind == CinderMethodKind.CastOrCall ? Is.EqualTo(CinderMethodKind.Cast).Or.EqualTo(CinderMethodKind.Call) : Is.EqualTo(method.Kind));
    }

    [Test]
    public void Arguments_that_a_newer_parent_adds_are_ignored_and_missing_ones_are_null()
    {
        var args = Sample.Arguments("zed", "rpc-to-volume", "reimage");
        args["of_tomorrow"] = 1;

        var call = args.Deserialize(Reimage.Wire)!;

        Assert.That(((string?)call.ImageMeta["id"], call.ImageSnap), Is.EqualTo(("i", (VersionedObject?)null)));
    }

    // cinder/api/schemas/admin_actions.py: force_detach takes a text, a dictionary or null.
    [TestCase("""{"volume_id": "v", "connector": null, "force": true}""", null)]
    [TestCase("""{"volume_id": "v", "connector": "c", "force": false}""", "c")]
    public void A_forced_detach_may_come_with_any_connector(string args, string? connector)
    {
        var call = JsonSerializer.Deserialize(args, TerminateConnection.Wire)!;

        Assert.That((string?)call.Connector, Is.EqualTo(connector));
    }
}
