using System.Text.Json.Nodes;
using Cascade.Contracts.Neutron;
using Cascade.Contracts.Neutron.Objects;
using Cascade.Contracts.Neutron.Plugin;
using Cascade.Contracts.Neutron.Trunks;
using Cascade.L2Proxy.Parent;
using Cascade.NeutronAgent.Server;

namespace L2Proxy.Tests.Parent;

sealed class BackOffTest
{
    static readonly TimeSpan Standard = TimeSpan.FromSeconds(60);

    [Test]
    public void A_method_that_timed_out_is_given_twice_the_time_up_to_ten_times_the_standard()
    {
        var timeouts = new MethodTimeouts();
        var had = new List<double>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var now = timeouts.Of(BulkPull.Name, Standard);
            had.Add(now.TotalSeconds);
            timeouts.Double(BulkPull.Name, now, Standard);
        }

        Assert.That(had, Is.EqualTo(new[] { 60.0, 120, 240, 480, 600, 600 }));
    }

    [Test]
    public void Other_methods_keep_their_time()
    {
        var timeouts = new MethodTimeouts();
        timeouts.Double(BulkPull.Name, Standard, Standard);

        Assert.That(timeouts.Of(GetPorts.Name, Standard), Is.EqualTo(Standard));
        Assert.That(timeouts.Of(new("bulk_pull", new(1, 0), "trunk"), Standard), Is.EqualTo(Standard), "another namespace is another method");
    }

    [Test]
    public void Two_that_time_out_at_once_double_it_once()
    {
        var timeouts = new MethodTimeouts();
        timeouts.Double(BulkPull.Name, Standard, Standard);
        timeouts.Double(BulkPull.Name, Standard, Standard);

        Assert.That(timeouts.Of(BulkPull.Name, Standard).TotalSeconds, Is.EqualTo(120));
    }

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
