using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

/// <summary>Every refusal that the mirror can meet, provoked by the rule that makes it.</summary>
[TestFixture]
public sealed class NetworkFaultTests : NetworkTest
{
    [TestCase(409, "TunnelIdInUse", FaultKind.Conflict, TestName = "409 of a type: told apart by the type")]
    [TestCase(409, "OverQuota", FaultKind.OverQuota, TestName = "409 OverQuota: a quota")]
    [TestCase(412, "RevisionNumberConstraintFailed", FaultKind.Conflict, TestName = "412: somebody was faster")]
    [TestCase(503, "NoNetworkAvailable", FaultKind.OverQuota, TestName = "503 NoNetworkAvailable: waiting gives no segment back")]
    [TestCase(503, "ServiceUnavailable", FaultKind.Unavailable, TestName = "503 of another type: later")]
    [TestCase(500, "HTTPInternalServerError", FaultKind.Unavailable, TestName = "500: it may have happened")]
    [TestCase(400, "InvalidInput", FaultKind.Invalid, TestName = "400: the words are wrong")]
    [TestCase(403, "PolicyNotAuthorized", FaultKind.Forbidden, TestName = "403: policy")]
    [TestCase(404, "AddressesNotFound", FaultKind.NotFound, TestName = "404 of a part")]
    public async Task The_type_comes_with_the_fault(int status, string type, FaultKind kind)
    {
        Fake.On("POST", "/networks").Fail(1, status, $$$"""{"NeutronError": {"type": "{{{type}}}", "message": "words", "detail": ""}}""");
        var fault = await FaultOfAsync(() => NetworkAsync());
        Assert.That((fault.Kind, fault.Code, fault.Message, fault.Service), Is.EqualTo((kind, type, "words", "network")));
        Assert.That(fault.ResultUnknown, Is.EqualTo(status is 500));
    }

    [Test]
    public async Task Segments_are_unique_and_frames_have_a_most()
    {
        await NetworkAsync(new NetworkCreate { ProviderNetworkType = "vxlan", ProviderSegmentationId = 70000 });
        await NetworkAsync(new NetworkCreate { ProviderNetworkType = "vlan", ProviderPhysicalNetwork = "physnet1", ProviderSegmentationId = 7 });
        await NetworkAsync(new NetworkCreate { ProviderNetworkType = "flat", ProviderPhysicalNetwork = "physnet1" });
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await CodeOfAsync(() => NetworkAsync(new NetworkCreate { ProviderNetworkType = "vxlan", ProviderSegmentationId = 70000 })), Is.EqualTo(NetworkError.TunnelIdInUse));
            Assert.That(
                await CodeOfAsync(() => NetworkAsync(new NetworkCreate { ProviderNetworkType = "vlan", ProviderPhysicalNetwork = "physnet1", ProviderSegmentationId = 7 })),
                Is.EqualTo(NetworkError.VlanIdInUse));
            Assert.That(await CodeOfAsync(() => NetworkAsync(new NetworkCreate { ProviderNetworkType = "flat", ProviderPhysicalNetwork = "physnet1" })), Is.EqualTo(NetworkError.FlatNetworkInUse));
            Assert.That((await FaultOfAsync(() => NetworkAsync(new NetworkCreate { Mtu = 9000 }))).Message, Does.Contain("Requested MTU is too big, maximum is 1450"));
            Assert.That(await CodeOfAsync(() => NetworkAsync(new NetworkCreate { ProviderNetworkType = "vlan", ProviderPhysicalNetwork = "nowhere", ProviderSegmentationId = 8 })), Is.EqualTo(NetworkError.InvalidInput));
        });
        Fake.Neutron.TenantSegments = (1, 0);
        Assert.That((await FaultOfAsync(() => NetworkAsync())).Kind, Is.EqualTo(FaultKind.OverQuota));
    }

    [Test]
    public async Task Addresses_and_macs_are_held_by_one_port_and_stand_inside_the_subnets()
    {
        var (network, subnet) = await WithSubnetAsync(new SubnetCreate
        {
            NetworkId = "", IpVersion = 4, Cidr = "10.10.0.0/24", GatewayIp = "10.10.0.1", AllocationPools = [new("10.10.0.200", "10.10.0.201")],
        });
        var first = await PortAsync(network.Id, "10.10.0.5");
        Assert.That(first.FixedIps!.Single().SubnetId, Is.EqualTo(subnet.Id), "an address outside the pools is legal");
        Assert.That(await CodeOfAsync(() => PortAsync(network.Id, "10.10.0.5")), Is.EqualTo(NetworkError.IpAddressAlreadyAllocated));
        Assert.That(await CodeOfAsync(() => PortAsync(network.Id, "10.11.0.5")), Is.EqualTo(NetworkError.InvalidIpForNetwork));
        Assert.That(await CodeOfAsync(() => Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, FixedIps = [new(subnet.Id, "10.11.0.5")] }, Now)), Is.EqualTo(NetworkError.InvalidIpForSubnet));
        Assert.That((await PortAsync(network.Id)).FixedIps!.Single().IpAddress, Is.EqualTo("10.10.0.200"));
        await PortAsync(network.Id);
        Assert.That(await CodeOfAsync(() => PortAsync(network.Id)), Is.EqualTo(NetworkError.IpAddressGenerationFailure), "the pools are empty though the subnet is not");
        Assert.That((await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, FixedIps = [] }, Now)).FixedIps, Is.Empty);
        Assert.That(await CodeOfAsync(() => Network.Subnets.DeleteAsync(Scope.Own, subnet.Id, Now)), Is.EqualTo(NetworkError.SubnetInUse));
        Assert.That(await CodeOfAsync(() => Network.Networks.DeleteAsync(Scope.Own, network.Id, Now)), Is.EqualTo(NetworkError.NetworkInUse));
        await Network.Ports.DeleteAsync(Scope.Own, first.Id, Now);
        Assert.That((await PortAsync(network.Id, "10.10.0.5")).MacAddress, Is.Not.EqualTo(first.MacAddress), "what was let go is free");

        var bound = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, FixedIps = [], BindingHostId = "node-1" }, Now);
        Assert.That(await CodeOfAsync(() => Network.Ports.UpdateAsync(Scope.Own, bound.Id, new PortUpdate { MacAddress = "fa:16:3e:99:99:99" }, Now)), Is.EqualTo(NetworkError.PortBound));
    }

    [TestCase("10.10.0.1", "10.10.0.1", "10.10.0.9", NetworkError.GatewayConflictWithAllocationPools, TestName = "the gateway stands in the pool")]
    [TestCase(null, "10.10.1.1", "10.10.1.9", "OutOfBoundsAllocationPool", TestName = "a pool outside the range")]
    [TestCase(null, "10.10.0.9", "10.10.0.2", "InvalidAllocationPool", TestName = "a pool upside down")]
    public async Task Pools_are_checked(string? gateway, string start, string end, string code)
    {
        var network = await NetworkAsync();
        var wanted = new SubnetCreate { NetworkId = network.Id, IpVersion = 4, Cidr = "10.10.0.0/24", GatewayIp = gateway, AllocationPools = [new(start, end)] };
        Assert.That(await CodeOfAsync(() => Network.Subnets.CreateAsync(Scope.Own, wanted, Now)), Is.EqualTo(code));
    }

    [Test]
    public async Task Pools_and_ranges_may_not_overlap_and_no_gateway_is_a_null_that_is_said()
    {
        var (network, subnet) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 4, Cidr = "10.10.0.0/24", GatewayIp = Settable.Null, AllocationPools = [] });
        Assert.That((subnet.GatewayIp, subnet.AllocationPools!.Single()), Is.EqualTo(((string?)null, new AllocationPool("10.10.0.1", "10.10.0.254"))), "an empty list is no list in a create");
        Assert.That(SentTo("POST", "/subnets")["subnet"]!.AsObject().ContainsKey("gateway_ip"), Is.True);
        var other = new SubnetCreate { NetworkId = network.Id, IpVersion = 4, Cidr = "10.10.0.128/25" };
        Assert.That((await FaultOfAsync(() => Network.Subnets.CreateAsync(Scope.Own, other, Now))).Message, Does.Contain("overlaps with another subnet"));
        var twice = other with { Cidr = "10.20.0.0/24", AllocationPools = [new("10.20.0.2", "10.20.0.9"), new("10.20.0.5", "10.20.0.20")] };
        Assert.That(await CodeOfAsync(() => Network.Subnets.CreateAsync(Scope.Own, twice, Now)), Is.EqualTo(NetworkError.OverlappingAllocationPools));

        var after = await Network.Subnets.UpdateAsync(Scope.Own, subnet.Id, new SubnetUpdate { GatewayIp = "10.10.0.1", AllocationPools = [new("10.10.0.2", "10.10.0.3")] }, Now);
        Assert.That((after.GatewayIp, after.AllocationPools!.Single()), Is.EqualTo(("10.10.0.1", new AllocationPool("10.10.0.2", "10.10.0.3"))));
        var none = await Network.Subnets.UpdateAsync(Scope.Own, subnet.Id, new SubnetUpdate { AllocationPools = [] }, Now);
        Assert.That(none.AllocationPools, Is.Empty);
        Assert.That(await CodeOfAsync(() => PortAsync(network.Id)), Is.EqualTo(NetworkError.IpAddressGenerationFailure));
    }

    [Test]
    public async Task An_automatic_address_is_that_of_the_mac()
    {
        var (network, subnet) = await WithSubnetAsync(new SubnetCreate { NetworkId = "", IpVersion = 6, Cidr = "fd00:1::/64", Ipv6RaMode = "slaac", Ipv6AddressMode = "slaac" });
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, MacAddress = "fa:16:3e:01:02:03" }, Now);
        Assert.That(port.FixedIps!.Single(), Is.EqualTo(new FixedIp(subnet.Id, "fd00:1::f816:3eff:fe01:203")));
        Assert.That(await CodeOfAsync(() => PortAsync(network.Id, "fd00:1::5")), Is.EqualTo("AllocationOnAutoAddressSubnet"));
    }

    [Test]
    public async Task Quotas_hold_by_project_and_resource()
    {
        var (network, _) = await WithSubnetAsync();
        await Network.Quotas.UpdateAsync(Scope.Own, Tenant, new Quota { Port = 1 }, Now);
        await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ProjectId = Tenant }, Now);
        var fault = await FaultOfAsync(() => Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ProjectId = Tenant }, Now));
        Assert.That((fault.Kind, fault.Code, fault.Status), Is.EqualTo((FaultKind.OverQuota, NetworkError.OverQuota, 409)));
        await PortAsync(network.Id);
        await Network.Quotas.UpdateAsync(Scope.Own, Tenant, Quota.Unlimited, Now);
        Assert.That((await Network.Quotas.GetAsync(Scope.Own, Tenant, Now)).Port, Is.EqualTo(-1));
        await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ProjectId = Tenant }, Now);
        await Network.Quotas.DeleteAsync(Scope.Own, Tenant, Now);
    }
}
