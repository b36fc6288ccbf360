using Cascade.Support;
using Cascade.Support.Parent;

namespace NovaProxy.Tests.Whole;

/// <summary>Two copies of the agent on a RabbitMQ of three nodes with quorum queues, one of which dies.</summary>
sealed class BrokerClusterTest
{
    const string Lease = "cascade.active.nova-proxy.child-1";

    [Test]
    public async Task Orders_go_on_once_each_when_the_node_with_the_lease_dies()
    {
        Broker.AvailableOrIgnore();
        await using var cluster = await BrokerCluster.StartAsync();
        await using var parent = await ScriptedParent.StartAsync(cluster);
        await using var child = await FakeCloud.StartAsync();
        child.Placement.Add("node-1", ("VCPU", 16), ("MEMORY_MB", 32768), ("DISK_GB", 500)).Traits.Add("COMPUTE_NODE");
        var configuration = parent.Configuration(child, """
            [oslo_messaging_rabbit]
            rabbit_quorum_queue = true
            rabbit_transient_quorum_queue = true
            [DEFAULT]
            rpc_response_timeout = 5
            """);
        await using var first = AgentUnderTest.Start("cascade-nova-proxy.dll", configuration);
        await first.UntilWrittenAsync("nova-compute child-1 is serving");
        await using var second = AgentUnderTest.Start("cascade-nova-proxy.dll", configuration);
        await second.UntilWrittenAsync("Another copy of nova-proxy.child-1 is active");
        var before = await parent.BootAsync("before");
        await parent.ExpectInstanceAsync(before, "active");
        var asked = child.On("POST", "/servers").HoldBefore();
        var meanwhile = await parent.BootAsync("meanwhile");
        await asked.Arrived;

        await cluster.KillAsync(await HolderAsync(cluster, parent));
        asked.Release();
        var after = await parent.BootAsync("after");

        await parent.ExpectInstanceAsync(meanwhile, "active");
        await parent.ExpectInstanceAsync(after, "active");
        await parent.StopAsync(before);
        await parent.ExpectInstanceAsync(before, "stopped");
        Assert.That(child.Nova.Made, Is.EqualTo(3), $"{first.Log}\n\n{second.Log}");
        Assert.That(new[] { first, second }.Count(agent => IsActive(agent)), Is.EqualTo(1));
    }

    static bool IsActive(AgentUnderTest agent) =>
        agent.Log.LastIndexOf("leader is Up", StringComparison.Ordinal) > agent.Log.LastIndexOf("leader is Standby", StringComparison.Ordinal);

    static async Task<Broker> HolderAsync(BrokerCluster cluster, ScriptedParent parent)
    {
        var vhost = parent.TransportUrl[(parent.TransportUrl.LastIndexOf('/') + 1)..];
        var rows = await cluster.Nodes[0].CtlAsync("list_queues", "-p", vhost, "--no-table-headers", "-s", "name", "pid");
        var row = rows.Split('\n').Single(line => line.StartsWith(Lease + "\t", StringComparison.Ordinal));
        return cluster.Nodes.Single(node => row.Contains(node.Node, StringComparison.Ordinal));
    }
}
