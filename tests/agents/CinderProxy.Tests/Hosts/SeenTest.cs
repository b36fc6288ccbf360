using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Support;
using Cascade.Support.Seeing;
using CinderProxy.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace CinderProxy.Tests.Hosts;

/// <summary>What an operator sees of the agent, held against what is.</summary>
sealed class SeenTest
{
    Broker broker = null!;
    ParentRows rows = null!;
    FakeCloud child = null!;
    FakeCloud above = null!;
    string vhost = "";

    [SetUp]
    public async Task Start()
    {
        broker = await Broker.StartAsync();
        vhost = await broker.VhostAsync();
        (rows, child, above) = (await ParentRows.MakeAsync(), await FakeCloud.StartAsync(), await FakeCloud.StartAsync());
    }

    [TearDown]
    public async Task Stop()
    {
        await child.DisposeAsync();
        await above.DisposeAsync();
        await broker.DisposeAsync();
        await rows.DisposeAsync();
    }

    [Test]
    public async Task Its_metrics_status_and_verbs_show_what_is_and_no_secret()
    {
        var configuration = ConfigurationFile.Of(
            World.Server, broker.TransportUrl(vhost), rows.Url, child, above, "watch_interval = 1\nchild_probe_interval = 1\nchild_away_after = 2\ncapacity_interval = 5\nreaper_grace = 60");
        await using var agent = await SeenAgent.StartAsync("cascade-cinder-proxy.dll", broker, configuration);
        await using var bus = new RabbitTransport(
            new() { Hosts = [new RabbitHost("127.0.0.1", broker.Port, "guest", "guest")], VirtualHost = vhost, ControlExchange = "openstack", ProcessName = "cinder-api" },
            NullLoggerFactory.Instance,
            TimeProvider.System);
        var api = new FakeCinderApi(rows, World.Host);
        child.Cinder.Hold("create");
        var order = api.Create();
        await bus.Caller.CastAsync(new($"cinder-volume.{World.Host}", order.Version, Server: World.Server), order.Method, order.Arguments, order.Context);

        await agent.UntilAsync(now => now.Value("cascade_pending_operations", ("kind", "volumes"), ("waits_for", "child")) == 1 && now.Value("cascade_pending_oldest_seconds", ("kind", "volumes")) > 0);
        var volume = child.Cinder.Volumes.Single().Id;
        child.Cinder.Finish(volume);
        await agent.UntilAsync(now => now.Value("cascade_pending_operations", ("kind", "volumes"), ("waits_for", "child")) == 0 && now.Value("cascade_rpc_served_total", ("method", "create_volume"), ("outcome", "done")) == 1);
        await agent.UntilAsync(now => now.Value("cascade_rpc_queue_consumers", ("queue", $"cinder-volume.{World.Host}.{World.Server}")) == 1);

        // Gone in the child, by whoever: an audit finds it, the parent is told.
        child.Cinder.Vanish(volume);
        Assert.That((await agent.VerbAsync("mirror", "resync")).Code, Is.Zero);
        await agent.UntilAsync(now => now.Value("cascade_drift_found_total", ("kind", "volumes")) == 1 && now.Value("cascade_drift_healed_total", ("kind", "volumes")) == 1);
        Assert.That((string?)rows.Row("volumes", order.Id)["status"], Is.EqualTo("error"));

        await Expected.OfEveryAgentAsync(agent, "cascade-cinder-proxy", World.Server, "volumes");
        child.Unreachable = true;
        await agent.UntilAsync(now => now.Value("cascade_child_up") == 0 && now.Value("cascade_agent_healthy") == 0);
    }
}
