using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

/// <summary>What the fake Neutron says of a port, a group or a share, said by a real one.</summary>
[TestFixture]
[Explicit("needs a real cloud; see RealCloudTest for the variables")]
public sealed class RealNetworkTests : RealCloudTest
{
    private readonly Stack<(string What, Func<Task> Undo)> made = new();

    private NetworkClient Network => Cloud.Network;

    [TearDown]
    public async Task TidyAsync()
    {
        while (made.TryPop(out var one))
        {
            try
            {
                await one.Undo();
            }
            catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
            {
                // The test took it away itself.
            }
            catch (CloudFault fault)
            {
                Say($"left behind: {one.What}: {fault.Message}");
            }
        }
    }

    [Test]
    public async Task Networks_subnets_and_ports_live_and_are_refused_by_type()
    {
        var aliases = await Network.Extensions.AliasesAsync(Scope.Own, Now);
        Say(string.Join(' ', aliases.Order(StringComparer.Ordinal)));
        var since = (await CursorAsync()).AddSeconds(-1);
        var network = await NetworkAsync(new NetworkCreate { Name = Mark, Description = "cascade:" + Mark, ProviderNetworkType = "vxlan", ProviderSegmentationId = 7_700_001, Mtu = 1400 });
        Assert.That((network.Mtu, network.ProviderSegmentationId), Is.EqualTo((1400, 7_700_001)));
        await RefusedAsync(() => NetworkAsync(new NetworkCreate { ProviderNetworkType = "vxlan", ProviderSegmentationId = 7_700_001 }), FaultKind.Conflict, NetworkError.TunnelIdInUse);
        await RefusedAsync(() => NetworkAsync(new NetworkCreate { Mtu = 60_000 }), FaultKind.Invalid, NetworkError.InvalidInput);
        await RefusedAsync(
            () => NetworkAsync(new NetworkCreate { ProviderNetworkType = "vlan", ProviderPhysicalNetwork = "nowhere", ProviderSegmentationId = 5 }), FaultKind.Invalid, NetworkError.InvalidInput);
        Assert.That((await All(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { Description = "cascade:" + Mark, ProjectId = network.ProjectId }, Now))).Single().Id, Is.EqualTo(network.Id));

        var wanted = new SubnetCreate
        {
            NetworkId = network.Id, IpVersion = 4, Cidr = "10.222.0.0/24", GatewayIp = "10.222.0.1", EnableDhcp = false, AllocationPools = [new("10.222.0.2", "10.222.0.2")],
            DnsNameservers = ["192.0.2.53"], HostRoutes = [new("198.51.100.0/24", "10.222.0.9")],
        };
        var subnet = await SubnetAsync(wanted);
        Assert.That(subnet.AllocationPools, Is.EqualTo(wanted.AllocationPools));
        await RefusedAsync(() => SubnetAsync(wanted), FaultKind.Invalid, NetworkError.InvalidInput);
        await RefusedAsync(() => SubnetAsync(wanted with { Cidr = "10.223.0.0/24", GatewayIp = "10.223.0.1", AllocationPools = [new("10.223.0.1", "10.223.0.9")] }), FaultKind.Conflict, NetworkError.GatewayConflictWithAllocationPools);
        var six = await SubnetAsync(new SubnetCreate { NetworkId = network.Id, IpVersion = 6, Cidr = "fd00:222::/64", Ipv6AddressMode = "slaac", Ipv6RaMode = "slaac", EnableDhcp = true, GatewayIp = Settable.Null });
        Assert.That(six.GatewayIp, Is.Null);
        var none = await SubnetAsync(new SubnetCreate { NetworkId = network.Id, IpVersion = 4, Cidr = "10.224.0.0/24", EnableDhcp = false, AllocationPools = [] });
        Assert.That(none.AllocationPools, Has.Count.EqualTo(1), "an empty list is no list in a create");
        Assert.That((await Network.Subnets.UpdateAsync(Scope.Own, none.Id, new SubnetUpdate { AllocationPools = [] }, Now)).AllocationPools, Is.Empty);

        var port = await PortAsync(new PortCreate
        {
            NetworkId = network.Id, MacAddress = "FA:16:3E:77:00:01", Description = "cascade:p", FixedIps = [new(subnet.Id, "10.222.0.77"), new(six.Id, null)],
            AllowedAddressPairs = [new("10.222.0.99")], ExtraDhcpOpts = [new("mtu", "1400"), new("bootfile-name", "x")], SecurityGroups = [], BindingVnicType = "normal",
        });
        Assert.That((port.MacAddress, port.Status, port.BindingVifType, port.SecurityGroups!.Count), Is.EqualTo(("FA:16:3E:77:00:01", "DOWN", "unbound", 0)));
        Assert.That(port.FixedIps!.Select(ip => ip.IpAddress), Is.EquivalentTo(new[] { "10.222.0.77", "fd00:222::f816:3eff:fe77:1" }));
        Assert.That(port.AllowedAddressPairs!.Single().MacAddress, Is.EqualTo("fa:16:3e:77:00:01").IgnoreCase);
        PortCreate On(string? mac, string? ip) => new() { NetworkId = network.Id, MacAddress = mac, FixedIps = ip is null ? null : [new(null, ip)] };
        await RefusedAsync(() => PortAsync(On("fa:16:3e:77:00:01", "10.222.0.78")), FaultKind.Conflict, NetworkError.MacAddressInUse);
        await RefusedAsync(() => PortAsync(On(null, "10.222.0.77")), FaultKind.Conflict, NetworkError.IpAddressAlreadyAllocated, NetworkError.IpAddressInUse);
        await RefusedAsync(() => PortAsync(On(null, "10.9.9.9")), FaultKind.Invalid, NetworkError.InvalidIpForNetwork);
        await RefusedAsync(() => PortAsync(On(null, "fd00:222::5")), FaultKind.Invalid, "AllocationOnAutoAddressSubnet");
        var lone = await PortAsync(On(null, null));
        Assert.That(lone.FixedIps!.Select(ip => ip.IpAddress), Does.Contain("10.222.0.2"));
        await RefusedAsync(() => PortAsync(On(null, null)), FaultKind.Conflict, NetworkError.IpAddressGenerationFailure);
        await RefusedAsync(() => Network.Subnets.DeleteAsync(Scope.Own, subnet.Id, Now), FaultKind.Conflict, NetworkError.SubnetInUse);
        await RefusedAsync(() => Network.Networks.DeleteAsync(Scope.Own, network.Id, Now), FaultKind.Conflict, NetworkError.NetworkInUse);

        Assert.That((await All(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id], MacAddresses = ["fa:16:3e:77:00:01"], Fields = ["mac_address"] }, Now))).Single().Id, Is.EqualTo(port.Id));
        Assert.That((await All(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id], ChangedSince = since }, Now))).Select(one => one.Id), Is.SupersetOf(new[] { port.Id, lone.Id }));
        Assert.That(await All(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id], ChangedSince = since.AddDays(1) }, Now)), Is.Empty);
        var paged = await All(Network.Ports.ListAsync(Scope.Own, new PortFilter { NetworkIds = [network.Id], Limit = 1 }, Now));
        Assert.That(paged.Select(one => one.Id), Is.SupersetOf(new[] { port.Id, lone.Id }).And.Unique);

        var changed = await Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { ExtraDhcpOpts = [new("mtu", null)], Name = "n" }, port.RevisionNumber, Now);
        Assert.That((changed.ExtraDhcpOpts!.Single().OptName, changed.RevisionNumber > port.RevisionNumber), Is.EqualTo(("bootfile-name", true)));
        await RefusedAsync(() => Network.Ports.UpdateAsync(Scope.Own, port.Id, new PortUpdate { Name = "m" }, port.RevisionNumber, Now), FaultKind.Conflict, NetworkError.RevisionMismatch);
        var many = await Network.Ports.CreateAllAsync(Scope.Own, [.. Enumerable.Range(1, 3).Select(number => On($"fa:16:3e:77:01:0{number}", $"10.222.0.{100 + number}"))], Now);
        many.ToList().ForEach(one => made.Push((one.Id, () => Network.Ports.DeleteAsync(Scope.Own, one.Id, Now))));
        Assert.That(many.Select(one => one.FixedIps!.First(ip => ip.SubnetId == subnet.Id).IpAddress), Is.EqualTo(new[] { "10.222.0.101", "10.222.0.102", "10.222.0.103" }));
    }

    [Test]
    public async Task Every_filter_is_one_that_a_real_neutron_knows()
    {
        var all = (Ids: new[] { "x" }, Since: (await CursorAsync()).AddDays(1));
        await Asked(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { Ids = all.Ids, Name = "x", Description = "x", ProjectId = "x", ChangedSince = all.Since, Tags = ["x"], Shared = true, Status = "x", SortKey = "name" }, Now));
        await Asked(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { External = false, TagsAny = ["x"] }, Now));
        await Asked(Network.Networks.ListAsync(Scope.Own, new NetworkFilter { ProviderNetworkType = "x", ProviderPhysicalNetwork = "x", ProviderSegmentationId = 1 }, Now));
        await Asked(Network.Subnets.ListAsync(Scope.Own, new SubnetFilter { Name = "x", Description = "x", ProjectId = "x", ChangedSince = all.Since, NetworkIds = all.Ids, Cidr = "10.0.0.0/8", IpVersion = 4, EnableDhcp = true, GatewayIp = "10.0.0.1", SortKey = "id" }, Now));
        await Asked(Network.Ports.ListAsync(Scope.Own, new PortFilter { Name = "x", Description = "x", ProjectId = "x", ChangedSince = all.Since, NetworkIds = all.Ids, MacAddresses = ["fa:16:3e:00:00:01"], DeviceIds = all.Ids, DeviceOwners = all.Ids, Statuses = ["x", "y"], Tags = ["x"], AdminStateUp = true, BindingHostId = "x", FixedIps = ["ip_address=10.0.0.1"], SortKey = "id" }, Now));
        await Asked(Network.Ports.ListAsync(Scope.Own, new PortFilter { SecurityGroups = all.Ids }, Now));
        await Asked(Network.SecurityGroups.ListAsync(Scope.Own, new SecurityGroupFilter { Name = "x", Description = "x", ProjectId = "x", ChangedSince = all.Since, Shared = true, SortKey = "id" }, Now));
        await Asked(Network.SecurityGroupRules.ListAsync(Scope.Own, new SecurityGroupRuleFilter { Description = "x", ProjectId = "x", SecurityGroupIds = all.Ids, Direction = "ingress", RemoteGroupId = "x", RemoteAddressGroupId = "x", SortKey = "id" }, Now));
        await Asked(Network.AddressGroups.ListAsync(Scope.Own, new AddressGroupFilter { Name = "x", Description = "x", ProjectId = "x", SortKey = "id" }, Now));
        await Asked(Network.RbacPolicies.ListAsync(Scope.Own, new RbacPolicyFilter { ProjectId = "x", ObjectType = "network", ObjectIds = all.Ids, Action = "access_as_shared", TargetTenant = "x" }, Now));
        await Asked(Network.Agents.ListAsync(Scope.Own, new NetworkAgentFilter { AgentType = "x", Binary = "x", Host = "x", Alive = true }, Now));
        Prerequisite(await Network.Extensions.HasAsync(Scope.Own, Extension.Trunk, Now), "trunks");
        await Asked(Network.Trunks.ListAsync(Scope.Own, new TrunkFilter { Name = "x", Description = "x", ProjectId = "x", PortIds = all.Ids, Status = "x", SortKey = "id" }, Now));

        static async Task Asked<T>(IAsyncEnumerable<T> list)
        {
            try
            {
                var found = await All(list);
                Say($"{typeof(T).Name}: {found.Count}");
            }
            catch (CloudFault fault)
            {
                Assert.Fail($"{typeof(T).Name}: {fault.Message}");
            }
        }
    }

    [Test]
    public async Task Groups_rules_and_address_groups()
    {
        var group = await Network.SecurityGroups.CreateAsync(Scope.Own, new SecurityGroupCreate { Name = Mark, Description = "cascade:g" }, Now);
        made.Push((group.Id, () => Network.SecurityGroups.DeleteAsync(Scope.Own, group.Id, Now)));
        Assert.That(group.SecurityGroupRules!.Select(one => (one.Direction, one.Ethertype)), Is.EquivalentTo(new[] { ("egress", "IPv4"), ("egress", "IPv6") }));
        await RefusedAsync(() => Network.SecurityGroups.CreateAsync(Scope.Own, new SecurityGroupCreate { Name = "default" }, Now), FaultKind.Conflict, NetworkError.SecurityGroupDefaultAlreadyExists);
        var wanted = new SecurityGroupRuleCreate { SecurityGroupId = group.Id, Direction = "ingress", Protocol = "tcp", PortRangeMin = 22, PortRangeMax = 22, RemoteIpPrefix = "10.0.0.7/8" };
        var rules = await Network.SecurityGroupRules.CreateAllAsync(Scope.Own, [wanted, wanted with { PortRangeMax = 23 }], Now);
        Say($"{rules[0].Protocol} {rules[0].RemoteIpPrefix} {rules[0].NormalizedCidr}");
        var twice = await RefusedAsync(() => Network.SecurityGroupRules.CreateAsync(Scope.Own, wanted with { Protocol = "6" }, Now), FaultKind.Conflict, NetworkError.SecurityGroupRuleExists);
        Assert.That(NetworkError.ExistingRule(twice), Is.EqualTo(rules[0].Id));
        await RefusedAsync(
            () => Network.SecurityGroupRules.CreateAllAsync(Scope.Own, [wanted with { PortRangeMax = 24 }, wanted with { PortRangeMax = 24 }], Now), FaultKind.Conflict, NetworkError.DuplicateSecurityGroupRuleInPost);
        var after = await Network.SecurityGroups.GetAsync(Scope.Own, group.Id, Now);
        Assert.That((after.SecurityGroupRules!.Count, after.RevisionNumber > group.RevisionNumber), Is.EqualTo((4, true)));

        Prerequisite(await Network.Extensions.HasAsync(Scope.Own, Extension.SecurityGroupsRemoteAddressGroup, Now), "address groups");
        var addresses = await Network.AddressGroups.CreateAsync(Scope.Own, new AddressGroupCreate { Name = Mark, Addresses = ["10.0.0.5/32", "fd00::1/128"] }, Now);
        made.Push((addresses.Id, () => Network.AddressGroups.DeleteAsync(Scope.Own, addresses.Id, Now)));
        Assert.That(addresses.Addresses, Is.EquivalentTo(new[] { "10.0.0.5/32", "fd00::1/128" }));
        var more = await Network.AddressGroups.AddAddressesAsync(Scope.Own, addresses.Id, ["10.0.1.0/24"], Now);
        Assert.That(more.Addresses, Has.Count.EqualTo(3));
        Say($"revision {addresses.RevisionNumber} -> {more.RevisionNumber}");
        await RefusedAsync(() => Network.AddressGroups.AddAddressesAsync(Scope.Own, addresses.Id, ["10.0.1.0/24", "10.0.2.0/24"], Now), FaultKind.Invalid, NetworkError.AddressesAlreadyExist);
        await RefusedAsync(() => Network.AddressGroups.RemoveAddressesAsync(Scope.Own, addresses.Id, ["10.0.9.0/24"], Now), FaultKind.NotFound, NetworkError.AddressesNotFound);
        var rule = await Network.SecurityGroupRules.CreateAsync(Scope.Own, new SecurityGroupRuleCreate { SecurityGroupId = group.Id, Direction = "ingress", RemoteAddressGroupId = addresses.Id }, Now);
        await RefusedAsync(() => Network.AddressGroups.DeleteAsync(Scope.Own, addresses.Id, Now), FaultKind.Conflict, NetworkError.AddressGroupInUse);
        await Network.SecurityGroupRules.DeleteAsync(Scope.Own, rule.Id, Now);
        Assert.That((await Network.AddressGroups.RemoveAddressesAsync(Scope.Own, addresses.Id, ["10.0.0.5/32"], Now)).Addresses, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Sharing_quotas_tags_trunks_and_agents()
    {
        var network = await NetworkAsync(new NetworkCreate { Name = Mark });
        var policy = await Network.RbacPolicies.CreateAsync(Scope.Own, new RbacPolicyCreate("network", network.Id, Guid.NewGuid().ToString("N")), Now);
        made.Push((policy.Id, () => Network.RbacPolicies.DeleteAsync(Scope.Own, policy.Id, Now)));
        await RefusedAsync(() => Network.RbacPolicies.CreateAsync(Scope.Own, new RbacPolicyCreate("network", network.Id, policy.TargetTenant!), Now), FaultKind.Conflict, NetworkError.DuplicateRbacPolicy);
        Assert.That((await All(Network.RbacPolicies.ListAsync(Scope.Own, new RbacPolicyFilter { ObjectIds = [network.Id], ObjectType = "network" }, Now))).Select(one => one.TargetTenant), Does.Contain(policy.TargetTenant));
        var port = await PortAsync(new PortCreate { NetworkId = network.Id, ProjectId = policy.TargetTenant });
        await RefusedAsync(() => Network.RbacPolicies.DeleteAsync(Scope.Own, policy.Id, Now), FaultKind.Conflict, NetworkError.RbacPolicyInUse);

        await Network.Quotas.UpdateAsync(Scope.Own, policy.TargetTenant!, new Quota { Port = 1 }, Now);
        made.Push(("quota", () => Network.Quotas.DeleteAsync(Scope.Own, policy.TargetTenant!, Now)));
        await RefusedAsync(() => PortAsync(new PortCreate { NetworkId = network.Id, ProjectId = policy.TargetTenant }), FaultKind.OverQuota, NetworkError.OverQuota);
        await Network.Quotas.UpdateAsync(Scope.Own, policy.TargetTenant!, new Quota { Port = -1 }, Now);
        Assert.That((await Network.Quotas.GetAsync(Scope.Own, policy.TargetTenant!, Now)).Port, Is.EqualTo(-1));

        await Network.Tags.AddAsync(Scope.Own, "ports", port.Id, "cascade", Now);
        Assert.That((await All(Network.Ports.ListAsync(Scope.Own, new PortFilter { Tags = ["cascade"], NetworkIds = [network.Id] }, Now))).Single().Id, Is.EqualTo(port.Id));
        Say(string.Join('\n', (await All(Network.Agents.ListAsync(Scope.Own, new NetworkAgentFilter(), Now))).Select(one => $"{one.AgentType} {one.Host} {one.Alive}")));

        Prerequisite(await Network.Extensions.HasAsync(Scope.Own, Extension.Trunk, Now), "trunks");
        var (first, second) = (await PortAsync(new PortCreate { NetworkId = network.Id }), await PortAsync(new PortCreate { NetworkId = network.Id }));
        var trunk = await Network.Trunks.CreateAsync(Scope.Own, new TrunkCreate { PortId = port.Id, SubPorts = [new(first.Id, "vlan", 100)] }, Now);
        made.Push((trunk.Id, () => Network.Trunks.DeleteAsync(Scope.Own, trunk.Id, Now)));
        Assert.That((await Network.Trunks.AddSubPortsAsync(Scope.Own, trunk.Id, [new(second.Id, "vlan", 101)], Now)).SubPorts, Has.Count.EqualTo(2));
        await RefusedAsync(() => Network.Trunks.AddSubPortsAsync(Scope.Own, trunk.Id, [new(second.Id, "vlan", 102)], Now), FaultKind.Conflict, NetworkError.TrunkPortInUse);
        await RefusedAsync(() => Network.Ports.DeleteAsync(Scope.Own, first.Id, Now), FaultKind.Conflict, NetworkError.PortInUseAsSubPort);
        await RefusedAsync(() => Network.Ports.DeleteAsync(Scope.Own, port.Id, Now), FaultKind.Conflict, NetworkError.PortInUseAsTrunkParent);
        await Network.Trunks.RemoveSubPortsAsync(Scope.Own, trunk.Id, [first.Id, second.Id], Now);
    }

    [Test]
    public async Task Policies_of_quality()
    {
        Prerequisite(await Network.Extensions.HasAsync(Scope.Own, Extension.Qos, Now), "QoS");
        Say(string.Join(' ', await Network.QosPolicies.RuleTypesAsync(Scope.Own, Now)));
        var policy = await Network.QosPolicies.CreateAsync(Scope.Own, new QosPolicyCreate { Name = Mark, Description = "cascade:q" }, Now);
        made.Push((policy.Id, () => Network.QosPolicies.DeleteAsync(Scope.Own, policy.Id, Now)));
        var rule = await Network.QosPolicies.CreateRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, new QosRuleRequest { MaxKbps = 1000 }, Now);
        await RefusedAsync(() => Network.QosPolicies.CreateRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, new QosRuleRequest { MaxKbps = 2 }, Now), FaultKind.Conflict, NetworkError.QosRulesConflict);
        await Network.QosPolicies.UpdateRuleAsync(Scope.Own, policy.Id, QosRuleType.BandwidthLimit, rule.Id, new QosRuleRequest { MaxKbps = 2000 }, Now);
        var network = await NetworkAsync(new NetworkCreate { Name = Mark, QosPolicyId = policy.Id });
        await RefusedAsync(() => Network.QosPolicies.DeleteAsync(Scope.Own, policy.Id, Now), FaultKind.Conflict, NetworkError.QosPolicyInUse);
        Assert.That((await Network.Networks.UpdateAsync(Scope.Own, network.Id, new NetworkUpdate { QosPolicyId = null }, Now)).QosPolicyId, Is.Null);
        var seen = await Network.QosPolicies.GetAsync(Scope.Own, policy.Id, Now);
        Assert.That(seen.Rules!.Select(one => (one.Type, one.MaxKbps)), Is.EqualTo(new[] { (QosRuleType.BandwidthLimit, (int?)2000) }));
    }

    private async Task<DateTimeOffset> CursorAsync()
    {
        await All(Network.NetworksAsync(Scope.Own, Mark, Now));
        return Network.Service.Clock.Now!.Value;
    }

    private async Task<NetworkInfo> NetworkAsync(NetworkCreate wanted)
    {
        var network = await Network.Networks.CreateAsync(Scope.Own, wanted, Now);
        made.Push((network.Id, () => Network.Networks.DeleteAsync(Scope.Own, network.Id, Now)));
        return network;
    }

    private async Task<Subnet> SubnetAsync(SubnetCreate wanted)
    {
        var subnet = await Network.Subnets.CreateAsync(Scope.Own, wanted, Now);
        made.Push((subnet.Id, () => Network.Subnets.DeleteAsync(Scope.Own, subnet.Id, Now)));
        return subnet;
    }

    private async Task<Port> PortAsync(PortCreate wanted)
    {
        var port = await Network.Ports.CreateAsync(Scope.Own, wanted, Now);
        made.Push((port.Id, () => Network.Ports.DeleteAsync(Scope.Own, port.Id, Now)));
        return port;
    }

    private static void Prerequisite(bool has, string what)
    {
        if (!has)
        {
            Assert.Ignore($"this cloud has no {what}");
        }
    }

    private static async Task<CloudFault> RefusedAsync(Func<Task> work, FaultKind kind, params IReadOnlyList<string> codes)
    {
        try
        {
            await work();
        }
        catch (CloudFault fault)
        {
            Say($"{fault.Kind} {fault.Status} {fault.Code}: {fault.Message}");
            Assert.That(fault.Kind, Is.EqualTo(kind), fault.Message);
            Assert.That(codes, Does.Contain(fault.Code));
            return fault;
        }

        throw new AssertionException($"not refused; {string.Join(" or ", codes)} was expected");
    }
}
