using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

[TestFixture]
public sealed class CapabilityTests : NetworkTest
{
    [Test]
    public async Task What_a_cloud_can_do_is_asked_once()
    {
        Assert.That(await Network.Extensions.HasAsync(Scope.Own, Extension.AddressGroup, Now), Is.True);
        Fake.Neutron.SwitchOff(Extension.AddressGroup);
        Assert.That(await Network.Extensions.HasAsync(Scope.Own, Extension.AddressGroup, Now), Is.True);
        Assert.That(Fake.Count("GET", "/extensions"), Is.EqualTo(1));
        Network.Extensions.Forget();
        Assert.That(await Network.Extensions.HasAsync(Scope.Own, Extension.AddressGroup, Now), Is.False);
        Assert.That(await Network.Extensions.HasAsync(Scope.Own, Extension.Trunk, Now), Is.True);
    }

    [Test]
    public async Task What_a_cloud_cannot_is_refused_and_not_shown()
    {
        var (network, _) = await WithSubnetAsync();
        Fake.Neutron.SwitchOff(Extension.DnsIntegration, Extension.Revisions, Extension.RevisionIfMatch, Extension.Qos);
        var fault = await FaultOfAsync(() => Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, DnsName = "x" }, Now));
        Assert.That((fault.Kind, fault.Message), Is.EqualTo((FaultKind.Invalid, "Unrecognized attribute(s) 'dns_name'")));
        var port = await PortAsync(network.Id);
        Assert.That((port.DnsName, port.RevisionNumber, port.QosPolicyId), Is.EqualTo(((string?)null, (long?)null, (string?)null)));
        await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "x" }, revision: 99, Now);
        Assert.That((await FaultOfAsync(() => Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = "q" }, Now))).Kind, Is.EqualTo(FaultKind.NotFound));
    }

    [Test]
    public async Task Policies_and_their_rules()
    {
        var policy = await Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = "gold", Description = "cascade:1" }, Now);
        Assert.That(await Network.QosPolicies.RuleTypesAsync(Scope.Own, Now), Does.Contain(QosRuleType.BandwidthLimit));
        var rule = await Network.QosPolicies.CreateRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, new QosRuleRequest { MaxKbps = 1000, MaxBurstKbps = 100 }, Now);
        Assert.That((rule.MaxKbps, rule.Direction, Fake.Count("POST", "/qos/policies/*/bandwidth_limit_rules")), Is.EqualTo((1000, "egress", 1)));
        Assert.That(SentTo("POST", "/qos/policies/*/bandwidth_limit_rules").ToJsonString(), Is.EqualTo("""{"bandwidth_limit_rule":{"max_kbps":1000,"max_burst_kbps":100}}"""));
        Assert.That(
            await CodeOfAsync(() => Network.QosPolicies.CreateRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, new QosRuleRequest { MaxKbps = 2 }, Now)), Is.EqualTo(NetworkError.QosRulesConflict));
        await Network.QosPolicies.UpdateRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, rule.Id, new QosRuleRequest { MaxKbps = 2000 }, Now);
        var seen = await Network.QosPolicies.GetAsync(Scope.Own, policy.Id, Now);
        Assert.That(seen.Rules!.Select(one => (one.Type, one.MaxKbps, one.MaxBurstKbps)), Is.EqualTo(new[] { (QosRuleType.BandwidthLimit, (int?)2000, (int?)100) }));

        var network = await NetworkAsync(new NetworkCreate { QosPolicyId = policy.Id });
        Assert.That(await CodeOfAsync(() => Network.QosPolicies.DeleteAsync(Scope.Own, policy.Id, Now)), Is.EqualTo(NetworkError.QosPolicyInUse));
        var port = await PortAsync(network.Id);
        Assert.That((port.QosPolicyId, port.QosNetworkPolicyId), Is.EqualTo(((string?)null, policy.Id)));
        await Network.Networks.UpdateAsync(Scope.Own, network.Id, new NetworkUpdate { QosPolicyId = null }, Now);
        await Network.QosPolicies.DeleteRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, rule.Id, Now);
        await Network.QosPolicies.DeleteAsync(Scope.Own, policy.Id, Now);
    }

    [Test]
    public async Task Trunks_carry_sub_ports()
    {
        var (network, _) = await WithSubnetAsync();
        var (parent, first, second) = (await PortAsync(network.Id), await PortAsync(network.Id), await PortAsync(network.Id));
        var trunk = await Network.Trunks.CreateAsync(Scope.Own, new TrunkCreate { PortId = parent.Id, SubPorts = [new(first.Id, "vlan", 100)] }, Now);
        Assert.That(trunk.SubPorts, Is.EqualTo(new[] { new SubPort(first.Id, "vlan", 100) }));
        Assert.That(await CodeOfAsync(() => Network.Trunks.AddSubPortsAsync(Scope.Own, trunk.Id, [new(second.Id, "vlan", 100)], Now)), Is.EqualTo(NetworkError.DuplicateSubPort));
        Assert.That(await CodeOfAsync(() => Network.Trunks.AddSubPortsAsync(Scope.Own, trunk.Id, [new(first.Id, "vlan", 101)], Now)), Is.EqualTo(NetworkError.TrunkPortInUse));
        var more = await Network.Trunks.AddSubPortsAsync(Scope.Own, trunk.Id, [new(second.Id, "vlan", 101)], Now);
        Assert.That(more.SubPorts, Has.Count.EqualTo(2));
        Assert.That((await Network.Ports.GetAsync(Scope.Own, parent.Id, Now)).TrunkDetails!.SubPorts!.Select(sub => sub.MacAddress), Is.EqualTo(new[] { first.MacAddress, second.MacAddress }));
        Assert.That(await CodeOfAsync(() => Network.Ports.DeleteAsync(Scope.Own, first.Id, Now)), Is.EqualTo(NetworkError.PortInUseAsSubPort));
        Assert.That(await CodeOfAsync(() => Network.Ports.DeleteAsync(Scope.Own, parent.Id, Now)), Is.EqualTo(NetworkError.PortInUseAsTrunkParent));

        await Network.Trunks.RemoveSubPortsAsync(Scope.Own, trunk.Id, [first.Id], Now);
        Assert.That(await CodeOfAsync(() => Network.Trunks.RemoveSubPortsAsync(Scope.Own, trunk.Id, [first.Id], Now)), Is.EqualTo("SubPortNotFound"));
        await Network.Trunks.UpdateAsync(Scope.Own, trunk.Id, new TrunkUpdate { AdminStateUp = false }, Now);
        Assert.That(await CodeOfAsync(() => Network.Trunks.DeleteAsync(Scope.Own, trunk.Id, Now)), Is.EqualTo(NetworkError.TrunkDisabled));
        await Network.Trunks.UpdateAsync(Scope.Own, trunk.Id, new TrunkUpdate { AdminStateUp = true }, Now);
        await Network.Trunks.DeleteAsync(Scope.Own, trunk.Id, Now);
    }

    [Test]
    public async Task Tags_agents_and_a_cloud_with_ovn()
    {
        var network = await NetworkAsync();
        await Network.Tags.AddAsync(Scope.Own, "networks", network.Id, "cascade", Now);
        Assert.That(await Network.Tags.ReplaceAsync(Scope.Own, "networks", network.Id, ["a", "b"], Now), Is.EqualTo(new[] { "a", "b" }));
        Assert.That((await AllAsync(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { Tags = ["a", "b"] }, Now))).Single().Id, Is.EqualTo(network.Id));
        await Network.Tags.DeleteAsync(Scope.Own, "networks", network.Id, "a", Now);
        Assert.That(await Network.Tags.GetAsync(Scope.Own, "networks", network.Id, Now), Is.EqualTo(new[] { "b" }));
        Assert.That(await CodeOfAsync(() => Network.Tags.DeleteAsync(Scope.Own, "networks", network.Id, "a", Now)), Is.EqualTo("TagNotFound"));

        var agent = (await AllAsync(Network.Agents.ListAsync(Scope.Own, new NetworkAgentFilter { AgentType = "Open vSwitch agent" }, Now))).Single();
        Assert.That((agent.Host, agent.Alive), Is.EqualTo(("node-1", true)));
        Assert.That((await Network.Agents.UpdateAsync(Scope.Own, agent.Id, new NetworkAgentUpdate { AdminStateUp = false }, Now)).AdminStateUp, Is.False);
        Fake.Neutron.BecomeOvn();
        Assert.That((await AllAsync(Network.Agents.ListAsync(Scope.Own, new NetworkAgentFilter(), Now))).Select(one => one.AgentType), Does.Contain("OVN Controller agent"));
        Assert.That((await NetworkAsync()).ProviderNetworkType, Is.EqualTo("geneve"));
    }
}
