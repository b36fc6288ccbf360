using System.Text.Json.Nodes;
using Cascade.Interop.Peers;
using Cascade.Oslo.Messaging.Rabbit;
using Cascade.Support;

namespace Cascade.Interop.Topology;

/// <summary>Somebody declared it otherwise (wire document §1.5): durability is adopted and said, anything else is the operator's mistake.</summary>
[TestFixtureSource(typeof(Generations))]
public class AdoptionTests(Generation generation) : Row(generation)
{
    [TestCase(true, TestName = "Existing_durability_is_adopted_and_said(durable exists)")]
    [TestCase(false, TestName = "Existing_durability_is_adopted_and_said(transient exists)")]
    public async Task Existing_durability_is_adopted_and_said(bool existing)
    {
        var plain = Road.New(World);
        var native = existing ? plain with { Native = Durable() } : plain;
        await native.StartNativeAsync();
        await using var ours = new Ours(plain with { Ours = options => options with { AmqpDurableQueues = !existing } });
        var endpoint = new OurEndpoint();

        await ours.ServeAsync(endpoint);

        var warned = ours.Log.Lines.Where(line => line.Id == 1101).Select(line => line.Text).ToArray();
        Assert.That(warned, Has.Some.Contains(plain.Queue).And.Some.Contains($"durable={existing}").And.Some.Contains($"durable={!existing}"));
        await native.NativeCastAsync("nothing", how: new(Fanout: true));
        await endpoint.CalledAsync();
    }

    [Test]
    public async Task Another_queue_type_is_the_operators_mistake_and_names_queue_and_cause()
    {
        var plain = Road.New(World);
        await plain.StartNativeAsync();
        await using var ours = new Ours(plain with { Ours = options => options with { AmqpDurableQueues = false, RabbitQuorumQueue = true } });

        var wrong = Assert.ThrowsAsync<RabbitConfigurationException>(() => ours.ServeAsync(new OurEndpoint()));

        Assert.That(wrong.Message, Does.Contain(plain.Topic).And.Contains("inequivalent arg"));
    }

    [Test]
    public async Task Our_caller_sends_to_an_exchange_of_the_other_durability()
    {
        var plain = Road.New(World);
        var native = await (plain with { Native = Durable() }).StartNativeAsync();
        await using var ours = new Ours(plain);

        var result = await ours.Caller.CallAsync(plain.Target(), "echo", new() { ["data"] = 5 }, Cascade.Oslo.Wire.Rpc.RpcContext.Admin("req"));

        Assert.That(result.GetInt32(), Is.EqualTo(5));
        await World.Server.ExpectAsync("called", native);
    }

    static JsonObject Durable() => new() { ["oslo_messaging_rabbit"] = new JsonObject { ["amqp_durable_queues"] = "true" } };
}
