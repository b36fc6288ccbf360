using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Reports;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Tests;

/// <summary>What we claim to know.</summary>
public sealed class VersionsTest
{
    [Test]
    public void We_report_Zed_s_versions() =>
        RequestsTest.Same(NeutronObjects.ResourceVersions(), Sample.ResourceVersions["zed"]);

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void No_reported_version_is_newer_than_the_server_s(string release)
    {
        // A newer one ends the pushes of that object to everybody.
        foreach (var (name, version) in Sample.ResourceVersions[release]!.AsObject())
        {
            Assert.That(RpcVersion.Parse(NeutronObjects.Version(name)) <= RpcVersion.Parse((string)version!), Is.True, name);
        }
    }

    [TestCase("Port", "neutron-vo-Port-1.7")]
    [TestCase("SecurityGroupRule", "neutron-vo-SecurityGroupRule-1.2")]
    [TestCase("QosPolicy", "neutron-vo-QosPolicy-1.10")]
    [TestCase("PortForwarding", "neutron-vo-PortForwarding-1.3")]
    [TestCase("NDPProxy", "neutron-vo-NDPProxy-1.0")]
    public void A_push_has_the_version_in_its_topic(string type, string topic) => Assert.That(NeutronTopics.Push(type), Is.EqualTo(topic));

    [TestCaseSource(typeof(Sample), nameof(Sample.Releases))]
    public void An_agent_of_the_third_layer_reports_no_versions_as_every_server_has_ours(string release)
    {
        foreach (var type in NeutronObjects.PushedToRouters)
        {
            Assert.That((string?)Sample.ResourceVersions[release]![type], Is.EqualTo(NeutronObjects.Version(type)), type);
        }
    }

    [Test]
    public void The_state_of_an_agent_of_the_third_layer_has_no_end_point_and_no_versions()
    {
        var state = new L3AgentState { Host = "cloud-a", Cascade = new() { ["version"] = "1.0" } }.Build("u", start: true);

        Assert.That(state.ContainsKey("resource_versions"), Is.False);
        Assert.That(state["configurations"]!.AsObject().Select(member => member.Key), Has.None.EqualTo("tunneling_ip").And.One.EqualTo("cascade"));
        Assert.That(() => new L3AgentState { Host = "cloud-a", Cascade = new() { ["of"] = new string('x', 4000) } }.Build("u", start: true), Throws.ArgumentException);
    }

    [Test]
    public void What_does_not_fit_into_the_server_s_column_is_refused()
    {
        var much = new OvsAgentState { Host = "cloud-a", Cascade = new() { ["of"] = new string('x', 4000) } };

        Assert.That(() => much.Build("u", start: true), Throws.ArgumentException.With.Message.Contains("4095"));
        Assert.That(() => (much with { Cascade = [] }).Build("u", start: true), Throws.Nothing);
    }

    [TestCase("""{"a":1,"b":[true,null]}""", 27, TestName = "a space after every colon and comma")]
    [TestCase("""{"ä":"\n"}""", 16, TestName = "escapes count as what they become")]
    [TestCase("""{}""", 2, TestName = "nothing")]
    public void Lengths_are_those_of_Python(string json, int length) => Assert.That(PythonJson.Length(JsonNode.Parse(json)), Is.EqualTo(length));

    [TestCase("2026-11-22T17:35:02Z", "2026-11-22T17:35:02.0000000+00:00")]
    [TestCase("2026-11-22 17:35:02.434917", "2026-11-22T17:35:02.4349170+00:00")]
    [TestCase("soon", null)]
    public void Times_are_UTC(string text, string? time) =>
        Assert.That(NeutronTime.Read(text)?.ToString("o", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(time));

    [Test]
    public void Odd_members_are_null_and_unknown_ones_are_kept()
    {
        var port = NeutronPort.Read(new JsonObject
        {
            ["id"] = "p",
            ["mac_address"] = 7,
            ["fixed_ips"] = "none",
            ["admin_state_up"] = 1,
            ["binding:host_id"] = "h",
            ["binding:profile"] = "{broken",
            ["of_tomorrow"] = "x",
        })!;

        Assert.That(
            (port.MacAddress, port.FixedIps.Count, port.AdminStateUp, port.ActiveBinding!.Profile, (string?)port.Raw["of_tomorrow"]),
            Is.EqualTo(((string?)null, 0, (bool?)true, (JsonObject?)null, "x")));
        Assert.That(NeutronPort.Read(new JsonObject()), Is.Null);
    }
}
