using System.Diagnostics;
using System.Text.Json.Nodes;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Serving;

/// <summary>The trace of a request, from the headers of its message to the handler.</summary>
[TestFixture, NonParallelizable]
public sealed class TraceTests
{
    const string Parked = "cascade.parked.compute.host1";
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    ActivitySource sender = null!;
    ActivityListener listener = null!;

    [SetUp]
    public void Listen()
    {
        sender = new("a sender");
        listener = new()
        {
            ShouldListenTo = source => source.Name is "a sender" or "Cascade.Oslo.Messaging" or "RabbitMQ.Client.Publisher",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
    }

    [TearDown]
    public void End()
    {
        listener.Dispose();
        sender.Dispose();
    }

    [Test]
    public async Task A_handler_goes_on_with_the_trace_of_its_message_and_without_one_begins_its_own()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(_ => JsonValue.Create(Activity.Current!.TraceId.ToHexString())));
        var caller = lane.Transport().Caller;

        using var request = sender.StartActivity("a request")!;
        var theirs = await caller.CallAsync(Host1, "trace", [], RpcContext.Admin("req-1"));
        Assert.That(theirs.GetString(), Is.EqualTo(request.TraceId.ToHexString()));

        request.Stop();
        Activity.Current = null;
        var other = await caller.CallAsync(Host1, "trace", [], RpcContext.Admin("req-2"));
        Assert.That(other.GetString(), Is.Not.EqualTo(request.TraceId.ToHexString()));
    }

    [Test]
    public async Task What_was_put_aside_keeps_its_trace()
    {
        await using var lane = await Lane.OpenAsync();
        var away = true;
        var served = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = await lane.ServeAsync(new Endpoint(_ =>
        {
            if (away)
            {
                throw new ParkException("the child is away");
            }

            served.TrySetResult(Activity.Current!.TraceId.ToHexString());
            return null;
        }));
        using var request = sender.StartActivity("a request")!;
        await lane.Transport().Caller.CastAsync(Host1, "trace", [], RpcContext.Admin("req-1"));
        await Wait.UntilAsync(async () => await lane.CountAsync(Parked) == 1, "it is parked");

        away = false;
        await server.ResumeAsync(CancellationToken.None);

        Assert.That(await served.Task.WaitAsync(Wait.Patience), Is.EqualTo(request.TraceId.ToHexString()));
    }
}
