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

    [TestCaseSource(nameof(Releases))]
    public void A_console_is_asked_for_by_its_type(string release)
    {
        var call = Read<GetVncConsole>(Arguments("get_vnc_console", release));

        Assert.That((call.Instance.Text("uuid"), call.ConsoleType), Is.EqualTo(("dddddddd-0000-4000-8000-000000000001", "novnc")));
    }

    [Test]
    public void A_password_and_a_port_are_read_by_novas_names()
    {
        var instance = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson();
        var password = Read<SetAdminPassword>(new() { ["instance"] = instance, ["new_pass"] = "n3w" });
        var port = Read<ValidateConsolePort>(new() { ["instance"] = instance.DeepClone(), ["port"] = "5900", ["console_type"] = "novnc" });

        Assert.That((password.NewPass, password.ToString().Contains("n3w", StringComparison.Ordinal), port.Port, port.ConsoleType), Is.EqualTo(("n3w", false, "5900", "novnc")));
    }

    [Test]
    public void Arguments_that_a_newer_parent_adds_are_ignored_and_missing_ones_are_null()
    {
        var call = Read<StopInstance>(new() { ["instance"] = NovaObjects.New("Instance", new() { ["uuid"] = "x" }).ToJson(), ["of_tomorrow"] = 1 });

        Assert.That((call.Instance.Text("uuid"), call.CleanShutdown), Is.EqualTo(("x", (bool?)null)));
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
