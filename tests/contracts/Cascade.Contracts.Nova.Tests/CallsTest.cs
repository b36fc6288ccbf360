using System.Text.Json;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Nova.Tests;

/// <summary>What nova's own client sends, of Zed ("installed") and of 2026.1.</summary>
public sealed class CallsTest
{
    static readonly string[] Releases = ["installed", "stable_2026.1"];

    [TestCaseSource(nameof(Releases))]
    public void A_build_is_read_whole_and_can_be_echoed_as_it_came(string release)
    {
        var args = Arguments("build_and_run_instance", release);

        var call = Read<BuildAndRunInstance>(args);

        Assert.Multiple(() =>
        {
            Assert.That(call.Instance.Text("uuid"), Is.EqualTo("dddddddd-0000-4000-8000-000000000001"));
            Assert.That(call.Instance.Object("flavor")!.Number("vcpus"), Is.EqualTo(1));
            Assert.That(call.AdminPassword, Is.EqualTo("s3cret"));
            Assert.That(call.Node, Is.EqualTo("proxy-1"));
            Assert.That(call.BlockDeviceMapping!.Objects(), Has.Count.EqualTo(1));
            Same(call.Image, args["image"]);
            Same(call.RequestSpec, args["request_spec"]);
            Same(call.FilterProperties, args["filter_properties"]);
            Same(call.HostList, args["host_list"]);
            Same(call.SecurityGroups, args["security_groups"]);
            Same(call.InjectedFiles, args["injected_files"]);
            Same(call.RequestedNetworks?.ToJson(), args["requested_networks"]);
            Same(call.Instance.ToJson(), args["instance"]);
        });
    }

    [TestCaseSource(nameof(Releases))]
    public void A_terminate_is_read(string release)
    {
        var call = Read<TerminateInstance>(Arguments("terminate_instance", release));

        Assert.That((call.Instance.Text("uuid"), call.Bdms is not null), Is.EqualTo(("dddddddd-0000-4000-8000-000000000001", true)));
    }

    [TestCaseSource(nameof(Releases))]
    public void External_events_are_read(string release)
    {
        var call = Read<ExternalInstanceEvent>(Arguments("external_instance_event", release));

        Assert.That((call.Events.Single().Text("name"), call.Instances.Single().Text("host")), Is.EqualTo(("network-vif-plugged", "proxy-1")));
    }

    [Test]
    public void Arguments_that_a_newer_parent_adds_are_ignored_and_missing_ones_are_null()
    {
        var call = Read<StopInstance>(new() { ["instance"] = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson(), ["of_tomorrow"] = 1 });

        Assert.That((call.Instance.Text("uuid"), call.CleanShutdown), Is.EqualTo(("x", (bool?)null)));
    }

    [Test]
    public void A_resize_is_read_whole_and_can_be_handed_back_as_it_came()
    {
        // No sample was recorded: nova/compute/rpcapi.py: prep_resize, msg_args.
        var args = new JsonObject
        {
            ["instance"] = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson(),
            ["flavor"] = new JsonObject { ["nova_object.name"] = "Flavor", ["nova_object.namespace"] = "nova", ["nova_object.version"] = "1.2", ["nova_object.data"] = new JsonObject { ["id"] = 2 } },
            ["image"] = new JsonObject { ["id"] = "i" },
            ["request_spec"] = new JsonObject { ["nova_object.name"] = "RequestSpec" },
            ["filter_properties"] = new JsonObject { ["retry"] = new JsonObject { ["num_attempts"] = 1 } },
            ["node"] = "proxy-1",
            ["migration"] = NovaObjects.New("Migration", new() { ["id"] = 7, ["status"] = "pre-migrating" }).ToJson(),
            ["clean_shutdown"] = true,
            ["host_list"] = new JsonArray(),
        };
        var call = Read<PrepResize>(args);

        Assert.Multiple(() =>
        {
            Assert.That((call.Flavor.Number("id"), call.Migration.Number("id"), call.Node, call.CleanShutdown), Is.EqualTo((2L, 7L, "proxy-1", true)));
            Same(call.FilterProperties, args["filter_properties"]);
            Same(call.RequestSpec, args["request_spec"]);
            Same(call.HostList, args["host_list"]);
        });
        Assert.That(Read<ConfirmResize>(args).Migration.Number("id"), Is.EqualTo(7));
        Assert.That(Read<RevertResize>(args).Migration.Text("status"), Is.EqualTo("pre-migrating"));
    }

    [Test]
    public void No_object_claims_a_version_that_Zed_does_not_know()
    {
        // A newer one sends the conductor into endless recursion (contract 5.3).
        Assert.That(
            new[] { "Instance", "Migration", "ConsoleAuthToken", "BlockDeviceMapping", "BlockDeviceMappingList" }.Select(NovaObjects.Version),
            Is.EqualTo(new[] { "2.7", "1.7", "1.1", "1.20", "1.17" }));
    }

    static TCall Read<TCall>(JsonObject args)
        where TCall : IRpcCall<TCall> => args.Deserialize(TCall.Wire)!;

    static void Same(JsonNode? ours, JsonNode? native) => Assert.That(JsonNode.DeepEquals(ours, native), Is.True, ours?.ToJsonString());

    static JsonObject Arguments(string method, string release)
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Samples", "in", $"in-{method}-{release}.json");
        return JsonNode.Parse(File.ReadAllText(path))!["oslo.message"]!["args"]!.AsObject();
    }
}
