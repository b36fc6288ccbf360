using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Rpc;
using Cascade.Support;
using Cascade.Support.Parent;
using Microsoft.Extensions.Logging.Abstractions;

namespace L2Proxy.Tests.Whole;

/// <summary>The scripted parent speaks to one host of the L3 agents over a real broker, and waits for the answer where the real one does.</summary>
sealed class RouterCallTest
{
    Broker broker = null!;

    [OneTimeSetUp]
    public async Task StartBroker() => broker = await Broker.StartAsync();

    [OneTimeTearDown]
    public async Task StopBroker() => await broker.DisposeAsync();

    [Test]
    public async Task A_router_that_is_given_to_an_agent_is_a_call_and_all_else_are_casts()
    {
        await using var parent = await ScriptedNeutron.StartAsync(broker, "child-1");
        var agent = new Agent();
        await using var bus = Bus(parent);
        await using var server = bus.CreateServer(new() { Listen = [RpcListen.Native("l3_agent", "child-1")], Acknowledge = Acknowledge.OnDelivery, Parks = false }, agent);
        await server.StartAsync(CancellationToken.None);
        parent.Server.AddL3Agent("child-1");
        var router = parent.Server.AddRouter();

        parent.Server.MoveRouter(router, "child-1");
        await parent.Server.UntilAsync(now => now.Answers.Count == 1);
        parent.Server.SetAdminState(router, up: false);
        parent.Server.MoveRouter(router, "");
        parent.Server.DeleteRouter(router);
        await agent.UntilAsync(4);

        Assert.That((parent.Server.Answers.Single().Result, parent.Server.Answers.Single().Failure), Is.EqualTo(("null", (string?)null)));
        Assert.That(agent.Heard, Is.EquivalentTo(new[] { "router_added_to_agent call", "routers_updated cast", "router_removed_from_agent cast", "router_deleted cast" }));
    }

    RabbitTransport Bus(ScriptedNeutron parent) => new(
        new()
        {
            Hosts = [new RabbitHost("127.0.0.1", broker.Port, "guest", "guest")],
            VirtualHost = new Uri(parent.TransportUrl).AbsolutePath.TrimStart('/'),
            ControlExchange = "neutron",
            ProcessName = "l3-agent",
        },
        NullLoggerFactory.Instance,
        TimeProvider.System);

    sealed class Agent : IRpcEndpoint
    {
        readonly ConcurrentQueue<string> heard = new();
        readonly SemaphoreSlim one = new(0);

        public IReadOnlyList<string> Heard => [.. heard];

        public Task<JsonNode?> ServeAsync(RpcRequest request, CancellationToken cancelled)
        {
            heard.Enqueue($"{request.Method} {(request.MessageId is null ? "cast" : "call")}");
            one.Release();
            return Task.FromResult<JsonNode?>(null);
        }

        public async Task UntilAsync(int count)
        {
            for (var seen = 0; seen < count; seen++)
            {
                Assert.That(await one.WaitAsync(TimeSpan.FromSeconds(30)), Is.True);
            }
        }
    }
}
