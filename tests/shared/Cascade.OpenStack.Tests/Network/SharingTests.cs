using Cascade.OpenStack.Network;

namespace Cascade.OpenStack.Tests;

/// <summary>Who sees and steers what in a child: what the mirror's ownership rests on.</summary>
[TestFixture]
public sealed class SharingTests : NetworkTest
{
    private Scope As(string project, params IReadOnlyList<string> roles) => Scope.Token(Fake.Keystone.Issue("somebody", project, roles.Count > 0 ? roles : ["member"]).Value);

    [Test]
    public async Task A_network_is_seen_by_those_it_is_shared_with_and_steered_by_none_of_them()
    {
        var (network, subnet) = await WithSubnetAsync();
        var tenant = As(Tenant);
        Assert.That(await Network.Networks.FindAsync(tenant, network.Id, Now), Is.Null);

        var policy = await Network.RbacPolicies.CreateAsync(Scope.Own, new RbacPolicyCreate("network", network.Id, Tenant), Now);
        Assert.That((policy.Action, policy.TargetTenant, policy.ObjectId), Is.EqualTo(("access_as_shared", Tenant, network.Id)));
        Assert.That(await CodeOfAsync(() => Network.RbacPolicies.CreateAsync(Scope.Own, new RbacPolicyCreate("network", network.Id, Tenant), Now)), Is.EqualTo(NetworkError.DuplicateRbacPolicy));
        var seen = await Network.Networks.GetAsync(tenant, network.Id, Now);
        Assert.That((seen.Shared, seen.ProviderNetworkType, seen.Subnets), Is.EqualTo((true, (string?)null, new[] { subnet.Id })));
        Assert.That(await Network.Subnets.FindAsync(tenant, subnet.Id, Now), Is.Not.Null);
        Assert.That(await Network.Networks.FindAsync(As("0ther"), network.Id, Now), Is.Null);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await FaultOfAsync(() => Network.Networks.UpdateAsync(tenant, network.Id, new NetworkUpdate { Name = "mine" }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
            Assert.That((await FaultOfAsync(() => Network.Networks.DeleteAsync(tenant, network.Id, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
            Assert.That((await FaultOfAsync(() => Network.Ports.CreateAsync(tenant, new PortCreate { NetworkId = network.Id, MacAddress = "fa:16:3e:00:00:01" }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden), "a MAC is not his to choose");
            Assert.That((await FaultOfAsync(() => Network.Ports.CreateAsync(tenant, new PortCreate { NetworkId = network.Id, FixedIps = [new(null, "10.10.0.9")] }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden), "nor an address");
        });
        var port = await Network.Ports.CreateAsync(tenant, new PortCreate { NetworkId = network.Id, Description = "cascade:forged" }, Now);
        Assert.That((port.ProjectId, port.BindingVifType), Is.EqualTo((Tenant, (string?)null)));
        Assert.That((await FaultOfAsync(() => Network.Ports.UpdateAsync(tenant, port.Id, new PortUpdate { MacAddress = "fa:16:3e:00:00:01" }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
        Assert.That(await CodeOfAsync(() => Network.RbacPolicies.DeleteAsync(Scope.Own, policy.Id, Now)), Is.EqualTo(NetworkError.RbacPolicyInUse));
        await Network.Ports.DeleteAsync(tenant, port.Id, Now);
        await Network.RbacPolicies.DeleteAsync(Scope.Own, policy.Id, Now);
        Assert.That(await Network.Networks.FindAsync(tenant, network.Id, Now), Is.Null);
    }

    [Test]
    public async Task A_member_of_a_project_neither_sees_nor_names_what_is_not_his()
    {
        var (network, _) = await WithSubnetAsync();
        var group = await Network.SecurityGroups.CreateAsync(Scope.Own, new SecurityGroupCreate { Name = "ours" }, Now);
        var port = await Network.Ports.CreateAsync(Scope.Own, new PortCreate { NetworkId = network.Id, ProjectId = Tenant, SecurityGroups = [group.Id] }, Now);
        var tenant = As(Tenant);

        Assert.That((await AllAsync(Network.Ports.ListAsync(tenant, new PortFilter(), Now))).Single().SecurityGroups, Is.EqualTo(new[] { group.Id }), "an administrator may give a port anybody's group");
        Assert.That(await Network.SecurityGroups.FindAsync(tenant, group.Id, Now), Is.Null);
        Assert.That((await AllAsync(Network.SecurityGroups.ListAsync(tenant, new SecurityGroupFilter(), Now))).Single().Name, Is.EqualTo("default"));
        Assert.That(await CodeOfAsync(() => Network.Ports.UpdateAsync(tenant, port.Id, new PortUpdate { SecurityGroups = [group.Id] }, Now)), Is.EqualTo("SecurityGroupNotFound"));
        Assert.That((await FaultOfAsync(() => Network.Networks.CreateAsync(tenant, new NetworkCreate { ProviderNetworkType = "vxlan", ProviderSegmentationId = 5 }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
        Assert.That((await FaultOfAsync(() => Network.Networks.CreateAsync(tenant, new NetworkCreate { ProjectId = "0ther" }, Now))).Kind, Is.EqualTo(FaultKind.Forbidden));
    }
}
