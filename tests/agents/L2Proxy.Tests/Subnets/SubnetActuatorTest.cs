using System.Text.Json.Nodes;
using Cascade.L2Proxy.Subnets;
using Cascade.NeutronAgent.Notices;
using Cascade.OpenStack;
using Cascade.Support;

namespace Cascade.L2Proxy.Tests.Subnets;

public sealed class SubnetActuatorTest
{
    [TestCase(0, TestName = "Nothing reserved: the child gives out nothing, though it takes an empty list in a create for no list")]
    [TestCase(1, TestName = "An address reserved: the child gives out that one")]
    public async Task The_child_gives_out_what_is_reserved(int reserved)
    {
        await using var child = await FakeCloud.StartAsync();
        using var cloud = new Cloud(new()
        {
            Name = "child", AuthUrl = child.AuthUrl, Username = child.Keystone.Username, Password = child.Keystone.Password,
            ProjectName = child.Keystone.ProjectName, RegionName = "RegionOne",
        });
        var ours = child.Keystone.ProjectId;
        var network = (string)child.Neutron.Make("networks", ours, new JsonObject { ["name"] = "n" })["id"]!;
        var actuator = new SubnetActuator(new(cloud), network, ours);
        var wanted = SubnetMapTest.Wanted([.. Enumerable.Repeat("10.10.0.250", reserved)]);

        var made = await actuator.CreateAsync("35cf6e67-c86c-4495-9d9f-a23eb53a48ba", wanted, CancellationToken.None);

        Assert.That(made.AllocationPools, Has.Count.EqualTo(reserved));
        Assert.That(child.Neutron.Find("subnets", made.Id)!["allocation_pools"]!.AsArray(), Has.Count.EqualTo(reserved));
        Assert.That(child.Count("PUT", "/subnets/*"), Is.EqualTo(1 - reserved));
    }
}
