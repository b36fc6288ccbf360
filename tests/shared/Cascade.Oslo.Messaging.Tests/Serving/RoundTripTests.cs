using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Serving;

[TestFixture]
public sealed class RoundTripTests
{
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [Test]
    public async Task A_call_comes_back_with_what_the_handler_gave()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(request => TestJson.Node(request.Arguments.GetProperty("data"))));

        var answer = await lane.Transport().Caller.CallAsync(Host1, "echo", new JsonObject { ["data"] = "é中😀" }, RpcContext.Admin("req-1"));

        Assert.That(answer.GetString(), Is.EqualTo("é中😀"));
    }

    [Test]
    public async Task A_fault_of_the_handler_is_the_fault_of_the_caller()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(_ => throw new RpcFault("nova.exception", "InstanceNotFound", "Instance abc could not be found.", new() { ["code"] = 404 })));

        var fault = Assert.ThrowsAsync<RpcFault>(() => lane.Transport().Caller.CallAsync(Host1, "stop_instance", [], RpcContext.Admin("req-1")));

        Assert.That((fault.Module, fault.Class, fault.Message, (int)fault.Kwargs["code"]!), Is.EqualTo(("nova.exception", "InstanceNotFound", "Instance abc could not be found.", 404)));
    }

    [Test]
    public async Task A_body_of_ten_megabytes_goes_both_ways()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(request => TestJson.Node(request.Arguments.GetProperty("data"))));
        var large = new string('x', 10_000_000);

        var answer = await lane.Transport().Caller.CallAsync(Host1, "echo", new JsonObject { ["data"] = large }, RpcContext.Admin("req-1"));

        Assert.That(answer.GetString(), Is.EqualTo(large));
    }

    [Test]
    public async Task A_fanout_cast_reaches_every_server_of_the_topic()
    {
        await using var lane = await Lane.OpenAsync();
        var heard = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        for (var at = 0; at < 2; at++)
        {
            var mine = heard[at];
            await lane.ServeAsync(
                new Endpoint(_ => { mine.TrySetResult(); return null; }),
                serving => serving with { Listen = [RpcListen.Native("compute", $"host{at}")] },
                lane.Transport());
        }

        await lane.Transport().Caller.CastAsync(new("compute", new(6, 0), Fanout: true), "hello", [], RpcContext.Admin("req-1"));

        await Task.WhenAll(heard.Select(one => one.Task)).WaitAsync(Wait.Patience);
        Assert.Pass();
    }
}
