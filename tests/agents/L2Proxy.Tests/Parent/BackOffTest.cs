using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Trunks;

namespace L2Proxy.Tests.Parent;

sealed class BackOffTest
{
    [Test]
    public async Task A_silent_server_is_told_as_a_timeout_after_a_pause_and_asked_longer_the_next_time()
    {
        await using var world = new ParentWorld();
        world.Caller.TimesOut = (method, _) => method == "bulk_pull";
        var asking = world.Server.AskAsync(BulkPull.Of(NeutronObjects.Port, "id", "p1"), default);
        while (!asking.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.ThrowsAsync<Cascade.Oslo.Messaging.Rpc.RpcTimeoutException>(() => asking);
        Assert.That(world.Log, Does.Contain("it is given 120 s from now on"));
    }

    [Test]
    public async Task Questions_reach_the_server_as_an_administrator_in_the_namespace_of_their_method()
    {
        await using var world = new ParentWorld();
        var network = world.Parent.AddNetwork();
        var port = world.Parent.AddPort(network, "child-1");
        world.Parent.AddPort(network, "another");
        var trunk = world.Parent.AddTrunk(port);

        var ports = await world.Server.AskAsync(new GetPorts(Filters.Of("binding:host_id", "child-1")), default);
        var objects = await world.Server.AskAsync(BulkPull.Of(NeutronObjects.Port, "id", port), default);
        await world.Server.AskAsync(new UpdateTrunkStatus(trunk, "ACTIVE"), default);

        Assert.That(ports.Select(one => one.Id), Is.EqualTo(new[] { port }));
        Assert.That(NeutronPort.Read(objects.Single())!.SegmentOn("child-1")!.NetworkType, Is.EqualTo("vxlan"));
        Assert.That((string?)world.Parent.Trunk(trunk)!["status"], Is.EqualTo("ACTIVE"));
        Assert.That(world.Parent.Calls.Select(call => call.Context.IsAdmin), Is.All.True);
    }
}
