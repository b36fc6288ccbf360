using System.Text;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Messaging.Tests.Support;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Oslo.Messaging.Tests.Serving;

[TestFixture]
public sealed class BadInputTests
{
    const string Queue = "compute.host1";
    static readonly RpcTarget Host1 = new("compute", new(6, 0), "host1");

    [TestCase("{", "application/json", TestName = "cut short")]
    [TestCase("[1]", "application/json", TestName = "no object")]
    [TestCase("""{"oslo.version": "3.0", "oslo.message": "{}"}""", "application/json", TestName = "another envelope")]
    [TestCase("""{"oslo.version": "2.0", "oslo.message": "nonsense"}""", "application/json", TestName = "no JSON inside")]
    [TestCase("""{"oslo.version": "2.0", "oslo.message": "{}"}""", "application/json", TestName = "no method")]
    [TestCase("""{"oslo.version": "2.0", "oslo.message": "{\"method\": \"a\"}"}""", "text/plain", TestName = "another content type")]
    public async Task A_malformed_message_goes_to_the_dead_letters_with_its_reason_and_the_next_is_served(string body, string contentType)
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await lane.ServeAsync(new Endpoint(_ => "pong"));

        await raw.SendBodyAsync(Queue, Encoding.UTF8.GetBytes(body), contentType);

        var answer = await lane.Transport().Caller.CallAsync(Host1, "ping", [], RpcContext.Admin("req-1"));
        var letter = (await lane.Transport().DeadLetters.ListAsync(Queue, CancellationToken.None)).Single();
        Assert.Multiple(() =>
        {
            Assert.That(answer.GetString(), Is.EqualTo("pong"));
            Assert.That(letter.Reason, Is.Not.Empty);
            Assert.That(letter.Size, Is.EqualTo(body.Length));
            Assert.That(lane.Log.Times(1202), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_call_that_breaks_our_own_code_is_answered_without_a_word_of_it()
    {
        await using var lane = await Lane.OpenAsync();
        await lane.ServeAsync(new Endpoint(_ => throw new InvalidOperationException("secret detail")));

        var fault = Assert.ThrowsAsync<RpcFault>(() => lane.Transport().Caller.CallAsync(Host1, "boom", [], RpcContext.Admin("req-7")));

        Assert.That(fault.ToString(), Does.Contain("req-7").And.Not.Contain("secret").And.Not.Contain("InvalidOperation"));
    }

    [Test]
    public async Task A_cast_that_breaks_our_own_code_is_tried_again_then_listed_then_put_back()
    {
        await using var lane = await Lane.OpenAsync();
        var tries = 0;
        var heal = false;
        await lane.ServeAsync(
            new Endpoint(_ =>
            {
                Interlocked.Increment(ref tries);
                return heal ? null : throw new InvalidOperationException("not yet");
            }),
            serving => serving with { PoisonAfter = 2 });
        var transport = lane.Transport();
        await transport.Caller.CastAsync(Host1, "boom", [], RpcContext.Admin("req-7"));
        // It is in the dead letters before it is acknowledged.
        await Wait.UntilAsync(async () => await lane.CountAsync(Queue + ".dead") == 1 && await lane.CountAsync(Queue) == 0, "it is given up");
        Assert.That(tries, Is.EqualTo(2));

        heal = true;
        var put = await transport.DeadLetters.RequeueAsync(Queue, letter => letter.Method == "boom", CancellationToken.None);

        await Wait.UntilAsync(() => tries == 3, "it is served");
        await Wait.UntilAsync(async () => await lane.CountAsync(Queue) + await lane.CountAsync(Queue + ".dead") == 0, "nothing is left");
        Assert.That(put, Is.EqualTo(1));
    }

    [Test]
    public async Task What_an_operator_drops_is_gone_and_the_rest_stays()
    {
        await using var lane = await Lane.OpenAsync();
        await using var raw = await Raw.OpenAsync(lane);
        await lane.ServeAsync(new Endpoint(_ => throw new UnservableException(OsloFaults.TypeError("half"))));
        var letters = lane.Transport().DeadLetters;
        await raw.SendAsync(Queue, """{"method": "one", "version": "6.0", "_unique_id": "1"}""");
        await raw.SendAsync(Queue, """{"method": "two", "version": "6.0", "_unique_id": "2"}""");
        await Wait.UntilAsync(async () => await lane.CountAsync(Queue + ".dead") == 2, "both are given up at once");

        var dropped = await letters.DropAsync(Queue, letter => letter.Id == "1", CancellationToken.None);

        var left = await letters.ListAsync(Queue, CancellationToken.None);
        Assert.That((dropped, left.Single().Method), Is.EqualTo((1, "two")));
    }
}
